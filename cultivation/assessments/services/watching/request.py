"""Ask for a round to be looked over, beside an earlier one."""

from django.db import transaction
from django.db.models import QuerySet

from cultivation.assessments.events import RoundScored
from cultivation.assessments.models import Watch
from cultivation.assessments.permissions import can_watch
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, WrongState
from cultivation.core.jobs import enqueue
from cultivation.core.jobs.queue import is_busy
from cultivation.core.models import Job
from cultivation.programmes.models import Round

NOT_SCORED = "这个批次还没有评分，没有可以比较的结果。"
BUSY = "已经在计算，请稍候。"


def earlier_rounds(round_: Round) -> QuerySet[Round]:
    """Scored rounds of the same kind that were assessed before, the latest first."""
    before = Round.objects.filter(kind=round_.kind, scored__gt=0, assessed_on__lt=round_.assessed_on)
    return before.order_by("-assessed_on", "-pk")


def why_not_watch(record: Watch) -> str:
    """Why it can't be looked over now, or nothing."""
    if not record.round.scored:
        return NOT_SCORED
    return BUSY if record.pk and is_busy(record) else ""


def request_watch(actor: Actor, *, round_: Round, against: Round | None = None) -> Job:
    """Look the round over; beside the latest earlier round unless another is named."""
    can_watch.require(actor)
    if not round_.scored:
        raise WrongState(NOT_SCORED, code="not_scored")
    if against is not None and not earlier_rounds(round_).filter(pk=against.pk).exists():
        sentence = "只能与评价日期更早、已经评分的同类批次比较。"
        raise BadInput(sentence, code="not_comparable", fields={"/against": sentence})
    with transaction.atomic():
        record, _ = Watch.objects.get_or_create(round=round_)
        if is_busy(record):
            raise WrongState(BUSY, code="busy")
        return _ask(actor, record, against)


def watch_scored(event: RoundScored) -> None:
    """A round that has just been scored is looked over by itself, beside what it was looked at beside before."""
    record, _ = Watch.objects.get_or_create(round=Round.objects.get(pk=event.round_id))
    _ask(event.actor, record, record.against)


def _ask(actor: Actor, record: Watch, against: Round | None) -> Job:
    record.against = against or earlier_rounds(record.round).first()
    record.asked_by = actor.name
    record.save()
    return enqueue(actor, "assessments.watch_round", label="监测比较", subject=record, watch_id=record.pk)
