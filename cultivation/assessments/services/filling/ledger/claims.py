"""The same right in two firms' ledgers of one round: told to the offices that see both, never to a firm (C10)."""

from collections.abc import Sequence

from cultivation.accounts.states import ENTERPRISE_ROLES
from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.core.actors import Actor

Claims = dict[str, list[str]]


def claims_of(actor: Actor, draft: Assessment, rights: Sequence[LedgerRight]) -> Claims:
    """By number, the other firms of the round that list it as well; nobody's points change by it (P08)."""
    if actor.role in ENTERPRISE_ROLES:
        return {}
    others = Assessment.objects.visible_to(actor).standing().filter(round_id=draft.round_id).exclude(pk=draft.pk)
    numbers = [right.number for right in rights if right.number]
    rows = LedgerRight.objects.filter(assessment__in=others, number__in=numbers)
    found: Claims = {}
    for number, name in rows.order_by("pk").values_list("number", "assessment__enterprise__name"):
        found.setdefault(number, []).append(name)
    return found
