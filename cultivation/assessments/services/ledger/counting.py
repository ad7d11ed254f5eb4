"""The counting rules, one line each, and the counts that a firm's rights give under them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cultivation.assessments.services.workbook.model import RightRow

from . import checks
from .checks import Answer, Basis, Check, Said
from .model import Counts, Reason, RightKey, key_of

PATENTS = frozenset({"invention", "utility_model", "design"})
CLASS1 = frozenset(
    {"invention", "plant_variety", "national_crop_variety", "national_new_drug", "tcm_protection", "ic_layout"}
)
CLASS2 = frozenset({"utility_model", "design", "software"})
LABELS = {
    "invention": "发明专利", "utility_model": "实用新型", "design": "外观设计", "software": "软件著作权",
    "trademark": "商标", "ic_layout": "集成电路布图设计", "plant_variety": "植物新品种",
    "national_crop_variety": "国家级农作物品种", "national_new_drug": "国家新药", "tcm_protection": "中药保护品种",
    "unknown": "类型不明的权利",
}  # fmt: skip
CNIPA = "国家知识产权局统计口径"
FIVE = "国家知识产权局高价值发明专利五类情形"
R2022 = "工信部企业〔2022〕63号 附件“部分指标和要求说明”"
R2026 = "《优质中小企业梯度培育管理办法》（2026 年） 附件“部分指标和要求说明”"
HNTE = "国科发火〔2016〕32号、195号"
TECH = "国科发政〔2017〕115号"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one indicator counts: which kinds, under which conditions, by which clause."""

    code: str
    title: str
    clause: str
    kinds: frozenset[str]
    checks: tuple[Check, ...]

    def ask(self, right: RightRow, basis: Basis) -> Said:
        if right.kind == "unknown":
            kind = checks.unsaid("权利类型不明")
        elif right.kind in self.kinds:
            kind = checks.yes(LABELS[right.kind])
        else:
            return checks.no(f"{LABELS.get(right.kind, right.kind)}不在此项之列")
        return checks.all_of((kind, *(check(right, basis) for check in (checks.identified, *self.checks))))


_INVENTION = frozenset({"invention"})
_R2022_CLASS1 = (checks.in_force, checks.waited_a_year, checks.related)
RULES: tuple[Rule, ...] = (
    Rule("valid_invention_patents", "有效发明专利", CNIPA, _INVENTION, (checks.in_force,)),
    Rule("high_value_invention_patents", "高价值发明专利", FIVE, _INVENTION, (checks.in_force, checks.is_high_value)),
    Rule("valid_utility_models", "有效实用新型", CNIPA, frozenset({"utility_model"}), (checks.in_force,)),
    Rule("valid_designs", "有效外观设计", CNIPA, frozenset({"design"}), (checks.in_force,)),
    Rule("class1_ip", "Ⅰ类知识产权", R2022, CLASS1, _R2022_CLASS1),
    Rule("class1_ip_self_developed", "自主研发的Ⅰ类知识产权", R2022, CLASS1, (*_R2022_CLASS1, checks.self_applied)),
    Rule("class1_ip_high_value", "Ⅰ类高价值知识产权", R2022, CLASS1, (*_R2022_CLASS1, checks.is_class1_high_value)),
    Rule("class1_ip_in_use", "已应用的Ⅰ类知识产权", R2022, CLASS1, (*_R2022_CLASS1, checks.in_use)),
    Rule(
        "class1_ip_self_applied_in_use", "自主申请、前三权利人且已应用的Ⅰ类知识产权", R2026, CLASS1,
        (checks.in_force, checks.self_applied, checks.among_first_three, checks.related, checks.in_use),
    ),
    Rule(
        "class1_ip_plain", "Ⅰ类知识产权（高企、科技型口径）", f"{HNTE}；{TECH}", CLASS1,
        (checks.in_force, checks.related),
    ),
    Rule(
        "class2_ip", "Ⅱ类知识产权", R2022, CLASS2,
        (checks.in_force, checks.maintained_two_years, checks.waited_a_year, checks.related),
    ),
    Rule("class2_ip_plain", "Ⅱ类知识产权（科技型口径）", TECH, CLASS2, (checks.in_force, checks.related)),
    Rule(
        "class2_ip_unused_hnte", "未用于高企申报的Ⅱ类知识产权", HNTE, CLASS2,
        (checks.in_force, checks.related, checks.unused_for_hnte),
    ),
    Rule("patent_applications_3y", "近三年专利申请", CNIPA, PATENTS, (checks.filed_in_three_years,)),
    Rule("invention_applications_3y", "近三年发明专利申请", CNIPA, _INVENTION, (checks.filed_in_three_years,)),
    Rule("invention_grants_3y", "近三年发明专利授权", CNIPA, _INVENTION, (checks.granted_in_three_years,)),
)  # fmt: skip


def derive_counts(rights: Iterable[RightRow], *, on: date, pledge_from: Decimal | None = None) -> Counts:
    """Counts of one firm's rights on a date, least and greatest, and the reason for every right under every rule."""
    ledger = list(rights)
    basis = Basis(on, pledge_from)
    reasons: dict[RightKey, list[Reason]] = {key_of(right): [] for right in ledger}
    counts = {}
    for rule in RULES:
        said = [rule.ask(right, basis) for right in ledger]
        for right, item in zip(ledger, said, strict=True):
            reasons[key_of(right)].append(Reason(rule.code, rule.title, rule.clause, item.answer.value, item.reason))
        least = sum(item.answer is Answer.YES for item in said)
        counts[rule.code] = (least, least + sum(item.answer is Answer.UNSAID for item in said))
    return Counts(counts, {key: tuple(items) for key, items in reasons.items()}, _open_above(ledger))


def _open_above(ledger: Sequence[RightRow]) -> dict[str, str]:
    """A list of granted patents says nothing of applications still pending, of copyrights or of plant varieties."""
    kinds = {right.kind for right in ledger}
    found: dict[str, str] = {}
    if not any(right.state in ("pending", "refused") for right in ledger):
        found |= {rule.code: "" for rule in RULES if rule.code.endswith("applications_3y")}
    if kinds <= PATENTS | {"unknown"}:
        found |= {rule.code: "other_ip" for rule in RULES if rule.kinds == CLASS1}
    if "software" not in kinds:
        found |= {rule.code: "software_copyrights" for rule in RULES if rule.kinds == CLASS2}
    return found
