"""Where a learned scorecard disagrees with the expert one, and which indicators make it so (P06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import ReasonError
from ..result import Result, Row
from ..schema import Part, Text, Tier
from .measures import shown
from .standing import NO_TIER, tier_places


@dataclass(frozen=True)
class Cause:
    """One indicator that pulls the two scorecards apart.

    Attributes
    ----------
    id, title : str, Text
        The part of the expert scorecard.
    facts : tuple of str
        What it reads, in either scorecard.
    expert, learned : float
        What it adds, as a share of all that can be added: the lowest, where unknown facts leave an interval.
    difference : float
        How much more the learned one adds.
    """

    id: str
    title: Text
    facts: tuple[str, ...]
    expert: float
    learned: float

    @property
    def difference(self) -> float:
        """How much more the learned one adds; below 0, how much less."""
        return self.learned - self.expert

    def plain(self) -> dict[str, Any]:
        """As JSON, shares to four places."""
        shares = {name: shown(getattr(self, name)) for name in ("expert", "learned", "difference")}
        return {"id": self.id, "title": self.title.model_dump(), "facts": list(self.facts), **shares}


@dataclass(frozen=True)
class Disagreement:
    """One firm that the two scorecards place a tier or more apart.

    Attributes
    ----------
    row : int
        Of the firm in the results.
    expert, learned : str
        Tiers.
    steps : int
        How many tiers the learned one is higher.
    tier : str
        The highest tier that only one of them gives: the line in dispute.
    offset : float
        How much easier the learned scorecard's line is to reach than the expert one's, the same for all firms. With it
        the differences of all indicators make up how far apart the firm stands above the two lines.
    causes : tuple of Cause
        Indicators that pull the way of the disagreement, the strongest first.
    """

    row: int
    expert: str
    learned: str
    steps: int
    tier: str
    offset: float
    causes: tuple[Cause, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "row": self.row,
            "expert": self.expert,
            "learned": self.learned,
            "steps": self.steps,
            "tier": self.tier,
            "offset": shown(self.offset),
            "causes": [cause.plain() for cause in self.causes],
        }


def advise(expert_result: Result, learned_result: Result, *, least: int = 1, most: int = 5) -> list[Disagreement]:
    """Firms that a learned scorecard places otherwise than the expert one, with the indicators that cause it.

    Points of two scorecards are made comparable as shares of all the points that can be added on the line in dispute;
    there they add up to how far the firm stands above either line.

    Parameters
    ----------
    expert_result, learned_result : Result
        The same firms in the same order under both scorecards; the learned one has the tiers of the other.
    least : int
        Fewest tiers apart that count as a disagreement.
    most : int
        Most causes told of a firm.

    Returns
    -------
    list of Disagreement
        In the order of the firms. Those under a veto are in neither scorecard's tiers, and not here.

    Raises
    ------
    ReasonError
        The results are not of the same firms, or the tiers differ.
    """
    names = [tier.id for tier in expert_result.rulebook.body.tiers]
    if names != [tier.id for tier in learned_result.rulebook.body.tiers]:
        raise ReasonError("两部评分表的等级不同", "the scorecards have different tiers")
    if expert_result.frame.size != learned_result.frame.size:
        raise ReasonError("两个结果的企业数不同", "the results are not of the same firms")
    given = zip(tier_places(expert_result), tier_places(learned_result), strict=True)
    apart = [
        (row, one, two) for row, (one, two) in enumerate(given) if NO_TIER not in (one, two) and abs(two - one) >= least
    ]
    scales: dict[int, _Scales] = {}
    found = []
    for row, one, two in apart:
        top = max(one, two)
        if top not in scales:
            scales[top] = _Scales(_Scale.of(expert_result, top), _Scale.of(learned_result, top))
        causes = scales[top].causes(row, 1 if two > one else -1)[:most]
        tier = names[top]
        found.append(Disagreement(row, names[one], names[two], two - one, tier, scales[top].offset, causes))
    return found


@dataclass(frozen=True)
class _Scale:
    """What adds up to one tier's line: indicators by the id of the expert scorecard, and the most they add together."""

    rows: dict[str, Row]
    most: float
    line: float

    @classmethod
    def of(cls, result: Result, place: int) -> _Scale:
        card, tier = result.rulebook.body.scorecard, result.rulebook.body.tiers[place]
        assert card is not None
        tops = [part for part in card.parts if not tier.of or part.id in tier.of]
        parts = _indicators(tops, tier)
        most = float(sum(part.max for part in tops))
        line = float(tier.at_least or 0) - (0.0 if tier.of else float(card.base))
        rows = {name: result.row(part.id) for name, part in parts.items()}
        return cls(rows, most or 1.0, line)

    def share(self, name: str, firm: int) -> float:
        row = self.rows.get(name)
        return 0.0 if row is None or row.points is None else float(row.points[0][firm]) / self.most


def _indicators(tops: Sequence[Part], tier: Tier) -> dict[str, Part]:
    """The parts of some dimensions by id; where a tier has dimensions of its own, without its name before them."""
    if tier.of:
        tops = [dimension for top in tops for dimension in top.children()]
    found = [part for dimension in tops for part in dimension.children() or (dimension,)]
    return {part.id.removeprefix(f"{tier.id}.") if tier.of else part.id: part for part in found}


@dataclass(frozen=True)
class _Scales:
    expert: _Scale
    learned: _Scale

    @property
    def offset(self) -> float:
        return self.expert.line / self.expert.most - self.learned.line / self.learned.most

    def causes(self, firm: int, sign: int) -> tuple[Cause, ...]:
        names = dict.fromkeys([*self.expert.rows, *self.learned.rows])
        found = [self._cause(name, firm) for name in names]
        pulling = [cause for cause in found if sign * cause.difference > 0]
        return tuple(sorted(pulling, key=lambda cause: -abs(cause.difference)))

    def _cause(self, name: str, firm: int) -> Cause:
        rows = [scale.rows[name] for scale in (self.expert, self.learned) if name in scale.rows]
        title = rows[0].node.title
        assert title is not None
        facts = tuple(dict.fromkeys(code for row in rows for code in row.facts))
        return Cause(name, title, facts, self.expert.share(name, firm), self.learned.share(name, firm))
