"""Several parts looked up at once: what they give together, by the combination of the bins a firm is in.

All combinations of a few parts are one small table. Tables are made anew for each change of points, the numbers of the
combinations only once. It needs points in whole units, which give the same in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bins import Bins

# So many combinations of bins, their points included, stay in the nearest cache.
MOST = 4096
Array = NDArray[Any]
Operation = Callable[..., Array]


@dataclass(frozen=True)
class Pack:
    """Some parts by the combination of their bins.

    Attributes
    ----------
    codes : ndarray, shape (n,)
        The combination of every firm.
    table : ndarray, shape (combinations, 2)
        Lowest and highest units.
    """

    codes: Array
    table: Array


class Packer:
    """Remembers the combinations of bins that were asked for."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, ...], Array] = {}

    def pack(
        self, names: Sequence[str], bins: Sequence[Bins], cells: Sequence[Array], operation: Operation
    ) -> list[Pack]:
        """Parts in as few packs as fit.

        Parameters
        ----------
        names : sequence of str
            What the bins of each part go by.
        bins : sequence of Bins
        cells : sequence of ndarray, shape (bins, 2)
            Lowest and highest units of each bin.
        operation : numpy.add or numpy.maximum
        """
        packs = []
        for places in _share_out([own.count for own in bins]):
            key = tuple(names[place] for place in places)
            if key not in self._codes:
                self._codes[key] = _combine([bins[place] for place in places])
            packs.append(Pack(self._codes[key], _table([cells[place] for place in places], operation)))
        return packs


def _share_out(counts: Sequence[int]) -> list[list[int]]:
    """Neighbours together while their combinations are few enough."""
    shared: list[list[int]] = []
    size = 1
    for place, count in enumerate(counts):
        size *= count
        if not shared or size > MOST:
            shared.append([])
            size = count
        shared[-1].append(place)
    return shared


def _combine(bins: Sequence[Bins]) -> Array:
    most = int(np.prod([own.count for own in bins]))
    kind = np.min_scalar_type(most)
    return reduce(
        lambda codes, own: codes * kind.type(own.count) + own.codes.astype(kind), bins[1:], bins[0].codes.astype(kind)
    )


def _table(cells: Sequence[Array], operation: Operation) -> Array:
    return reduce(lambda table, own: operation(table[:, None], own[None]).reshape(-1, 2), cells)
