"""The shapes of what an office reads and sends back, and of what the firm answers (E23)."""

from typing import Any

from rest_framework import serializers

from cultivation.assessments.api.evidence_shapes import EvidenceOutput
from cultivation.assessments.api.shapes import CodeLabelOutput, EnterpriseOutput, RoundRefOutput, SubmissionOutput
from cultivation.core.api import ActionOutput
from cultivation.programmes.api import TimeLeftOutput

MOST_NOTES = 200


class ProofOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    sha256 = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class ToldOutput(serializers.Serializer[Any]):
    """What stood, or stands, under one fact."""

    display = serializers.CharField(allow_blank=True)
    proofs = ProofOutput(many=True)


class ReturnNoteOutput(CodeLabelOutput):
    """One note, pinned to its fact; `after` is null until there is something to compare."""

    label_en = serializers.CharField()
    section = serializers.CharField()
    reason = serializers.CharField()
    text = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)
    belated = serializers.CharField(allow_blank=True)
    reply = serializers.CharField(allow_blank=True)
    reply_version = serializers.IntegerField()
    replied_by = serializers.CharField(allow_blank=True)
    replied_at = serializers.DateTimeField(allow_null=True)
    before = ToldOutput()
    after = ToldOutput(allow_null=True)
    is_changed = serializers.BooleanField()
    is_answered = serializers.BooleanField()


class ReturnOutput(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    until = serializers.DateTimeField()
    office = serializers.CharField()
    left = TimeLeftOutput(allow_null=True)
    is_open = serializers.BooleanField()
    notes = ReturnNoteOutput(many=True)


class ReplyInput(serializers.Serializer[Any]):
    reply = serializers.CharField(allow_blank=True, max_length=2_000)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class ReviewFieldOutput(CodeLabelOutput):
    """One fact as it was signed; `before` is what an earlier submission said, where that was something else."""

    label_en = serializers.CharField()
    display = serializers.CharField()
    state = serializers.CharField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    source_label = serializers.CharField(allow_blank=True)
    is_confirmed = serializers.BooleanField()
    before = serializers.CharField(allow_null=True)
    is_changed = serializers.BooleanField()
    proofs = ProofOutput(many=True)
    wanted = serializers.CharField(allow_blank=True)
    clause = serializers.CharField(allow_blank=True)
    needs_explaining = serializers.BooleanField()


class ReviewSectionOutput(CodeLabelOutput):
    label_en = serializers.CharField()
    fields = ReviewFieldOutput(many=True)  # type: ignore[assignment]


class ReturnReasonOutput(CodeLabelOutput):
    label_en = serializers.CharField()
    text = serializers.CharField()


class ReviewOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    round = RoundRefOutput()
    enterprise = EnterpriseOutput()
    state = serializers.CharField()
    state_label = serializers.CharField()
    submission = SubmissionOutput()
    opened_at = serializers.DateTimeField(allow_null=True)
    sections = ReviewSectionOutput(many=True)
    evidence = EvidenceOutput(many=True)
    returns = ReturnOutput(many=True)
    reasons = ReturnReasonOutput(many=True)
    earliest = serializers.DateField()
    latest = serializers.DateField()
    actions = ActionOutput(many=True)


class NoteInput(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=60)
    text = serializers.CharField(allow_blank=True, max_length=2_000)
    belated = serializers.CharField(allow_blank=True, max_length=2_000, default="")


class ReturnInput(serializers.Serializer[Any]):
    until = serializers.DateField()
    notes = serializers.ListField(child=NoteInput(), max_length=MOST_NOTES)
