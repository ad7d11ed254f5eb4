"""The sentences of a plan. Every number in them comes from an evaluation or from the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cultivation.support.services.card import Line, Object, Tier, level, lowest, next_tier, unmet_gates
from cultivation.support.services.catalogue import Change, Service
from cultivation.support.services.changes import Facts

FEW = 6
PROVIDERS = {"P": "公共服务机构", "M": "市场服务机构", "B": "银行或保险机构", "U": "高校院所"}


@dataclass(frozen=True, slots=True)
class Words:
    """Labels, units and present values of indicators, and the titles of the scorecard's lines and gates, by code."""

    rulebook: str
    labels: Mapping[str, str]
    units: Mapping[str, str]
    present: Mapping[str, str]
    lines: Mapping[str, str]

    def indicator(self, code: str) -> str:
        return self.labels.get(code, code)

    def line(self, id: str) -> str:
        return self.lines.get(id, id)

    def now(self, code: str) -> str:
        return self.present.get(code, "未知")

    def then(self, change: Change, value: Any) -> str:
        """The value that a service leaves; of one that was open, the least."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return change.zh or value
        least = f"不少于 {points(value[0])}" if isinstance(value, list) else points(value)
        return f"{least} {self.units.get(change.indicator, '')}".strip()


def points(number: Any) -> str:
    return f"{Decimal(str(number)).normalize():f}"


def reason(service: Service, facts: Facts, changes: Mapping[str, Any], words: Words) -> str:
    """What the service changes; where a present value is unknown the reader is told to report it first."""
    moves = [
        _move(change, changes[change.indicator], words) for change in service.changes if change.indicator in changes
    ]
    is_open = any(facts.get(code) is None for code in changes)
    doubt = "现状未知的，如已具备，补报即可，不必另做" if is_open else ""
    return "；".join(part for part in (*moves, doubt, service.note) if part) + "。"


def _move(change: Change, value: Any, words: Words) -> str:
    return f"{words.indicator(change.indicator)}：{words.now(change.indicator)} → {words.then(change, value)}"


def gap(moved: Sequence[tuple[Line, Line]], words: Words) -> str:
    """The lines that rise, with their points now and then."""
    rises = [f"{_place(was, words)}（{points(was.low)} → {points(now.low)} 分）" for was, now in moved]
    return f"{'；'.join(rises)}，依据 {words.rulebook}"


def _place(line: Line, words: Words) -> str:
    titles = [words.lines[id] for id in (line.parent, line.id) if id in words.lines]
    return " ".join([" · ".join(titles), line.id]).strip()


def owner(service: Service) -> str:
    return f"企业，{'、'.join(PROVIDERS[provider] for provider in service.providers)}协助"


def gap_reason(open_lines: Sequence[Line], stake: Decimal, words: Words) -> str:
    codes = dict.fromkeys(code for line in open_lines for code in line.unknown)
    names = _few([words.indicator(code) for code in codes], "、", "项")
    return f"资料缺口：先补报{names}。为此有 {points(stake)} 分尚未确定，补报后按实际情况核定。"


def gap_basis(open_lines: Sequence[Line], words: Words) -> str:
    shares = [f"{_place(line, words)}（{points(line.high - line.low)} 分待定）" for line in open_lines]
    return f"{_few(shares, '；', '条')}，依据 {words.rulebook}"


def _few(names: Sequence[str], joint: str, unit: str) -> str:
    """The weightiest by name, the rest by number."""
    listed = joint.join(names[:FEW])
    return f"{listed}等 {len(names)} {unit}" if len(names) > FEW else listed


def veto_basis(veto: str, words: Words) -> str:
    return f"否决条款“{words.line(veto)}”不符合，依据 {words.rulebook}"


def rectification(names: Sequence[str]) -> str:
    listed = "、".join(f"“{name}”" for name in names)
    return f"存在否决情形{listed}，暂不定级。请先整改；整改核实前不安排培育服务，也不预计加分。"


def summary(before: Object, after: Object, count: int, tiers: tuple[Tier, ...], words: Words) -> str:
    """Reaching a tier is said only when the evaluation says so."""
    if not count:
        return "按现有资料，目录内没有能在预算内提高最低分的服务。"
    rise = f"完成这 {count} 项服务后，最低分由 {points(lowest(before))} 升至 {points(lowest(after))}"
    return f"{rise}，{_where(before, after, tiers, words)}。"


def _where(before: Object, after: Object, tiers: tuple[Tier, ...], words: Words) -> str:
    labels = {tier.code: tier for tier in tiers}
    if level(after) != level(before) and level(after) in labels:
        reached = labels[level(after)]
        return f"达到{reached.label}级门槛 {points(reached.threshold or 0)}"
    above = next_tier(tiers, level(before))
    if above is None:
        return f"用于保持{labels[level(before)].label}级"
    short = (above.threshold or Decimal(0)) - lowest(after)
    if short > 0:
        return f"距{above.label}级门槛 {points(above.threshold)} 还差 {points(short)} 分"
    gates = "、".join(f"“{words.line(gate)}”" for gate in unmet_gates(after, above.code))
    return f"分数已到{above.label}级门槛 {points(above.threshold)}，但{gates}尚未满足或者有待核实"
