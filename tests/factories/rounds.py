"""Rounds at each point of their life, brought there by the services that people use."""

from datetime import date, timedelta

from django.utils import timezone

from cultivation.assessments.models import Assessment
from cultivation.assessments.services import receive_workbook
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.jobs import run_now
from cultivation.core.jobs.queue import jobs_of
from cultivation.core.models import Job
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round
from tests.factories.workbooks import FIRMS, Line, cut_workbook

ON = date(2026, 3, 31)
NAME = "2026年测试批次"


def new_round(*, name: str = NAME, on: date = ON, trial: bool = True, stages: tuple[str, ...] = ("import",)) -> Round:
    now = timezone.now()
    window = (now - timedelta(hours=1), now + timedelta(days=2)) if "filling" in stages else None
    return create_round(
        SYSTEM, name=name, assessed_on=on, trial=trial, stages=stages, demonstration=True, filling=window
    )


def bring_in(round_: Round, firms: tuple[Line, ...] = FIRMS, *, actor: Actor = SYSTEM) -> Job:
    done = run_now(receive_workbook(actor, round_=round_, data=cut_workbook(firms), filename="汇总表.xlsx"))
    round_.refresh_from_db()
    return done


def score(round_: Round, *, actor: Actor = SYSTEM) -> Job:
    round_flow.run(round_, "rescore" if round_.state == "deciding" else "score", actor=actor)
    done = run_now(jobs_of(round_).latest("pk"))
    round_.refresh_from_db()
    return done


def scored_round(firms: tuple[Line, ...] = FIRMS, *, trial: bool = True) -> Round:
    round_ = new_round(trial=trial)
    bring_in(round_, firms)
    score(round_)
    return round_


def published_round(firms: tuple[Line, ...] = FIRMS, *, trial: bool = True) -> Round:
    round_ = scored_round(firms, trial=trial)
    return round_flow.run(round_, "publish", actor=SYSTEM)


def assessment_of(round_: Round, firm: Line) -> Assessment:
    found: Assessment = Assessment.objects.get(round=round_, enterprise__uscc=firm.uscc)
    return found
