"""Names, facts, titles and sources: what must be in order before anything can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import NUMERIC, read_indicators
from ..rulebook import Rulebook
from ..schema import (
    Bands,
    ByCase,
    Choices,
    Clause,
    Compare,
    FactEffort,
    FactIs,
    Ladder,
    Mark,
    Node,
    NotBarred,
    NotExpired,
    Part,
    ScoreClause,
    Sourced,
    Text,
    Threshold,
    Value,
    Verdict,
)
from .law import Fault, Law

RESERVED = ("score", "vetoes")
Uses = Iterator[tuple[str, tuple[str, ...]]]
TYPES = {
    "money": Text(zh="金额", en="money"),
    "integer": Text(zh="整数", en="integer"),
    "number": Text(zh="数值", en="number"),
    "percent": Text(zh="百分比", en="percent"),
    "boolean": Text(zh="是否", en="boolean"),
    "choice": Text(zh="选项", en="choice"),
    "date": Text(zh="日期", en="date"),
    "text": Text(zh="文字", en="text"),
}


def has_unique_ids(rulebook: Rulebook) -> Iterator[Fault]:
    """The rows of a trace are told apart by their ids."""
    seen: set[str] = set()
    for node in sorted(_named(rulebook), key=rulebook.line_of):
        if node.id in seen:
            yield Fault(node, f"编号{node.id}已用于前面的条目", f"{node.id} names another node already")
        seen.add(str(node.id))


def _named(rulebook: Rulebook) -> list[Sourced]:
    return [node for node in rulebook.nodes() if isinstance(node, Sourced) and node.id]


def has_known_thresholds(rulebook: Rulebook) -> Iterator[Fault]:
    """A line on some parts names parts of its own score."""
    for node in rulebook.nodes():
        if isinstance(node, ScoreClause):
            known = {part.id for part in node.score}
            for line in node.pass_:
                yield from (_no_part(line, name) for name in line.of if name not in known)


def _no_part(line: Threshold, name: str) -> Fault:
    return Fault(line, f"评分中没有{name}这一部分", f"the score has no part {name}")


def has_known_facts(rulebook: Rulebook) -> Iterator[Fault]:
    """Every fact is in the catalogue, of the type its use needs, with the choices it has."""
    for node in rulebook.nodes():
        for code, wanted in _uses(node):
            yield from _type_faults(node, code, wanted)
        yield from _choice_faults(node)


def _type_faults(node: Node, code: str, wanted: tuple[str, ...]) -> Iterator[Fault]:
    indicator = read_indicators().get(code)
    if indicator is None:
        yield Fault(node, f"没有指标{code}", f"there is no indicator {code}")
    elif wanted and indicator.type not in wanted:
        zh, en = "或".join(TYPES[name].zh for name in wanted), " or ".join(TYPES[name].en for name in wanted)
        is_ = TYPES[indicator.type]
        yield Fault(
            node, f"指标{code}的类型是{is_.zh}，这里应为{zh}", f"{code} is of type {is_.en}, here it must be {en}"
        )


def _uses(node: Node) -> Uses:
    """Facts a node reads itself, with the types they may have; none means any."""
    if isinstance(node, (Compare, Bands)):
        yield from _value_uses(node.value)
    if isinstance(node, FactIs):
        yield node.fact, ("boolean",) if isinstance(node.is_, bool) else ("choice",)
    if isinstance(node, Choices):
        yield node.fact, ("choice",)
    if isinstance(node, Verdict):
        yield node.verdict, ("boolean",)
    if isinstance(node, (NotBarred, NotExpired)):
        yield node.code(), ("date",)
    if isinstance(node, ByCase):
        yield node.by, NUMERIC
    if isinstance(node, (Bands, Ladder, Mark)) and node.mark:
        yield node.mark, ("integer", "number")
    if isinstance(node, FactEffort):
        yield from ((code, ()) for code in (node.fact, node.of) if code)


def _value_uses(value: Value) -> Uses:
    if value.op == "years_since":
        yield value.args[0].key, ("date",)
    elif value.code:
        yield value.code, NUMERIC
    else:
        for arg in value.args:
            yield from _value_uses(arg)


def _choice_faults(node: Node) -> Iterator[Fault]:
    known = read_indicators()
    if isinstance(node, FactIs) and node.fact in known and not isinstance(node.is_, bool):
        wanted = {node.is_} if isinstance(node.is_, str) else set(node.is_)
        for choice in sorted(wanted - known[node.fact].choices.keys()):
            yield Fault(node, f"指标{node.fact}没有选项{choice}", f"{node.fact} has no choice {choice}")
    if isinstance(node, FactEffort) and node.fact in known:
        for choice in sorted(set(node.to) - known[node.fact].choices.keys()):
            yield Fault(node, f"指标{node.fact}没有选项{choice}", f"{node.fact} has no choice {choice}")
    if isinstance(node, Choices) and node.fact in known and set(node.choices) != set(known[node.fact].choices):
        choices = list(known[node.fact].choices)
        yield Fault(
            node,
            f"指标{node.fact}的每个选项都要有分值，不多不少：{'、'.join(choices)}",
            f"{node.fact} needs points for exactly {', '.join(choices)}",
        )


def has_named_vetoes(rulebook: Rulebook) -> Iterator[Fault]:
    """A veto is told by its id, so it needs one; the rows of score and vetoes have names of their own."""
    body = rulebook.body
    for veto in body.vetoes:
        if veto.id is None:
            yield Fault(veto, "一票否决事项要有编号", "a veto needs an id")
    for node in _named(rulebook) if body.scorecard else ():
        if node.id in RESERVED:
            yield Fault(node, f"编号{node.id}是保留的", f"the id {node.id} is reserved")


def has_titles(rulebook: Rulebook) -> Iterator[Fault]:
    """A named node has a title in both languages."""
    for node in _named(rulebook):
        if not (node.title and node.title.zh.strip() and node.title.en.strip()):
            yield Fault(node, "缺少中文或英文名称", "has no title in Chinese and English")


def has_sources(rulebook: Rulebook) -> Iterator[Fault]:
    """Every clause, part and tier has a source, its own or that of the node above it."""
    body = rulebook.body
    tops: list[Sourced] = [node for node in (body.scope, body.criteria) if node is not None]
    tops += [*body.vetoes, *body.tiers, *(body.scorecard.parts if body.scorecard else ())]
    for node in _sourceless(tops):
        yield Fault(node, "它和它上面的条目都没有写来源", "neither it nor a node above it names a source")


def _sourceless(tops: list[Sourced]) -> Iterator[Sourced]:
    for top in tops:
        if top.source:
            continue
        below: list[Sourced] = list(top.children()) if isinstance(top, (Clause, Part)) else []
        if below:
            yield from _sourceless(below)
        else:
            yield top


NAMING: tuple[Law, ...] = (
    Law("unique-ids", Text(zh="编号不重复", en="no id names two nodes"), has_unique_ids),
    Law("known-facts", Text(zh="指标存在且类型相符", en="facts exist and are of the right type"), has_known_facts),
    Law("known-parts", Text(zh="分数线所指部分存在", en="lines name parts of their score"), has_known_thresholds),
    Law("named-vetoes", Text(zh="一票否决事项有编号", en="vetoes have ids"), has_named_vetoes),
    Law("titles", Text(zh="中英文名称齐全", en="titles in both languages"), has_titles),
    Law("sources", Text(zh="每条都有来源", en="every clause has a source"), has_sources),
)
