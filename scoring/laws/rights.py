"""Rulebooks of IP rights: what is counted exists, and every condition can decide (E19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import singledispatch
from itertools import product
from typing import Any

from ..facts import read_indicators
from ..rights.conditions import ask
from ..rights.counting import conditions_of, kinds_of
from ..rights.right import Right
from ..rights.said import NO, YES, Outcome, Said, all_of, any_of
from ..rulebook import Rulebook
from ..schema import (
    Awarded,
    Condition,
    Elapsed,
    FamilyGranted,
    FiledWithin,
    Flagged,
    GrantedWithin,
    HolderRank,
    InForce,
    NotObtainedBy,
    ObtainedBy,
    OneOf,
    Pledged,
    RightRule,
    SinceFiling,
    SinceGrant,
    SinceTransfer,
    Term,
    Text,
    walk_condition,
)
from .law import Fault, Law

GROUPS = ("ip", "use")
ON = date(2026, 5, 1)
Domain = dict[str, list[Any]]


def has_known_counts(rulebook: Rulebook) -> Iterator[Fault]:
    """Every count is a whole-number indicator of IP or its use, counted once."""
    counted: set[str] = set()
    for rule in rulebook.body.rights:
        for code in (rule.counts, rule.unlisted.closed_by if rule.unlisted else None):
            if code is not None and not _is_count(code):
                yield Fault(rule, f"{code}不是知识产权数量指标", f"{code} is no count of IP")
        if rule.counts in counted:
            yield Fault(rule, f"{rule.counts}已有一条计数规则", f"{rule.counts} is counted by another rule")
        counted.add(rule.counts)


def _is_count(code: str) -> bool:
    indicator = read_indicators().get(code)
    return indicator is not None and indicator.type == "integer" and indicator.group in GROUPS


def has_sourced_rules(rulebook: Rulebook) -> Iterator[Fault]:
    """Every rule names its source; a condition without one rests on its rule's."""
    for rule in rulebook.body.rights:
        if not rule.source:
            yield Fault(rule, "没有写来源", "names no source")


def has_fitting_kinds(rulebook: Rulebook) -> Iterator[Fault]:
    """A condition is kept to, and gives terms for, kinds of right that its rule takes."""
    for rule in rulebook.body.rights:
        taken = set(kinds_of(rulebook, rule))
        for condition in _walk(rule):
            named = set(condition.for_)
            if isinstance(condition, InForce):
                named |= {kind for term in condition.in_force for kind in term.kinds}
                yield from (_hidden(term) for term in _hidden_terms(condition.in_force))
            for kind in sorted(named - taken):
                yield Fault(condition, f"这一计数不含{kind}", f"the count does not take {kind}")


def _walk(rule: RightRule) -> Iterator[Condition]:
    for condition in rule.where:
        yield from walk_condition(condition)


def _hidden_terms(terms: Sequence[Term]) -> Iterator[Term]:
    """Terms that never decide, as one above takes all their rights."""
    since: dict[str, date] = {}
    for term in terms:
        start = term.filed_from or date.min
        if all(kind in since and since[kind] <= start for kind in term.kinds):
            yield term
        since |= {kind: min(start, since.get(kind, start)) for kind in term.kinds}


def _hidden(term: Term) -> Fault:
    return Fault(term, "前面的期限已包括它", "a term above takes all its rights")


def decides_everywhere(rulebook: Rulebook) -> Iterator[Fault]:
    """Every condition decides for some right: there is one that counts by it, and one that fails by it."""
    for rule in rulebook.body.rights:
        conditions = conditions_of(rulebook, rule)
        leaves = [leaf for condition in conditions for leaf in walk_condition(condition) if not leaf.children()]
        own = [leaf for leaf in leaves if any(leaf is mine for mine in _walk(rule))]
        missing = _undecided(conditions, own, _domain(kinds_of(rulebook, rule), leaves))
        for leaf, outcome in missing:
            zh, en = (
                ("没有权利因它计入", "no right counts by it")
                if outcome == YES
                else ("没有权利因它被排除", "no right fails by it")
            )
            yield Fault(leaf, zh, en)


def _undecided(
    conditions: Sequence[Condition], leaves: Sequence[Condition], domain: Domain
) -> list[tuple[Condition, Outcome]]:
    """Conditions with the answers that never decide; a threshold still awaited can't say yes."""
    outcomes: tuple[Outcome, ...] = (YES, NO)
    wanted = [(leaf, outcome) for leaf in leaves for outcome in outcomes if _can_say(leaf, outcome)]
    for values in product(*domain.values()):
        right = Right(**dict(zip(domain, values, strict=True)))
        wanted = [(leaf, outcome) for leaf, outcome in wanted if not _decides(conditions, leaf, outcome, right)]
        if not wanted:
            break
    return wanted


