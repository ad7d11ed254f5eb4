"""Words of a round: its states, its stages, its kinds."""

from typing import Literal

ROUND_STATES: dict[str, str] = {
    "draft": "筹备",
    "open": "填报中",
    "reviewing": "审核中",
    "deciding": "认定中",
    "publicised": "公示中",
    "published": "已发布",
    "closed": "已结束",
}
Kind = Literal["new", "renewal"]
Lang = Literal["zh", "en"]
KINDS: dict[Kind, str] = {"new": "新申报", "renewal": "复核"}
KIND_CHOICES = list(KINDS.items())
STAGES: dict[str, str] = {
    "import": "导入汇总表",
    "filling": "企业填报",
    "city_check": "市州审核",
    "expert_review": "专家评审",
    "province_check": "省局复核",
    "publicity": "公示",
}
MILESTONES: dict[str, tuple[str, str]] = {
    "check": ("市州审核", "city_check"),
    "experts": ("专家评审", "expert_review"),
    "province": ("省局复核", "province_check"),
    "decide": ("评定", ""),
    "publicity": ("公示", "publicity"),
    "announce": ("公布", ""),
}
"""Steps after the filling, in order, each with the stage that it belongs to; without one, every round has it."""
IMPORTED_ROUND: tuple[str, ...] = ("import",)
SOURCE_STATUSES: dict[str, str] = {
    "official": "官方文件",
    "secondary": "转载件",
    "calibrated": "平台标定",
    "awaiting": "待省局确认",
    "knowledge": "业内通行口径",
}

DRAFT_STATES: dict[str, str] = {
    "draft": "起草中",
    "submitted": "待审批",
    "published": "已发布",
    "discarded": "已放弃",
}
OPEN_DRAFT_STATES: tuple[str, ...] = ("draft", "submitted")

DESIGNATION_KINDS: dict[str, str] = {
    "chain-leader": "链主企业",
    "gold-seed": "上市后备金种子",
    "silver-seed": "上市后备银种子",
    "tech-sme": "科技型中小企业",
    "innovative-sme": "创新型中小企业",
    "srdi-sme": "专精特新中小企业",
    "little-giant": "专精特新“小巨人”",
    "hnte": "高新技术企业",
    "tech-demonstration": "国家级技术创新示范企业",
    "ip-advantage": "国家知识产权优势企业",
    "ip-demonstration": "国家知识产权示范企业",
    "ip-demonstration-target": "国家知识产权示范创建对象",
}
"""Titles and designations that are kept with a date; the old national advantage enterprises (优势企业) among them."""
TITLE_FACTS: dict[str, str] = {
    "chain-leader": "chain_leader_designated",
    "gold-seed": "gold_seed_designated",
    "silver-seed": "silver_seed_designated",
    "tech-sme": "valid_tech_sme",
    "innovative-sme": "valid_innovative_sme",
    "srdi-sme": "valid_srdi_sme",
    "little-giant": "valid_little_giant",
    "hnte": "valid_hnte",
    "tech-demonstration": "valid_tech_demonstration",
    "ip-advantage": "valid_ip_advantage",
    "ip-demonstration": "valid_ip_demonstration",
}
"""The indicator that a title on record decides; a target of 示范创建 is no title yet, so none reads it."""
CHAINED = "chain-leader"
DESIGNATION_STATES: dict[str, str] = {
    "standing": "在册",
    "pending": "待发证机关确认",
    "declined": "发证机关未同意承继",
    "passed": "已由存续企业承继",
    "revoked": "已撤销",
    "voided": "登记作废",
}
"""A title of a firm that was merged into another waits under the latter until the body that gave it has decided."""
UNENDED = ("standing", "pending")
WITHOUT_EFFECT = ("pending", "declined", "voided")
"""What says nothing of its firm: not decided yet, decided against, or entered by mistake."""
DESIGNATION_STANDINGS: dict[str, str] = {
    "in_force": "有效",
    "lapsed": "已过期",
    "future": "未到认定日",
    "pending": "待发证机关确认",
    "passed": "已由存续企业承继",
    "declined": "未获承继",
    "revoked": "已撤销",
    "voided": "登记作废",
}
LIST_STATES: dict[str, str] = {"previewed": "待确认", "confirmed": "已导入", "discarded": "已放弃"}
LIST_ROW_STATES: dict[str, str] = {
    "new": "将登记",
    "known": "已在册",
    "stranger": "平台上没有这家企业",
    "error": "有误",
}
