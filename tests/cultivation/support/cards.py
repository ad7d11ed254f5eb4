"""A scorecard small enough to check by hand, speaking the form of assess objects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cultivation.support.services.card import Tier
from cultivation.support.services.catalogue import Budget, Catalogue, Change, Duration, Service, load_catalogue
from cultivation.support.services.changes import NOT_APPLICABLE, Facts, ends
from cultivation.support.services.planner import Case
from cultivation.support.services.wording import Words

START = date(2026, 6, 1)
TIERS = (
    Tier("starter", "起步", None),
    Tier("growth", "成长", Decimal(40)),
    Tier("advantage", "优势", Decimal(65)),
    Tier("leading", "领军", Decimal(80)),
)
Points = Callable[[Sequence[Any]], Decimal]


@dataclass(frozen=True)
class LineRule:
    """`points` of the facts, each raised from its least value; `parent` decides what is added and what is capped."""

    id: str
    parent: str
    facts: tuple[str, ...]
    points: Points
    most: Decimal


def at(code: str, *steps: tuple[int, str], parent: str = "management") -> LineRule:
    """Points of the highest step that a count reaches."""

    def points(values: Sequence[Any]) -> Decimal:
        return max([Decimal(0), *(Decimal(p) for least, p in steps if values[0] >= least)])

    return LineRule(f"{code}-line", parent, (code,), points, max(Decimal(p) for _, p in steps))


def chosen(code: str, table: Mapping[str, str], parent: str = "management") -> LineRule:
    def points(values: Sequence[Any]) -> Decimal:
        return Decimal(table.get(str(values[0]), "0"))

    return LineRule(f"{code}-line", parent, (code,), points, max(map(Decimal, table.values())))


@dataclass(frozen=True)
class Scorecard:
    rules: tuple[LineRule, ...]
    base: Decimal = Decimal(0)
    bonus_cap: Decimal = Decimal(5)

    def assess(self, facts: Facts) -> dict[str, Any]:
        rows = [self._row(rule, facts) for rule in self.rules]
        low, high = (self.base + self._total(rows, end) for end in (0, 1))
        vetoes = ["serious_dishonesty"] if facts.get("serious_dishonesty") is True else []
        reached = [t.code for t in TIERS if t.threshold is None or low >= t.threshold]
        capability = {
            "rulebook": "ip-capability/2026",
            "score": [float(low), float(high)],
            "level": None if vetoes else reached[-1],
            "vetoes": vetoes,
            "dimensions": {},
            "clauses": rows,
        }
        return {"capability": capability}

    def assess_with(self, facts: Facts) -> Callable[[Sequence[Mapping[str, Any]]], list[dict[str, Any]]]:
        return lambda changes: [self.assess({**facts, **change}) for change in changes]

    def _row(self, rule: LineRule, facts: Facts) -> dict[str, Any]:
        values = {code: facts.get(code) for code in rule.facts}
        low = rule.points([_least(value) for value in values.values()])
        high = rule.most if None in values.values() else low
        return {"id": rule.id, "parent": rule.parent, "points": [float(low), float(high)], "facts": values}

    def _total(self, rows: Sequence[Mapping[str, Any]], end: int) -> Decimal:
        bonus = sum(Decimal(str(r["points"][end])) for r in rows if r["parent"] == "bonus")
        plain = sum(Decimal(str(r["points"][end])) for r in rows if r["parent"] != "bonus")
        return plain + min(bonus, self.bonus_cap)


def _least(value: Any) -> Any:
    if value == NOT_APPLICABLE:
        return Decimal(0)
    return value if isinstance(value, str | bool) else ends(value)[0]


def service(code: str, *changes: Change, effort: str = "low", weeks: int = 4) -> Service:
    return Service(
        code=code, zh=f"服务{code}", en=code, deliverable="报告", providers=("M",), effort=effort,
        duration=Duration(zh=f"{weeks} 周", weeks=(1, weeks)), changes=changes,
    )  # fmt: skip


def catalogue(*services: Service, budget: Budget, maintenance: Budget | None = None) -> Catalogue:
    budgets = {"advance": budget, "maintenance": maintenance or budget}
    return load_catalogue().model_copy(update={"services": services, "budgets": budgets})


def words(facts: Facts) -> Words:
    present = {code: str(value) for code, value in facts.items()}
    titles = {"protection": "保护", "trade_secret_system-line": "商业秘密保护制度"}
    return Words("ip-capability/2026", {}, {}, present, titles)


def case(card: Scorecard, facts: Facts, tracks: tuple[str, ...] = (), **changes: Any) -> Case:
    found = Case(facts, card.assess(facts), START, tracks, TIERS, words(facts))
    return replace(found, **changes)
