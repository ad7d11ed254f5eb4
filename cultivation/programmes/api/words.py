"""Rulebooks in words, as they leave the API."""

from typing import Any

from rest_framework import serializers


class SourcedOutput(serializers.Serializer[Any]):
    source = serializers.CharField()  # type: ignore[assignment]
    status = serializers.CharField()


class PeriodOutput(serializers.Serializer[Any]):
    kinds = serializers.ListField(child=serializers.CharField())
    regions = serializers.ListField(child=serializers.CharField())
    to = serializers.DateField(allow_null=True)
    status = serializers.CharField()
    reason = serializers.CharField(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of the language."""
        return {**super().get_fields(), "from": serializers.DateField(allow_null=True)}


class HeadOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    scheme = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    issuer = serializers.CharField()
    document = serializers.CharField()
    status = serializers.CharField()
    note = serializers.CharField(allow_null=True)
    periods = PeriodOutput(many=True)
    fingerprint = serializers.CharField()


class VersionOutput(HeadOutput):
    shape = serializers.CharField()
    in_force = serializers.ListField(child=serializers.CharField())


class SchemeOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    versions = VersionOutput(many=True)


class CatalogueOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    schemes = SchemeOutput(many=True)


class ScaleOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    points = serializers.CharField()
    cells = serializers.ListField(child=serializers.CharField(), required=False)


class RuleRowOutput(SourcedOutput):
    """One line of a rulebook: what it asks, how it gives points, where it is written."""

    id = serializers.CharField()
    parent = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    depth = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    test = serializers.CharField(allow_blank=True)
    max = serializers.FloatField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    evidence = serializers.CharField(allow_null=True)
    hint = serializers.CharField(allow_null=True)
    kinds = serializers.ListField(child=serializers.CharField())
    unit = serializers.CharField(allow_null=True)
    measure = serializers.CharField(allow_null=True)
    columns = serializers.ListField(child=serializers.CharField())
    scale = ScaleOutput(many=True)


class TierRuleOutput(SourcedOutput):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    threshold = serializers.FloatField(allow_null=True)


class SizeRuleOutput(SourcedOutput):
    id = serializers.CharField()
    title = serializers.CharField()
    industries = serializers.ListField(child=serializers.CharField())
    facts = serializers.ListField(child=serializers.CharField())
    units = serializers.ListField(child=serializers.CharField(allow_blank=True))
    large = serializers.ListField(child=serializers.FloatField())
    medium = serializers.ListField(child=serializers.FloatField())
    small = serializers.ListField(child=serializers.FloatField())


class EffortClassOutput(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    cost = serializers.IntegerField()
    facts = serializers.ListField(child=serializers.CharField())


class EffortOutput(SourcedOutput):
    note = serializers.CharField(allow_null=True)
    classes = EffortClassOutput(many=True)


class ValidityOutput(SourcedOutput):
    years = serializers.IntegerField()


class RulebookDocumentOutput(HeadOutput):
    source = serializers.CharField()  # type: ignore[assignment]
    validity = ValidityOutput(allow_null=True)
    max = serializers.FloatField(allow_null=True)
    facts = serializers.ListField(child=serializers.CharField())
    rows = RuleRowOutput(many=True)
    tiers = TierRuleOutput(many=True)
    sizes = SizeRuleOutput(many=True)
    effort = EffortOutput(allow_null=True)


class AnswerOutput(serializers.Serializer[Any]):
    """The rulebook that applies, or none, and the sentence that says why."""

    key = serializers.CharField(allow_null=True)
    version = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    document = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    to = serializers.DateField(allow_null=True)
    reason = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "from": serializers.DateField(allow_null=True)}


class SchemeAnswersOutput(serializers.Serializer[Any]):
    scheme = serializers.CharField()
    new = AnswerOutput()
    renewal = AnswerOutput()
    differs = serializers.BooleanField()


class ApplicableOutput(serializers.Serializer[Any]):
    on = serializers.DateField()
    region = serializers.CharField()
    schemes = SchemeAnswersOutput(many=True)


class ChoiceOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class IndicatorOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    group = serializers.CharField()
    type = serializers.CharField()
    unit = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    choices = ChoiceOutput(many=True)
    is_judgement = serializers.BooleanField()
    empty_is_none = serializers.BooleanField()
    schemes = serializers.ListField(child=serializers.CharField())
