"""A scorecard compiled: as exact as the engine, off which it is read, and nearly as fast as memory allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from ..arrays import ArrayFrame, is_fact
from ..facts import read_indicators
from ..partial import evaluate_part
from ..result import Interval
from ..rulebook import Rulebook
from ..schema import Kind, SizeRow
from ..sizes import set_table
from .leaf import Leaf
from .machine import WORTH_IT, by_numba, share_out
from .plain import add_up_plainly
from .program import Array, Program, build_program
from .scale import Units
from .steps import FloatType, read_steps
from .tree import ROOT, Node, read_tree, scale_of

Loops = Literal["numba", "numpy"]
# Rows for which the engine is asked at a time, where it must be.
CHUNK = 100_000


class Card:
    """A scorecard as arrays, for one date and kind of application.

    Parts that read one fact become step functions with exact cuts; the points of the others are asked of the engine.
    So every score equals that of ``evaluate``, bit for bit.

    Parameters
    ----------
    rulebook : Rulebook
        With a scorecard.
    on : date
    kind : "new" or "renewal"
    columns : sequence of str, optional
        What the columns of a matrix hold, by indicator code; names that are no facts of the scorecard are passed over,
        and facts without a column are unknown. By default the scorecard's own facts in its order, texts left out.
    table : tuple of SizeRow
        Size table, for parts that ask for the size class.

    Raises
    ------
    ValueError
        The rulebook is not a scorecard, or a column is there twice or is a text.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        on: date,
        kind: Kind = "new",
        columns: Sequence[str] | None = None,
        table: tuple[SizeRow, ...] = (),
    ) -> None:
        self.rulebook = rulebook
        self.on = on
        self.kind = kind
        self.table = table
        self.nodes = read_tree(rulebook)
        self.steps = [read_steps(rulebook, node.part, on=on, kind=kind) for node in self.nodes]
        self.columns = self._own_columns() if columns is None else tuple(columns)
        _check_columns(self.columns)
        card = rulebook.body.scorecard
        assert card is not None
        self.base = float(card.base)
        self.scale = scale_of(rulebook, self.nodes)

    @cached_property
    def leaves(self) -> list[Leaf | None]:
        """The step function of each node; None for groups, and where the engine must be asked."""
        return [None if steps is None else Leaf(steps, self.scale) for steps in self.steps]

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Places of the nodes right below each group, and below ``ROOT``."""
        below: dict[int, list[int]] = {}
        for place, node in enumerate(self.nodes):
            below.setdefault(node.parent, []).append(place)
        return below

    @cached_property
    def caps(self) -> list[Units]:
        """The maximum of each node, in units."""
        return [self.scale.units(float(node.part.max)) for node in self.nodes]

    def readers(self, codes: Iterable[str]) -> list[int]:
        """Places of the parts that read any of some facts."""
        found = [self._readers.get(code, []) for code in codes]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})

    def above(self, places: Sequence[int]) -> list[int]:
        """Places of the groups that some parts are in, those deeper down first."""
        if len(places) == 1:
            return self._above[places[0]]
        return sorted({group for place in places for group in self._above[place]}, reverse=True)

    @cached_property
    def _above(self) -> list[list[int]]:
        above: list[list[int]] = []
        for node in self.nodes:
            above.append([] if node.parent == ROOT else [node.parent, *above[node.parent]])
        return above

    @cached_property
    def _readers(self) -> dict[str, list[int]]:
        readers: dict[str, list[int]] = {}
        for place, node in enumerate(self.nodes):
            for code in () if node.is_group else dict.fromkeys(node.part.facts()):
                readers.setdefault(code, []).append(place)
        return readers

    def _own_columns(self) -> tuple[str, ...]:
        facts = dict.fromkeys(code for node in self.nodes for code in node.part.facts())
        return tuple(code for code in facts if read_indicators()[code].type != "text")

    def score(self, matrix: ArrayLike, *, loops: Loops | None = None) -> Interval:
        """Lowest and highest score of every row.

        Parameters
        ----------
        matrix : array_like, shape (n, len(columns))
            Float32 or float64; other numbers are taken as float64. NaN is unknown, and so is a number that can't be
            that fact (see ``bad_values``); choices and yes/no are numbered, dates counted in days. A float32 means the
            shortest decimal that is written for it.
        loops : "numba" or "numpy", optional
            By default numba's machine code for many rows, where numba is installed. Both give the same, bit for bit.

        Returns
        -------
        (ndarray, ndarray)
            Float64, shape (n,).

        Raises
        ------
        ValueError
            The matrix has another shape or holds no numbers, or numba is asked for and not installed.
        """
        rows = self._read(matrix)
        add_up = self._loops(loops, len(rows))
        program, given = self._program(rows.dtype)
        scores = np.empty((2, len(rows)))
        for begin in range(0, len(rows), CHUNK if given else max(1, len(rows))):
            part = rows[begin : begin + CHUNK] if given else rows
            points = self._ask(given, part)
            work = partial(add_up, program, part, points, scores[:, begin : begin + len(part)])
            share_out(work, len(part))
        return scores[0], scores[1]

    def bad_values(self, matrix: ArrayLike) -> dict[str, Array]:
        """Rows with a number that can't be the fact of their column, by indicator code: out of range or not whole."""
        rows = self._read(matrix)
        found = {}
        for place, code in enumerate(self.columns):
            indicator = read_indicators().get(code)
            if indicator is not None:
                column = rows[:, place]
                found[code] = np.flatnonzero(~np.isnan(column) & ~is_fact(indicator, column))
        return {code: where for code, where in found.items() if len(where)}

    def _read(self, matrix: ArrayLike) -> Array:
        rows = np.asarray(matrix)
        if rows.dtype.kind not in "fiub":
            raise ValueError(f"矩阵应为数字，得到{rows.dtype} (expected a matrix of numbers, got {rows.dtype})")
        if rows.ndim != 2 or rows.shape[1] != len(self.columns):
            wanted = f"(n, {len(self.columns)})"
            raise ValueError(f"矩阵形状应为{wanted}，得到{rows.shape} (expected shape {wanted}, got {rows.shape})")
        return rows if rows.dtype in (np.dtype(np.float32), np.dtype(np.float64)) else rows.astype(np.float64)

    @staticmethod
    def _loops(wanted: Loops | None, size: int) -> Any:
        found = by_numba() if wanted == "numba" or (wanted is None and size >= WORTH_IT) else None
        if wanted == "numba" and found is None:
            raise ValueError("没有安装numba (numba is not installed)")
        return found or add_up_plainly

    def _program(self, dtype: np.dtype[Any]) -> tuple[Program, tuple[Node, ...]]:
        return self._narrow if dtype == np.float32 else self._wide

    @cached_property
    def _narrow(self) -> tuple[Program, tuple[Node, ...]]:
        return self._build(np.float32)

    @cached_property
    def _wide(self) -> tuple[Program, tuple[Node, ...]]:
        return self._build(np.float64)

    def _build(self, kind: FloatType) -> tuple[Program, tuple[Node, ...]]:
        return build_program(self.nodes, self.steps, self.columns, self.scale, self.base, kind)

    def _ask(self, nodes: Sequence[Node], rows: Array) -> Array:
        """Points of some parts by the engine, in units, shape (parts, 2, rows)."""
        read = {code for node in nodes for code in node.part.facts()}
        columns = {code: rows[:, place] for place, code in enumerate(self.columns) if code in read}
        frame = ArrayFrame(columns, size=len(rows), on=self.on, kind=self.kind)
        set_table(frame, self.table)
        found = np.empty((len(nodes), 2, len(rows)), dtype=self.scale.dtype)
        for place, node in enumerate(nodes):
            points = evaluate_part(self.rulebook, node.part, frame).points
            assert points is not None
            found[place] = np.rint(np.stack(points) * self.scale.per_point) if self.scale.is_whole else points
        return found


def _check_columns(columns: Sequence[str]) -> None:
    twice = sorted({code for code in columns if columns.count(code) > 1})
    if twice:
        raise ValueError(f"重复的列：{'、'.join(twice)} (columns are there twice)")
    texts = [code for code in columns if code in read_indicators() and read_indicators()[code].type == "text"]
    if texts:
        raise ValueError(f"文字指标不能放入矩阵：{'、'.join(texts)} (texts can't be in a matrix)")
