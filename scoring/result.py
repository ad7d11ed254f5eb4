"""What an evaluation yields: a row a clause, part or line, with columns over all firms, and the long table of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .frame import Frame
from .kinds import Outcome, Outcomes
from .once import once
from .points import Floats, Given
from .rulebook import Rulebook
from .schema import Clause, Part, Sourced, SourceStatus

if TYPE_CHECKING:
    import pandas as pd

Interval = tuple[Floats, Floats]
TRACE = (
    *("subject", "rulebook", "clause", "parent", "depth", "facts", "band"),
    *("points_lo", "points_hi", "max", "outcome", "source", "status"),
)


@dataclass
class Row:
    """One named node of a rulebook over all firms.

    Attributes
    ----------
    points : (ndarray, ndarray) or None
        Lowest and highest points, for what gives points.
    line : (ndarray, ndarray) or None
        The sum a threshold was compared with. It is not points of its own, so that points below a node add up to it.
    """

    id: str
    parent: str | None
    depth: int
    node: Sourced
    source: str
    status: SourceStatus
    max: float | None
    outcome: Outcomes
    facts: tuple[str, ...] = ()
    points: Interval | None = None
    line: Interval | None = None
    given: Given | None = field(default=None, repr=False)

    def code(self, index: int) -> str:
        """Outcome of one firm in words of the output contract."""
        return Outcome(int(self.outcome[index])).code

    @classmethod
    def of(cls, node: Sourced, above: Row | None, rulebook: Rulebook, most: object, size: int) -> Row:
        """A row for a node; source and status are those of the node above where it states none."""
        return cls(
            id=str(node.id),
            parent=above.id if above else None,
            depth=above.depth + 1 if above else 0,
            node=node,
            source=node.source or (above.source if above else rulebook.body.source),
            status=node.status or (above.status if above else rulebook.body.status),
            max=None if most is None else float(str(most)),
            outcome=np.full(size, Outcome.NOT_APPLICABLE, dtype=np.int8),
            facts=_facts(node),
        )


@once
def _facts(node: Sourced) -> tuple[str, ...]:
    return node.facts() if isinstance(node, (Clause, Part)) else ()


@dataclass(frozen=True)
class Result:
    """One rulebook over many firms.

    Attributes
    ----------
    rulebook : Rulebook
    frame : Frame
        The firms, n of them.
    rows : tuple of Row
        One for each named node, in the order of the rulebook.
    outcome : ndarray of int8, shape (n,)
        ``Outcome`` of each firm as a whole.
    score : (ndarray, ndarray) or None
        Lowest and highest score, for rulebooks that have one.
    """

    rulebook: Rulebook
    frame: Frame
    rows: tuple[Row, ...]
    outcome: Outcomes
    score: Interval | None

    def row(self, node_id: str) -> Row:
        """The row of a node by its id."""
        return next(row for row in self.rows if row.id == node_id)

    def codes(self) -> list[str]:
        """Outcome of each firm in words of the output contract."""
        return [Outcome(code).code for code in self.outcome]

    @cached_property
    def trace(self) -> pd.DataFrame:
        """The long table: one line for each firm and node, firm by firm.

        Returns
        -------
        pandas.DataFrame
            Columns subject, rulebook, clause, parent, depth, facts, band, points_lo, points_hi, max, outcome, source,
            status.
        """
        import pandas as pd

        tables = [pd.DataFrame(self._columns(order, row)) for order, row in enumerate(self.rows)]
        if not tables:  # a size table decides no clause
            return pd.DataFrame(columns=list(TRACE))
        return pd.concat(tables).sort_values(["subject", "order"]).reset_index(drop=True)[list(TRACE)]

    def _columns(self, order: int, row: Row) -> dict[str, object]:
        nothing = np.full(self.frame.size, np.nan)
        low, high = row.points or (nothing, nothing)
        return {
            "subject": np.arange(self.frame.size),
            "order": order,
            "rulebook": self.rulebook.key,
            "clause": row.id,
            "parent": row.parent,
            "depth": row.depth,
            "facts": [{code: facts.get(code) for code in row.facts} for facts in self.frame.rows],
            "band": np.full(self.frame.size, -1) if row.given is None or row.given.band is None else row.given.band[1],
            "points_lo": low,
            "points_hi": high,
            "max": row.max,
            "outcome": [Outcome(code).code for code in row.outcome],
            "source": row.source,
            "status": row.status,
        }
