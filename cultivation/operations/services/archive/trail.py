"""Lines of the audit trail about the firm: its people by name, offices by their role and only where a state moved."""

from collections.abc import Iterable, Iterator

from cultivation.accounts.models import Membership
from cultivation.accounts.states import ENTERPRISE_ROLES, NOBODY, ROLES
from cultivation.assessments.models import Scenario
from cultivation.core.models import AuditEvent
from cultivation.support.models import Plan

from .firm_tables import FIRM_TABLES
from .shape import CHUNK, Row, Scope

TITLES = {
    "at": "时间", "who": "谁", "role": "角色", "action": "操作", "subject": "对象", "subject_id": "对象编号",
    "before": "之前", "after": "之后", "detail": "说明",
}  # fmt: skip


def trail_of(scope: Scope) -> Iterator[Row]:
    """In order. An officer's name and remarks are the office's own; that the state moved, and when, is the firm's."""
    own = set(Membership.objects.visible_to(scope.actor).values_list("user_id", flat=True))
    ids = sorted(_ids(scope))
    for start in range(0, len(ids), CHUNK):
        for event in AuditEvent.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk"):
            is_own = event.actor_id in own and event.role in {*ENTERPRISE_ROLES, NOBODY}
            if is_own or event.before != event.after:
                yield _line(event, is_own=is_own)


def _line(event: AuditEvent, *, is_own: bool) -> Row:
    role = ROLES.get(event.role, "系统")
    return {
        "at": event.at,
        "who": event.actor_name if is_own else role,
        "role": role if is_own or event.role in ROLES else "系统",
        "action": event.action,
        "subject": event.subject_type,
        "subject_id": event.subject_id,
        "before": event.before,
        "after": event.after,
        "detail": event.detail if is_own else {},
    }


def _ids(scope: Scope) -> Iterator[int]:
    for label, keys in _subjects(scope):
        found = [str(key) for key in keys]
        for start in range(0, len(found), CHUNK):
            lines = AuditEvent.objects.filter(subject_type=label, subject_id__in=found[start : start + CHUNK])
            yield from lines.values_list("pk", flat=True)


def _subjects(scope: Scope) -> Iterator[tuple[str, Iterable[int]]]:
    for table in FIRM_TABLES:
        yield table.model._meta.label_lower, table.rows(scope).values_list("pk", flat=True)
    cases = list(scope.assessments.values_list("pk", flat=True))
    yield "assessments.assessment", cases
    for model in (Scenario, Plan):
        rows = model.objects.visible_to(scope.actor).filter(assessment__in=cases)
        yield model._meta.label_lower, rows.values_list("pk", flat=True)
