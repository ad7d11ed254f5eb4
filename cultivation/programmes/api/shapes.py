"""The shapes of answers about rounds and rulebooks."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cultivation.core.api import ActionOutput
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import PinnedRulebook, Round
from cultivation.programmes.services import Milestone, TimeLeft, milestones_of
from cultivation.programmes.states import KINDS, SOURCE_STATUSES, STAGES


class StageOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    present = serializers.BooleanField()


class PinOutput(serializers.Serializer[PinnedRulebook]):
    programme = serializers.CharField()
    key = serializers.CharField(source="rulebook.key", allow_null=True, default=None)
    title = serializers.CharField(source="rulebook.title", allow_null=True, default=None)
    fingerprint = serializers.CharField(allow_blank=True)
    source_status = serializers.CharField(source="rulebook.source_status", allow_null=True, default=None)
    source_status_label = serializers.SerializerMethodField()
    reason = serializers.CharField()

    def get_source_status_label(self, pin: PinnedRulebook) -> str:
        return SOURCE_STATUSES.get(pin.rulebook.source_status, "") if pin.rulebook else ""


class TimeLeftOutput(serializers.Serializer[TimeLeft]):
    """To a deadline: days by the calendar, and working days, null where that year's holidays are not known."""

    over = serializers.BooleanField()
    hours = serializers.IntegerField()
    days = serializers.IntegerField()
    working_days = serializers.IntegerField(allow_null=True)
    unknown_year = serializers.IntegerField(allow_null=True)


class MilestoneOutput(serializers.Serializer[Milestone]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    on = serializers.DateField(allow_null=True)
    working_days = serializers.IntegerField(allow_null=True)


class HolidayTableOutput(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    first_year = serializers.IntegerField()
    last_year = serializers.IntegerField()


class RoundOutput(serializers.Serializer[Round]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    year = serializers.IntegerField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    assessed_on = serializers.DateField()
    filling_from = serializers.DateTimeField(allow_null=True)
    filling_until = serializers.DateTimeField(allow_null=True)
    evidence_from = serializers.DateField(allow_null=True)
    evidence_until = serializers.DateField(allow_null=True)
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()
    is_simulated = serializers.BooleanField()
    firms = serializers.IntegerField()
    scored = serializers.IntegerField()
    stages = serializers.SerializerMethodField()
    milestones = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()

    @extend_schema_field(StageOutput(many=True))
    def get_stages(self, round_: Round) -> list[dict[str, Any]]:
        return [{"code": code, "label": label, "present": code in round_.stages} for code, label in STAGES.items()]

    @extend_schema_field(MilestoneOutput(many=True))
    def get_milestones(self, round_: Round) -> Any:
        found: Any = milestones_of(round_)
        return MilestoneOutput(found, many=True).data

    @extend_schema_field(ActionOutput(many=True))
    def get_actions(self, round_: Round) -> list[dict[str, Any]]:
        return round_flow.available(round_, self.context["actor"])


class RoundInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=list(KINDS.items()), default="new")
    assessed_on = serializers.DateField()
    stages = serializers.ListField(child=serializers.ChoiceField(choices=list(STAGES.items())), default=["import"])
    is_trial = serializers.BooleanField(default=True)
    filling_from = serializers.DateTimeField(required=False, allow_null=True)
    filling_until = serializers.DateTimeField(required=False, allow_null=True)
    evidence_from = serializers.DateField(required=False, allow_null=True)
    evidence_until = serializers.DateField(required=False, allow_null=True)


class TimetableInput(serializers.Serializer[Any]):
    """Expected days by step; null takes one back, what is left out stays."""

    days = serializers.DictField(child=serializers.DateField(allow_null=True), allow_empty=False)


class DeadlineInput(serializers.Serializer[Any]):
    until = serializers.DateTimeField()
