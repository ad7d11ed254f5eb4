"""What the moves of a round and of a rulebook's draft do."""

from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.core.events import emit
from cultivation.programmes.events import RoundPublished, ScoringRequested
from cultivation.programmes.models import PublishedRulebook, Round, RulebookDraft


def request_scoring(round_: Round, *, actor: Actor) -> None:
    round_.scored = 0
    round_.save(update_fields=["scored"])
    emit(ScoringRequested(round_.pk, actor))


def announce_publication(round_: Round, *, actor: Actor) -> None:
    emit(RoundPublished(round_.pk, actor))


SHORTEST_REASON = 4
LONGEST_REASON = 2_000


def note_submission(draft: RulebookDraft, *, actor: Actor, reason: str = "") -> None:
    draft.reason = given_reason(reason, "请写明改了什么、为什么改。")
    draft.return_reason = ""
    draft.submitter_id, draft.submitted_at = actor.user_id, timezone.now()


def explain_no_impact(draft: RulebookDraft, *, actor: Actor, reason: str = "") -> None:
    draft.no_impact_reason = given_reason(reason, "请写明为什么不测算影响。")
    draft.no_impact_for = draft.fingerprint


def note_return(draft: RulebookDraft, *, actor: Actor, reason: str = "") -> None:
    draft.return_reason = given_reason(reason, "请写明退回的理由。")


def given_reason(given: str, sentence: str) -> str:
    """A reason of some substance; without it the sentence asks for one."""
    found = given.strip()
    if not SHORTEST_REASON <= len(found) <= LONGEST_REASON:
        wanted = f"请写 {SHORTEST_REASON} 至 {LONGEST_REASON} 个字。"
        raise BadInput(sentence + wanted, code="reason_missing", fields={"/reason": wanted})
    return found


def publish_draft(draft: RulebookDraft, *, actor: Actor) -> None:
    """Freeze the document as a published version; the audit trail says what changed, in words, and why."""
    from scoring import diff_rulebooks, parse_rulebook

    rulebook = parse_rulebook(draft.document)
    record = PublishedRulebook.objects.create(
        key=rulebook.key,
        programme=rulebook.body.id,
        version=rulebook.body.version,
        title=rulebook.body.title.zh,
        source_status=rulebook.body.status,
        fingerprint=rulebook.fingerprint,
        document=draft.document,
        published_by=actor.name,
        reason=draft.reason,
    )
    draft.published, draft.approver_id = record, actor.user_id
    changes = [f"{one.path} {one.zh}".strip() for one in diff_rulebooks(parse_rulebook(draft.base.document), rulebook)]
    detail = {"fingerprint": record.fingerprint, "base": draft.base.key, "reason": draft.reason, "changes": changes}
    audit.record(actor, "rulebook.publish", record, detail=detail)
