"""A round in which companies fill in, opened as the province does it, and a firm's draft in it."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.facts import state_of
from cultivation.assessments.services.filling import Change, Saved, save_answers, start_assessment
from cultivation.assessments.services.filling.catalogue import fields_of
from cultivation.core.actors import SYSTEM, Actor
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round
from scoring import parse_fact, plain_fact
from tests.factories.rounds import ON
from tests.scoring.firms import random_firm

NAME = "2026年自评批次"


def open_round(*, name: str = NAME, on: Any = ON, hours: int = 48) -> Round:
    now = timezone.now()
    window = (now - timedelta(hours=1), now + timedelta(hours=hours))
    round_ = create_round(SYSTEM, name=name, assessed_on=on, stages=("filling",), filling=window, demonstration=True)
    return round_flow.run(round_, "open", actor=SYSTEM)


def begin(actor: Actor, firm: Enterprise, round_: Round | None = None) -> Assessment:
    return start_assessment(actor, round_=round_ or open_round(), enterprise=firm)


def fill(actor: Actor, draft: Assessment, **values: Any) -> list[Saved]:
    """Save values over whatever stands there."""
    versions = dict(draft.answers.values_list("code", "version"))
    changes = [Change(code, value, versions.get(code, 0)) for code, value in values.items()]
    return save_answers(actor, draft=draft, changes=changes)[0]


def answer_all(actor: Actor, draft: Assessment) -> None:
    """What is still open is answered with 暂不知道."""
    known = set(draft.answers.values_list("code", flat=True))
    open_ = [field.code for field in fields_of(draft.round) if field.is_required and field.code not in known]
    save_answers(actor, draft=draft, changes=[Change(code, None, 0) for code in open_])


def end_filling(round_: Round) -> None:
    """As if the time were over."""
    now = timezone.now()
    Round.objects.filter(pk=round_.pk).update(
        filling_from=now - timedelta(hours=2), filling_until=now - timedelta(seconds=1)
    )
    round_.refresh_from_db()


def random_answers(draft: Assessment, seed: int) -> None:
    """Answers of every kind, as somebody could have given them; what is left out stays unanswered."""
    asked = {field.code for field in fields_of(draft.round)}
    facts = random_firm(Random(seed), draft.round.assessed_on)
    values = {code: plain_fact(parse_fact(code, raw)) for code, raw in facts.items() if code in asked}
    Answer.objects.bulk_create(
        Answer(assessment=draft, code=code, declared=value, state=state_of(value), source="form")
        for code, value in values.items()
        if not isinstance(value, list)
    )
