"""One firm with some facts changed, before and after (E10): the same assessment twice, and where it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..assess import CAPABILITY, HUBEI, assess
from ..facts import read_indicators
from ..rulebook import Library, load_library
from ..schema import Kind, Tier

PASSED = ("met", "not_applicable")
Clause = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A clause that came out differently.

    Attributes
    ----------
    programme : str
        ``ip-capability`` or the code of a programme.
    clause : str
        Its id.
    before, after : dict or None
        The clause as ``assess`` gives it; None where it has no row.
    """

    programme: str
    clause: str
    before: Clause | None
    after: Clause | None


@dataclass(frozen=True)
class Distance:
    """How far the next tier is.

    Attributes
    ----------
    tier : str
    points : float
        Those by which the lowest score is short of its line.
    gates : tuple of str
        Ids of the gates that don't hold yet.
    """

    tier: str
    points: float
    gates: tuple[str, ...]


@dataclass(frozen=True)
class WhatIf:
    """One firm as it is and as it would be.

    Attributes
    ----------
    before, after : dict
        Objects as ``assess`` returns them.
    differences : tuple of Difference
        Clauses that differ, the scorecard's first, in order of the rulebooks.
    next_before, next_after : Distance or None
        Distance to the next tier; None at the highest, under a veto, and where no scorecard is in force.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    differences: tuple[Difference, ...]
    next_before: Distance | None
    next_after: Distance | None


def what_if(
    facts: Mapping[str, object],
    changes: Mapping[str, object],
    *,
    on: date,
    kind: Kind = "new",
    region: str = HUBEI,
    library: Library | None = None,
) -> WhatIf:
    """Assess a firm again with some facts changed; nothing is stored.

    Parameters
    ----------
    facts : mapping
        Facts by indicator code, raw or parsed, with ``id`` where there is one.
    changes : mapping
        Facts that take their place; None takes a fact away. A value that can't be that fact counts as unknown and is
        listed under ``problems`` of ``after``.
    on : date
    kind : "new" or "renewal"
    region : str
    library : Library, optional
        As for ``assess``.

    Returns
    -------
    WhatIf
        With no change both objects equal what ``assess`` returns.

    Raises
    ------
    ValueError
        A change names no indicator.
    """
    unknown = [str(code) for code in changes if code not in read_indicators()]
    if unknown:
        raise ValueError(f"没有这些指标：{'、'.join(unknown)} (no such indicators: {', '.join(unknown)})")
    library = library or load_library()
    before, after = assess([facts, {**facts, **changes}], on=on, kind=kind, region=region, library=library)
    ends = (distance_to_next(found, library) for found in (before, after))
    return WhatIf(before, after, tuple(_differences(before, after)), *ends)


def distance_to_next(found: Mapping[str, Any], library: Library | None = None) -> Distance | None:
    """Distance of one assessed firm to the tier above its level.

    Parameters
    ----------
    found : mapping
        One element of what ``assess`` returns.
    library : Library, optional
        Where its rulebooks are; the shipped ones by default.

    Returns
    -------
    Distance or None
        None at the highest tier, under a veto, and where no scorecard is in force.
    """
    block = found["capability"]
    if block["level"] is None:
        return None
    tiers = (library or load_library()).get(block["rulebook"]).body.tiers
    above = [tier.id for tier in tiers].index(block["level"]) + 1
    if above == len(tiers):
        return None
    tier = tiers[above]
    gates = [row["id"] for row in block["clauses"] if row["parent"] == tier.id and row["outcome"] not in PASSED]
    short = max(0.0, float(tier.at_least or 0) - _lowest(block, tier))
    return Distance(tier.id, round(short, 9), tuple(gates))


def _lowest(block: Mapping[str, Any], tier: Tier) -> float:
    """The lowest of what a tier's line is on: the score, or the sum of some dimensions."""
    line = next(row["line"] for row in block["clauses"] if row["id"] == tier.id) if tier.of else block["score"]
    return float(line[0])


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _compare(CAPABILITY, before["capability"], after["capability"])
    for programme, block in before["programmes"].items():
        yield from _compare(programme, block, after["programmes"][programme])


def _compare(programme: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    one, two = ({row["id"]: row for row in block["clauses"]} for block in (before, after))
    for clause in dict.fromkeys([*one, *two]):
        if one.get(clause) != two.get(clause):
            yield Difference(programme, clause, one.get(clause), two.get(clause))
