"""Where a firm would stand: shapes shared by the open trial and by what-if."""

from typing import Any

from rest_framework import serializers

from cultivation.assessments.api.shapes import (
    ClauseOutput,
    CodeLabelOutput,
    DimensionOutput,
    PoolPlaceOutput,
    ReadinessOutput,
    RulebookOutput,
    ScoreOutput,
    TierOutput,
)
from cultivation.assessments.states import PROGRAMMES
from cultivation.programmes.services import CAPABILITY

SCHEMES = [CAPABILITY, *PROGRAMMES]
MOST_FACTS = 300


class FactsField(serializers.DictField):
    """Facts by indicator code, as they are written; what can't be read is told in the answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=serializers.JSONField(allow_null=True), **options)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict) and len(data) > MOST_FACTS:
            raise serializers.ValidationError(f"一次最多 {MOST_FACTS} 项。")
        facts: dict[str, Any] = super().to_internal_value(data)
        return facts


class DetailField(serializers.ListField):
    """Schemes whose clauses are wanted too."""

    def __init__(self) -> None:
        child = serializers.ChoiceField(choices=SCHEMES)
        super().__init__(child=child, default=list, max_length=len(SCHEMES))


class MissingOutput(CodeLabelOutput):
    is_judgement = serializers.BooleanField()


class DistanceOutput(serializers.Serializer[Any]):
    tier = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    points = serializers.FloatField()
    gates = CodeLabelOutput(many=True)


class OutlookProgrammeOutput(CodeLabelOutput):
    rulebook = RulebookOutput(allow_null=True)
    reason = serializers.CharField()
    outcome = serializers.CharField()
    is_outside = serializers.BooleanField()
    score = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    missing = MissingOutput(many=True)
    clauses = ClauseOutput(many=True)
    readiness = ReadinessOutput(allow_null=True)


class FactProblemOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    sentence = serializers.CharField()


class OutlookOutput(serializers.Serializer[Any]):
    """The score as an interval, the tier and the one within reach, and every programme with what is missing."""

    on = serializers.DateField()
    kind = serializers.CharField()
    region = serializers.CharField()
    size_class = serializers.CharField()
    rulebook = RulebookOutput(allow_null=True)
    score = ScoreOutput(allow_null=True)
    level = serializers.CharField(allow_null=True)
    level_possible = serializers.CharField(allow_null=True)
    next = DistanceOutput(allow_null=True)
    vetoes = CodeLabelOutput(many=True)
    vetoes_unknown = CodeLabelOutput(many=True)
    dimensions = DimensionOutput(many=True)
    tiers = TierOutput(many=True)
    missing = MissingOutput(many=True)
    capability = ClauseOutput(many=True)
    programmes = OutlookProgrammeOutput(many=True)
    pools = PoolPlaceOutput(many=True)
    warnings = serializers.ListField(child=serializers.CharField())
    problems = FactProblemOutput(many=True)
