"""The shapes of answers about panel scores, learned scorecards and their advice."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cultivation.assessments.api.watching import lang_of
from cultivation.assessments.models import Advice, LearnedScorecard, PanelScore, TrainingRun
from cultivation.assessments.services.learning import advice_page
from cultivation.assessments.states import ADVICE_OUTCOMES, ADVICE_STATES, PANEL_ORIGINS, SCORECARD_STATES
from cultivation.core.api import ActionOutput, JobOutput
from cultivation.core.jobs.queue import jobs_of


class PanelScoreOutput(serializers.Serializer[PanelScore]):
    id = serializers.IntegerField()
    assessment = serializers.IntegerField(source="assessment_id")
    uscc = serializers.CharField(source="assessment.enterprise.uscc")
    name = serializers.CharField(source="assessment.enterprise.name")
    reviewer = serializers.CharField()
    score = serializers.FloatField()
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))
    origin_label = serializers.CharField(source="get_origin_display")
    note = serializers.CharField(allow_blank=True)


class PanelProblemOutput(serializers.Serializer[Any]):
    sheet = serializers.CharField()
    cell = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    problem = serializers.CharField()


class PanelReviewerOutput(serializers.Serializer[Any]):
    reviewer = serializers.CharField()
    scores = serializers.IntegerField()
    mean = serializers.FloatField()


class PanelFileOutput(serializers.Serializer[Any]):
    """`stored` is 0 while there are problems, and of a preview; `replaced` counts earlier scores in their place."""

    stored = serializers.SerializerMethodField()
    scores = serializers.SerializerMethodField()
    replaced = serializers.IntegerField()
    reviewers = PanelReviewerOutput(many=True, source="by_reviewer")
    problems = PanelProblemOutput(many=True)

    def get_stored(self, read: Any) -> int:
        return len(read.scores) if read.is_stored else 0

    def get_scores(self, read: Any) -> int:
        return len(read.scores)


class TrainingInput(serializers.Serializer[Any]):
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))


class RefusalOutput(serializers.Serializer[Any]):
    zh = serializers.CharField()
    en = serializers.CharField()


class TrainingRunOutput(serializers.Serializer[TrainingRun]):
    id = serializers.IntegerField()
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))
    origin_label = serializers.CharField(source="get_origin_display")
    cases = serializers.IntegerField()
    refusal = RefusalOutput(allow_null=True)
    scorecard = serializers.IntegerField(source="scorecard_id", allow_null=True)
    asked_by = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    job = serializers.SerializerMethodField()

    @extend_schema_field(JobOutput(allow_null=True))
    def get_job(self, run: TrainingRun) -> dict[str, Any] | None:
        found = jobs_of(run).first()
        return JobOutput(found).data if found else None


class RuleDraftRefOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    key = serializers.CharField()
    state = serializers.CharField()
    state_label = serializers.CharField(source="get_state_display")


class LearnedScorecardOutput(serializers.Serializer[LearnedScorecard]):
    id = serializers.IntegerField()
    key = serializers.CharField()
    title = serializers.CharField()
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))
    origin_label = serializers.CharField(source="get_origin_display")
    is_demonstration = serializers.BooleanField()
    expert = serializers.CharField(source="expert.key")
    fingerprint = serializers.CharField()
    data_fingerprint = serializers.CharField()
    cases = serializers.IntegerField()
    state = serializers.ChoiceField(choices=list(SCORECARD_STATES.items()))
    state_label = serializers.CharField(source="get_state_display")
    draft = RuleDraftRefOutput(allow_null=True)
    created_at = serializers.DateTimeField()


class OriginOutput(serializers.Serializer[Any]):
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))
    label = serializers.CharField()  # type: ignore[assignment]
    cases = serializers.IntegerField()
    scores = serializers.IntegerField()
    reviewers = serializers.IntegerField()
    can_train = ActionOutput()


class PanelCountOutput(serializers.Serializer[Any]):
    origin = serializers.ChoiceField(choices=list(PANEL_ORIGINS.items()))
    label = serializers.CharField()  # type: ignore[assignment]
    cases = serializers.IntegerField()
    scores = serializers.IntegerField()
    reviewers = serializers.IntegerField()


class RoundPanelsOutput(serializers.Serializer[Any]):
    round = serializers.IntegerField(source="round.pk")
    name = serializers.CharField(source="round.name")
    is_demonstration = serializers.BooleanField(source="round.is_demonstration")
    firms = serializers.IntegerField(source="round.scored")
    panels = PanelCountOutput(many=True)
    can_import = ActionOutput()


class LearningOutput(serializers.Serializer[Any]):
    """`panels` are by round, for the import; `origins` are over all rounds, for the training."""

    origins = OriginOutput(many=True)
    panels = RoundPanelsOutput(many=True)
    open_advice = serializers.IntegerField()
    advising = LearnedScorecardOutput(allow_null=True)
    run = TrainingRunOutput(allow_null=True)


class StepOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    points = serializers.FloatField()
    is_unknown = serializers.BooleanField()


class ChartOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    part = serializers.CharField()
    tier = serializers.CharField(allow_null=True)
    direction = serializers.IntegerField()
    effect = serializers.FloatField()
    better_silent = serializers.FloatField()
    steps = StepOutput(many=True)


class CardOutput(serializers.Serializer[Any]):
    """`card` is the card as `scoring` wrote it, word for word."""

    scorecard = LearnedScorecardOutput()
    card = serializers.JSONField()
    charts = ChartOutput(many=True)
    open_advice = serializers.IntegerField()
    advice = serializers.IntegerField()
    actions = ActionOutput(many=True)


class ScorecardMoveInput(serializers.Serializer[Any]):
    version = serializers.CharField(required=False, max_length=20)
    starts = serializers.DateField(required=False)


class AdviceMoveInput(serializers.Serializer[Any]):
    reason = serializers.CharField(required=False, max_length=2_000)


class AdviceTierOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class AdviceFactOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class AdviceCauseOutput(serializers.Serializer[Any]):
    """Shares of all points that can be added on the line in dispute."""

    id = serializers.CharField()
    title = serializers.CharField()
    facts = AdviceFactOutput(many=True)
    expert = serializers.FloatField()
    learned = serializers.FloatField()
    difference = serializers.FloatField()


class AdviceOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="advice.id")
    assessment = serializers.IntegerField(source="advice.assessment_id")
    name = serializers.CharField(source="advice.assessment.enterprise.name")
    uscc = serializers.CharField(source="advice.assessment.enterprise.uscc")
    round = serializers.IntegerField(source="advice.assessment.round_id")
    round_name = serializers.CharField(source="advice.assessment.round.name")
    origin = serializers.CharField(source="advice.scorecard.origin")
    expert = AdviceTierOutput()
    learned = AdviceTierOutput()
    line = AdviceTierOutput()
    steps = serializers.IntegerField(source="advice.steps")
    offset = serializers.FloatField(source="advice.offset")
    causes = AdviceCauseOutput(many=True)
    state = serializers.ChoiceField(source="advice.state", choices=list(ADVICE_STATES.items()))
    state_label = serializers.CharField(source="advice.get_state_display")
    handler = serializers.CharField(source="advice.handler", allow_blank=True)
    outcome = serializers.ChoiceField(source="advice.outcome", choices=list(ADVICE_OUTCOMES.items()), allow_blank=True)
    outcome_label = serializers.CharField(source="advice.get_outcome_display", allow_blank=True)
    reason = serializers.CharField(source="advice.reason", allow_blank=True)
    settled_by = serializers.CharField(source="advice.settled_by", allow_blank=True)
    settled_at = serializers.DateTimeField(source="advice.settled_at", allow_null=True)
    actions = ActionOutput(many=True)

    def to_representation(self, instance: Advice) -> Any:
        page = advice_page(instance, self.context["actor"], lang=lang_of(self.context["request"]))
        return super().to_representation(page)
