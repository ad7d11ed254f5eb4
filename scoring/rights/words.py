"""Rules of counting in words: what a count takes, and what each condition asks."""

from __future__ import annotations

from collections.abc import Iterable

from ..facts import read_indicators
from ..schema import (
    Awarded,
    Condition,
    Elapsed,
    EveryOf,
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
)
from ..words import Lang, say, test_words
from .right import AWARDS, FLAGS, RIGHT_KINDS, STATES, WAYS


def elapsed_words(elapsed: Elapsed, lang: Lang) -> str:
    if lang == "zh":
        return f"{'满' if elapsed.at_least else '超过'} {elapsed.years} 年"
    return f"{'at least' if elapsed.at_least else 'more than'} {years_words(elapsed.years)}"


def not_elapsed_words(elapsed: Elapsed, lang: Lang) -> str:
    if lang == "zh":
        return f"{'不满' if elapsed.at_least else '未超过'} {elapsed.years} 年"
    return f"{'less than' if elapsed.at_least else 'not more than'} {years_words(elapsed.years)}"


def years_words(count: int) -> str:
    return "1 year" if count == 1 else f"{count} years"


def window_words(years: int, lang: Lang) -> str:
    """The last so many years: ``近三年``."""
    return f"近{numeral(years)}年" if lang == "zh" else f"the last {years_words(years)}"


def numeral(number: int) -> str:
    return "一二三四五六七八九十"[number - 1] if number <= 10 else f" {number} "


def listed(texts: Iterable[Text], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(say(text, lang) for text in texts)


def kinds_words(kinds: Iterable[str], lang: Lang) -> str:
    return listed((RIGHT_KINDS[kind] for kind in kinds), lang)


@test_words.register
def _rule(node: RightRule, lang: Lang) -> str:
    """The kinds a count takes and what a ledger may leave out; its conditions have lines of their own."""
    parts = []
    if node.kinds:
        parts.append(("计入：" if lang == "zh" else "takes: ") + kinds_words(node.kinds, lang))
    if node.within:
        parts.append(f"在 {node.within} 之内" if lang == "zh" else f"within {node.within}")
    parts += [condition_words(condition, lang) for condition in node.where if condition.id is None]
    if node.unlisted:
        missing = kinds_words(node.unlisted.kinds, lang) or listed((STATES[s] for s in node.unlisted.states), lang)
        parts.append(f"清单未列{missing}时不封顶" if lang == "zh" else f"open above until the list has: {missing}")
        if node.unlisted.closed_by:
            name = getattr(read_indicators()[node.unlisted.closed_by], lang)
            parts[-1] += f"，加上申报的{name}封顶" if lang == "zh" else f"; the declared count closes it: {name}"
    return ("；" if lang == "zh" else "; ").join(parts)


def condition_words(node: Condition, lang: Lang) -> str:
    """A condition with the kinds of right it is kept to."""
    words = test_words(node, lang)
    return f"{kinds_words(node.for_, lang)}{'：' if lang == 'zh' else ': '}{words}" if node.for_ else words


@test_words.register
def _every(node: EveryOf, lang: Lang) -> str:
    return _children(node.all_, ("以下全部满足", "all of the following"), ("，且", " and "), lang)


@test_words.register
def _one(node: OneOf, lang: Lang) -> str:
    return _children(node.any_, ("以下任一满足", "any of the following"), ("，或", " or "), lang)


def _children(children: Iterable[Condition], head: tuple[str, str], link: tuple[str, str], lang: Lang) -> str:
    place = int(lang == "en")
    unnamed = [condition_words(child, lang) for child in children if child.id is None]
    return head[place] + (("：", ": ")[place] + link[place].join(unnamed) if unnamed else "")


@test_words.register
def _in_force(node: InForce, lang: Lang) -> str:
    words = "授权且法律状态有效" if lang == "zh" else "granted and alive"
    terms = [_term(term, lang) for term in node.in_force]
    return words + (("；自申请日起 " if lang == "zh" else "; from filing ") + "、".join(terms) if terms else "")


def _term(term: Term, lang: Lang) -> str:
    since = (
        ""
        if term.filed_from is None
        else f"（{term.filed_from} 起申请）"
        if lang == "zh"
        else f" (filed from {term.filed_from})"
    )
    years = f"{term.years} 年" if lang == "zh" else years_words(term.years)
    return f"{kinds_words(term.kinds, lang)} {years}{since}"


@test_words.register
def _since_transfer(node: SinceTransfer, lang: Lang) -> str:
    words = elapsed_words(node.since_transfer, lang)
    return f"原始取得，或转入{words}" if lang == "zh" else f"obtained originally, or transferred {words} ago"


@test_words.register
def _since_grant(node: SinceGrant, lang: Lang) -> str:
    words = elapsed_words(node.since_grant, lang)
    return f"授权后维持{words}" if lang == "zh" else f"kept {words} since grant"


@test_words.register
def _since_filing(node: SinceFiling, lang: Lang) -> str:
    words = elapsed_words(node.since_filing, lang)
    return f"自申请日起维持{words}" if lang == "zh" else f"kept {words} since filing"


@test_words.register
def _filed_within(node: FiledWithin, lang: Lang) -> str:
    return (
        f"申请日在{window_words(node.filed_within, lang)}内"
        if lang == "zh"
        else f"filed within {window_words(node.filed_within, lang)}"
    )


@test_words.register
def _granted_within(node: GrantedWithin, lang: Lang) -> str:
    return (
        f"授权日在{window_words(node.granted_within, lang)}内"
        if lang == "zh"
        else f"granted within {window_words(node.granted_within, lang)}"
    )


@test_words.register
def _obtained(node: ObtainedBy, lang: Lang) -> str:
    return ("取得方式：" if lang == "zh" else "obtained by: ") + listed((WAYS[way] for way in node.obtained), lang)


@test_words.register
def _not_obtained(node: NotObtainedBy, lang: Lang) -> str:
    return ("取得方式不是：" if lang == "zh" else "not obtained by: ") + listed(
        (WAYS[way] for way in node.not_obtained), lang
    )


@test_words.register
def _holder_rank(node: HolderRank, lang: Lang) -> str:
    return f"{'权利人排名' if lang == 'zh' else 'place among the right-holders'} ≤ {node.holder_rank_at_most}"


@test_words.register
def _flagged(node: Flagged, lang: Lang) -> str:
    return say(FLAGS[node.flag][1 if node.is_ else 2], lang)


@test_words.register
def _family_granted(node: FamilyGranted, lang: Lang) -> str:
    places = node.family_granted
    where = "、".join(places.in_ or places.outside)
    if places.in_:
        return f"海外同族已授权：{where}" if lang == "zh" else f"family member granted in {where}"
    return f"海外同族已授权（{where} 以外）" if lang == "zh" else f"family member granted outside {where}"


@test_words.register
def _pledged(node: Pledged, lang: Lang) -> str:
    line = node.pledged
    if line.at_least is None:
        return ("质押金额" if lang == "zh" else "pledge: ") + say(line.awaits, lang)
    return f"质押金额 ≥ {line.at_least:,f} 万元" if lang == "zh" else f"pledge ≥ CNY {line.at_least:,f} ×10⁴"


@test_words.register
def _awarded(node: Awarded, lang: Lang) -> str:
    return ("获奖：" if lang == "zh" else "award: ") + listed((AWARDS[award] for award in node.awarded), lang)
