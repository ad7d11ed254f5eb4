"""When a round is published its firms may see what was decided."""

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment
from cultivation.programmes.events import RoundPublished


def announce_round(event: RoundPublished) -> None:
    for assessment in Assessment.objects.filter(round_id=event.round_id, state="decided"):
        assessment_flow.run(assessment, "announce", actor=event.actor)
