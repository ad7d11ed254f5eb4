"""Points of binned firms added up in whole units: exact in any order, so several bins are looked up at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ..compiled.machine import share_out
from ..compiled.program import find_sums
from ..compiled.scale import Scale, Units
from ..compiled.tree import ROOT, Node
from ..result import Interval
from .bins import Bins
from .leaves import Leaf
from .ordered import Lows
from .packs import Array, Operation, Pack, Packer

# Rows are taken a block at a time, so that what is worked on stays in the nearest cache.
BLOCK = 16_384


@dataclass(frozen=True)
class Sum:
    """The score or a group: what is in it, and how it is put together.

    Attributes
    ----------
    packs : sequence of Pack
    given : sequence of ndarray, shape (n, 2)
        Units of parts that have no bins.
    below : sequence of int
        Which sums, done before, are part of this one.
    start : number
        Units it starts with.
    cap : number or None
        The most it may be.
    is_best : bool
        Whether the best counts, and not the sum.
    """

    packs: Sequence[Pack]
    given: Sequence[Array]
    below: Sequence[int]
    start: Units
    cap: Units | None
    is_best: bool

    @property
    def operation(self) -> Operation:
        return np.maximum if self.is_best else np.add


def add_whole(
    nodes: Sequence[Node],
    leaves: Mapping[int, Leaf],
    wanted: Iterable[str],
    *,
    scale: Scale,
    packer: Packer,
    base: float,
) -> tuple[Interval, Lows]:
    """As ``add_in_order``, to the last digit; ``wanted`` are the dimensions whose sums are asked for later."""
    tops = {node.part.id: place for place, node in enumerate(nodes) if node.parent == ROOT}
    asked = [tops[part] for part in wanted]
    kept = sorted({*find_sums(nodes), *asked}, reverse=True)
    sums = list(_plan(nodes, leaves, kept, scale, packer, base))
    size = _count(leaves)
    scores, lows = np.empty((2, size)), np.empty((len(asked), size), dtype=scale.dtype)

    def work(begin: int, end: int) -> None:
        for top in range(begin, end, BLOCK):
            rows = slice(top, min(top + BLOCK, end))
            found = _add_up(sums, rows)
            scores[:, rows] = np.divide(found[-1].T, scale.per_point, dtype=np.float64)
            for low, place in zip(lows, asked, strict=True):
                low[rows] = found[kept.index(place)][:, 0]

    share_out(work, size)
    own = {nodes[place].part.id: low for place, low in zip(asked, lows, strict=True)}
    return (scores[0], scores[1]), lambda parts: np.divide(
        sum(own[part] for part in parts), scale.per_point, dtype=np.float64
    )


def _count(leaves: Mapping[int, Leaf]) -> int:
    leaf = next(iter(leaves.values()))
    return len(leaf.points[0] if leaf.bins is None else leaf.bins.codes)


def _plan(
    nodes: Sequence[Node], leaves: Mapping[int, Leaf], kept: Sequence[int], scale: Scale, packer: Packer, base: float
) -> Iterator[Sum]:
    """Groups that need a sum of their own, those deeper down first, and then the score."""
    owners = [_owner(nodes, place, kept) for place in range(len(nodes))]
    for owner in (*kept, ROOT):
        is_best = owner != ROOT and nodes[owner].is_best
        own = [leaf for place, leaf in leaves.items() if owners[place] == owner]
        yield Sum(
            packs=packer.pack(*_cells(own, scale), operation=np.maximum if is_best else np.add),
            given=[_units(leaf, scale) for leaf in own if leaf.bins is None],
            below=[index for index, place in enumerate(kept) if owners[place] == owner],
            start=scale.units(base) if owner == ROOT else 0,
            cap=None if owner == ROOT else scale.units(float(nodes[owner].part.max)),
            is_best=is_best,
        )


def _owner(nodes: Sequence[Node], place: int, kept: Sequence[int]) -> int:
    """The sum that a node goes into."""
    above = nodes[place].parent
    while above != ROOT and above not in kept:
        above = nodes[above].parent
    return above


def _cells(leaves: Sequence[Leaf], scale: Scale) -> tuple[list[str], list[Bins], list[Array]]:
    found = [(leaf.name, leaf.bins, _units(leaf, scale)) for leaf in leaves if leaf.bins is not None]
    return [name for name, _, _ in found], [bins for _, bins, _ in found], [units for _, _, units in found]


def _units(leaf: Leaf, scale: Scale) -> Array:
    """Lowest and highest units, shape (bins, 2) or (n, 2)."""
    return np.rint(np.stack(leaf.points, axis=1) * scale.per_point).astype(scale.dtype)


def _add_up(sums: Sequence[Sum], rows: slice) -> list[Array]:
    """Units of some rows for every sum, shape (rows, 2)."""
    found: list[Array] = []
    for one in sums:
        parts = [np.take(pack.table, pack.codes[rows], axis=0) for pack in one.packs]
        parts += [given[rows] for given in one.given]
        parts += [found[place] for place in one.below]
        total = reduce(one.operation, parts)
        total = total + total.dtype.type(one.start) if one.start else total
        found.append(total if one.cap is None else np.minimum(total, total.dtype.type(one.cap)))
    return found
