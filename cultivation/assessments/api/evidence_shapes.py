"""What evidence looks like on the wire."""

from rest_framework import serializers

from cultivation.core.api import ActionOutput


class EvidenceFlagOutput(serializers.Serializer):
    kind = serializers.CharField()
    text = serializers.CharField()
    text_en = serializers.CharField()


class EvidenceUsePlaceOutput(serializers.Serializer):
    """One fact that a file is to prove, and where in the file."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    label_en = serializers.CharField()
    section = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    is_locked = serializers.BooleanField()


class EvidenceOutput(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    dated_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    added_by = serializers.CharField()
    added_at = serializers.DateTimeField()
    uses = EvidenceUsePlaceOutput(many=True)
    elsewhere = serializers.IntegerField()
    use_count = serializers.IntegerField()
    flags = EvidenceFlagOutput(many=True)
    actions = ActionOutput(many=True)


class UploadOutput(serializers.Serializer):
    key = serializers.UUIDField()
    name = serializers.CharField()
    mark = serializers.CharField()
    code = serializers.CharField()
    size = serializers.IntegerField()
    received = serializers.IntegerField()


class EvidencePageOutput(serializers.Serializer):
    actions = ActionOutput(many=True)
    items = EvidenceOutput(many=True)
    uploads = UploadOutput(many=True)
    most = serializers.IntegerField()
    piece = serializers.IntegerField()
    evidence_from = serializers.DateField(allow_null=True)
    evidence_until = serializers.DateField(allow_null=True)


class PieceOutput(serializers.Serializer):
    received = serializers.IntegerField()
    evidence = EvidenceOutput(allow_null=True)


class UploadInput(serializers.Serializer):
    name = serializers.CharField(max_length=500, trim_whitespace=False)
    size = serializers.IntegerField(min_value=0, max_value=2**62)
    code = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    mark = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class EvidenceUseInput(serializers.Serializer):
    note = serializers.CharField(max_length=120, required=False, allow_blank=True)


class EvidenceInput(serializers.Serializer):
    title = serializers.CharField(max_length=120)
    dated_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    draft = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
