"""A draft in the demonstration's workshop: a next scorecard, tried on the round, weights compared (P02, P03, P05)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cultivation.accounts.models import User
from cultivation.core.actors import Actor
from cultivation.programmes.models import PinnedRulebook, Round, RulebookDraft
from cultivation.programmes.services import CAPABILITY, begin_draft, judge_pairs, request_impact, set_cells

AUTHOR = "province"
AHEAD = timedelta(days=30)
VALUES: dict[str, Any] = {
    "/title/zh": "企业知识产权能力评分表（演示草案）",
    "/title/en": "IP capability scorecard (draft for demonstration)",
    "/tiers/2/at_least": "68",
    "/scorecard/parts/0/parts/3/bands/1/points": "2.5",
}
JUDGEMENTS = {
    "creation|utilisation": "2",
    "creation|protection": "2",
    "creation|management": "2",
    "utilisation|protection": "1",
    "utilisation|management": "1",
    "protection|management": "1/2",
}


def begin_rules(round_: Round) -> None:
    """Once; whatever people have made of it since stays."""
    if RulebookDraft.objects.filter(programme=CAPABILITY).exists():
        return
    pin = PinnedRulebook.objects.select_related("rulebook").get(round=round_, programme=CAPABILITY)
    starts = timezone.localdate() + AHEAD
    actor: Actor = User.objects.get(username=AUTHOR).actor
    draft = begin_draft(actor, published=pin.rulebook, version=f"{starts.year}-demo", starts=starts)
    set_cells(actor, draft=draft, values=VALUES)
    draft.refresh_from_db()
    judge_pairs(actor, draft=draft, group="", judgements=JUDGEMENTS)
    request_impact(actor, draft=draft, round_=round_)
