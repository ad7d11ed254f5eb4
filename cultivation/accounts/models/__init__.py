from cultivation.accounts.models.enterprise import Enterprise, EnterpriseName
from cultivation.accounts.models.people import Membership, Organisation, User

__all__ = ["Enterprise", "EnterpriseName", "Membership", "Organisation", "User"]
