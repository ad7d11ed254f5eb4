"""Drafts of rulebooks at each point of their life, brought there by the services that people use."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cultivation.core.actors import Actor
from cultivation.programmes.models import PublishedRulebook, RulebookDraft
from cultivation.programmes.services import begin_draft, edit_draft, move_draft
from scoring import Edit

KEY = "ip-capability/2026"
BANDS = "/scorecard/parts/0/parts/3/bands"
WHY = "按省局会议纪要调整分档。"


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def shipped(key: str = KEY) -> PublishedRulebook:
    return PublishedRulebook.objects.get(key=key)


def new_draft(actor: Actor, *, key: str = KEY, version: str = "2027") -> RulebookDraft:
    return begin_draft(actor, published=shipped(key), version=version, starts=tomorrow())


def change(actor: Actor, draft: RulebookDraft, pointer: str, value: Any, *, op: Any = "set") -> None:
    edit_draft(actor, draft=draft, revision=draft.revision, edits=[Edit(op, pointer, value)])
    draft.refresh_from_db()


def explained(actor: Actor, draft: RulebookDraft) -> RulebookDraft:
    """A draft that says why it was not tried."""
    return move_draft(actor, draft=draft, name="explain_no_impact", data={"reason": "只改文字，不影响得分。"})


def submitted(actor: Actor, draft: RulebookDraft) -> RulebookDraft:
    return move_draft(actor, draft=explained(actor, draft), name="submit_draft", data={"reason": WHY})
