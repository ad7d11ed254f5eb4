"""Enterprises and people: joining, managing who acts for a firm, making changes known."""

from cultivation.accounts.services.changing import answer_change, report_change
from cultivation.accounts.services.joining import decide_claim, file_claim, find_firm, register_firm
from cultivation.accounts.services.letters import post_letter, send_letter
from cultivation.accounts.services.merging import heir_of, heirs_of, report_merger, why_merged
from cultivation.accounts.services.offices import firm_addresses, office_name, office_of
from cultivation.accounts.services.people import (
    add_person,
    choose_membership,
    demonstration_accounts,
    register_enterprise,
)
from cultivation.accounts.services.team import (
    accept_invitation,
    change_role,
    end_membership,
    end_sessions,
    find_invitation,
    hand_over,
    invitation_link,
    invite_person,
    member_actions,
    send_invitation,
)

__all__ = [
    "accept_invitation",
    "add_person",
    "answer_change",
    "change_role",
    "choose_membership",
    "decide_claim",
    "demonstration_accounts",
    "end_membership",
    "end_sessions",
    "file_claim",
    "find_firm",
    "find_invitation",
    "firm_addresses",
    "hand_over",
    "heir_of",
    "heirs_of",
    "invitation_link",
    "invite_person",
    "member_actions",
    "office_name",
    "office_of",
    "post_letter",
    "register_enterprise",
    "register_firm",
    "report_change",
    "report_merger",
    "send_invitation",
    "send_letter",
    "why_merged",
]
