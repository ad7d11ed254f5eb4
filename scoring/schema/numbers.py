"""The numbers of points a part can give, for those who count decimal places."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .basics import Points
from .nodes import Bands, Choices, Items, Ladder, Part, Settled


def numbers_of(part: Part) -> Iterator[Decimal]:
    """Every number of points a part states, those of parts below it and a person's mark left out."""
    for points in _points_of(part):
        yield from points
    if isinstance(part, Settled) and part.unknown is not None:
        yield part.unknown
    if isinstance(part, Items):
        yield part.each


def _points_of(part: Part) -> Iterator[Points]:
    if isinstance(part, Bands):
        yield from (band.points for band in part.bands)
    if isinstance(part, Choices):
        yield from part.choices.values()
    if isinstance(part, Ladder):
        yield from (rung.points for rung in part.ladder)
