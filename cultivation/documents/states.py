"""Words of documents and certificates."""

DOCUMENT_KINDS: dict[str, str] = {
    "diagnosis_report": "诊断报告",
    "service_plan": "培育方案",
    "certificate": "证书",
    "advantage_list": "名单",
    "receipt": "提交回执",
}
CERTIFICATE_STATES: dict[str, str] = {
    "issued": "有效",
    "expired": "过期",
    "revoked": "撤销",
    "replaced": "已更换",
}
TAKING_STATES: dict[str, str] = {
    "": "",
    "pending": "待发证机关确认",
    "confirmed": "已确认承继",
    "declined": "未获承继",
}
"""Whether a certificate passes on to the firm that its holder was merged into; empty where nobody was."""
VERDICTS: dict[str, str] = {
    "valid": "有效",
    "expired": "过期",
    "revoked": "撤销",
    "replaced": "已更换",
    "altered": "被改动",
    "unknown": "查无",
}
