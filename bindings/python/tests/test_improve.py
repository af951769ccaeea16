"""What would help."""

import xml.etree.ElementTree as ElementTree

import pytest
import qise


def test_what_would_help_a_need(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    found = qise.improve(tiny_plan, "n-boiler", steps=100, threads=1)
    assert found.plan is None
    (boiler,) = found.needs
    assert boiler.need == "n-boiler" and boiler.proof is None
    best = boiler.remedies[0]
    # Nobody holds the skill and speaks the language: somebody who does must join.
    assert [change["kind"] for change in best.changes] == ["newcomer"]
    assert best.changes[0]["skills"] and best.text in found.to_frames()["needs"]["text"].tolist()
    assert best.gain > 0 and best.cost_min > 0
    assert "n-boiler" in {visit["need"] for visit in best.plan.assignments}
    assert qise.check(best.plan.problem, best.plan) == []
    assert len(best.plan.problem.volunteers) == len(tiny.volunteers) + 1


def test_a_proof_where_nothing_helps(tiny_plan: qise.Plan) -> None:
    (boiler,) = qise.improve(tiny_plan, "n-boiler", people=0, steps=50).needs
    assert boiler.remedies == []
    assert boiler.proof is not None and "skill" in boiler.proof.rules


def test_what_would_raise_the_whole_plan(tiny_plan: qise.Plan) -> None:
    found = qise.improve(tiny_plan, steps=100)
    assert [need.need for need in found.needs] == [left["need"] for left in tiny_plan.unserved()]
    assert found.plan is not None
    frame = found.to_frames()["plan"]
    assert len(frame) == len(found.plan) and (frame["gain"] >= 0).all()
    for worth in found.plan:
        assert qise.check(worth.plan.problem, worth.plan) == []


def test_notebooks_show_it(tiny_plan: qise.Plan) -> None:
    found = qise.improve(tiny_plan, steps=50)
    assert found._repr_html_() == found.to_html()
    for lang, heading in (("en", "What would help"), ("zh", "哪些改变有帮助")):
        root = ElementTree.fromstring(found.to_html(lang="en" if lang == "en" else "zh"))
        words = "".join(root.itertext())
        assert heading in words
        for need in found.needs:
            assert not need.remedies or need.need in words


def test_wrong_arguments(tiny_plan: qise.Plan) -> None:
    with pytest.raises(qise.UnknownNeed, match='did you mean "n-water"'):
        qise.improve(tiny_plan, "n-wter")
    with pytest.raises(ValueError, match="people"):
        qise.improve(tiny_plan, "n-boiler", people=101)
    with pytest.raises(TypeError, match="steps"):
        qise.improve(tiny_plan, "n-boiler", steps="many")  # type: ignore[arg-type]
