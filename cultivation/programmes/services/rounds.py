"""Rounds: made with the rulebooks in force pinned to them."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, WrongState
from cultivation.programmes.models import PinnedRulebook, PublishedRulebook, Round
from cultivation.programmes.permissions import can_run_round
from cultivation.programmes.services.rulebooks import CAPABILITY, published_library
from cultivation.programmes.services.timetable import require_timetable_after
from cultivation.programmes.states import KINDS, STAGES, Kind

HUBEI = "420000"
FURTHEST_YEARS = 5
DEADLINE_MOVES = frozenset({"draft", "open"})
Window = tuple[datetime, datetime]
Period = tuple[date | None, date | None]


def preview_pins(*, kind: Kind, on: date, region: str = HUBEI) -> list[PinnedRulebook]:
    """What a round of this kind and date would pin, with the reason of each choice; nothing is stored."""
    library = published_library()
    records = {record.key: record for record in PublishedRulebook.objects.all()}
    pins = []
    for programme in sorted({rulebook.body.id for rulebook in library.rulebooks.values()}):
        match = library.find(programme, kind=kind, region=region, on=on)
        record = records[match.rulebook.key] if match.rulebook else None
        pins.append(
            PinnedRulebook(
                programme=programme,
                rulebook=record,
                fingerprint=record.fingerprint if record else "",
                reason=match.reason[:300],
            )
        )
    return pins


def create_round(
    actor: Actor,
    *,
    name: str,
    assessed_on: date,
    kind: Kind = "new",
    stages: tuple[str, ...] = ("import",),
    trial: bool = True,
    demonstration: bool = False,
    simulated: bool = False,
    without_scorecard: bool = False,
    filling: Window | None = None,
    evidence: Period = (None, None),
) -> Round:
    """A round with its rulebooks pinned by id and fingerprint.

    Only a trial of the programmes of another day may do without a capability scorecard: it yields no tiers.
    `evidence` is the first and the last day that a paper may bear: no rulebook says it, so the office may, or not.
    """
    can_run_round.require(actor)
    _require_known(kind, stages)
    _require_near(assessed_on)
    opens, closes = _require_window(stages, filling)
    first, last = _require_period(evidence, assessed_on)
    with transaction.atomic():
        round_ = _named_round(
            name.strip(),
            year=assessed_on.year,
            kind=kind,
            assessed_on=assessed_on,
            stages=list(stages),
            is_trial=trial,
            is_demonstration=demonstration,
            is_simulated=simulated,
            filling_from=opens,
            filling_until=closes,
            evidence_from=first,
            evidence_until=last,
        )
        pins = preview_pins(kind=kind, on=assessed_on, region=round_.region)
        if not without_scorecard:
            _require_scorecard(pins)
        for pin in pins:
            pin.round = round_
        PinnedRulebook.objects.bulk_create(pins)
        audit.record(actor, "round.create", round_, after="draft", detail={"stages": list(stages), "kind": kind})
    return round_


def _named_round(name: str, **fields: Any) -> Round:
    """The database decides whether the name is free, since two officers may ask at once."""
    try:
        with transaction.atomic():
            return Round.objects.create(name=name, **fields)
    except IntegrityError as error:
        taken = {"/name": "已有同名批次"}
        raise BadInput("已有同名批次，请换一个名称。", code="name_taken", fields=taken) from error


def _require_known(kind: str, stages: tuple[str, ...]) -> None:
    if kind not in KINDS:
        raise BadInput("申报类型只能是新申报或复核。", fields={"/kind": "未知的申报类型"})
    unknown = [stage for stage in stages if stage not in STAGES]
    if unknown or not stages:
        raise BadInput("请选择有效的环节。", fields={"/stages": f"未知的环节：{'、'.join(unknown)}"})


def _require_near(on: date) -> None:
    if on.year > timezone.localdate().year + FURTHEST_YEARS:
        raise BadInput("评价日期太远，请核对年份。", fields={"/assessed_on": f"最多到 {FURTHEST_YEARS} 年以后"})


def _require_window(stages: tuple[str, ...], filling: Window | None) -> tuple[datetime | None, datetime | None]:
    """A round in which companies fill in says from when to when, to the second."""
    if "filling" not in stages:
        return None, None
    if filling is None:
        missing = {"/filling_from": "请填写开始时间", "/filling_until": "请填写截止时间"}
        raise BadInput("企业填报的批次须有填报开始和截止时间。", code="no_filling_window", fields=missing)
    opens, closes = filling
    if closes <= opens:
        wrong = {"/filling_until": "须晚于开始时间"}
        raise BadInput("填报截止时间须晚于开始时间。", code="bad_filling_window", fields=wrong)
    if closes.year > timezone.localdate().year + FURTHEST_YEARS:
        raise BadInput("填报截止时间太远，请核对年份。", fields={"/filling_until": f"最多到 {FURTHEST_YEARS} 年以后"})
    return opens, closes


def _require_period(evidence: Period, assessed_on: date) -> Period:
    """Of the dates of papers (E17). One that no paper could meet is refused."""
    first, last = evidence
    if first and last and last < first:
        raise BadInput("材料日期的范围不对。", fields={"/evidence_until": "不能早于起始日期"})
    if first and first > assessed_on:
        raise BadInput("材料日期的范围不对。", fields={"/evidence_from": "不能晚于评价日期"})
    return first, last


def move_deadline(actor: Actor, *, round_: Round, until: datetime) -> Round:
    """Give companies more time, or less, but never less than now."""
    can_run_round.require(actor, round_)
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if locked.state not in DEADLINE_MOVES or locked.filling_from is None:
            raise WrongState("这个批次不在填报环节，不能调整截止时间。", code="not_filling")
        if until <= max(timezone.now(), locked.filling_from):
            raise BadInput("新的截止时间须晚于现在和开始时间。", fields={"/until": "太早"})
        require_timetable_after(locked, until)
        before, locked.filling_until = locked.filling_until, until
        locked.save(update_fields=["filling_until"])
        audit.record(actor, "round.move_deadline", locked, detail={"before": str(before), "after": str(until)})
    return locked


def _require_scorecard(pins: list[PinnedRulebook]) -> None:
    """Without a capability scorecard there would be no score, no tier and no plan."""
    pin = next((pin for pin in pins if pin.programme == CAPABILITY), None)
    if pin is None or pin.rulebook is None:
        sentence = "这一天没有生效的知识产权能力评分表，不能评分。请改用评分表生效之后的评价日期。"
        raise BadInput(sentence, code="no_scorecard", fields={"/assessed_on": pin.reason if pin else "没有评分表"})


def has_scorecard(round_: Round) -> bool:
    """Whether the round places firms in tiers."""
    return PinnedRulebook.objects.filter(round=round_, programme=CAPABILITY, rulebook__isnull=False).exists()


def note_firms(round_id: int, *, firms: int | None = None, scored: int | None = None) -> None:
    """Upper apps tell how many firms the round has and how many of them are scored."""
    changes = {key: value for key, value in {"firms": firms, "scored": scored}.items() if value is not None}
    Round.objects.filter(pk=round_id).update(**changes)
