"""What a plan reads from an assess object: the lowest score, the level, the vetoes and the lines that give points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Object = Mapping[str, Any]
PLAIN_SUMS = frozenset({"creation", "utilisation", "protection", "management"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the scorecard with its facts (None is unknown) and its points."""

    id: str
    parent: str
    low: Decimal
    high: Decimal
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(code for code, value in self.facts.items() if value is None)


@dataclass(frozen=True, slots=True)
class Tier:
    """`threshold` is None for the lowest tier."""

    code: str
    label: str
    threshold: Decimal | None


def lowest(found: Object) -> Decimal:
    return Decimal(str(found["capability"]["score"][0]))


def highest(found: Object) -> Decimal:
    return Decimal(str(found["capability"]["score"][1]))


def vetoes(found: Object) -> list[str]:
    return list(found["capability"]["vetoes"])


def level(found: Object) -> str:
    return found["capability"]["level"] or ""


def lines(found: Object) -> list[Line]:
    """The lines that read facts themselves; those that only gather others are left out."""
    rows = found["capability"]["clauses"]
    gathering = {row["parent"] for row in rows}
    return [
        Line(row["id"], row["parent"] or "", *_points(row["points"]), row["facts"])
        for row in rows
        if row["points"] and row["facts"] and row["id"] not in gathering
    ]


def unmet_gates(found: Object, tier: str) -> list[str]:
    """What a tier needs besides points and is not met, or not known to be."""
    rows = found["capability"]["clauses"]
    return [row["id"] for row in rows if row["parent"] == tier and row["outcome"] not in {"met", "not_applicable"}]


def couplings(found: Object) -> list[frozenset[str]]:
    """Facts whose points don't simply add up: those of one line, and of lines under a cap or a choice of the best."""
    bundles: dict[str, set[str]] = {}
    for line in lines(found):
        key = line.id if line.parent in PLAIN_SUMS else f"under {line.parent}"
        bundles.setdefault(key, set()).update(line.facts)
    return [frozenset(facts) for facts in bundles.values()]


def next_tier(tiers: tuple[Tier, ...], present: str) -> Tier | None:
    """The tier above; None at the top. A firm without a level starts from the lowest."""
    codes = [tier.code for tier in tiers]
    place = codes.index(present) + 1 if present in codes else 0
    return tiers[place] if place < len(tiers) else None


def _points(pair: Any) -> tuple[Decimal, Decimal]:
    return Decimal(str(pair[0])), Decimal(str(pair[1]))
