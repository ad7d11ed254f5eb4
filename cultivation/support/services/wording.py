"""The sentences of a plan. Every number in them comes from an evaluation or from the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cultivation.support.services.card import DIMENSIONS, Line, Object, Tier, level, lowest, next_tier
from cultivation.support.services.catalogue import Service
from cultivation.support.services.changes import Facts

PROVIDERS = {"P": "公共服务机构", "M": "市场服务机构", "B": "银行或保险机构", "U": "高校院所"}


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of indicators with their units, of choices, and of the scorecard's lines, by code."""

    rulebook: str
    indicators: Mapping[str, tuple[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    lines: Mapping[str, str]

    def indicator(self, code: str) -> str:
        return self.indicators.get(code, (code, ""))[0]

    def line(self, id: str) -> str:
        return self.lines.get(id) or self.indicator(id)

    def value(self, code: str, value: Any) -> str:
        if value is None:
            return "未报"
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, list | tuple):
            return f"至少 {points(value[0])}{self._unit(code)}"
        if isinstance(value, str):
            return f"“{self.choices.get(code, {}).get(value, value)}”"
        return f"{points(value)}{self._unit(code)}"

    def _unit(self, code: str) -> str:
        unit = self.indicators.get(code, ("", ""))[1]
        return f" {unit}" if unit else ""


def points(number: Any) -> str:
    return f"{Decimal(str(number)).normalize():f}"


def reason(service: Service, facts: Facts, changes: Mapping[str, Any], words: Words) -> str:
    """What the service changes; where a present value is unknown the reader is told to report it first."""
    moves = [
        f"{words.indicator(code)}：现为{words.value(code, facts.get(code))}，完成后为{words.value(code, value)}"
        for code, value in changes.items()
    ]
    unknown = [words.indicator(code) for code in changes if facts.get(code) is None]
    doubt = f"其中{'、'.join(unknown)}没有资料；如已具备，补报即可，不必另做" if unknown else ""
    return "；".join(part for part in (*moves, doubt, service.note) if part) + "。"


def gap(moved: Sequence[tuple[Line, Line]], before: Object, after: Object, words: Words) -> str:
    """The lines that rise, with their points now and then; the dimensions where the lines are not told apart."""
    rises = [f"{_place(was, words)}（{points(was.low)} → {points(now.low)} 分）" for was, now in moved]
    return f"{'；'.join(rises or _dimension_rises(before, after))}，依据 {words.rulebook}"


def _place(line: Line, words: Words) -> str:
    return " · ".join(part for part in (DIMENSIONS.get(line.parent, ""), words.line(line.id)) if part)


def _dimension_rises(before: Object, after: Object) -> list[str]:
    was, now = (found["capability"]["dimensions"] for found in (before, after))
    return [
        f"{DIMENSIONS.get(code, code)}（{points(was[code][0])} → {points(now[code][0])} 分）"
        for code in was
        if was[code][0] != now[code][0]
    ]


def owner(service: Service) -> str:
    return f"企业；{'、'.join(PROVIDERS[provider] for provider in service.providers)}协助"


def gap_reason(open_lines: Sequence[Line], stake: Decimal, words: Words) -> str:
    codes = dict.fromkeys(code for line in open_lines for code in line.unknown)
    names = "、".join(words.indicator(code) for code in codes)
    return f"资料缺口：先补报{names}，共 {len(codes)} 项。为此有 {points(stake)} 分尚未确定，补报后按实际情况核定。"


def gap_lines(open_lines: Sequence[Line], words: Words) -> str:
    shares = [f"{_place(line, words)}（{points(line.high - line.low)} 分待定）" for line in open_lines]
    return f"{'；'.join(shares)}，依据 {words.rulebook}"


def veto_gap(veto: str, facts: Facts, words: Words) -> str:
    value = facts.get(veto)
    present = f"现为{words.value(veto, value)}" if value is not None else "已核实"
    return f"否决情形“{words.line(veto)}”，{present}，依据 {words.rulebook}"


def rectification(found: Sequence[str], words: Words) -> str:
    names = "、".join(f"“{words.line(veto)}”" for veto in found)
    return f"存在否决情形{names}，暂不定级。请先整改；整改核实前不安排培育服务，也不预计加分。"


def summary(before: Object, after: Object, count: int, tiers: tuple[Tier, ...]) -> str:
    """Reaching a tier is said only when the evaluation says so."""
    if not count:
        return "按现有资料，目录内没有能在预算内提高最低分的服务。"
    rise = f"完成以上 {count} 项后，最低分由 {points(lowest(before))} 升至 {points(lowest(after))}"
    return f"{rise}，{_where(before, after, tiers)}。"


def _where(before: Object, after: Object, tiers: tuple[Tier, ...]) -> str:
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
    return f"分数已到{above.label}级门槛 {points(above.threshold)}，该级的其他条件尚未满足或者有待核实"
