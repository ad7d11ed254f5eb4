from cultivation.accounts.models.asking import Claim, EnterpriseChange, Invitation
from cultivation.accounts.models.enterprise import Enterprise, EnterpriseName
from cultivation.accounts.models.people import Membership, Organisation, User

__all__ = [
    "Claim",
    "Enterprise",
    "EnterpriseChange",
    "EnterpriseName",
    "Invitation",
    "Membership",
    "Organisation",
    "User",
]
