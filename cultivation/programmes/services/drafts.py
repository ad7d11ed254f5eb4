"""Drafts of rulebooks: begun from another version, edited revision by revision, handed to a second person (P02)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.errors import BadInput, Conflict, WrongState
from cultivation.programmes.flow import draft_flow
from cultivation.programmes.models import DraftEdit, PublishedRulebook, RulebookDraft
from cultivation.programmes.permissions import can_write_rules
from cultivation.programmes.services.rulebooks import published_library

if TYPE_CHECKING:
    from scoring import Edit, Problem

MOST_EDITS = 200
Document = dict[str, Any]


def begin_draft(
    actor: Actor,
    *,
    version: str,
    starts: date,
    published: PublishedRulebook | None = None,
    draft: RulebookDraft | None = None,
) -> RulebookDraft:
    """A new version begun as a copy of a published rulebook, or of another draft."""
    from scoring import ReasonError, begin_version

    can_write_rules.require(actor)
    model = published or draft
    if model is None:
        raise BadInput("请选择要复制的规则书。", fields={"/published": "没有选择"})
    try:
        document = begin_version(model.document, version.strip(), starts=starts, is_published=published is not None)
    except ReasonError as error:
        raise BadInput(error.zh, code="bad_version", fields={"/version": error.zh}) from error
    base = published or (draft.base if draft else None)
    with transaction.atomic():
        begun = _create(actor, document, base)
        audit.record(actor, "rulebookdraft.begin", begun, after="draft", detail={"copy_of": str(model)})
    return begun


def begin_draft_from(
    actor: Actor, *, document: Document, base: PublishedRulebook, version: str, starts: date
) -> RulebookDraft:
    """A new version of a published rulebook with rules worked out elsewhere, such as a learned scorecard's."""
    from scoring import ReasonError, begin_version

    can_write_rules.require(actor)
    worked_out = {**document, "id": base.programme, "version": base.version}
    try:
        begun_as = begin_version(worked_out, version.strip(), starts=starts)
    except ReasonError as error:
        raise BadInput(error.zh, code="bad_version", fields={"/version": error.zh}) from error
    with transaction.atomic():
        begun = _create(actor, begun_as, base)
        audit.record(actor, "rulebookdraft.begin", begun, after="draft", detail={"in_place_of": base.key})
    return begun


def _create(actor: Actor, document: Document, base: PublishedRulebook | None) -> RulebookDraft:
    """The database decides whether the version is free, since two officers may ask at once."""
    key = f"{document['id']}/{document['version']}"
    if PublishedRulebook.objects.filter(key=key).exists():
        raise BadInput(f"版本 {key} 已经发布，请换一个版本号。", code="version_taken", fields={"/version": "已经发布"})
    try:
        with transaction.atomic():
            begun = RulebookDraft(
                programme=document["id"],
                version=document["version"],
                base=base,
                author_id=actor.user_id,
                editor_id=actor.user_id,
            )
            _take(begun, document)
            begun.save()
            return begun
    except IntegrityError as error:
        sentence = f"已有 {key} 的草稿，请换一个版本号，或接着修改那一稿。"
        raise BadInput(sentence, code="version_taken", fields={"/version": "已有草稿"}) from error


def _take(draft: RulebookDraft, document: Document) -> None:
    """The document and what follows from it."""
    title = document.get("title")
    draft.document = document
    draft.title = str(title.get("zh", "") if isinstance(title, Mapping) else "")[:120]
    draft.fingerprint = fingerprint(document)
    draft.edited_at = timezone.now()
    draft.problem_count = len(problems_of(draft))


def problems_of(draft: RulebookDraft) -> "list[Problem]":
    """What the draft lacks today, among the rulebooks published today."""
    from scoring import find_problems

    return find_problems(
        draft.document, library=published_library(), original=draft.base.document, today=timezone.localdate()
    )


def edit_draft(actor: Actor, *, draft: RulebookDraft, revision: int, edits: "Sequence[Edit]") -> DraftEdit | None:
    """Save some edits on the revision that they were made on; None where nothing changed.

    Anything that fits its cell is saved; what is wrong with it is listed.
    """
    from scoring import ReasonError, apply_edits

    if len(edits) > MOST_EDITS:
        raise BadInput(f"一次最多保存 {MOST_EDITS} 处修改。", code="too_many_edits")
    with transaction.atomic():
        locked = lock_draft(actor, draft, revision)
        try:
            document, patches = apply_edits(locked.document, edits)
        except ReasonError as error:
            raise BadInput(error.zh, code="bad_edit") from error
        return save_revision(actor, locked, document, [patch.plain() for patch in patches])


def set_cells(actor: Actor, *, draft: RulebookDraft, values: Mapping[str, Any]) -> DraftEdit | None:
    """Save values on the draft as it stands, for those who don't know rulebooks from within."""
    from scoring import Edit

    edits = [Edit("set", pointer, value) for pointer, value in values.items()]
    return edit_draft(actor, draft=draft, revision=draft.revision, edits=edits)


def undo_edit(actor: Actor, *, draft: RulebookDraft, revision: int) -> DraftEdit | None:
    """Take back the last edit that still stands; an undo is a revision of its own."""
    from scoring import revert_patches

    with transaction.atomic():
        locked = lock_draft(actor, draft, revision)
        last = last_edit(locked)
        if last is None:
            raise WrongState("没有可以撤销的修改。", code="nothing_to_undo")
        return save_revision(actor, locked, revert_patches(locked.document, last.patches), [], undoes=last)


def last_edit(draft: RulebookDraft) -> DraftEdit | None:
    """The newest edit that is neither an undo nor undone."""
    found: DraftEdit | None = draft.edits.filter(undoes__isnull=True, undone_by__isnull=True).first()
    return found


def lock_draft(actor: Actor, draft: RulebookDraft, revision: int) -> RulebookDraft:
    """The draft for a change that was made on a revision: refused when somebody else was faster."""
    can_write_rules.require(actor, draft)
    locked: RulebookDraft = RulebookDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.state != "draft":
        raise WrongState(f"这一稿{locked.get_state_display()}，不能修改。", code="wrong_state")
    if locked.revision != revision:
        raise Conflict(
            f"{locked.editor or '系统'}在 {_clock(locked)} 改过这一稿，您的修改还没有保存。",
            code="draft_changed",
            fields={"/revision": locked.revision},
        )
    return locked


def _clock(draft: RulebookDraft) -> str:
    return f"{timezone.localtime(draft.edited_at):%Y-%m-%d %H:%M:%S}"


def save_revision(
    actor: Actor,
    locked: RulebookDraft,
    document: Document,
    patches: list[Document],
    *,
    undoes: DraftEdit | None = None,
    reason: str = "",
) -> DraftEdit | None:
    """Write the next revision of a locked draft."""
    if document == locked.document:
        return None
    locked.revision += 1
    locked.editor_id = actor.user_id
    _take(locked, document)
    locked.save()
    return DraftEdit.objects.create(
        draft=locked,
        revision=locked.revision,
        editor_id=actor.user_id,
        patches=patches,
        undoes=undoes,
        reason=reason,
        at=locked.edited_at,
    )


def move_draft(actor: Actor, *, draft: RulebookDraft, name: str, data: Mapping[str, Any]) -> RulebookDraft:
    """One move of the draft. What it lacks is found anew, since days pass and other versions are published."""
    can_write_rules.require(actor, draft)
    with transaction.atomic():
        locked = RulebookDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.state in ("draft", "submitted"):
            locked.problem_count = len(problems_of(locked))
            locked.save(update_fields=["problem_count"])
        return draft_flow.run(locked, name, actor=actor, **data)
