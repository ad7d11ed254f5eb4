"""Questions asked of one right. Each answers yes, no or "the ledger does not say", with a sentence.

Clauses: CNIPA's statistics (五类高价值发明专利), the 2022 measure (工信部企业〔2022〕63号), the 2026 measure, and the
rules for HNTE and technology SMEs.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from cultivation.assessments.services.workbook.dates import years_before
from cultivation.assessments.services.workbook.model import RightRow

_G20 = "US JP KR DE FR GB UK IT CA AU IN ID BR MX AR RU TR SA ZA EU EM"
G20_AND_OTHERS = frozenset([*_G20.split(), "EP", "SG"])
TERMS = {"invention": 20, "utility_model": 10, "design": 15}
_OLD_DESIGN_TERM, _NEW_DESIGN_LAW = 10, date(2021, 6, 1)
_GRANTED_ABROAD = re.compile(r"^([A-Z]{2})[\s\-]?\d[\d/\-]*\s?(?:B\d?|C\d?|E\d?)$")
_NATIONAL_AWARD = re.compile(
    r"中国(?:专利|外观设计)(?:奖)?.{0,2}(?:金奖|银奖|优秀奖)|中国专利奖|国家(?:最高)?科学技术.*奖|国家(?:科学)?技术(?:发明|进步)奖|国家科技进步奖|国家自然科学奖"
)


class Answer(Enum):
    YES = "counts"
    NO = "excluded"
    UNSAID = "possible"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer and its sentence."""

    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The date, and the least pledge that is "high": no figure was ever published, so it is empty (待省局确认)."""

    on: date
    pledge_from: Decimal | None = None


Check = Callable[[RightRow, Basis], Said]


def yes(reason: str) -> Said:
    return Said(Answer.YES, reason)


def no(reason: str) -> Said:
    return Said(Answer.NO, reason)


def unsaid(reason: str) -> Said:
    return Said(Answer.UNSAID, reason)


def all_of(said: Iterable[Said]) -> Said:
    """No by the first no; else open by all that is open; else yes by all."""
    found = list(said)
    for answer in (Answer.NO, Answer.UNSAID, Answer.YES):
        reasons = [item.reason for item in found if item.answer is answer and item.reason]
        if reasons or any(item.answer is answer for item in found):
            return Said(answer, reasons[0] if answer is Answer.NO else "；".join(reasons))
    return yes("")


def any_of(said: Iterable[Said], *, otherwise: str) -> Said:
    found = list(said)
    for answer in (Answer.YES, Answer.UNSAID):
        reasons = [item.reason for item in found if item.answer is answer]
        if reasons:
            return Said(answer, "；".join(reasons))
    return no(otherwise)


def identified(right: RightRow, basis: Basis) -> Said:
    """Whether the row is one right of this firm at all."""
    if right.status == "duplicate":
        return no(right.reasons[-1] if right.reasons else "重复登记")
    if right.obtained == "licensed":
        return no("许可取得，本企业不是权利人")
    if right.contested:
        return unsaid("还有其他企业填报同一项权利，权利人待核实")
    if not right.number_ok:
        return unsaid("号码或其校验位有误，待核实")
    return yes("")


def in_force(right: RightRow, basis: Basis) -> Said:
    """Granted and alive on the date."""
    if right.state in ("lapsed", "refused"):
        return no(f"法律状态为“{right.legal_state}”，已失效")
    if right.state == "pending":
        return no("尚未授权")
    if right.granted_on and right.granted_on > basis.on:
        return no(f"授权日 {right.granted_on.isoformat()} 晚于评价日期")
    if right.filed_on and right.filed_on > basis.on:
        return no(f"申请日 {right.filed_on.isoformat()} 晚于评价日期")
    if _has_expired(right, basis.on):
        return no("保护期已届满")
    if right.state == "unknown":
        return unsaid("法律状态不明")
    return yes("授权且有效")


def _has_expired(right: RightRow, on: date) -> bool:
    years = TERMS.get(right.kind)
    if years is None or right.filed_on is None:
        return False
    if right.kind == "design" and right.filed_on < _NEW_DESIGN_LAW:
        years = _OLD_DESIGN_TERM
    return right.filed_on <= years_before(on, years)


def waited_a_year(right: RightRow, basis: Basis) -> Said:
    """The 2022 measure leaves out what was transferred less than a year ago."""
    if right.obtained == "original":
        return yes("原始取得")
    if right.transferred_on is not None:
        if right.transferred_on > years_before(basis.on, 1):
            return no(f"{right.transferred_on.isoformat()} 转入，不满 1 年")
        return yes("转入已满 1 年")
    return unsaid("取得方式不明" if right.obtained == "unknown" else "缺转入日期，不知是否满 1 年")


def maintained_two_years(right: RightRow, basis: Basis) -> Said:
    """The 2022 measure counts utility models and designs only when kept more than two years after grant."""
    if right.kind not in ("utility_model", "design"):
        return yes("")
    if right.granted_on is None:
        return unsaid("缺授权日，不知授权后是否超过 2 年")
    if right.granted_on < years_before(basis.on, 2):
        return yes("授权后维持超过 2 年")
    return no(f"{right.granted_on.isoformat()} 授权，维持未超过 2 年")


def related(right: RightRow, basis: Basis) -> Said:
    if right.related is None:
        return unsaid("未注明是否与主导产品相关")
    return yes("与主导产品相关") if right.related else no("与主导产品无关")


def in_use(right: RightRow, basis: Basis) -> Said:
    if right.in_use is None:
        return unsaid("未注明是否实际应用")
    return yes("已实际应用") if right.in_use else no("未实际应用")


def self_applied(right: RightRow, basis: Basis) -> Said:
    if right.obtained == "unknown":
        return unsaid("取得方式不明")
    return yes("自主申请") if right.obtained == "original" else no("不是自主申请取得")


def among_first_three(right: RightRow, basis: Basis) -> Said:
    if right.holder_rank is None:
        return unsaid("权利人排名不明")
    return (
        yes(f"权利人排名第 {right.holder_rank}")
        if right.holder_rank <= 3
        else no(f"权利人排名第 {right.holder_rank}，不在前三")
    )


def unused_for_hnte(right: RightRow, basis: Basis) -> Said:
    if right.used_in_hnte is None:
        return unsaid("未注明是否已用于高企申报")
    return no("已用于高企申报，Ⅱ类只能用一次") if right.used_in_hnte else yes("未用于高企申报")


def filed_in_three_years(right: RightRow, basis: Basis) -> Said:
    if right.obtained in ("transferred", "gifted", "merged"):
        return no("受让等方式取得，不是本企业申请")
    return _within(right.filed_on, basis.on, "申请日")


def granted_in_three_years(right: RightRow, basis: Basis) -> Said:
    if right.state in ("pending", "refused"):
        return no("未获授权")
    return _within(right.granted_on, basis.on, "授权日")


def _within(day: date | None, on: date, label: str) -> Said:
    if day is None:
        return unsaid(f"缺{label}")
    if years_before(on, 3) < day <= on:
        return yes(f"{label} {day.isoformat()} 在近三年内")
    return no(f"{label} {day.isoformat()} 不在近三年内")


def is_high_value(right: RightRow, basis: Basis) -> Said:
    """Any of CNIPA's five classes; which industries are strategic emerging ones needs a tag in the ledger."""
    said = (
        _emerging(right),
        _family_abroad(right, None),
        _kept_ten_years(right, basis),
        _pledged(right, basis),
        _awarded(right),
    )
    return any_of(said, otherwise="五类高价值情形均不具备")


