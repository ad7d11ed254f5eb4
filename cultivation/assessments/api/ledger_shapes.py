"""The shapes of a firm's own ledger."""

from typing import Any

from rest_framework import serializers

from cultivation.assessments.api.shapes import CodeLabelOutput, RightOutput, RoundRefOutput, TallyOutput
from cultivation.assessments.models import LedgerImport
from cultivation.assessments.states import RIGHT_KINDS

WAYS = ("original", "transferred", "gifted", "merged", "licensed", "unknown")
MOST_KEYS = 20_000


class SameRightOutput(serializers.Serializer[Any]):
    """Another firm with the same right; an office that may not see it is told the region whose office can."""

    region = serializers.CharField(allow_blank=True)
    firm = serializers.CharField(allow_blank=True)
    assessment = serializers.IntegerField(allow_null=True)


class OwnRightOutput(RightOutput):
    """`claimed_by` is told to offices alone: other firms of the round that list the same number."""

    id = serializers.IntegerField()
    publication = serializers.CharField(allow_blank=True)
    holder_name = serializers.CharField(allow_blank=True)
    facts = serializers.JSONField()
    source = serializers.CharField()  # type: ignore[assignment]
    source_label = serializers.CharField()
    confirmed = serializers.BooleanField()
    carried_from = serializers.CharField(allow_blank=True)
    claimed_by = SameRightOutput(many=True)


class NamedCodeOutput(CodeLabelOutput):
    label_en = serializers.CharField()


class CloserOutput(NamedCodeOutput):
    """The question of the form that tells how many rights a ledger leaves out; 0 says that it lists them all."""

    declared = serializers.JSONField(allow_null=True)
    version = serializers.IntegerField()


class LedgerCountOutput(NamedCodeOutput):
    """`most` is null where the ledger can't close the count; `declared` is what stands in the form then."""

    least = serializers.IntegerField()
    most = serializers.IntegerField(allow_null=True)
    is_asked = serializers.BooleanField()
    is_open = serializers.BooleanField()
    closed_by = CloserOutput(allow_null=True)
    declared = serializers.JSONField(allow_null=True)


class LedgerImportOutput(serializers.Serializer[LedgerImport]):
    file = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    rows = serializers.IntegerField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class LedgerOutput(serializers.Serializer[Any]):
    round = RoundRefOutput()
    version = serializers.IntegerField()
    closed = serializers.CharField(allow_blank=True)
    can_edit = serializers.BooleanField()
    tally = TallyOutput()
    unconfirmed = serializers.IntegerField()
    carried_from = serializers.CharField(allow_blank=True)
    counts = LedgerCountOutput(many=True)
    imports = LedgerImportOutput(many=True)
    kinds = NamedCodeOutput(many=True)


class ChangedLedgerOutput(LedgerOutput):
    """The ledger after one right came or changed, and that right."""

    right = OwnRightOutput()


class ChangedFactOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class LedgerDifferenceOutput(serializers.Serializer[Any]):
    """A right of the list or of the ledger that the other has otherwise, or not at all."""

    key = serializers.CharField()
    kind = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    publication = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    right_kind = serializers.CharField()
    legal_state = serializers.CharField(allow_blank=True)
    sheet = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField()
    fields = ChangedFactOutput(many=True)  # type: ignore[assignment]


class LedgerProblemOutput(serializers.Serializer[Any]):
    sheet = serializers.CharField(allow_blank=True)
    cell = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    severity = serializers.CharField()
    code = serializers.CharField()
    problem = serializers.CharField()
    done = serializers.CharField()
    todo = serializers.CharField(allow_blank=True)


class LedgerPreviewOutput(serializers.Serializer[Any]):
    base = serializers.IntegerField()
    sha256 = serializers.CharField()
    sheets = serializers.ListField(child=serializers.CharField())
    rows = serializers.IntegerField()
    rights = serializers.IntegerField()
    merged = serializers.IntegerField()
    others = serializers.IntegerField()
    same = serializers.IntegerField()
    differences = LedgerDifferenceOutput(many=True)
    problems = LedgerProblemOutput(many=True)


class LedgerImportInput(serializers.Serializer[Any]):
    """`leave` names new and changed rights that are not taken, `remove` those gone from the list that are taken out."""

    file = serializers.FileField()
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    leave = serializers.ListField(child=serializers.CharField(max_length=24), default=list, max_length=MOST_KEYS)
    remove = serializers.ListField(child=serializers.CharField(max_length=24), default=list, max_length=MOST_KEYS)


class RightChangeInput(serializers.Serializer[Any]):
    """What is not known of a right is null, never a default."""

    number = serializers.CharField(max_length=40, allow_blank=True)
    publication = serializers.CharField(max_length=40, allow_blank=True, required=False)
    title = serializers.CharField(max_length=300, allow_blank=True)
    kind = serializers.ChoiceField(choices=RIGHT_KINDS)
    filed_on = serializers.DateField(allow_null=True, required=False)
    granted_on = serializers.DateField(allow_null=True, required=False)
    legal_state = serializers.CharField(max_length=60, allow_blank=True, required=False)
    holder_name = serializers.CharField(max_length=300, allow_blank=True, required=False)
    holder_rank = serializers.IntegerField(min_value=1, max_value=99, allow_null=True, required=False)
    obtained = serializers.ChoiceField(choices=WAYS, required=False)
    transferred_on = serializers.DateField(allow_null=True, required=False)
    family = serializers.ListField(
        child=serializers.CharField(max_length=60), allow_null=True, required=False, max_length=200
    )
    pledge = serializers.DecimalField(
        max_digits=14, decimal_places=4, min_value=0, allow_null=True, required=False, coerce_to_string=False
    )
    awards = serializers.ListField(
        child=serializers.CharField(max_length=120), allow_null=True, required=False, max_length=50
    )
    related = serializers.BooleanField(allow_null=True, required=False)
    in_use = serializers.BooleanField(allow_null=True, required=False)
    emerging = serializers.BooleanField(allow_null=True, required=False)
    used_in_hnte = serializers.BooleanField(allow_null=True, required=False)
    overseas_revenue = serializers.BooleanField(allow_null=True, required=False)
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class RightInput(RightChangeInput):
    base = None  # type: ignore[assignment]
