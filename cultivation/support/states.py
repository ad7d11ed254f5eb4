"""Words of plans."""

PLAN_STATES: dict[str, str] = {
    "draft": "草案",
    "approved": "已批准",
    "accepted": "企业已接受",
    "in_progress": "实施中",
    "completed": "已完成",
}
PLAN_KINDS: dict[str, str] = {"advance": "提升方案", "maintenance": "保持方案", "rectification": "整改方案"}
EFFORTS: dict[str, str] = {"low": "低", "medium": "中", "high": "高"}
