"""An assessment that was handed in, and sent back by the office that checks it."""

from datetime import date, timedelta

from django.utils import timezone

from cultivation.assessments.models import Assessment, Return
from cultivation.assessments.services.filling import Note, send_back, submit_assessment
from cultivation.core.actors import Actor
from cultivation.programmes.services import is_working_day
from tests.factories.filling import answer_all, begin, random_answers
from tests.people import People

TEXT = "贵公司填报的这一项与所附证明材料不一致，请核对后更正。"


def handed_in(people: People, *, seed: int = 4) -> Assessment:
    """Complete, and signed by the approver."""
    filler = people.who("enterprise_filler").actor
    draft = begin(filler, people.firm)
    random_answers(draft, seed)
    answer_all(filler, draft)
    sign(people.who("enterprise_approver").actor, draft)
    return draft


def sign(approver: Actor, draft: Assessment) -> None:
    submit_assessment(approver, draft=draft, signed_name=approver.name, agreed=True)


def note(code: str, *, reason: str = "proof_differs", text: str = TEXT, belated: str = "") -> Note:
    return Note(code, reason, text, belated)


def return_to_firm(officer: Actor, assessment: Assessment, *notes: Note | str) -> Return:
    told = [one if isinstance(one, Note) else note(one) for one in notes]
    return send_back(officer, assessment=assessment, until=in_a_week(), notes=told)


def in_a_week() -> date:
    """A week ahead, or the next working day after."""
    day = timezone.localdate() + timedelta(days=7)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def let_lapse(assessment: Assessment) -> None:
    """As if the days that were given were over."""
    last = assessment.returns.first()
    assert last
    last.until = timezone.now() - timedelta(seconds=1)
    last.save(update_fields=["until"])
