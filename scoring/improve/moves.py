"""The cheapest moves to the next tier (E11): the least effort that is certain to reach it, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..assess import CAPABILITY, HUBEI, SIZES, read_facts
from ..engine import evaluate
from ..facts import NUMERIC, Fact, read_indicators
from ..frame import Frame
from ..levels import read_levels
from ..present import plain_fact, plain_interval
from ..result import Result
from ..rulebook import Library, Rulebook, load_library
from ..schema import Kind, SizeRow, Text, Tier
from ..sizes import set_table
from ..words import Lang, fact_name, fact_words
from .problem import Problem, contradicts, pose
from .targets import Start, Target, is_unknown
from .whatif import PASSED


@dataclass(frozen=True)
class Move:
    """One fact to change, or to report.

    Attributes
    ----------
    fact : str
        Indicator code.
    before, after : object
        As JSON; ``before`` is None where the fact has not been given.
    is_report : bool
        Whether it is enough to state the fact, if it is so.
    at_least : bool or None
        True for numbers and dates that may also be more, False for those that may be less, None for the others.
    effort, title : str, Text
        Effort class of the rulebook.
    steps, cost : int
        So many steps of that class, and what they cost together.
    """

    fact: str
    before: Any
    after: Any
    is_report: bool
    at_least: bool | None
    effort: str
    title: Text
    steps: int
    cost: int

    def words(self, lang: Lang = "zh") -> str:
        """The move in a sentence."""
        name, then = fact_name(self.fact, lang), fact_words(self.fact, self.after, lang)
        bounds = _DAYS if read_indicators()[self.fact].type == "date" else _BOUNDS
        bound = "" if self.at_least is None else bounds[lang][self.at_least]
        then = then.removeprefix(name).strip()
        if self.is_report:
            return f"补报{name}：{bound}{then}" if lang == "zh" else f"Report {name}: {bound}{then}"
        now = fact_words(self.fact, self.before, lang).removeprefix(name).strip()
        return f"{name}：由{now}到{bound}{then}" if lang == "zh" else f"{name}: from {now} to {bound}{then}"


_BOUNDS: Mapping[str, Mapping[bool, str]] = {
    "zh": {True: "不少于", False: "不超过"},
    "en": {True: "at least ", False: "at most "},
}
_DAYS: Mapping[str, Mapping[bool, str]] = {
    "zh": {True: "不早于", False: "不晚于"},
    "en": {True: "not before ", False: "not after "},
}


@dataclass(frozen=True)
class Moves:
    """A set of moves that reaches a tier.

    Attributes
    ----------
    goal : str
        The tier it is meant for.
    moves : tuple of Move
    cost : int
        In the units of the effort classes.
    score : (float, float)
        Lowest and highest score it leads to.
    level : str
        The tier it leads to, which may be above the goal.
    """

    goal: str
    moves: tuple[Move, ...]
    cost: int
    score: tuple[float, float]
    level: str

    def changes(self) -> dict[str, Any]:
        """Facts to change, as ``what_if`` takes them."""
        return {move.fact: move.after for move in self.moves}


def cheapest_moves(
    facts: Mapping[str, object],
    *,
    on: date,
    kind: Kind = "new",
    region: str = HUBEI,
    goal: str | None = None,
    limit: int = 3,
    library: Library | None = None,
) -> list[Moves]:
    """The least-effort changes of facts that reach the next tier of the capability scorecard.

    A change costs its steps times its effort class; a fact that has not been given is reported at the cost of the class
    ``report``. Only facts with an effort class move, each to its better side, and never so that facts contradict each
    other. Counts move by whole numbers, other numbers by hundredths; among equal costs the fewest moves win, then the
    order of the rulebook's effort list.

    Parameters
    ----------
    facts : mapping
        Facts by indicator code, raw or parsed.
    on : date
    kind : "new" or "renewal"
    region : str
    goal : str, optional
        The tier to reach; the one above the firm's level by default.
    limit : int
        Largest number of moves for which the cheapest set is looked for separately.
    library : Library, optional

    Returns
    -------
    list of Moves
        The cheapest with at most 1, 2, … ``limit`` moves and the cheapest of all, each once, cheapest first. Applying
        one makes the goal's line reached by the lowest score and its gates met; no cheaper set does. Empty at the
        highest tier, when the goal is reached already, under a known veto, without a scorecard in force, and when no
        moves suffice.

    Raises
    ------
    ValueError
        No such tier, a scorecard without effort classes, or ``limit`` below 1.
    TooWide
        Facts of one part combine in more ways than can be tried.
    """
    if limit < 1:
        raise ValueError("limit至少为1 (limit must be at least 1)")
    library = library or load_library()
    rulebook = library.find(CAPABILITY, kind=kind, region=region, on=on).rulebook
    if rulebook is None:
        return []
    sizes = library.find(SIZES, kind=kind, region=region, on=on).rulebook
    table = sizes.body.sizes if sizes else ()
    return _Firm(rulebook, _start(rulebook, read_facts(facts, 0)[0], on), kind, table).advise(goal, limit)


def _start(rulebook: Rulebook, facts: Mapping[str, Fact], on: date) -> Start:
    effort = rulebook.body.effort
    if effort is None:
        raise ValueError(f"{rulebook.key}没有工作量分级 (has no effort classes)")
    strange = [row.fact for row in effort.facts if row.fact not in read_indicators()]
    if strange:
        raise ValueError(f"{rulebook.key}：没有指标{'、'.join(strange)} (no such indicators in its effort classes)")
    return Start(facts, on, effort)


@dataclass(frozen=True)
class _Firm:
    """A firm under a scorecard, and the moves open to it."""

    rulebook: Rulebook
    start: Start
    kind: Kind
    table: tuple[SizeRow, ...]

    def advise(self, goal: str | None, limit: int) -> list[Moves]:
        tier = self._goal(goal)
        if tier is None:
            return []
        problem = pose(self.rulebook, self.start, tier, kind=self.kind, table=self.table)
        return self._best(problem, limit)

    def _goal(self, goal: str | None) -> Tier | None:
        """The tier to reach; None where there is nothing left to reach, or a veto stands in the way."""
        tiers = {tier.id: tier for tier in self.rulebook.body.tiers}
        if goal is not None and goal not in tiers:
            raise ValueError(f"没有等级{goal}，有{'、'.join(tiers)} (no tier {goal}; known: {', '.join(tiers)})")
        result = self._evaluate({})
        level, order = read_levels(result)[0], list(tiers)
        at = -1 if level.level is None else order.index(level.level)
        wanted = at + 1 if goal is None else order.index(goal)
        return None if level.vetoes or not at < wanted < len(order) else tiers[order[wanted]]

    def _evaluate(self, changes: Mapping[str, Fact]) -> Result:
        frame = Frame([{**self.start.facts, **changes}], on=self.start.on, kind=self.kind)
        set_table(frame, self.table)
        return evaluate(self.rulebook, frame)

    def _best(self, problem: Problem, limit: int) -> list[Moves]:
        """For each number of moves the cheapest set, unless fewer moves cost no more."""
        search = problem.search(limit)
        whole = [(mark, entry) for mark, entry in search.run().items() if mark[0] >= search.need]
        through = [(entry, mark[1]) for mark, entry in whole if problem.gates.hold(mark[2])]
        found: list[Moves] = []
        for most in range(1, limit + 2):
            entries = sorted((cost, len(moves), moves) for (cost, moves), count in through if count <= most)
            for _, _, chosen in entries[:1]:
                moves = self._settle(problem, dict(chosen))
                found += [moves] if not found or moves.cost < found[-1].cost else []
        return found[::-1]

    def _settle(self, problem: Problem, options: dict[str, int]) -> Moves:
        """Each change made as small as it can be while the tier is still reached."""
        for fact in options:
            for smaller in range(1, options[fact]):
                tried = options | {fact: smaller}
                if self._reaches(problem, tried):
                    options = tried
                    break
        return self._tell(problem, options)

    def _reaches(self, problem: Problem, options: Mapping[str, int]) -> bool:
        changes = problem.moved(options)
        after = {**self.start.facts, **changes}
        is_whole = not any(contradicts(pair, after) for pair in problem.pairs)
        return is_whole and self._evaluate(changes).row(problem.tier.id).code(0) in PASSED

    def _tell(self, problem: Problem, options: Mapping[str, int]) -> Moves:
        result = self._evaluate(problem.moved(options))
        level = read_levels(result)[0].level
        low, high = plain_interval(result.score, 0) or (0, 0)
        order = [row.fact for row in self.start.effort.facts if row.fact in options]
        moves = tuple(self._move(code, problem.targets[code][options[code] - 1]) for code in order)
        return Moves(problem.tier.id, moves, sum(move.cost for move in moves), (low, high), str(level))

    def _move(self, code: str, target: Target) -> Move:
        now, effort = self.start.fact(code), self.start.effort.class_of(target.effort)
        row = next(row for row in self.start.effort.facts if row.fact == code)
        is_open = read_indicators()[code].type in (*NUMERIC, "date")
        return Move(
            fact=code,
            before=plain_fact(now),
            after=plain_fact(target.value),
            is_report=is_unknown(now),
            at_least=row.direction == "up" if is_open else None,
            effort=effort.id,
            title=effort.title,
            steps=target.steps,
            cost=target.cost,
        )
