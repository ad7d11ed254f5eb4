"""The roles of the platform, the kinds of organisation, and the states of what people ask for."""

ROLES: dict[str, str] = {
    "enterprise_filler": "企业填报员",
    "enterprise_approver": "企业审核人",
    "enterprise_legal": "企业法定代表人",
    "city_officer": "市州局经办",
    "city_leader": "市州局负责人",
    "province_officer": "省局经办",
    "province_leader": "省局负责人",
    "expert": "评审专家",
    "agency_manager": "服务机构负责人",
    "agency_consultant": "服务机构顾问",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
}
APPROVERS = frozenset({"enterprise_approver", "enterprise_legal"})
"""Who signs for a firm and manages its people: the approver it names, and its legal representative in person."""
ENTERPRISE_ROLES = APPROVERS | {"enterprise_filler"}
CITY_ROLES = frozenset({"city_officer", "city_leader"})
PROVINCE_ROLES = frozenset({"province_officer", "province_leader"})
BUREAU_ROLES = CITY_ROLES | PROVINCE_ROLES
ADMIN_ROLES = frozenset({"system_admin", "security_admin", "audit_admin"})
NOBODY = "none"

SECOND_FACTOR_GROUPS: dict[str, frozenset[str]] = {"bureau": BUREAU_ROLES, "admin": ADMIN_ROLES}
"""What `MFA_REQUIRED_FOR` may name."""

ORGANISATION_KINDS: dict[str, str] = {
    "province": "省知识产权局",
    "city": "市州知识产权局",
    "agency": "服务机构",
    "panel": "专家库",
}

INVITATION_STATES: dict[str, str] = {"open": "等待接受", "accepted": "已接受", "revoked": "已撤回"}
CLAIM_STATES: dict[str, str] = {"filed": "等待答复", "granted": "已通过", "refused": "未通过", "withdrawn": "已撤回"}
DECIDERS: dict[str, str] = {"approvers": "本企业审核人", "office": "知识产权局"}

CHANGE_KINDS: dict[str, str] = {
    "registration": "新登记",
    "name": "更名",
    "region": "属地变更",
    "zone": "功能区变更",
    "merger": "合并",
    "division": "分立",
}
CHANGE_STATES: dict[str, str] = {
    "told": "待主管局知悉",
    "noted": "主管局已知悉",
    "asked": "待迁入地知识产权局确认",
    "merging": "待被合并企业或其知识产权局确认",
    "confirmed": "已确认",
    "refused": "未获确认",
    "withdrawn": "企业已撤回",
}
OPEN_CHANGES = frozenset({"told", "asked", "merging"})
"""What waits for an office, or for the other firm of a merger."""
MERGER_FORMS: dict[str, str] = {"absorption": "吸收合并", "consolidation": "新设合并"}
"""公司法 names these two: one firm takes in others, or several dissolve into a new one; the reporter lives on."""
REPORT_MONTHS = 3
"""A rename, merger or move is reported within three months (工信部企业〔2022〕63号, domain rules §1.7)."""