def is_class1_high_value(right: RightRow, basis: Basis) -> Said:
    """Any of the four cases of the 2022 measure; a strategic emerging industry alone is not enough."""
    abroad = _family_abroad(right, G20_AND_OTHERS) if right.kind == "invention" else unsaid("未注明是否取得海外收入")
    return any_of(
        (abroad, _kept_ten_years(right, basis), _pledged(right, basis), _awarded(right)),
        otherwise="四类高价值情形均不具备",
    )


def _emerging(right: RightRow) -> Said:
    if right.emerging is None:
        return unsaid("未注明是否属战略性新兴产业")
    return yes("属战略性新兴产业") if right.emerging else no("")


def _family_abroad(right: RightRow, places: frozenset[str] | None) -> Said:
    if right.family is None:
        return unsaid("未注明海外同族")
    members = [member for member in right.family if member[:2] not in ("CN", "WO", "TW", "HK", "MO")]
    members = [member for member in members if places is None or member[:2] in places]
    granted = [member for member in members if _GRANTED_ABROAD.match(member)]
    if granted:
        return yes(f"海外同族已授权（{granted[0]}）")
    return unsaid(f"有海外同族（{'、'.join(members)}），未注明是否授权") if members else no("")


def _kept_ten_years(right: RightRow, basis: Basis) -> Said:
    if right.filed_on is None:
        return unsaid("缺申请日，不知维持年限")
    return yes("自申请日起维持超过 10 年") if right.filed_on < years_before(basis.on, 10) else no("")


def _pledged(right: RightRow, basis: Basis) -> Said:
    if right.pledge is None:
        return unsaid("未注明质押金额")
    if right.pledge == 0:
        return no("")
    if basis.pledge_from is None:
        return unsaid(f"质押 {right.pledge:f} 万元，“较高”的标准待省局确认")
    return yes(f"质押 {right.pledge:f} 万元") if right.pledge >= basis.pledge_from else no("")


def _awarded(right: RightRow) -> Said:
    if right.awards is None:
        return unsaid("未注明获奖情况")
    award = next((award for award in right.awards if _NATIONAL_AWARD.search(award)), None)
    return yes(f"获{award}") if award else no("")
