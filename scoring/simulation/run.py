"""A change of rules tried on firms before it is published (P03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from ..assess import HUBEI, SIZES, read_facts, refuse_unlike
from ..engine import evaluate
from ..errors import ReasonError
from ..facts import Fact
from ..frame import Frame
from ..levels import GENERAL, TRACKS
from ..present import plain_interval
from ..result import Interval
from ..rulebook import Library, Rulebook, load_library
from ..schema import Kind
from ..sizes import classes, set_table
from .binned import NO_LEVEL, Binned

CHUNK = 20_000
OWN_GROUPS = ("size", "track")
Step = tuple[str | None, str | None]
Points = tuple[float, float] | None


@dataclass(frozen=True)
class Moved:
    """A firm whose tier (or, for a programme, outcome) changes.

    Attributes
    ----------
    row, id : int, object
        Its place among the rows from 0, and the ``id`` of its row.
    before, after : str or None
        Tier or outcome; None is no tier, for a veto.
    score_before, score_after : [float, float] or None
        Lowest and highest score.
    groups : mapping of str to tuple of str
        Its labels in each of the groups asked for.
    """

    row: int
    id: Any
    before: str | None
    after: str | None
    score_before: Points
    score_after: Points
    groups: Mapping[str, tuple[str, ...]]


@dataclass
class Simulation:
    """The same firms under two rulebooks.

    Attributes
    ----------
    old, new : str
        Keys of the rulebooks.
    tiers : (tuple of str, tuple of str)
        Tiers of either, lowest first; none for programmes.
    firms, bad_values, scores_changed : int
        How many firms, values that can't be read (they count as unknown), and firms whose score differs.
    steps : Counter
        (before, after) to the number of firms, those that stay included.
    by : dict of dict of Counter
        The same for each label of each group; a firm with several labels counts in each.
    moved : list of Moved
        In input order.
    rescored : list of Moved
        Firms that stay where they are with another score, in input order; gathered only where it is asked for.
    """

    old: str
    new: str
    tiers: tuple[tuple[str, ...], tuple[str, ...]]
    firms: int = 0
    bad_values: int = 0
    scores_changed: int = 0
    steps: Counter[Step] = field(default_factory=Counter)
    by: dict[str, dict[str, Counter[Step]]] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    rescored: list[Moved] = field(default_factory=list)

    @property
    def risen(self) -> int:
        """Firms that move up in the order of tiers; 0 for programmes, whose outcomes have none."""
        return sum(count for step, count in self.steps.items() if self.change(step) > 0)

    @property
    def fallen(self) -> int:
        """Firms that move down."""
        return sum(count for step, count in self.steps.items() if self.change(step) < 0)

    def change(self, step: Step) -> int:
        """How many tiers up (or, below 0, down) a step leads; no tier stands below all."""
        ends = zip(step, self.tiers, strict=True)
        before, after = (order.index(end) if end in order else NO_LEVEL for end, order in ends)
        return after - before

    def plain(self) -> dict[str, Any]:
        """As JSON; a step is written ``growth→advantage``, no tier is ``-``."""
        return {
            "old": self.old,
            "new": self.new,
            "firms": self.firms,
            "bad_values": self.bad_values,
            "scores_changed": self.scores_changed,
            "moved": len(self.moved),
            "risen": self.risen,
            "fallen": self.fallen,
            "steps": _plain(self.steps),
            "by": {
                group: {label: _plain(found) for label, found in sorted(labels.items())}
                for group, labels in self.by.items()
            },
            "list": [vars(moved) for moved in self.moved],
        }


class UnlikeError(ReasonError):
    """Two rulebooks that can't be compared on firms."""


def _plain(steps: Counter[Step]) -> dict[str, int]:
    return {f"{one or '-'}→{two or '-'}": count for (one, two), count in steps.most_common()}


