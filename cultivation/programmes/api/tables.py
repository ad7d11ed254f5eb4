"""The shapes of the rule workshop's answers."""

from typing import Any

from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cultivation.core.api import ActionOutput, JobOutput
from cultivation.core.jobs.queue import jobs_of
from cultivation.programmes.models import DraftEdit, PublishedRulebook, Round, RulebookDraft, RulebookImpact
from cultivation.programmes.services import holder_of, is_fresh
from cultivation.programmes.states import SOURCE_STATUSES

OPERATIONS = ["set", "compare", "copy", "remove"]


class RuleOptionOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class RuleCellOutput(serializers.Serializer[Any]):
    """One value that can be edited, and what it was in the version beside it."""

    pointer = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField()
    value = serializers.JSONField(allow_null=True)
    original = serializers.JSONField(allow_null=True)
    is_changed = serializers.BooleanField()
    is_optional = serializers.BooleanField()
    is_minor = serializers.BooleanField()
    options = RuleOptionOutput(many=True)


class RuleTableRowOutput(serializers.Serializer[Any]):
    pointer = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    node = serializers.CharField(allow_blank=True)
    is_listed = serializers.BooleanField()
    state = serializers.CharField()
    cells = RuleCellOutput(many=True)


class RuleSectionOutput(serializers.Serializer[Any]):
    """One node of a rulebook with its cells and its table."""

    pointer = serializers.CharField(allow_blank=True)
    group = serializers.CharField()
    kind = serializers.CharField()
    node = serializers.CharField(allow_blank=True)
    depth = serializers.IntegerField()
    title = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    is_listed = serializers.BooleanField()
    state = serializers.CharField()
    cells = RuleCellOutput(many=True)
    rows = RuleTableRowOutput(many=True)


class RuleChangeOutput(serializers.Serializer[Any]):
    path = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    sentence = serializers.CharField()


class RuleChangesOutput(serializers.Serializer[Any]):
    """Null while the draft can't be read."""

    changes = RuleChangeOutput(many=True, allow_null=True)


class RuleVersionOutput(serializers.Serializer[Any]):
    reference = serializers.CharField()
    key = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    is_draft = serializers.BooleanField()
    fingerprint = serializers.CharField()


class RuleComparisonOutput(serializers.Serializer[Any]):
    old = RuleVersionOutput()
    new = RuleVersionOutput()
    changes = RuleChangeOutput(many=True, allow_null=True)
    sections = RuleSectionOutput(many=True)


class PublishedRulebookOutput(serializers.Serializer[PublishedRulebook]):
    """A published version, as the workshop lists it."""

    id = serializers.IntegerField()
    key = serializers.CharField()
    programme = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    source_status = serializers.CharField()
    source_status_label = serializers.SerializerMethodField()
    fingerprint = serializers.CharField()
    published_at = serializers.DateTimeField()
    published_by = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    is_shipped = serializers.BooleanField()
    in_force = serializers.SerializerMethodField()

    def get_source_status_label(self, record: PublishedRulebook) -> str:
        return SOURCE_STATUSES.get(record.source_status, "")

    def get_in_force(self, record: PublishedRulebook) -> list[str]:
        kinds: dict[str, list[str]] = self.context["in_force"]
        return kinds.get(record.key, [])


class PublishedRulebookTablesOutput(serializers.Serializer[Any]):
    rulebook = PublishedRulebookOutput()
    sections = RuleSectionOutput(many=True)


class RuleProblemOutput(serializers.Serializer[Any]):
    law = serializers.CharField()
    node = serializers.CharField(allow_blank=True)
    pointer = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class RuleLawOutput(serializers.Serializer[Any]):
    law = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField(help_text="holds, broken, untested")
    count = serializers.IntegerField()


class RuleDraftBriefOutput(serializers.Serializer[RulebookDraft]):
    id = serializers.IntegerField()
    key = serializers.CharField()
    programme = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    base = serializers.CharField(source="base.key")
    base_id = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")
    holder = serializers.SerializerMethodField()
    problem_count = serializers.IntegerField()
    author = serializers.SerializerMethodField()
    edited_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    return_reason = serializers.CharField(allow_blank=True)
    published_id = serializers.IntegerField(allow_null=True)

    def get_holder(self, draft: RulebookDraft) -> str:
        return holder_of(draft)

    def get_author(self, draft: RulebookDraft) -> str:
        return str(draft.author or "")


