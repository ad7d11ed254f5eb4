"""The shapes of answers about assessments."""

from typing import Any

from rest_framework import serializers

from cultivation.accounts.api.shapes import HeirOutput, MergedIntoField
from cultivation.assessments.models import Assessment, ImportProblem, LedgerRight, Submission
from cultivation.assessments.states import LEVELS
from cultivation.core.regions import load_regions


class EnterpriseOutput(serializers.Serializer[Any]):
    uscc = serializers.CharField()
    uscc_check_ok = serializers.BooleanField()
    name = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.CharField()
    zone = serializers.CharField(allow_blank=True)
    is_demonstration = serializers.BooleanField()
    merged_into = HeirOutput(allow_null=True)


class RulebookOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    document = serializers.CharField()
    fingerprint = serializers.CharField()
    source_status = serializers.CharField()
    source_status_label = serializers.CharField()
    reason = serializers.CharField()


class ScoreOutput(serializers.Serializer[Any]):
    low = serializers.FloatField()
    high = serializers.FloatField()
    max = serializers.FloatField()


class CodeLabelOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class DimensionOutput(CodeLabelOutput):
    low = serializers.FloatField()
    high = serializers.FloatField()
    max = serializers.FloatField()


class TierOutput(CodeLabelOutput):
    threshold = serializers.FloatField(allow_null=True)


class ClauseOutput(serializers.Serializer[Any]):
    """One line of the trace in words."""

    id = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    depth = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    test = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    band = serializers.CharField(allow_null=True, allow_blank=True)
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    points = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    max = serializers.FloatField(allow_null=True)
    needs = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    status = serializers.CharField(allow_null=True)
    evidence = serializers.CharField(allow_null=True)
    hint = serializers.CharField(allow_null=True)
    basis = serializers.CharField(default="")


class ReadinessCriterionOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    test = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    needs = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    status = serializers.CharField(allow_null=True)


class ReadinessPathOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    outcome = serializers.CharField()
    met = serializers.IntegerField()
    total = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    criteria = ReadinessCriterionOutput(many=True)


class AwaitedOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    status = serializers.CharField()
    status_label = serializers.CharField()


class ReadinessOutput(serializers.Serializer[Any]):
    """What other rules already tell of a designation, and what waits for its body; it decides nothing."""

    reads = serializers.CharField(allow_null=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    rulebook = RulebookOutput(allow_null=True)
    outcome = serializers.CharField(allow_null=True)
    paths = ReadinessPathOutput(many=True)
    awaits = AwaitedOutput(many=True)
    note = serializers.CharField()
    status = serializers.CharField()
    status_label = serializers.CharField()


class ProgrammeOutput(CodeLabelOutput):
    """`other_kind`: what the other kind of application, new or renewal, follows on that day where it differs."""

    rulebook = RulebookOutput(allow_null=True)
    reason = serializers.CharField()
    other_kind = serializers.CharField(allow_blank=True, default="")
    outcome = serializers.CharField()
    outcome_label = serializers.CharField()
    score = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    clauses = ClauseOutput(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    readiness = ReadinessOutput(allow_null=True)


class PoolPlaceOutput(serializers.Serializer[Any]):
    tier = serializers.CharField()
    track = serializers.CharField()
    status = serializers.CharField()


class ValueOutput(CodeLabelOutput):
    group = serializers.CharField()
    label_en = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    type = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField()
    value = serializers.JSONField(allow_null=True)
    declared = serializers.JSONField(allow_null=True)
    display = serializers.CharField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    source_label = serializers.CharField(allow_blank=True)
    cell = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)


class RightOutput(serializers.Serializer[LedgerRight]):
    number = serializers.CharField()
    number_ok = serializers.BooleanField()
    title = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    filed_on = serializers.DateField(allow_null=True)
    granted_on = serializers.DateField(allow_null=True)
    legal_state = serializers.CharField(allow_blank=True)
    status = serializers.CharField()
    sheet = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField()
    notes = serializers.ListField(child=serializers.CharField())
    counting = serializers.JSONField()
    standing = serializers.CharField()


class KindCountOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    count = serializers.IntegerField()


class TallyOutput(serializers.Serializer[Any]):
    """How many rights a ledger holds of each standing and kind; `claimed` is told to offices alone."""

    total = serializers.IntegerField()
    counts = serializers.IntegerField()
    possible = serializers.IntegerField()
    excluded = serializers.IntegerField()
    claimed = serializers.IntegerField()
    kinds = KindCountOutput(many=True)


class RoundRefOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    assessed_on = serializers.DateField()
    kind = serializers.CharField()
    kind_label = serializers.CharField(source="get_kind_display")
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()


class SubmissionOutput(serializers.Serializer[Submission]):
    number = serializers.IntegerField()
    sha256 = serializers.CharField()
    signed_by = serializers.CharField()
    at = serializers.DateTimeField()


class AssessmentOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    round = RoundRefOutput()
    state = serializers.CharField()
    state_label = serializers.CharField()
    enterprise = EnterpriseOutput()
    size_class = serializers.CharField()
    size_class_label = serializers.CharField()
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
    pools = PoolPlaceOutput(many=True)
    warnings = serializers.ListField(child=serializers.CharField())
    values = ValueOutput(many=True)
    rights = TallyOutput()
    facts = serializers.JSONField()
    result = serializers.JSONField()
    computed_at = serializers.DateTimeField()
    report_url = serializers.CharField()


class FirmOutput(MergedIntoField):
    """A line of the list of firms, placed or not."""

    id = serializers.IntegerField()
    uscc = serializers.CharField(source="enterprise.uscc")
    name = serializers.CharField(source="enterprise.name")
    region_name = serializers.SerializerMethodField()
    zone = serializers.CharField(source="enterprise.zone", allow_blank=True)
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    score_low = serializers.FloatField(source="result.score_low", allow_null=True, default=None)
    score_high = serializers.FloatField(source="result.score_high", allow_null=True, default=None)
    level = serializers.CharField(source="result.level", allow_blank=True, default="")
    level_label = serializers.SerializerMethodField()

    def get_region_name(self, assessment: Assessment) -> str:
        return load_regions().label_of(assessment.enterprise.region)

    def get_level_label(self, assessment: Assessment) -> str:
        result = getattr(assessment, "result", None)
        return LEVELS.get(result.level, "未入库") if result else "未评分"


class ProblemOutput(serializers.Serializer[ImportProblem]):
    id = serializers.IntegerField()
    sheet = serializers.CharField(allow_blank=True)
    cell = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    severity = serializers.CharField()
    code = serializers.CharField()
    problem = serializers.CharField()
    done = serializers.CharField()
    todo = serializers.CharField()
