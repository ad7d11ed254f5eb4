"""What the rule workshop shows: tables, what is wrong, what changed in words, and who has a draft now (P02, P04)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, NotHere
from cultivation.programmes.flow import draft_flow
from cultivation.programmes.models import PublishedRulebook, RulebookDraft
from cultivation.programmes.services.drafts import Document, problems_of
from cultivation.programmes.services.reading import is_in_force
from cultivation.programmes.services.rulebooks import published_library
from cultivation.programmes.states import KINDS, Lang

if TYPE_CHECKING:
    from scoring import Problem

Plain = dict[str, Any]
DRAFT_PREFIX = "draft-"
HIGHEST_ID = 2**63 - 1


def tables_of(document: Document, *, beside: Document | None = None, lang: Lang = "zh") -> list[Plain]:
    from scoring import lay_out

    return lay_out(document, beside, lang=lang)


def draft_status(draft: RulebookDraft, actor: Actor, *, lang: Lang = "zh") -> Plain:
    """What may change with every edit: revision, problems, checks, and what this person may do."""
    problems = problems_of(draft) if draft.state in ("draft", "submitted") else []
    draft.problem_count = len(problems)
    return {
        "revision": draft.revision,
        "fingerprint": draft.fingerprint,
        "edited_at": draft.edited_at,
        "editor": str(draft.editor or ""),
        "problems": [_problem(problem, lang) for problem in problems],
        "checks": _checks(problems, lang),
        "holder": holder_of(draft),
        "no_impact_reason": draft.no_impact_reason if draft.no_impact_for == draft.fingerprint else "",
        "can_edit": draft.state == "draft",
        "actions": draft_flow.available(draft, actor),
    }


def _problem(problem: "Problem", lang: Lang) -> Plain:
    return {
        "law": problem.law,
        "node": problem.node,
        "pointer": problem.pointer,
        "sentence": getattr(problem, lang),
    }


def _checks(problems: "list[Problem]", lang: Lang) -> list[Plain]:
    from scoring import check_draft

    return [
        {"law": one.law, "title": getattr(one.title, lang), "state": one.state, "count": len(one.problems)}
        for one in check_draft(problems)
    ]


def holder_of(draft: RulebookDraft) -> str:
    """Who has it now, in words."""
    if draft.state == "draft":
        return f"在{draft.editor or '系统'}手里修改"
    if draft.state == "submitted":
        return f"{draft.submitter or '系统'}已提交，等待另一位省局人员审批"
    return f"{draft.approver or '系统'}已批准发布" if draft.state == "published" else "已放弃"


def version_of(reference: str, actor: Actor) -> "Version":
    """A published rulebook by its number, or a draft as ``draft-5``."""
    model: Any = RulebookDraft if reference.startswith(DRAFT_PREFIX) else PublishedRulebook
    number = reference.removeprefix(DRAFT_PREFIX)
    if not (number.isascii() and number.isdecimal() and len(number) <= 19 and int(number) <= HIGHEST_ID):
        raise BadInput("请选择要对照的两个版本。", code="bad_version", fields={"/versions": "不是有效的版本"})
    found = model.objects.visible_to(actor).filter(pk=int(number)).first()
    if found is None:
        raise NotHere("没有这个版本，或者您无权查看。")
    version: Version = found
    return version


Version = PublishedRulebook | RulebookDraft


def compare_versions(old: Version, new: Version, *, lang: Lang = "zh") -> Plain:
    """Two versions side by side: in words, and as tables with what differs marked."""
    if old.programme != new.programme:
        raise BadInput("只能对照同一方案的两个版本。", code="other_programme", fields={"/new": "不是同一方案"})
    return {
        "old": _version(old),
        "new": _version(new),
        "changes": changes_between(old.document, new.document, lang=lang),
        "sections": tables_of(new.document, beside=old.document, lang=lang),
    }


def _version(version: Version) -> Plain:
    is_draft = isinstance(version, RulebookDraft)
    return {
        "reference": f"{DRAFT_PREFIX if is_draft else ''}{version.pk}",
        "key": str(version),
        "title": version.title,
        "is_draft": is_draft,
        "fingerprint": version.fingerprint,
    }


def changes_between(old: Document, new: Document, *, lang: Lang = "zh") -> list[Plain] | None:
    """What changed, in words; None while one of them can't be read."""
    from scoring import RulebookError, diff_rulebooks, parse_rulebook

    try:
        found = diff_rulebooks(parse_rulebook(old), parse_rulebook(new))
    except RulebookError:
        return None
    return [{"path": one.path, "kind": one.kind, "sentence": getattr(one, lang)} for one in found]


def in_force_kinds(records: Iterable[Any]) -> dict[str, list[str]]:
    """By key, the kinds of application that a version is in force for today."""
    library, today = published_library(), timezone.localdate()
    return {
        record.key: [kind for kind in KINDS if is_in_force(library.get(record.key), library, kind, today)]
        for record in records
    }
