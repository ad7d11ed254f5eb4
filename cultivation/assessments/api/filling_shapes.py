"""The shapes of a form that is being filled in."""

from typing import Any

from rest_framework import serializers

from cultivation.assessments.api.returning_shapes import ReturnOutput
from cultivation.assessments.api.shapes import (
    ClauseOutput,
    CodeLabelOutput,
    DimensionOutput,
    ProgrammeOutput,
    RoundRefOutput,
    RulebookOutput,
    ScoreOutput,
    TierOutput,
)
from cultivation.assessments.models import Assessment
from cultivation.programmes.api import TimeLeftOutput

MOST_CHANGES = 300


class DraftOutput(serializers.Serializer[Assessment]):
    id = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")


class FieldChoiceOutput(CodeLabelOutput):
    label_en = serializers.CharField()


class RuleStepOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    low = serializers.FloatField()
    high = serializers.FloatField()


class FieldRuleOutput(serializers.Serializer[Any]):
    """One clause or indicator that reads the field, with what it asks and where that is written."""

    programme = serializers.CharField()
    rulebook = serializers.CharField()
    rulebook_title = serializers.CharField()
    document = serializers.CharField()
    id = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    test = serializers.CharField(allow_blank=True)
    max = serializers.FloatField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    status = serializers.CharField(allow_null=True)
    status_label = serializers.CharField(allow_blank=True)
    evidence = serializers.CharField(allow_null=True)
    hint = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    steps = RuleStepOutput(many=True)


class PreviousOutput(serializers.Serializer[Any]):
    value = serializers.JSONField()
    display = serializers.CharField()
    round = serializers.CharField()
    on = serializers.DateField()


class FormAnswerOutput(serializers.Serializer[Any]):
    value = serializers.JSONField(allow_null=True)
    typed = serializers.CharField(allow_blank=True)
    problem = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    version = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    source_label = serializers.CharField()
    carried_from = serializers.CharField(allow_blank=True)
    confirmed = serializers.BooleanField()
    changed_by = serializers.CharField(allow_blank=True)
    changed_at = serializers.DateTimeField(allow_null=True)


class FormFieldOutput(CodeLabelOutput):
    label_en = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    type = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    example = serializers.CharField(allow_blank=True)
    example_en = serializers.CharField(allow_blank=True)
    returns = serializers.ListField(child=serializers.CharField())
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    choices = FieldChoiceOutput(many=True)
    empty_is_none = serializers.BooleanField()
    is_required = serializers.BooleanField()
    is_locked = serializers.BooleanField()
    rules = FieldRuleOutput(many=True)
    previous = PreviousOutput(allow_null=True)
    answer = FormAnswerOutput(allow_null=True)


class FormSectionOutput(CodeLabelOutput):
    label_en = serializers.CharField()
    fields = FormFieldOutput(many=True)  # type: ignore[assignment]


class FormOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    round = RoundRefOutput()
    state = serializers.CharField()
    state_label = serializers.CharField()
    enterprise_name = serializers.CharField()
    returned = ReturnOutput(allow_null=True)
    is_ledger_open = serializers.BooleanField()
    sections = FormSectionOutput(many=True)


class ChangeInput(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60)
    value = serializers.JSONField(allow_null=True)
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    key = serializers.CharField(max_length=40, allow_blank=True, default="")


class SaveInput(serializers.Serializer[Any]):
    changes = serializers.ListField(child=ChangeInput(), allow_empty=False, max_length=MOST_CHANGES)
    source = serializers.ChoiceField(choices=["form", "excel", "what_if"], default="form")  # type: ignore[assignment]


class SavedChangeOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["saved", "same", "conflict", "late", "refused", "followed"])
    problem = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    answer = FormAnswerOutput(allow_null=True)


class SavedOutput(serializers.Serializer[Any]):
    saved_at = serializers.DateTimeField()
    changes = SavedChangeOutput(many=True)


class ChecklistItemOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    section = serializers.CharField()
    severity = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()


class ChecklistOutput(serializers.Serializer[Any]):
    items = ChecklistItemOutput(many=True)


class SectionProgressOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    required = serializers.IntegerField()  # type: ignore[assignment]
    open = serializers.IntegerField()


class LiveOutput(serializers.Serializer[Any]):
    """As the result of an assessment, over what has been declared so far."""

    rulebook = RulebookOutput(allow_null=True)
    score = ScoreOutput(allow_null=True)
    level = serializers.CharField(allow_null=True)
    level_label = serializers.CharField(allow_null=True)
    level_possible = serializers.CharField(allow_null=True)
    level_possible_label = serializers.CharField(allow_null=True)
    vetoes = CodeLabelOutput(many=True)
    vetoes_unknown = CodeLabelOutput(many=True)
    dimensions = DimensionOutput(many=True)
    tiers = TierOutput(many=True)
    capability = ClauseOutput(many=True)
    programmes = ProgrammeOutput(many=True)
    sections = SectionProgressOutput(many=True)
    checklist = ChecklistItemOutput(many=True)
    blocking = serializers.IntegerField()
    closed = serializers.CharField(allow_blank=True)
    filling_until = serializers.DateTimeField(allow_null=True)
    left = TimeLeftOutput(allow_null=True)
    now = serializers.DateTimeField()


class DifferenceOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    section = serializers.CharField()
    cell = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    value = serializers.JSONField(allow_null=True)
    base = serializers.IntegerField()
    is_outdated = serializers.BooleanField()
    problem = serializers.CharField(allow_blank=True)


class ComparisonOutput(serializers.Serializer[Any]):
    differences = DifferenceOutput(many=True)
    problems = serializers.ListField(child=serializers.CharField())
