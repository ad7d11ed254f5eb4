"""Rules and facts in words, Chinese and English: what is tested, and with which numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

from .facts import Indicator, read_indicators
from .limits import (
    band_labels,
    bound_label,
    limits_label,
    number_label,
    points_label,
    value_unit,
    value_words,
)
from .schema import (
    AllOf,
    AnyOf,
    AssessedBy,
    Awaits,
    Bands,
    ByCase,
    Choices,
    Compare,
    FactIs,
    Group,
    Items,
    Ladder,
    Mark,
    NotBarred,
    NotExpired,
    ScoreClause,
    Settled,
    SizeIn,
    Sourced,
    Text,
    Threshold,
    Tier,
    Verdict,
)
from .schema import Lang as Lang

OUTCOMES: Mapping[str, Text] = {
    "met": Text(zh="符合", en="Met"),
    "unmet": Text(zh="不符合", en="Not met"),
    "unknown": Text(zh="资料不足", en="Unknown"),
    "manual_review": Text(zh="需人工核验", en="Needs review"),
    "not_applicable": Text(zh="不适用", en="Not applicable"),
}
SIZES: Mapping[str, Text] = {
    "large": Text(zh="大型", en="large"),
    "medium": Text(zh="中型", en="medium"),
    "small": Text(zh="小型", en="small"),
    "micro": Text(zh="微型", en="micro"),
}
_YES = Text(zh="是", en="yes")
_NO = Text(zh="否", en="no")
_JOIN = Text(zh="；", en="; ")
_COLON = Text(zh="：", en=": ")
_OR = Text(zh="、", en=", ")
_AND = Text(zh="，且", en=" and ")
_EITHER = Text(zh="，或", en=" or ")
_ALL = Text(zh="以下全部满足", en="all of the following")
_ANY = Text(zh="以下任一满足", en="any of the following")


def say(text: Text | None, lang: Lang) -> str:
    return "" if text is None else getattr(text, lang)


def fact_name(code: str, lang: Lang) -> str:
    return str(getattr(read_indicators()[code], lang))


def fact_words(code: str, shown: Any, lang: Lang) -> str:
    """One fact with its unit: ``上年度研发费用 400 万元``; unknown and not applicable in words."""
    indicator = read_indicators()[code]
    return f"{fact_name(code, lang)} {_shown(indicator, shown, lang)}"


def _shown(indicator: Indicator, shown: Any, lang: Lang) -> str:
    if shown is None:
        return (
            ("无" if lang == "zh" else "none") if indicator.empty_is_none else ("未知" if lang == "zh" else "unknown")
        )
    if shown == "n/a":
        return say(OUTCOMES["not_applicable"], lang)
    if isinstance(shown, bool):
        return say(_YES if shown else _NO, lang)
    if isinstance(shown, (list, tuple)):
        least, most = shown
        return _between(indicator, least, most, lang)
    if isinstance(shown, (int, float)):
        return _with_unit(f"{shown:,}", indicator, lang)
    return indicator.choices[shown][lang == "en"] if shown in indicator.choices else str(shown)


def _between(indicator: Indicator, least: float, most: float | None, lang: Lang) -> str:
    if most is None:
        return ("不少于 " if lang == "zh" else "at least ") + _with_unit(f"{least:,}", indicator, lang)
    return _with_unit(f"{least:,}–{most:,}", indicator, lang)


def fact_unit(number: str, code: str, lang: Lang) -> str:
    """A number that is already written, with the unit of its fact."""
    return _with_unit(number, read_indicators()[code], lang)


def _with_unit(number: str, indicator: Indicator, lang: Lang) -> str:
    if indicator.type == "percent":
        return f"{number}%"
    if lang == "en":
        return f"CNY {number} ×10⁴" if indicator.type == "money" else number
    return f"{number} {indicator.unit}".strip()


@singledispatch
def test_words(node: Sourced, lang: Lang) -> str:
    """What a node asks for, in one sentence."""
    return ""


@test_words.register
def _all(node: AllOf, lang: Lang) -> str:
    return _children(node.all_, _ALL, _AND, lang)


@test_words.register
def _any(node: AnyOf, lang: Lang) -> str:
    return _children(node.any_, _ANY, _EITHER, lang)


def _children(children: Sequence[Sourced], head: Text, link: Text, lang: Lang) -> str:
    """Named children have lines of their own; unnamed ones are said here: ``甲，或（乙，且丙）``."""
    unnamed = [_within(child, lang) for child in children if child.id is None]
    if len(unnamed) == len(children):
        return say(link, lang).join(unnamed)
    return say(head, lang) + (say(_COLON, lang) + say(_JOIN, lang).join(unnamed) if unnamed else "")


def _within(child: Sourced, lang: Lang) -> str:
    words = test_words(child, lang)
    if not isinstance(child, AllOf | AnyOf):
        return words
    return f"（{words}）" if lang == "zh" else f"({words})"


@test_words.register
def _compare(node: Compare, lang: Lang) -> str:
    words = value_words(node.value, lang, lambda code: fact_name(code, lang))
    return f"{words} {limits_label(node, node.value)} {value_unit(node.value, lang)}".rstrip()


@test_words.register
def _fact_is(node: FactIs, lang: Lang) -> str:
    if isinstance(node.is_, bool):
        wanted = say(_YES if node.is_ else _NO, lang)
    else:
        codes = (node.is_,) if isinstance(node.is_, str) else node.is_
        wanted = say(_OR, lang).join(read_indicators()[node.fact].choices[code][lang == "en"] for code in codes)
    return f"{fact_name(node.fact, lang)}{say(_COLON, lang)}{wanted}"


@test_words.register
def _verdict(node: Verdict, lang: Lang) -> str:
    return f"{fact_name(node.verdict, lang)}{say(_COLON, lang)}{say(_YES, lang)}"


@test_words.register
def _not_barred(node: NotBarred, lang: Lang) -> str:
    return f"{fact_name(node.not_barred, lang)}{'：无或已过' if lang == 'zh' else ': none or past'}"


@test_words.register
def _not_expired(node: NotExpired, lang: Lang) -> str:
    return f"{fact_name(node.not_expired, lang)}{' ≥ 评价日' if lang == 'zh' else ' ≥ date of assessment'}"


@test_words.register
def _assessed_by(node: AssessedBy, lang: Lang) -> str:
    return f"{'评价日' if lang == 'zh' else 'date of assessment'} ≤ {node.assessed_by}"


@test_words.register
def _awaits(node: Awaits, lang: Lang) -> str:
    return say(node.awaits, lang)


@test_words.register
def _size_in(node: SizeIn, lang: Lang) -> str:
    sizes = say(_OR, lang).join(say(SIZES[size], lang) for size in node.size_in)
    return f"{'企业规模' if lang == 'zh' else 'size class'}{say(_COLON, lang)}{sizes}"


@test_words.register
def _by_case(node: ByCase, lang: Lang) -> str:
    """Where all cases ask for one value: ``有效发明专利数 ≥ 20 / ≥ 5（上年度营业收入 ≥ 40,000 / 其他）``."""
    by = fact_name(node.by, lang)
    tests = [case.then for case in node.cases]
    compared = [test for test in tests if isinstance(test, Compare)]
    if len(compared) < len(tests) or len({test.value.key for test in compared}) > 1:
        return f"按{by}分档" if lang == "zh" else f"by {by}"
    value = value_words(compared[0].value, lang, lambda code: fact_name(code, lang))
    limits = " / ".join(limits_label(test, test.value) for test in compared)
    limits = f"{limits} {value_unit(compared[0].value, lang)}".rstrip()
    bounds = " / ".join(bound_label(node, case, lang) for case in node.cases)
    return f"{value} {limits}（{by} {bounds}）" if lang == "zh" else f"{value} {limits} ({by} {bounds})"


@test_words.register
def _score_clause(node: ScoreClause, lang: Lang) -> str:
    lines = [f"{say(line.title, lang)}" for line in node.pass_]
    return say(_JOIN, lang).join(lines)


@test_words.register
def _threshold(node: Threshold, lang: Lang) -> str:
    return (
        f"{'得分' if lang == 'zh' else 'points'} {limits_label(node, None)}"
        if node.source or node.of
        else limits_label(node, None)
    )


@test_words.register
def _tier(node: Tier, lang: Lang) -> str:
    if node.at_least is None:
        return "无分数线" if lang == "zh" else "no threshold"
    name = "得分" if lang == "zh" else "score"
    if node.of:
        name = f"{'、'.join(node.of)}合计" if lang == "zh" else f"sum of {', '.join(node.of)}"
    return f"{name} ≥ {number_label(node.at_least, None)}"


@test_words.register
def _group(node: Group, lang: Lang) -> str:
    if node.combine == "best":
        return "各项取最高" if lang == "zh" else "the best of the parts"
    most = points_label((node.max, node.max), lang)
    return f"各项合计，最高{most}" if lang == "zh" else f"sum of the parts, at most {most}"


@test_words.register
def _bands(node: Bands, lang: Lang) -> str:
    rows = [
        f"{label} {points_label(band.points, lang)}" for label, band in zip(band_labels(node), node.bands, strict=True)
    ]
    words = value_words(node.value, lang, lambda code: fact_name(code, lang))
    return words + say(_COLON, lang) + say(_JOIN, lang).join([*rows, *_unknown(node, lang)])


def _unknown(node: Settled, lang: Lang) -> list[str]:
    if node.unknown is None:
        return []
    return [f"{'未知' if lang == 'zh' else 'unknown'} {points_label((node.unknown, node.unknown), lang)}"]


@test_words.register
def _choices(node: Choices, lang: Lang) -> str:
    labels = read_indicators()[node.fact].choices
    rows = [f"{labels[choice][lang == 'en']} {points_label(points, lang)}" for choice, points in node.choices.items()]
    return say(_JOIN, lang).join([*rows, *_unknown(node, lang)])


@test_words.register
def _ladder(node: Ladder, lang: Lang) -> str:
    rows = [
        f"{points_label(rung.points, lang)}{say(_COLON, lang)}{test_words(rung.when, lang)}" for rung in node.ladder
    ]
    return say(_JOIN, lang).join([*rows, *_unknown(node, lang)])


@test_words.register
def _items(node: Items, lang: Lang) -> str:
    each, most = points_label((node.each, node.each), lang), points_label((node.max, node.max), lang)
    return f"每满足一项{each}，最高{most}" if lang == "zh" else f"{each} an item, at most {most}"


@test_words.register
def _mark(node: Mark, lang: Lang) -> str:
    return f"{fact_name(node.mark, lang)} 0–{format(node.max.normalize(), 'f')}"
