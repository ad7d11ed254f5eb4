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
IMPORTED_ROUND: tuple[str, ...] = ("import",)
SOURCE_STATUSES: dict[str, str] = {
    "official": "官方文件",
    "secondary": "转载件",
    "calibrated": "平台校准值",
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