def simulate(
    rows: Iterable[Mapping[str, object]],
    old: Rulebook,
    new: Rulebook,
    *,
    on: date,
    kind: Kind = "new",
    region: str = HUBEI,
    groups: Sequence[str] = OWN_GROUPS,
    library: Library | None = None,
    with_rescored: bool = False,
) -> Simulation:
    """Compare two versions of one rulebook on the same firms; nothing is stored.

    Rows are taken a chunk at a time, so that their number is bounded by the firms that move, not by memory. Indicators
    that sort firms as before are binned once and only looked up (see ``Binned``).

    Parameters
    ----------
    rows : iterable of mapping
        ``id`` and facts by indicator code, raw or parsed, and the keys of ``groups``.
    old, new : Rulebook
        Two scorecards, or two versions of a programme.
    on : date
    kind : "new" or "renewal"
    region : str
        Decides the size table.
    groups : sequence of str
        What to count by: ``size`` (size class), ``track`` (by the titles the firm holds), or any key of a row, such as
        ``city``.
    library : Library, optional
        Where the size table is; the shipped rulebooks by default.
    with_rescored : bool
        Whether to gather the firms that stay with another score too: then memory is bounded by their number as well.

    Returns
    -------
    Simulation

    Raises
    ------
    ReasonError
        The rulebooks are not two versions of one scheme, a row is no mapping, or kind, region or date are none.
    """
    if not _is_alike(old, new):
        raise UnlikeError("不是同一评分表或专项的两个版本", "not two versions of one scorecard or programme")
    sizes = (library or load_library()).find(SIZES, kind=kind, region=region, on=on).rulebook
    simulation = Simulation(old.key, new.key, (_order(old), _order(new)))
    simulation.by = {group: {} for group in groups}
    for chunk in _chunks(rows):
        parsed = [read_facts(row, index) for index, row in enumerate(chunk)]
        frame = Frame([facts for facts, _ in parsed], on=on, kind=kind)
        set_table(frame, sizes.body.sizes if sizes else ())
        simulation.bad_values += sum(len(problems) for _, problems in parsed)
        _compare(simulation, chunk, frame, _standings(frame, old, new), with_rescored)
    return simulation


def _is_alike(old: Rulebook, new: Rulebook) -> bool:
    """Versions of one programme, or scorecards of the same tiers: also one that was learned beside another."""
    if old.body.scorecard and new.body.scorecard:
        return old.body.id == new.body.id or _order(old) == _order(new)
    return old.body.id == new.body.id and bool(old.body.criteria) and bool(new.body.criteria)


def _order(rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(tier.id for tier in rulebook.body.tiers)


def _chunks(rows: Iterable[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    waiting, first = iter(rows), 1
    while chunk := list(islice(waiting, CHUNK)):
        for number, row in enumerate(chunk, start=first):
            refuse_unlike(row, number)
        yield chunk
        first += len(chunk)


States = tuple[list[str | None], Interval | None]


def _standings(frame: Frame, old: Rulebook, new: Rulebook) -> tuple[States, States]:
    """Tier or outcome of every firm under each, with scores."""
    if new.body.scorecard is None:
        one, two = evaluate(old, frame), evaluate(new, frame)
        return ([*one.codes()], one.score), ([*two.codes()], two.score)
    binned = Binned(frame)
    return _states(binned, old), _states(binned, new)


def _states(binned: Binned, rulebook: Rulebook) -> States:
    names: list[str | None] = [*(tier.id for tier in rulebook.body.tiers), None]
    standing = binned.score(rulebook)
    return [names[index] for index in standing.level.tolist()], standing.score


def _compare(
    simulation: Simulation,
    chunk: list[Mapping[str, object]],
    frame: Frame,
    standings: tuple[States, States],
    with_rescored: bool,
) -> None:
    (before, low), (after, high) = standings
    simulation.scores_changed += _count_changed(low, high)
    labels = {group: _labels(group, chunk, frame) for group in simulation.by}
    for index, step in enumerate(zip(before, after, strict=True)):
        simulation.steps[step] += 1
        for group, found in labels.items():
            for label in found[index]:
                simulation.by[group].setdefault(label, Counter())[step] += 1
        points = _points(low, index), _points(high, index)
        if step[0] != step[1] or (with_rescored and points[0] != points[1]):
            own = {group: found[index] for group, found in labels.items()}
            row, name = simulation.firms + index, chunk[index].get("id")
            firm = Moved(row, name, *step, *points, own)
            (simulation.moved if step[0] != step[1] else simulation.rescored).append(firm)
    simulation.firms += len(chunk)


def _count_changed(one: Interval | None, two: Interval | None) -> int:
    if one is None or two is None:
        return 0
    return int(((one[0] != two[0]) | (one[1] != two[1])).sum())


def _points(score: Interval | None, index: int) -> Points:
    found = plain_interval(score, index)
    return None if found is None else (found[0], found[1])


def _labels(group: str, chunk: list[Mapping[str, object]], frame: Frame) -> list[tuple[str, ...]]:
    if group == "size":
        return [(name,) for name in classes(frame).tolist()]
    if group == "track":
        return [_tracks(facts) for facts in frame.rows]
    return [(_label(row.get(group)),) for row in chunk]


def _tracks(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    return tuple(track for track, title, _ in TRACKS if facts.get(title) is True) or (GENERAL,)


def _label(raw: object) -> str:
    """A key that a row lacks is a label of its own, so that every firm counts."""
    return "-" if raw is None else str(raw)
