"""The kinds of condition, one function each: one right and a date in, an answer with its sentence out.

A number is years here, so an anniversary is reached on the same day of the year; that of 29 February on 1 March.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import singledispatch

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
    SinceFiling,
    SinceGrant,
    SinceTransfer,
    Term,
)
from .right import FLAGS, UNKNOWN, WAYS, Right
from .said import Said, all_of, any_of, no, silent, unsaid, yes
from .words import elapsed_words, not_elapsed_words, numeral, window_words

_GRANTED_ABROAD = re.compile(r"^([A-Z]{2})[\s\-]?\d[\d/\-]*\s?(?:B\d?|C\d?|E\d?)$")
_AWARDS = {
    "china_patent": re.compile(r"中国(?:专利|外观设计)(?:奖)?.{0,2}(?:金奖|银奖|优秀奖)|中国专利奖"),
    "national_science": re.compile(
        r"国家(?:最高)?科学技术.*奖|国家(?:科学)?技术(?:发明|进步)奖|国家科技进步奖|国家自然科学奖"
    ),
}

KIND_UNSAID = unsaid("权利类型不明", "its kind is not known")


def ask(condition: Condition, right: Right, on: date) -> Said | None:
    """Answer of one condition, resting on its own source; None when it asks nothing of this kind of right."""
    if condition.for_ and right.kind == UNKNOWN:
        return KIND_UNSAID
    if condition.for_ and right.kind not in condition.for_:
        return None
    return answer(condition, right, on).resting_on(condition.source, condition.status)


def ask_each(conditions: tuple[Condition, ...], right: Right, on: date) -> Iterator[Said]:
    """Answers of those conditions that ask something of this kind of right, each when it is looked at."""
    found = (ask(condition, right, on) for condition in conditions)
    return (said for said in found if said is not None)


@singledispatch
def answer(condition: Condition, right: Right, on: date) -> Said:
    """Answer of a condition for a right it is asked of."""
    raise TypeError(f"no answer for {type(condition).__name__}")


@answer.register
def _every(condition: EveryOf, right: Right, on: date) -> Said:
    return all_of(ask_each(condition.all_, right, on))


@answer.register
def _one(condition: OneOf, right: Right, on: date) -> Said:
    return any_of(ask_each(condition.any_, right, on), condition.title)


@answer.register
def _in_force(condition: InForce, right: Right, on: date) -> Said:
    if right.state in ("lapsed", "refused"):
        return no(f"法律状态为“{right.state_text}”，已失效", f'legal state "{right.state_text}": no longer in force')
    if right.state == "pending":
        return no("尚未授权", "not granted yet")
    if right.granted_on and right.granted_on > on:
        return no(f"授权日 {right.granted_on} 晚于评价日期", f"granted on {right.granted_on}, after the date")
    if right.filed_on and right.filed_on > on:
        return no(f"申请日 {right.filed_on} 晚于评价日期", f"filed on {right.filed_on}, after the date")
    over = _term_over(condition.in_force, right, on)
    if over is not None:
        return no("保护期已届满", "its term is over").resting_on(over.source, over.status)
    if right.state == UNKNOWN:
        return unsaid("法律状态不明", "its legal state is not known")
    return yes("授权且有效", "granted and in force")


def _term_over(terms: tuple[Term, ...], right: Right, on: date) -> Term | None:
    """The term that has ended; a day of filing that is not known ends none."""
    filed = right.filed_on
    if filed is None:
        return None
    fitting = (term for term in terms if right.kind in term.kinds and filed >= (term.filed_from or date.min))
    term = next(fitting, None)
    return term if term is not None and has_passed(Elapsed(at_least=term.years), filed, on) else None


def has_passed(elapsed: Elapsed, since: date, on: date) -> bool:
    """Whether the years have passed; the anniversary itself is not "more than"."""
    anniversary = (since.year + elapsed.years, since.month, since.day)
    today = (on.year, on.month, on.day)
    return today >= anniversary if elapsed.at_least else today > anniversary


@answer.register
def _since_transfer(condition: SinceTransfer, right: Right, on: date) -> Said:
    elapsed, day = condition.since_transfer, right.transferred_on
    if right.obtained == "original":
        return yes("原始取得", "obtained originally")
    if day is None and right.obtained == UNKNOWN:
        return unsaid("取得方式不明", "the way of obtaining is not known")
    if day is None:
        return unsaid(
            f"缺转入日期，不知是否{elapsed_words(elapsed, 'zh')}",
            f"no date of transfer to tell {elapsed_words(elapsed, 'en')}",
        )
    if has_passed(elapsed, day, on):
        return yes(f"转入已{elapsed_words(elapsed, 'zh')}", f"transferred {elapsed_words(elapsed, 'en')} ago")
    return no(
        f"{day} 转入，{not_elapsed_words(elapsed, 'zh')}",
        f"transferred on {day}, {not_elapsed_words(elapsed, 'en')} ago",
    )


@answer.register
def _since_grant(condition: SinceGrant, right: Right, on: date) -> Said:
    elapsed, day = condition.since_grant, right.granted_on
    if day is None:
        return unsaid(
            f"缺授权日，不知授权后是否{elapsed_words(elapsed, 'zh')}",
            f"no date of grant to tell {elapsed_words(elapsed, 'en')}",
        )
    if has_passed(elapsed, day, on):
        return yes(f"授权后维持{elapsed_words(elapsed, 'zh')}", f"kept {elapsed_words(elapsed, 'en')} since grant")
    return no(
        f"{day} 授权，维持{not_elapsed_words(elapsed, 'zh')}",
        f"granted on {day}, kept {not_elapsed_words(elapsed, 'en')}",
    )


@answer.register
def _since_filing(condition: SinceFiling, right: Right, on: date) -> Said:
    elapsed, day = condition.since_filing, right.filed_on
    if day is None:
        return unsaid("缺申请日，不知维持年限", "no date of filing to tell how long it has been kept")
    if has_passed(elapsed, day, on):
        return yes(f"自申请日起维持{elapsed_words(elapsed, 'zh')}", f"kept {elapsed_words(elapsed, 'en')} since filing")
    return no(
        f"{day} 申请，维持{not_elapsed_words(elapsed, 'zh')}",
        f"filed on {day}, kept {not_elapsed_words(elapsed, 'en')}",
    )


@answer.register
def _filed_within(condition: FiledWithin, right: Right, on: date) -> Said:
    return _within(condition.filed_within, right.filed_on, on, ("申请日", "filing"))


@answer.register
def _granted_within(condition: GrantedWithin, right: Right, on: date) -> Said:
    if right.state in ("pending", "refused"):
        return no("未获授权", "not granted")
    return _within(condition.granted_within, right.granted_on, on, ("授权日", "grant"))


def _within(years: int, day: date | None, on: date, name: tuple[str, str]) -> Said:
    if day is None:
        return unsaid(f"缺{name[0]}", f"no date of {name[1]}")
    zh, en = window_words(years, "zh"), window_words(years, "en")
    if day <= on and not has_passed(Elapsed(at_least=years), day, on):
        return yes(f"{name[0]} {day} 在{zh}内", f"date of {name[1]} {day} is within {en}")
    return no(f"{name[0]} {day} 不在{zh}内", f"date of {name[1]} {day} is not within {en}")


@answer.register
def _obtained(condition: ObtainedBy, right: Right, on: date) -> Said:
    ways = [WAYS[way] for way in condition.obtained]
    zh, en = "、".join(way.zh for way in ways), " or ".join(way.en for way in ways)
    if right.obtained == UNKNOWN:
        return unsaid("取得方式不明", "the way of obtaining is not known")
    if right.obtained in condition.obtained:
        return yes(WAYS[right.obtained].zh, WAYS[right.obtained].en)
    return no(f"不是{zh}取得", f"not obtained by {en}")


@answer.register
def _not_obtained(condition: NotObtainedBy, right: Right, on: date) -> Said:
    if right.obtained in condition.not_obtained:
        way = WAYS[right.obtained]
        return no(f"{way.zh}取得，不是本企业申请", f"{way.en}, not applied for by the firm")
    return silent()


@answer.register
def _holder_rank(condition: HolderRank, right: Right, on: date) -> Said:
    most, rank = condition.holder_rank_at_most, right.holder_rank
    if rank is None:
        return unsaid("权利人排名不明", "the firm's place among the right-holders is not known")
    if rank <= most:
        return yes(f"权利人排名第 {rank}", f"right-holder no. {rank}")
    return no(
        f"权利人排名第 {rank}，不在前{numeral(most).rstrip()}", f"right-holder no. {rank}, not among the first {most}"
    )


@answer.register
def _flagged(condition: Flagged, right: Right, on: date) -> Said:
    found, (asked, is_so, is_not) = getattr(right, condition.flag), FLAGS[condition.flag]
    if found is None:
        return unsaid(f"未注明{asked.zh}", f"the ledger does not say {asked.en}")
    said = is_so if found else is_not
    return yes(said.zh, said.en) if found is condition.is_ else no(said.zh, said.en)


@answer.register
def _family_granted(condition: FamilyGranted, right: Right, on: date) -> Said:
    if right.family is None:
        return unsaid("未注明海外同族", "the ledger does not say whether it has a family abroad")
    places = condition.family_granted
    members = [
        member
        for member in right.family
        if (member[:2] in places.in_ if places.in_ else member[:2] not in places.outside)
    ]
    granted = [member for member in members if _GRANTED_ABROAD.match(member)]
    if granted:
        return yes(f"海外同族已授权（{granted[0]}）", f"a family member is granted abroad ({granted[0]})")
    if members:
        zh, en = "、".join(members), ", ".join(members)
        return unsaid(f"有海外同族（{zh}），未注明是否授权", f"a family abroad ({en}), granted or not is not said")
    return no("没有海外同族", "no family abroad")


@answer.register
def _pledged(condition: Pledged, right: Right, on: date) -> Said:
    amount, line = right.pledge, condition.pledged
    if amount is None:
        return unsaid("未注明质押金额", "the pledge amount is not said")
    if amount == 0:
        return no("没有质押", "not pledged")
    zh, en = f"质押 {amount:f} 万元", f"pledged for CNY {amount:f} ×10⁴"
    if line.awaits is not None:
        return unsaid(f"{zh}，{line.awaits.zh}", f"{en}, {line.awaits.en}")
    assert line.at_least is not None
    return (
        yes(zh, en)
        if amount >= line.at_least
        else no(f"{zh}，不足 {line.at_least:f} 万元", f"{en}, below {line.at_least:f}")
    )


@answer.register
def _awarded(condition: Awarded, right: Right, on: date) -> Said:
    if right.awards is None:
        return unsaid("未注明获奖情况", "awards are not said")
    found = [text for text in right.awards if any(_AWARDS[award].search(text) for award in condition.awarded)]
    return yes(f"获{found[0]}", f"awarded: {found[0]}") if found else no("没有所列奖项", "none of the awards")
