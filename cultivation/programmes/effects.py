"""What the moves of a round, of a rulebook's draft and of a designation do."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict
from cultivation.core.events import emit
from cultivation.programmes.events import RoundPublished, ScoringRequested
from cultivation.programmes.models import Designation, DesignationList, PublishedRulebook, Round, RulebookDraft


def request_scoring(round_: Round, *, actor: Actor) -> None:
    round_.scored = 0
    round_.save(update_fields=["scored"])
    emit(ScoringRequested(round_.pk, actor))


def announce_publication(round_: Round, *, actor: Actor) -> None:
    emit(RoundPublished(round_.pk, actor))


SHORTEST_REASON = 4
LONGEST_REASON = 2_000
SHORT_REASON = 500


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


def enter_designations(found: DesignationList, *, actor: Actor) -> None:
    """Every firm of the list that is not on record yet; one entered since the list was read stays as it is."""
    wanted = [row for row in found.rows if row["state"] == "new"]
    known = set(
        Designation.objects.entered()
        .filter(kind=found.kind, enterprise_id__in=[row["enterprise"] for row in wanted])
        .values_list("enterprise_id", "chain", "designated_on")
    )
    fresh = [
        row
        for row in wanted
        if (row["enterprise"], row["chain"], date.fromisoformat(row["designated_on"])) not in known
    ]
    try:
        with transaction.atomic():
            for row in fresh:
                _enter(found, row, actor)
    except IntegrityError as error:
        raise Conflict("名单里有企业刚刚由另一份名单登记，请重新上传核对。", code="entered_meanwhile") from error


def _enter(found: DesignationList, row: dict[str, Any], actor: Actor) -> None:
    entered = Designation.objects.create(
        enterprise_id=row["enterprise"],
        kind=found.kind,
        chain=row["chain"],
        body=row["body"],
        document=row["document"],
        designated_on=date.fromisoformat(row["designated_on"]),
        expires_on=date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        source=found.source or found.file.name,
        origin=found,
    )
    detail = {"list": found.pk, "cell": row["cell"], "kind": found.kind, "designated_on": row["designated_on"]}
    audit.record(actor, "designation.enter", entered, after="standing", detail=detail)


def note_revocation(designation: Designation, *, actor: Actor, reason: str = "", on: str = "") -> None:
    """From that day on the firm no longer holds it."""
    day = _day(on)
    if day < designation.designated_on:
        raise BadInput("撤销日期不能早于认定日期。", code="revoked_too_early", fields={"/on": "早于认定日期"})
    designation.revoke_reason = _short(given_reason(reason, "请写明撤销的理由和依据。"))
    designation.revoked_on = day


def note_voiding(designation: Designation, *, actor: Actor, reason: str = "") -> None:
    """Entered by mistake: as if it had never been on record."""
    designation.revoke_reason = _short(given_reason(reason, "请写明为什么作废。"))
    designation.revoked_on = timezone.localdate()


def confirm_taking(designation: Designation, *, actor: Actor, reason: str = "") -> None:
    """The body that gave it lets it pass on: from the merger's day it counts for the firm that lives on."""
    given = _short(given_reason(reason, "请写明发证机关的意见，例如文号和日期。"))
    designation.taking_basis = given
    original = designation.taken_over_from
    assert original is not None
    Designation.objects.filter(pk=original.pk, state="standing").update(
        state="passed",
        revoked_on=designation.held_since,
        revoke_reason=f"{designation.enterprise}，{given}"[:500],
    )
    audit.record(actor, "designation.pass", original, after="passed", detail={"to": designation.enterprise.uscc})


def decline_taking(designation: Designation, *, actor: Actor, reason: str = "") -> None:
    """The title ends with the firm that held it."""
    designation.revoke_reason = _short(given_reason(reason, "请写明发证机关的意见，例如文号和日期。"))
    designation.revoked_on = timezone.localdate()


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw) if raw else timezone.localdate()
    except ValueError as error:
        raise BadInput("日期应写成 2026-03-31 的样子。", fields={"/on": "不是有效日期"}) from error


def _short(reason: str) -> str:
    if len(reason) > SHORT_REASON:
        raise BadInput(f"理由不能超过 {SHORT_REASON} 个字。", code="reason_long", fields={"/reason": "太长"})
    return reason
