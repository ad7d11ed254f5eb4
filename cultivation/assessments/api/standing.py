"""Hand in and take back, the receipt, and where the firm stands afterwards."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.filling import DraftView
from cultivation.assessments.api.filling_shapes import DraftOutput
from cultivation.assessments.api.shapes import SubmissionOutput
from cultivation.assessments.api.views import ScoredView
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import (
    PLEDGE,
    actions_of,
    discard_draft,
    receipt_draft,
    submit_assessment,
    take_back,
)
from cultivation.assessments.services.screen import Lang
from cultivation.assessments.services.standing import (
    HANDS,
    NEXT,
    my_rounds,
    peers_of,
    progress_of,
    signers_of,
    years_of,
)
from cultivation.core.api import ActionOutput, ApiView, idempotent
from cultivation.core.errors import NotHere
from cultivation.documents.api import PDF, pdf_response
from cultivation.documents.services.issuing import issue_document
from cultivation.programmes.api import TimeLeftOutput


class ProgressStepOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    standing = serializers.CharField()
    ended = serializers.DateTimeField(allow_null=True)
    expected = serializers.DateField(allow_null=True)


PLACES = [*HANDS]
TODOS = [*NEXT]


class StandingOutput(serializers.Serializer[Any]):
    """In whose hands the case is, what comes next, and what may be done now."""

    state = serializers.CharField()
    state_label = serializers.CharField()
    place = serializers.ChoiceField(choices=PLACES)
    hands = serializers.CharField()
    since = serializers.DateTimeField(allow_null=True)
    todo = serializers.ChoiceField(choices=TODOS)
    next = serializers.CharField()
    due = serializers.DateTimeField(allow_null=True)
    left = TimeLeftOutput(allow_null=True)
    expected = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    result_expected = serializers.DateField(allow_null=True)
    now = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    steps = ProgressStepOutput(many=True)
    submissions = SubmissionOutput(many=True)
    actions = ActionOutput(many=True)
    signers = serializers.ListField(child=serializers.CharField())
    pledge = serializers.CharField()


class SubmitInput(serializers.Serializer[Any]):
    signed_name = serializers.CharField(max_length=80, allow_blank=True)
    agreed = serializers.BooleanField()


class StandingPage(DraftView):
    """Base of what answers with the standing."""

    def page(self, assessment: Assessment) -> Any:
        page = progress_of(assessment) | {
            "now": timezone.now(),
            "submissions": assessment.submissions.all(),
            "actions": actions_of(assessment, self.actor),
            "signers": signers_of(assessment),
            "pledge": PLEDGE,
        }
        return StandingOutput(page).data


class StandingView(StandingPage):
    @extend_schema(operation_id="assessment_standing", responses=StandingOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.page(self.get_there(pk)))


class SubmitView(StandingPage):
    """Sign and hand in; checked by the same list as the form."""

    @extend_schema(operation_id="assessment_submit", request=SubmitInput, responses=StandingOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_visible(Assessment, pk=pk)
        given = SubmitInput(data=request.data)
        given.is_valid(raise_exception=True)
        submit_assessment(self.actor, draft=draft, **given.validated_data)
        return Response(self.page(draft))


class TakeBackView(StandingPage):
    @extend_schema(operation_id="assessment_take_back", request=None, responses=StandingOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        return Response(self.page(take_back(self.actor, assessment=self.get_visible(Assessment, pk=pk))))


class DiscardView(ApiView):
    """Delete a draft that was never handed in."""

    @extend_schema(operation_id="assessment_discard", request=None, responses=DraftOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        gone = discard_draft(self.actor, draft=self.get_visible(Assessment, pk=pk))
        return Response(DraftOutput(gone).data)


class ReceiptView(DraftView):
    """The receipt of one submission; made when it is first asked for."""

    @extend_schema(operation_id="assessment_receipt", responses=PDF)
    def get(self, request: Request, pk: int, number: int) -> HttpResponse:
        submission = self.get_draft(pk).submissions.filter(number=number).first()
        if submission is None:
            raise NotHere("没有这一次提交。")
        return pdf_response(issue_document(self.actor, receipt_draft(submission)))


class SpreadOutput(serializers.Serializer[Any]):
    """Own certain points beside the quartiles of the group; how many of it have fewer, and as many."""

    own = serializers.FloatField()
    low = serializers.FloatField()
    median = serializers.FloatField()
    high = serializers.FloatField()
    below = serializers.IntegerField()
    equal = serializers.IntegerField()


class PeerTraitOutput(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=["industry", "size", "city"])
    value = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]


class TriedGroupOutput(serializers.Serializer[Any]):
    group = PeerTraitOutput(many=True)
    standing = serializers.ChoiceField(choices=["shown", "too_small", "not_told"])


class PeersOutput(serializers.Serializer[Any]):
    firms = serializers.IntegerField()
    group = PeerTraitOutput(many=True)
    score = SpreadOutput()
    dimensions = serializers.DictField(child=SpreadOutput())


class PeersAnswerOutput(serializers.Serializer[Any]):
    """`peers` is null where every group would be so small that it told on a firm."""

    smallest = serializers.IntegerField()
    tried = TriedGroupOutput(many=True)
    peers = PeersOutput(allow_null=True)


class PeersView(ScoredView):
    @extend_schema(operation_id="assessment_peers", responses=PeersAnswerOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PeersAnswerOutput(peers_of(self.get_scored(pk))).data)


class ScoreAgainOutput(serializers.Serializer[Any]):
    score = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    level = serializers.CharField(allow_null=True)
    level_label = serializers.CharField()


class RuleSentenceOutput(serializers.Serializer[Any]):
    path = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class RulesBetweenOutput(serializers.Serializer[Any]):
    """One scheme that two rounds judge by different versions; null where a round had none in force."""

    programme = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    changes = RuleSentenceOutput(many=True)


class YearOutput(ScoreAgainOutput):
    assessment = serializers.IntegerField()
    round = serializers.CharField()
    year = serializers.IntegerField()
    on = serializers.DateField()
    rulebook = serializers.CharField(allow_null=True)
    is_break = serializers.BooleanField()
    dimensions = serializers.DictField(child=serializers.ListField(child=serializers.FloatField()))
    by_latest_rules = ScoreAgainOutput()
    rule_changes = RulesBetweenOutput(many=True)


class YearlyIndicatorOutput(serializers.Serializer[Any]):
    """Lowest and highest known value of each year, null where it was not known."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    values = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(allow_null=True), allow_null=True)
    )


