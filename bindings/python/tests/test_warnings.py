"""What is legal in a problem and surely wrong."""

from __future__ import annotations

import pickle
from typing import Any

import qise


def test_a_level_that_nobody_holds_and_a_year_that_is_wrong(tiny: qise.Problem, tiny_document: dict[str, Any]) -> None:
    assert all(isinstance(odd, qise.Oddity) for odd in tiny.warnings)
    before = {odd.path for odd in tiny.warnings}
    for window in tiny_document["needs"][1]["windows"]:
        for end in ("from", "to"):
            window[end] = str(int(window[end][:4]) + 1) + window[end][4:]
    problem = qise.Problem.from_json(tiny_document)
    found = [odd for odd in problem.warnings if odd.path not in before]
    assert [odd.code for odd in found] == ["outside_shifts"]
    odd = found[0]
    assert odd.path == "$.needs[1].windows" and odd.id == tiny_document["needs"][1]["id"]
    assert "is the year right?" in str(odd) and "年份" in odd.message_zh
    assert pickle.loads(pickle.dumps(odd)) == odd
