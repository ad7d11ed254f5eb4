"""Levels from a scorecard's result, and the pools they open with titles and programmes.

The level is the highest tier whose threshold the lowest score reaches and whose gates are met; the possible level is
the highest that can still be reached. A known veto gives neither; an unknown one is listed and never demotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .facts import Fact
from .kinds import Outcome
from .result import Result

# Track, the fact that makes a firm its holder, and the programme that makes it a candidate.
TRACKS: tuple[tuple[str, str, str], ...] = (
    ("chain-leader", "chain_leader_designated", "chain-leader"),
    ("srdi-sme", "valid_srdi_sme", "srdi-sme"),
    ("little-giant", "valid_little_giant", "little-giant"),
    ("hnte", "valid_hnte", "hnte"),
    ("gold-seed", "gold_seed_designated", "gold-seed"),
    ("tech-sme", "valid_tech_sme", "tech-sme"),
)
GENERAL = "general"


@dataclass(frozen=True)
class Level:
    """Level of one firm, the highest still possible, and the vetoes known and unknown."""

    level: str | None
    possible: str | None
    vetoes: list[str]
    vetoes_unknown: list[str]


def read_levels(result: Result) -> list[Level]:
    """Level of every firm from the rows of a scorecard's tiers and vetoes."""
    body = result.rulebook.body
    tiers = [(tier.id, result.row(tier.id).outcome) for tier in body.tiers]
    vetoes = [(veto.id, result.row(veto.id).outcome) for veto in body.vetoes if veto.id]
    found = []
    for index in range(result.frame.size):
        known = [code for code, outcome in vetoes if outcome[index] == Outcome.UNMET]
        waiting = [code for code, outcome in vetoes if outcome[index] in (Outcome.UNKNOWN, Outcome.MANUAL_REVIEW)]
        reached = [code for code, outcome in tiers if outcome[index] in (Outcome.MET, Outcome.NOT_APPLICABLE)]
        open_ = [code for code, outcome in tiers if outcome[index] != Outcome.UNMET]
        level, possible = (None, None) if known else (_last(reached), _last(open_))
        found.append(Level(level, possible, known, waiting))
    return found


def _last(codes: Sequence[str]) -> str | None:
    return codes[-1] if codes else None


def place(level: str | None, facts: Mapping[str, Fact], outcomes: Mapping[str, str]) -> list[dict[str, str]]:
    """Pools of one firm: holder by title, candidate when the programme is met or only awaits a person, else general."""
    if level is None:
        return []
    pools = []
    for track, title, programme in TRACKS:
        if facts.get(title) is True:
            pools.append({"tier": level, "track": track, "status": "holder"})
        elif outcomes[programme] in ("met", "manual_review"):
            pools.append({"tier": level, "track": track, "status": "candidate"})
    return pools or [{"tier": level, "track": GENERAL, "status": "holder"}]
