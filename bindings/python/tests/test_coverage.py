"""Coverage from Python: shares, gaps, sites, frames, pictures."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import qise

BOX = (104.0, 37.5, 107.0, 40.5)


@pytest.fixture(scope="module")
def covered(day: qise.Problem) -> qise.Coverage:
    return qise.coverage(
        day, region=BOX, cell_m=10_000, place=2, like="hongtuoling", of="residents", exact=True, gaps=4
    )


def test_shares_are_a_flat_list(covered: qise.Coverage, day: qise.Problem) -> None:
    everything = {
        (row["measure"], row["minutes"]): row["share"]
        for row in covered.shares
        if row["all"] and row["hour"] is None
    }
    assert {measure for measure, _ in everything} == {"needs", "residents", "area"}
    for measure in ("needs", "residents", "area"):
        values = [everything[measure, minutes] or 0.0 for minutes in (15, 30, 60, 120)]
        assert values == sorted(values) and 0 < values[0] < values[3] < 1
    alone = qise.coverage(day, minutes=[45], hours="9-11", categories=["yellow"])
    assert {row["category"] for row in alone.shares if not row["all"]} == {"yellow"}
    assert {row["hour"] for row in alone.shares} == {None, "09:00", "10:00", "11:00"}
    assert {row["minutes"] for row in alone.shares} == {45}


def test_sites_add_up_to_the_placement(covered: qise.Coverage) -> None:
    placed = covered.placement
    assert placed is not None and placed["proven"] and placed["method"] == "exact"
    assert len(covered.sites) == 2
    gains = sum(site["gain"] for site in covered.sites)
    assert placed["before"] is not None and placed["after"] == pytest.approx(placed["before"] + gains, abs=3e-6)
    assert covered.sites[1]["covered"] == placed["after"]
    assert {gap["measure"] for gap in covered.gaps} == {"needs", "residents", "area"}
    assert [gap["rank"] for gap in covered.gaps if gap["measure"] == "area"] == [1, 2, 3, 4]
    assert qise.coverage(covered.problem, hours="9").placement is None


def test_documents_maps_and_frames(covered: qise.Coverage, tmp_path: Path) -> None:
    covered.save(tmp_path / "coverage.json")
    assert json.loads((tmp_path / "coverage.json").read_text(encoding="utf-8")) == covered.to_dict()
    kinds = {feature["properties"]["kind"] for feature in json.loads(covered.to_geojson())["features"]}
    assert kinds == {"need", "residents", "area", "gap", "site"}
    frames = covered.to_frames()
    assert len(frames["shares"]) == len(covered.shares)
    assert list(frames["sites"]["name"]) == [site["name"] for site in covered.sites]
    assert repr(covered).startswith("<Coverage of ")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_is_well_formed(covered: qise.Coverage, lang: str) -> None:
    page = ElementTree.fromstring(covered.to_html(lang="zh" if lang == "zh" else "en"))
    words = "".join(page.itertext())
    assert ("Proven" in words or "proven" in words) if lang == "en" else "已证明" in words
    assert len(page.findall(".//{http://www.w3.org/2000/svg}circle")) > 100


def test_points_of_ones_own(day: qise.Problem) -> None:
    polygon = {"type": "Polygon", "coordinates": [[[104, 37.5], [107, 37.5], [107, 40.5], [104, 40.5], [104, 37.5]]]}
    one = qise.coverage(day, region=polygon, cell_m=20_000, requires=["mandarin"], hours="10")
    other = qise.coverage(day, region=BOX, cell_m=20_000, requires=["mandarin"], hours="10")
    assert one.to_dict()["layers"] == other.to_dict()["layers"]
    placed = qise.coverage(
        day,
        residents=[(105.66, 38.83, 10), (97.5, 42.5, 90)],
        requires=["mandarin"],
        hours="10",
        place=1,
        skills=["mandarin"],
        candidates=[(105.0, 39.0, "camp"), (97.51, 42.5, "far")],
    )
    assert [site["name"] for site in placed.sites] == ["far"]
    assert placed.sites[0]["gain"] == 0.9


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"categories": ["yelow"]}, 'did you mean "yellow"'),
        ({"hours": "24"}, "hours from 0 to 23"),
        ({"minutes": []}, "limits must be"),
        ({"minutes": [-1]}, "minutes must be from 0"),
        ({"region": "1,2,3,1"}, "west,south,east,north"),
        ({"place": 1}, "say what to place"),
        ({"place": 1, "like": "nobody"}, 'no team or volunteer "nobody"'),
        ({"place": 1, "like": "riders", "of": "area"}, "no layer of area"),
        ({"residents": [(200.0, 0.0, 1)]}, "not longitude and latitude"),
    ],
)
def test_says_what_is_wrong(day: qise.Problem, options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        qise.coverage(day, **options)  # type: ignore[arg-type]
    with pytest.raises(OSError):
        qise.coverage(day, region="no/such/file.geojson")
