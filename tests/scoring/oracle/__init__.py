"""A slow second reading of the rules, to compare the library with.

Written from the documents alone: scalar, exact (Fractions), one function a programme. A fact is a value,
None (unknown) or NA.
What an unknown fact may do to one indicator is found by trying representative values of it, not by reasoning
about intervals.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.scoring.oracle.logic import Verdict, at_least, true
from tests.scoring.oracle.scope import size_class
from tests.scoring.oracle.sme import innovative_2022, little_giant_2022, little_giant_2026, srdi_2022, srdi_2026
from tests.scoring.oracle.technology import hnte_2016, star_2024, tech_sme_2017
from tests.scoring.oracle.worlds import Facts

__all__ = ["DATED", "judge", "rulebook_in_force", "size_class"]


def official_score(line: int) -> Callable[[Facts, date, str], Verdict]:
    return lambda facts, on, kind: Verdict(at_least(facts, "cnipa_assessment_score", line))


def designated(code: str) -> Callable[[Facts, date, str], Verdict]:
    return lambda facts, on, kind: Verdict(true(facts, code))


PROGRAMMES: dict[str, Callable[[Facts, date, str], Verdict]] = {
    "innovative-sme/2022": innovative_2022,
    "srdi-sme/2022": srdi_2022,
    "srdi-sme/2026": srdi_2026,
    "little-giant/2022": little_giant_2022,
    "little-giant/2026": little_giant_2026,
    "tech-sme/2017": tech_sme_2017,
    "hnte/2016": hnte_2016,
    "star-market/2024": star_2024,
    "ip-advantage/2023": official_score(55),
    "ip-demonstration/2023": official_score(70),
    "gold-seed": designated("gold_seed_designated"),
    "silver-seed": designated("silver_seed_designated"),
    "chain-leader": designated("chain_leader_designated"),
}

IN_FORCE = [
    ("innovative-sme/2022", "new renewal", date(2022, 8, 1), None),
    ("srdi-sme/2022", "new", date(2022, 8, 1), date(2026, 3, 31)),
    ("srdi-sme/2022", "renewal", date(2022, 8, 1), date(2028, 12, 31)),
    ("srdi-sme/2026", "new", date(2026, 4, 1), None),
    ("srdi-sme/2026", "renewal", date(2029, 1, 1), None),
    ("little-giant/2022", "new", date(2022, 8, 1), date(2026, 3, 31)),
    ("little-giant/2022", "renewal", date(2022, 8, 1), date(2028, 12, 31)),
    ("little-giant/2026", "new", date(2026, 4, 1), None),
    ("little-giant/2026", "renewal", date(2029, 1, 1), None),
    ("tech-sme/2017", "new renewal", date(2017, 5, 3), None),
    ("hnte/2016", "new renewal", date(2016, 1, 1), None),
    ("star-market/2024", "new renewal", date(2024, 4, 30), None),
    ("ip-advantage/2023", "new", date(2023, 1, 1), date(2025, 8, 31)),
    ("ip-demonstration/2023", "new", date(2023, 1, 1), date(2025, 8, 31)),
]
DATED = sorted({key.split("/")[0] for key, *_ in IN_FORCE})


def rulebook_in_force(programme: str, kind: str, on: date) -> str | None:
    for key, kinds, first, last in IN_FORCE:
        if key.split("/")[0] == programme and kind in kinds.split() and first <= on and (last is None or on <= last):
            return key
    return None


def judge(programme: str, facts: Facts, on: date, kind: str) -> Verdict | None:
    """What the documents say; None when no rulebook is in force."""
    key = rulebook_in_force(programme, kind, on) if programme in DATED else programme
    return None if key is None else PROGRAMMES[key](facts, on, kind)