class RuleDraftStatusOutput(serializers.Serializer[Any]):
    """What may change with every edit."""

    revision = serializers.IntegerField()
    fingerprint = serializers.CharField()
    edited_at = serializers.DateTimeField()
    editor = serializers.CharField(allow_blank=True)
    holder = serializers.CharField()
    no_impact_reason = serializers.CharField(allow_blank=True)
    can_edit = serializers.BooleanField()
    problems = RuleProblemOutput(many=True)
    checks = RuleLawOutput(many=True)
    actions = ActionOutput(many=True)


class RuleLastEditOutput(serializers.Serializer[DraftEdit]):
    revision = serializers.IntegerField()
    editor = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    pointers = serializers.SerializerMethodField()

    def get_editor(self, edit: DraftEdit) -> str:
        return str(edit.editor or "")

    def get_pointers(self, edit: DraftEdit) -> list[str]:
        return [patch["pointer"] for patch in edit.patches]


class RuleDraftOutput(RuleDraftBriefOutput):
    """A draft, with what it lacks and what may be done with it; its tables are asked for by themselves."""

    status = RuleDraftStatusOutput()
    last_edit = RuleLastEditOutput(allow_null=True)


class RuleDraftTablesOutput(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    sections = RuleSectionOutput(many=True)


class RuleValueOutput(serializers.Serializer[Any]):
    pointer = serializers.CharField()
    value = serializers.JSONField(allow_null=True)


class RuleSavedOutput(serializers.Serializer[Any]):
    """What was saved, as it stands now. `is_reshaped` says that the tables have other cells than before."""

    values = RuleValueOutput(many=True)
    is_reshaped = serializers.BooleanField()
    status = RuleDraftStatusOutput()
    last_edit = RuleLastEditOutput(allow_null=True)


class RuleDraftInput(serializers.Serializer[Any]):
    published = serializers.IntegerField(required=False, allow_null=True)
    draft = serializers.IntegerField(required=False, allow_null=True)
    version = serializers.CharField(max_length=40)
    starts = serializers.DateField()


class RuleEditInput(serializers.Serializer[Any]):
    op = serializers.ChoiceField(choices=OPERATIONS, default="set")
    pointer = serializers.CharField(max_length=500)
    value = serializers.JSONField(required=False, allow_null=True)


class RuleEditsInput(serializers.Serializer[Any]):
    edits = RuleEditInput(many=True, allow_empty=False)


class RuleMoveInput(serializers.Serializer[Any]):
    reason = serializers.CharField(required=False, allow_blank=True, max_length=4_000)


class RuleImpactInput(serializers.Serializer[Any]):
    round = serializers.IntegerField()


class TrialRoundOutput(serializers.Serializer[Round]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    assessed_on = serializers.DateField()
    scored = serializers.IntegerField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")


class RuleImpactOutput(serializers.Serializer[RulebookImpact]):
    """A trial on a past round. `summary` is null while its job runs."""

    id = serializers.IntegerField()
    draft = serializers.IntegerField(source="draft_id")
    round = TrialRoundOutput()
    old = serializers.CharField(source="old.key")
    is_fresh = serializers.SerializerMethodField()
    asked_by = serializers.SerializerMethodField()
    asked_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    summary = serializers.JSONField(allow_null=True)
    job = serializers.SerializerMethodField()

    def get_is_fresh(self, impact: RulebookImpact) -> bool:
        return is_fresh(impact)

    def get_asked_by(self, impact: RulebookImpact) -> str:
        return str(impact.asked_by or "")

    @extend_schema_field(JobOutput(allow_null=True))
    def get_job(self, impact: RulebookImpact) -> dict[str, Any] | None:
        found = _latest_job(impact)
        return JobOutput(found).data if found else None


def _latest_job(subject: Model) -> Any:
    return jobs_of(subject).first()
