"""Who could serve a need now, and what somebody could serve."""

import pytest
import qise


def test_the_nearest_who_is_able_comes_first(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    offers = tiny_plan.rank("n-water")
    assert isinstance(offers, qise.Ranking)
    assert [offer.need for offer in offers] == ["n-water"] * len(offers)
    assert {visit["volunteer"] for offer in offers for visit in offer.visits} <= {"v-gao-feng", "v-siqin"}
    # The need is taken out first, so that whoever serves it is among those who could.
    (served,) = (visit for visit in tiny_plan.assignments if visit["need"] == "n-water")
    assert served["volunteer"] in {visit["volunteer"] for offer in offers for visit in offer.visits}
    assert [offer.levels for offer in offers] == sorted(offer.levels for offer in offers)
    assert offers[0].growth["travel_time"] == offers[0].added_travel_s
    frame = offers.to_frames()["visits"]
    assert list(frame["rank"]) == list(range(1, len(offers) + 1))
    assert tiny_plan.rank("n-water", best=1) == offers[:1]
    assert tiny_plan.rank("n-boiler") == []
    with pytest.raises(qise.UnknownNeed, match='did you mean "n-water"'):
        tiny_plan.rank("n-wter")


def test_what_somebody_free_could_serve(tiny: qise.Problem) -> None:
    nobody = {
        "format": "qise/plan",
        "version": 1,
        "routes": [],
        "unserved": [{"need": need["id"]} for need in tiny.needs],
    }
    plan = qise.Plan.from_json(tiny, nobody)
    offers = plan.needs_for("v-gao-feng")
    assert offers and all(visit["volunteer"] == "v-gao-feng" for offer in offers for visit in offer.visits)
    # Each serves what nobody served: the level of needs left falls by its priority.
    assert all(offer.levels < (0, 0, 0, 0) for offer in offers)
    with pytest.raises(qise.UnknownVolunteer):
        plan.needs_for("v-gao")


def test_a_reason_tells_what_is_given_up(tiny: qise.Problem, tiny_plan: qise.Plan) -> None:
    (boiler,) = tiny_plan.unserved()
    assert (boiler["rules"], boiler["comes"], boiler["gives_up"]) == (["skill", "language"], [], [])
    assert "Gao" not in boiler["public_text"] and "v-" not in boiler["public_text"]
    reason = qise.explain(tiny, "n-boiler", tiny_plan)
    assert isinstance(reason, qise.Reason) and reason.verdict == "impossible"
