"""The roles of the platform, the kinds of organisation, and which goes with which."""

ROLES: dict[str, str] = {
    "enterprise_filler": "企业填报员",
    "enterprise_approver": "企业审核人",
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
ENTERPRISE_ROLES = frozenset({"enterprise_filler", "enterprise_approver"})
CITY_ROLES = frozenset({"city_officer", "city_leader"})
PROVINCE_ROLES = frozenset({"province_officer", "province_leader"})
BUREAU_ROLES = CITY_ROLES | PROVINCE_ROLES
ADMIN_ROLES = frozenset({"system_admin", "security_admin", "audit_admin"})

ORGANISATION_KINDS: dict[str, str] = {
    "province": "省知识产权局",
    "city": "市州知识产权局",
    "agency": "服务机构",
    "panel": "专家库",
}
