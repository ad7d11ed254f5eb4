"""Which version ends which: a document names the versions it supersedes, and each ends where its successor begins.

A published document never changes, so its end isn't written into it. It ends for a kind and a region on the day from
which a version that supersedes it is in force there, for good: it does not come back when that version ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from .schema import Kind, Period, RulebookDocument

Places = tuple[str, ...]
Dated = tuple[RulebookDocument, Period]


def in_force(period: Period, *, kind: Kind, region: str, on: date) -> bool:
    """Whether a period covers a kind, a six-digit region and a date; both ends of the period count."""
    is_time = _begun(period, on) and (period.to is None or on <= period.to)
    return is_time and _covers(period, region) and kind in period.kinds


def is_ended(body: RulebookDocument, others: Iterable[RulebookDocument], *, kind: Kind, region: str, on: date) -> bool:
    """Whether a version that supersedes this one has begun there."""
    return any(
        kind in period.kinds and _covers(period, region) and _begun(period, on)
        for other in others
        if _supersedes(other, body)
        for period in other.applies
    )


def _supersedes(new: RulebookDocument, old: RulebookDocument) -> bool:
    return new.id == old.id and f"{old.id}/{old.version}" in new.supersedes


def _begun(period: Period, on: date) -> bool:
    return period.from_ is None or period.from_ <= on


def _covers(period: Period, region: str) -> bool:
    return not period.regions or any(region.startswith(prefix) for prefix in period.regions)


@dataclass(frozen=True)
class Overlap:
    """Two periods in force on one day, for one kind, in one place.

    Attributes
    ----------
    one, two : (RulebookDocument, Period)
    from_ : date or None
        The first such day; None where neither period has a beginning.
    """

    one: Dated
    two: Dated
    from_: date | None


def find_overlaps(bodies: Sequence[RulebookDocument]) -> Iterator[Overlap]:
    """Every two periods of one scheme that are in force together, in the order of the documents."""
    dated = [(body, period) for body in bodies for period in body.applies]
    for one, two in combinations(dated, 2):
        if one[0].id == two[0].id and meet(one, two, bodies):
            yield Overlap(one, two, _later(one[1].from_, two[1].from_))


def meet(one: Dated, two: Dated, bodies: Sequence[RulebookDocument]) -> bool:
    """Whether two periods are in force on one day, for one kind, in one place."""
    start, end = _later(one[1].from_, two[1].from_), _earlier(one[1].to, two[1].to)
    if start is not None and end is not None and start > end:
        return False
    return any(
        not any(_is_over(dated[0], bodies, kind, region, start) for dated in (one, two))
        for kind in sorted(set(one[1].kinds) & set(two[1].kinds))
        for region in _shared(one[1].regions, two[1].regions)
    )


def _is_over(
    body: RulebookDocument, bodies: Sequence[RulebookDocument], kind: Kind, region: str, start: date | None
) -> bool:
    """Whether a version has ended, in the whole of a region, by the day on which two would meet."""
    return any(
        kind in period.kinds
        and (_covers(period, region) if region else not period.regions)
        and (period.from_ is None or (start is not None and period.from_ <= start))
        for other in bodies
        if _supersedes(other, body)
        for period in other.applies
    )


def _shared(one: Places, two: Places) -> list[str]:
    """Where both are in force, as prefixes; the empty one is everywhere."""
    pairs = [(first, second) for first in one or ("",) for second in two or ("",)]
    meeting = [(first, second) for first, second in pairs if first.startswith(second) or second.startswith(first)]
    return sorted({max(pair, key=len) for pair in meeting})


def _later(one: date | None, two: date | None) -> date | None:
    return max((day for day in (one, two) if day is not None), default=None)


def _earlier(one: date | None, two: date | None) -> date | None:
    return min((day for day in (one, two) if day is not None), default=None)
