"""Documents that are wrong: everything is told at once."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import qise


def faults_of(document: Any) -> list[qise.Fault]:
    with pytest.raises(qise.InvalidDocument) as caught:
        qise.Problem.from_json(document)
    return caught.value.faults


def test_all_faults_at_once(tiny_document: dict[str, Any]) -> None:
    needs = tiny_document["needs"]
    needs[0]["priorty"] = 7
    needs[1]["service"] = "twenty minutes"
    needs[2]["at"] = "talkk"
    needs[3]["windows"][0]["to"] = "2026-11-24T08:00"
    del tiny_document["volunteers"][1]["home"]
    found = {(fault.path, fault.code) for fault in faults_of(tiny_document)}
    assert found == {
        ("$.needs[0].priorty", "unknown_field"),
        ("$.needs[1].service", "bad_duration"),
        ("$.needs[2].at", "unknown_reference"),
        ("$.needs[3].windows[0].to", "window_reversed"),
        ("$.volunteers[1].home", "missing_field"),
    }


def test_a_fault_tells_everything(tiny_document: dict[str, Any]) -> None:
    tiny_document["needs"][2]["at"] = "talkk"
    (fault,) = faults_of(tiny_document)
    assert (fault.path, fault.code, fault.found) == ("$.needs[2].at", "unknown_reference", '"talkk"')
    assert "$.places" in fault.expected
    assert "编号" in fault.expected_zh
    assert '"talk"' in fault.hint
    assert '"talk"' in fault.hint_zh
    assert str(fault) == fault.message
    for part in (fault.path, fault.code, fault.found, fault.expected, fault.hint):
        assert part in fault.message
    for part in (fault.path, fault.code, fault.found_zh, fault.expected_zh, fault.hint_zh):
        assert part in fault.message_zh


def test_the_exception_reads_well_and_can_be_pickled(tiny_document: dict[str, Any]) -> None:
    tiny_document["needs"][0]["priority"] = -3
    tiny_document["datum"] = "flat"
    with pytest.raises(qise.InvalidDocument) as caught:
        qise.Problem.from_json(tiny_document)
    error = caught.value
    assert isinstance(error, qise.QiseError)
    assert isinstance(error, ValueError)
    head, *lines = str(error).splitlines()
    assert head == "scenario: 2 faults"
    assert lines == [f"  {fault.message}" for fault in error.faults]
    again = pickle.loads(pickle.dumps(error))
    assert (again.faults, again.document, str(again)) == (error.faults, error.document, str(error))


@pytest.mark.parametrize("document", ["", "{", "[]", b"\xff\xfe", "null", '{"format": "qise/plan"}', "1" * 10_000])
def test_what_is_no_scenario(document: Any) -> None:
    assert faults_of(document)


def test_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"format": "qise/scenario", "version": 1}', encoding="utf-8")
    with pytest.raises(qise.InvalidDocument, match=r"bad\.json: \d+ fault") as caught:
        qise.Problem.from_file(path)
    assert caught.value.document == str(path)
    with pytest.raises(FileNotFoundError, match=r"none\.json"):
        qise.Problem.from_file(tmp_path / "none.json")


def test_plans_have_faults_too(tiny: qise.Problem, tiny_plan: qise.Plan, tmp_path: Path) -> None:
    document = tiny_plan.to_dict()
    document["routes"][0]["volunteer"] = "v-nobody"
    document["routes"][1]["visits"][0]["start"] = "noon"
    with pytest.raises(qise.InvalidDocument) as caught:
        qise.Plan.from_json(tiny, document)
    assert {(fault.path, fault.code) for fault in caught.value.faults} == {
        ("$.routes[0].volunteer", "unknown_reference"),
        ("$.routes[1].visits[0].start", "bad_time"),
    }
    assert caught.value.document == "plan"
    (tmp_path / "plan.json").write_text("{", encoding="utf-8")
    with pytest.raises(qise.InvalidDocument, match=r"plan\.json"):
        qise.Plan.from_file(tiny, tmp_path / "plan.json")


@pytest.mark.parametrize("document", [None, 7, ["{}"], object()])
def test_what_is_no_document(document: Any, tiny: qise.Problem) -> None:
    with pytest.raises(TypeError, match="a document is str, bytes or dict, not"):
        qise.Problem.from_json(document)
    with pytest.raises(TypeError, match="a document is str, bytes or dict, not"):
        qise.Plan.from_json(tiny, document)