def _can_say(leaf: Condition, outcome: Outcome) -> bool:
    return outcome == NO or not (isinstance(leaf, Pledged) and leaf.pledged.awaits is not None)


def _decides(conditions: Sequence[Condition], leaf: Condition, outcome: Outcome, right: Right) -> bool:
    """Whether the leaf gives this answer, and the whole would turn with it."""
    said = ask(leaf, right, ON)
    if said is None or said.outcome != outcome:
        return False
    return _answer(conditions, right, leaf, YES) == YES and _answer(conditions, right, leaf, NO) == NO


def _answer(conditions: Sequence[Condition], right: Right, forced: Condition, outcome: Outcome) -> Outcome:
    found = [_forced(condition, right, forced, outcome) for condition in conditions]
    return all_of([said for said in found if said is not None]).outcome


def _forced(condition: Condition, right: Right, forced: Condition, outcome: Outcome) -> Said | None:
    if condition is forced:
        return Said(outcome)
    if not condition.children() or (condition.for_ and right.kind not in condition.for_):
        return ask(condition, right, ON)
    below = [said for child in condition.children() if (said := _forced(child, right, forced, outcome)) is not None]
    return any_of(below, condition.title) if isinstance(condition, OneOf) else all_of(below)


def _domain(kinds: Sequence[str], leaves: Sequence[Condition]) -> Domain:
    """For each fact that the conditions read, values on both sides of every border."""
    domain: Domain = {"kind": list(kinds)}
    for leaf in leaves:
        for name, values in probes(leaf).items():
            known = domain.setdefault(name, [])
            known += [value for value in values if value not in known]
    return domain


@singledispatch
def probes(condition: Condition) -> Domain:
    """Facts that a condition reads, with values that pass and values that fail."""
    raise TypeError(f"no probes for {type(condition).__name__}")


@probes.register
def _in_force(condition: InForce) -> Domain:
    return {"state": ["valid", "lapsed"], "filed_on": [_ago(1)]}


@probes.register
def _since_transfer(condition: SinceTransfer) -> Domain:
    return {"obtained": ["transferred", "original"], "transferred_on": _around(condition.since_transfer)}


@probes.register
def _since_grant(condition: SinceGrant) -> Domain:
    return {"granted_on": _around(condition.since_grant)}


@probes.register
def _since_filing(condition: SinceFiling) -> Domain:
    return {"filed_on": _around(condition.since_filing)}


@probes.register
def _filed_within(condition: FiledWithin) -> Domain:
    return {"filed_on": [_ago(condition.filed_within - 1), _ago(condition.filed_within + 1)]}


@probes.register
def _granted_within(condition: GrantedWithin) -> Domain:
    return {"state": ["valid"], "granted_on": [_ago(condition.granted_within - 1), _ago(condition.granted_within + 1)]}


@probes.register
def _obtained(condition: ObtainedBy) -> Domain:
    return {"obtained": ["original", "transferred", "gifted", "merged"]}


@probes.register
def _not_obtained(condition: NotObtainedBy) -> Domain:
    return {"obtained": ["original", *condition.not_obtained]}


@probes.register
def _holder_rank(condition: HolderRank) -> Domain:
    return {"holder_rank": [condition.holder_rank_at_most, condition.holder_rank_at_most + 1]}


@probes.register
def _flagged(condition: Flagged) -> Domain:
    return {condition.flag: [True, False]}


@probes.register
def _family(condition: FamilyGranted) -> Domain:
    places = condition.family_granted
    inside = places.in_[0] if places.in_ else next(code for code in ("US", "EP", "JP") if code not in places.outside)
    return {"family": [(f"{inside}1B1",), ()]}


@probes.register
def _pledged(condition: Pledged) -> Domain:
    return {"pledge": [condition.pledged.at_least or Decimal(1), Decimal(0)]}


@probes.register
def _awarded(condition: Awarded) -> Domain:
    return {"awards": [("中国专利金奖", "国家科学技术进步奖"), ()]}


def _ago(years: int) -> date:
    return ON.replace(year=ON.year - years)


def _around(elapsed: Elapsed) -> list[date]:
    return [_ago(elapsed.years + 1), _ago(elapsed.years - 1)]


RIGHTS: tuple[Law, ...] = (
    Law("counts", Text(zh="计数指标存在且只计一次", en="counts exist, each once"), has_known_counts),
    Law("rule-sources", Text(zh="每条计数规则都有来源", en="every rule of counting has a source"), has_sourced_rules),
    Law("kinds", Text(zh="条件所指权利类型在计数之内", en="conditions fit the kinds counted"), has_fitting_kinds),
)
DECIDING: tuple[Law, ...] = (
    Law("decides", Text(zh="每个条件都能起决定作用", en="every condition can decide"), decides_everywhere),
)