class YearsOutput(serializers.Serializer[Any]):
    years = YearOutput(many=True)
    indicators = YearlyIndicatorOutput(many=True)


class YearsView(ScoredView):
    @extend_schema(operation_id="assessment_years", responses=YearsOutput)
    def get(self, request: Request, pk: int) -> Response:
        lang: Lang = "en" if (request.LANGUAGE_CODE or "").startswith("en") else "zh"
        return Response(YearsOutput(years_of(self.get_scored(pk), lang=lang)).data)


class MyRoundOutput(serializers.Serializer[Any]):
    """A round that the firm may fill in, with its own assessment when it has begun."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    filling_from = serializers.DateTimeField()
    filling_until = serializers.DateTimeField()
    now = serializers.DateTimeField()
    kind = serializers.CharField()
    closed = serializers.CharField(allow_blank=True)
    window = serializers.ChoiceField(choices=["upcoming", "open", "over"])
    left = TimeLeftOutput(allow_null=True)
    is_over = serializers.BooleanField()
    due = serializers.DateTimeField(allow_null=True)
    is_trial = serializers.BooleanField()
    is_demonstration = serializers.BooleanField()
    assessment = serializers.IntegerField(allow_null=True)
    state = serializers.CharField(allow_null=True)
    state_label = serializers.CharField(allow_null=True)
    place = serializers.ChoiceField(choices=PLACES, allow_blank=True)
    hands = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)
    todo = serializers.ChoiceField(choices=TODOS, allow_blank=True)
    next = serializers.CharField(allow_blank=True)
    expected = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    result_expected = serializers.DateField(allow_null=True)
    steps = ProgressStepOutput(many=True)
    may_sign = serializers.BooleanField()
    signers = serializers.ListField(child=serializers.CharField())
    open = serializers.IntegerField(allow_null=True)
    required = serializers.IntegerField(allow_null=True)  # type: ignore[assignment]


class MyRoundsView(ApiView):
    """Rounds at once side by side (E39): those open now, and those the firm has taken part in."""

    @extend_schema(operation_id="my_rounds", responses=MyRoundOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(MyRoundOutput(my_rounds(self.actor), many=True).data)
