"""Levels, vetoes and pools of a small scorecard of our own (E09)."""

from datetime import date
from typing import Any

import pytest

from scoring import Library, assess, load_library, parse_rulebook

T = {"zh": "名称", "en": "Name"}
CARD: dict[str, Any] = {
    "id": "ip-capability",
    "version": "test",
    "title": T,
    "issuer": "测试",
    "document": "测试",
    "source": "测试",
    "status": "calibrated",
    "applies": [{"regions": ["42"]}],
    "validity": {"years": 3, "source": "测试", "status": "calibrated"},
    "scorecard": {
        "max": 105,
        "parts": [
            {
                "id": "creation",
                "title": T,
                "max": 60,
                "parts": [
                    {
                        "id": "C-1",
                        "title": T,
                        "max": 60,
                        "value": "valid_invention_patents",
                        "bands": [
                            {"from": 5, "points": 60},
                            {"from": 1, "to": 5, "points": 30},
                            {"to": 1, "points": 0},
                        ],
                    }
                ],
            },
            {
                "id": "utilisation",
                "title": T,
                "max": 40,
                "parts": [
                    {
                        "id": "U-1",
                        "title": T,
                        "max": 40,
                        "combine": "best",
                        "parts": [
                            {"id": "U-1a", "title": T, "max": 40, "each": 40,
                             "items": [{"fact": "own_brand", "is": True}]},
                            {"id": "U-1b", "title": T, "max": 20, "fact": "ip_department",
                             "choices": {"none": 0, "part_time": 10, "dedicated": 20}},
                        ],
                    }
                ],
            },
            {
                "id": "bonus",
                "title": T,
                "max": 5,
                "capped": True,
                "parts": [
                    {"id": "B-1", "title": T, "max": 4, "items": [{"fact": "ip_insurance", "is": True}], "each": 4},
                    {"id": "B-2", "title": T, "max": 4, "items": [{"fact": "customs_recordal", "is": True}], "each": 4},
                ],
            },
        ],
    },
    "tiers": [
        {"id": "starter", "title": T},
        {"id": "growth", "title": T, "at_least": 30},
        {"id": "advantage", "title": T, "at_least": 60, "gates": [{"fact": "own_brand", "is": True}]},
        {"id": "leading", "title": T, "at_least": 90},
    ],
    "vetoes": [
        {"id": "serious_dishonesty", "title": T, "fact": "serious_dishonesty", "is": False},
        {"id": "abnormal_filing_3y", "title": T, "fact": "abnormal_filing_3y", "is": False},
    ],
}  # fmt: skip
CLEAN = {"serious_dishonesty": False, "abnormal_filing_3y": False}
WEAK = {"own_brand": False, "ip_department": "none", "ip_insurance": False, "customs_recordal": False}


@pytest.fixture(scope="module")
def library() -> Library:
    others = [rulebook for rulebook in load_library().rulebooks.values() if rulebook.body.id != "ip-capability"]
    return Library([*others, parse_rulebook(CARD)])


def capability(library: Library, **facts: object) -> dict[str, Any]:
    found: dict[str, Any] = assess([{"id": "a", **facts}], on=date(2026, 5, 1), library=library)[0]
    return found


def test_the_score_is_the_sum_of_dimensions_and_a_capped_bonus(library: Library) -> None:
    facts = {"valid_invention_patents": 5, "own_brand": True, "ip_insurance": True, "customs_recordal": True}
    found = capability(library, **facts, **CLEAN)["capability"]
    assert found["score"] == [105, 105]
    assert found["dimensions"] == {"creation": [60, 60], "utilisation": [40, 40], "bonus": [5, 5]}
    assert (found["level"], found["level_possible"]) == ("leading", "leading")


def test_a_draft_has_a_level_for_certain_and_one_still_possible(library: Library) -> None:
    found = capability(library, valid_invention_patents=1, **CLEAN)["capability"]
    assert (found["score"], found["level"], found["level_possible"]) == ([30, 75], "growth", "advantage")


def test_a_gate_that_is_not_met_holds_the_level_back(library: Library) -> None:
    facts = WEAK | {"ip_department": "dedicated"}
    found = capability(library, valid_invention_patents=5, **facts, **CLEAN)["capability"]
    assert (found["score"], found["level"], found["level_possible"]) == ([80, 80], "growth", "growth")


def test_a_known_veto_gives_no_level_and_no_pools(library: Library) -> None:
    found = capability(library, valid_invention_patents=5, valid_hnte=True, serious_dishonesty=True)
    level = found["capability"]
    assert (level["level"], level["level_possible"], level["vetoes"]) == (None, None, ["serious_dishonesty"])
    assert found["pools"] == []


def test_an_unknown_veto_is_listed_and_never_demotes(library: Library) -> None:
    found = capability(library, valid_invention_patents=1, serious_dishonesty=False, **WEAK)["capability"]
    assert (found["level"], found["vetoes"], found["vetoes_unknown"]) == ("growth", [], ["abnormal_filing_3y"])


def test_titles_hold_tracks_and_programmes_make_candidates(library: Library) -> None:
    facts = {"valid_hnte": True, "valid_srdi_sme": True, "chain_leader_designated": True}
    found = capability(library, **facts, **WEAK, **CLEAN, valid_invention_patents=0)
    assert found["pools"] == [
        {"tier": "starter", "track": "chain-leader", "status": "holder"},
        {"tier": "starter", "track": "srdi-sme", "status": "holder"},
        {"tier": "starter", "track": "hnte", "status": "holder"},
    ]


def test_a_candidate_is_told_apart_from_a_holder(library: Library) -> None:
    facts = {
        "legal_person_in_mainland": True,
        "employees": 100,
        "revenue": 5000,
        "total_assets": 5000,
        "prohibited_product": False,
        "major_accident_1y": False,
        "valid_hnte": True,
    }
    found = capability(library, **facts, **WEAK, **CLEAN, valid_invention_patents=0)
    assert {"tier": "starter", "track": "tech-sme", "status": "candidate"} in found["pools"]


def test_a_firm_with_neither_is_general(library: Library) -> None:
    found = capability(library, valid_invention_patents=0, **WEAK, **CLEAN)
    assert [pool["track"] for pool in found["pools"]] == ["general"]


def test_before_any_scorecard_there_is_no_level() -> None:
    found = assess([{"id": "a"}], on=date(2025, 6, 1))[0]
    assert (found["capability"]["rulebook"], found["capability"]["level"], found["pools"]) == (None, None, [])


def test_how_long_a_title_lasts_is_read_from_the_head() -> None:
    assert parse_rulebook(CARD).validity_years == 3
