"""Which nodes read a fact, with their steps in points: what a form says beside its field (E08)."""

from typing import Any

from scoring import describe_readers, load_library
from scoring.schema import Clause, Part

LIBRARY = load_library()
CARD = LIBRARY.get("ip-capability/2026")


def steps(key: str, code: str, node: str, lang: Any = "zh") -> list[tuple[str, float, float]]:
    (row,) = (row for row in describe_readers(LIBRARY.get(key), lang)[code] if row["id"] == node)
    return [(step["label"], step["low"], step["high"]) for step in row["steps"]]


def test_bands_are_steps() -> None:
    assert steps("ip-capability/2026", "revenue", "MG-7") == [("<3%", 0, 0), ("3%–5%", 1, 1), ("≥5%", 2, 2)]


def test_choices_are_steps_by_their_words_in_either_language() -> None:
    asked = ("srdi-sme/2022", "rd_institution_level", "ZJ-13")
    assert steps(*asked)[-2:] == [("省级", 8, 8), ("国家级", 10, 10)]
    assert steps(*asked, "en")[-2:] == [("Provincial", 8, 8), ("National", 10, 10)]


def test_rungs_are_steps_and_one_may_leave_the_points_to_a_person() -> None:
    assert steps("hnte/2016", "class1_ip_plain", "GQ-1c", "en")[-1][1:] == (7, 8)
    lowest = steps("ip-capability/2026", "patent_applications_3y", "CR-3")[0]
    assert lowest == ("近三年专利申请数 ≥ 1 件", 1, 1)


def test_steps_rise_in_every_rulebook() -> None:
    for rulebook in LIBRARY.rulebooks.values():
        for rows in describe_readers(rulebook).values():
            assert all(row["steps"] == sorted(row["steps"], key=lambda step: step["high"]) for row in rows)


def test_what_gives_no_points_by_a_scale_has_no_steps() -> None:
    assert steps("srdi-sme/2022", "own_brand", "ZJ-6c") == []
    assert steps("ip-capability/2026", "valid_invention_patents", "leading-rights-inventions") == []


def test_every_fact_is_read_by_leaves_alone() -> None:
    readers = describe_readers(CARD)
    wanted = {code for node in CARD.body.walk() if isinstance(node, (Clause, Part)) for code in node.facts()}
    groups = {row["parent"] for rows in readers.values() for row in rows}
    assert readers.keys() == wanted
    assert groups.isdisjoint(row["id"] for rows in readers.values() for row in rows)
