"""The known people of the tests: one for each role, at known places. They come into being when first asked for."""

from dataclasses import dataclass

from cultivation.accounts.models import Enterprise, Organisation, User
from tests.factories.accounts import EnterpriseFactory, MembershipFactory, OrganisationFactory

PROVINCE = ("湖北省知识产权局", "province", "420000")
WUHAN = ("武汉市知识产权局", "city", "420100")
AGENCY = ("长江知识产权服务有限公司", "agency", "420100")
PANEL = ("湖北省知识产权专家库", "panel", "")

NAMES = {
    "province_officer": ("林静", PROVINCE),
    "province_leader": ("周正明", PROVINCE),
    "city_officer": ("陈晓", WUHAN),
    "city_leader": ("胡伟", WUHAN),
    "expert": ("严谨", PANEL),
    "agency_manager": ("方向东", AGENCY),
    "agency_consultant": ("田甜", AGENCY),
    "system_admin": ("石磊", PROVINCE),
    "security_admin": ("安宁", PROVINCE),
    "audit_admin": ("明察", PROVINCE),
    "enterprise_filler": ("汪洋", None),
    "enterprise_approver": ("江山", None),
    "enterprise_legal": ("马致和", None),
}


@dataclass
class People:
    """`people.who("city_officer")` is 陈晓 of the Wuhan office, in every test."""

    def who(self, role: str) -> User:
        name, place = NAMES[role]
        found = User.objects.filter(username=role).first()
        if found:
            return found
        where = {"organisation": self.organisation(*place)} if place else {"enterprise": self.firm}
        user: User = MembershipFactory(role=role, user__username=role, user__full_name=name, **where).user
        return user

    def organisation(self, name: str, kind: str, region: str) -> Organisation:
        found: Organisation = OrganisationFactory(name=name, kind=kind, region=region)
        return found

    @property
    def firm(self) -> Enterprise:
        """汪洋 and 江山 work here; in Wuhan's region."""
        return self._enterprise("武汉光谷精密仪器有限公司", "420100")

    @property
    def other_firm(self) -> Enterprise:
        """Nobody known works here; 陈晓 must not see it."""
        return self._enterprise("宜昌清江化工有限公司", "420500")

    def _enterprise(self, name: str, region: str) -> Enterprise:
        found = Enterprise.objects.filter(name=name).first()
        made: Enterprise = found or EnterpriseFactory(name=name, region=region)
        return made
