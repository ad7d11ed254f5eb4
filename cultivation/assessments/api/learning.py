"""Panel scores, learned scorecards with their cards, and the disagreements that people settle (P06)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.learning_shapes import (
    AdviceMoveInput,
    AdviceOutput,
    CardOutput,
    LearnedScorecardOutput,
    LearningOutput,
    PanelFileOutput,
    PanelScoreOutput,
    ScorecardMoveInput,
    TrainingInput,
    TrainingRunOutput,
)
from cultivation.assessments.api.watching import lang_of
from cultivation.assessments.flow import advice_flow, scorecard_flow
from cultivation.assessments.models import Advice, LearnedScorecard, PanelScore, TrainingRun
from cultivation.assessments.permissions import can_learn
from cultivation.assessments.services.intake import XLSX
from cultivation.assessments.services.learning import (
    card_json,
    card_page,
    import_panel_scores,
    learning_page,
    panel_workbook,
    request_training,
    rulebook_yaml,
    send_to_workshop,
)
from cultivation.assessments.states import ADVICE_STATES, PANEL_ORIGINS
from cultivation.core.api import ApiView, ListView, id_param, idempotent, text_param
from cultivation.core.errors import BadInput, NotHere
from cultivation.programmes.models import Round

JSON, YAML = "application/json", "application/yaml"
NOTHING = "没有找到，或者您无权查看。"
UPLOAD = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "origin": {"type": "string", "enum": list(PANEL_ORIGINS)},
        "preview": {"type": "boolean", "description": "只读取和检查，不入库"},
    },
    "required": ["file", "origin"],
}


@extend_schema(parameters=[OpenApiParameter("reviewer", str, description="专家姓名")])
class PanelScoresView(ListView):
    """A panel's single scores in a round."""

    model = PanelScore
    serializer_class = PanelScoreOutput
    parser_classes = [MultiPartParser]

    def get_round(self) -> Round:
        found: Round | None = Round.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotHere(NOTHING)
        can_learn.require(self.actor, found)
        return found

    def get_queryset(self) -> QuerySet[PanelScore]:
        if getattr(self, "swagger_fake_view", False):
            return PanelScore.objects.none()
        rows = PanelScore.objects.visible_to(self.actor).filter(assessment__round=self.get_round())
        if reviewer := text_param(self.request, "reviewer"):
            rows = rows.filter(reviewer=reviewer)
        found: QuerySet[PanelScore] = rows.select_related("assessment__enterprise")
        return found

    @extend_schema(
        operation_id="panel_scores_import", request={"multipart/form-data": UPLOAD}, responses=PanelFileOutput
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """All of the file is taken, or nothing and the cells that are wrong; a preview takes nothing."""
        round_, file = self.get_round(), request.FILES.get("file")
        if file is None:
            raise BadInput("请选择文件。", code="no_file", fields={"/file": "没有文件"})
        read = import_panel_scores(
            self.actor,
            round_=round_,
            data=file.read(),
            origin=str(request.POST.get("origin", "")),
            is_preview=request.POST.get("preview") == "true",
        )
        return Response(PanelFileOutput(read).data)


class PanelWorkbookView(ApiView):
    @extend_schema(operation_id="panel_scores_workbook", responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        round_ = self.get_visible(Round, pk=pk)
        can_learn.require(self.actor, round_)
        return _download(panel_workbook(round_), XLSX, f"panel-scores-{pk}.xlsx")


class LearningView(ApiView):
    """What there is to learn from, and what has been learned."""

    @extend_schema(operation_id="learning", responses=LearningOutput)
    def get(self, request: Request) -> Response:
        can_learn.require(self.actor)
        return Response(LearningOutput(learning_page()).data)


class TrainingsView(ListView):
    """Trainings as they were asked for, newest first."""

    model = TrainingRun
    serializer_class = TrainingRunOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[TrainingRun]:
        return super().get_queryset().select_related("scorecard")

    @extend_schema(operation_id="training_start", request=TrainingInput, responses={202: TrainingRunOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = TrainingInput(data=request.data)
        given.is_valid(raise_exception=True)
        run, _ = request_training(self.actor, origin=given.validated_data["origin"])
        return Response(TrainingRunOutput(run).data, status=202)


class LearnedScorecardsView(ListView):
    """Learned scorecards, newest first."""

    model = LearnedScorecard
    serializer_class = LearnedScorecardOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[LearnedScorecard]:
        return super().get_queryset().select_related("expert", "draft")


class ScorecardView(ApiView):
    """Base of what is asked of one learned scorecard."""

    def get_scorecard(self, pk: int) -> LearnedScorecard:
        found: LearnedScorecard = self.get_visible(LearnedScorecard, pk=pk)
        return found

    def card_answer(self, scorecard: LearnedScorecard) -> Response:
        return Response(CardOutput(card_page(scorecard, self.actor, lang=lang_of(self.request))).data)


class CardView(ScorecardView):
    @extend_schema(operation_id="learned_scorecard", responses=CardOutput)
    def get(self, request: Request, pk: int) -> Response:
        return self.card_answer(self.get_scorecard(pk))


class CardFileView(ScorecardView):
    @extend_schema(operation_id="learned_scorecard_card", responses={(200, JSON): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        scorecard = self.get_scorecard(pk)
        return _download(card_json(scorecard), JSON, f"card-{scorecard.key.replace('/', '-')}.json")


class RulebookFileView(ScorecardView):
    @extend_schema(
        operation_id="learned_scorecard_rulebook", responses={(200, "application/yaml"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        scorecard = self.get_scorecard(pk)
        return _download(rulebook_yaml(scorecard), YAML, f"{scorecard.key.replace('/', '-')}.yaml")


class CardActionView(ScorecardView):
    """Retire, or send to the rule workshop, where it becomes a draft for two people."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="learned_scorecard_action", request=ScorecardMoveInput, responses=CardOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        given = ScorecardMoveInput(data=request.data)
        given.is_valid(raise_exception=True)
        scorecard = self.get_scorecard(pk)
        if name == "send_to_workshop":
            data = given.validated_data
            missing = {f"/{key}": "必填" for key in ("version", "starts") if not data.get(key)}
            if missing:
                raise BadInput("请填写版本号和施行日期。", code="incomplete", fields=missing)
            send_to_workshop(self.actor, scorecard=scorecard, version=data["version"], starts=data["starts"])
        else:
            scorecard_flow.run(scorecard, name, actor=self.actor)
        return self.card_answer(self.get_scorecard(pk))


@extend_schema(
    parameters=[
        OpenApiParameter("scorecard", int),
        OpenApiParameter("round", int),
        OpenApiParameter("state", str, enum=list(ADVICE_STATES)),
    ]
)
class AdviceListView(ListView):
    """Firms on which the two scorecards disagree by a tier or more."""

    model = Advice
    serializer_class = AdviceOutput

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": self.actor}

    def get_queryset(self) -> QuerySet[Advice]:
        if getattr(self, "swagger_fake_view", False):
            return Advice.objects.none()
        rows: Any = Advice.objects.visible_to(self.actor).standing()
        if (scorecard := id_param(self.request, "scorecard")) is not None:
            rows = rows.filter(scorecard_id=scorecard)
        if (round_ := id_param(self.request, "round")) is not None:
            rows = rows.filter(assessment__round_id=round_)
        if state := text_param(self.request, "state"):
            rows = rows.filter(state=state)
        related = rows.select_related("assessment__enterprise", "assessment__round", "scorecard")
        found: QuerySet[Advice] = related.prefetch_related("assessment__answers")
        return found


class AdviceActionView(ApiView):
    """Take it, give it back, or settle it with a reason."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="advice_action", request=AdviceMoveInput, responses=AdviceOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        given = AdviceMoveInput(data=request.data)
        given.is_valid(raise_exception=True)
        advice = self.get_visible(Advice, pk=pk)
        moved = advice_flow.run(advice, name, actor=self.actor, **given.validated_data)
        return Response(AdviceOutput(moved, context={"request": request, "actor": self.actor}).data)


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
