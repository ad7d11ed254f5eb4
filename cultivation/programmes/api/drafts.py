"""The rule workshop: published versions as tables, and drafts that are edited, tried and approved (P02, P03)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.core.api import ApiView, ListView, idempotent, language_of, text_param
from cultivation.core.errors import BadInput, NotHere
from cultivation.programmes.api.tables import (
    PublishedRulebookOutput,
    PublishedRulebookTablesOutput,
    RuleChangesOutput,
    RuleComparisonOutput,
    RuleDraftBriefOutput,
    RuleDraftInput,
    RuleDraftOutput,
    RuleDraftTablesOutput,
    RuleEditsInput,
    RuleImpactInput,
    RuleImpactOutput,
    RuleMoveInput,
    RuleSavedOutput,
    TrialRoundOutput,
)
from cultivation.programmes.models import PublishedRulebook, Round, RulebookDraft, RulebookImpact
from cultivation.programmes.permissions import can_use_workshop
from cultivation.programmes.services import (
    begin_draft,
    changes_between,
    compare_versions,
    draft_status,
    edit_draft,
    in_force_kinds,
    last_edit,
    move_draft,
    request_impact,
    tables_of,
    trial_rounds,
    undo_edit,
    version_of,
)
from cultivation.programmes.states import DRAFT_STATES

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="这次修改所依据的修订号"
)
STRUCTURAL = {"compare", "copy", "remove"}


class WorkshopMixin:
    """Who is not of the province is told so, before anything is looked up."""

    actor: Any

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        can_use_workshop.require(self.actor)


class WorkshopView(WorkshopMixin, ApiView):
    def get_draft(self, pk: int) -> RulebookDraft:
        found: RulebookDraft = self.get_visible(RulebookDraft, pk=pk)
        return found

    def draft_answer(self, draft: RulebookDraft, *, status: int = 200) -> Response:
        draft.refresh_from_db()
        draft.status = draft_status(draft, self.actor, lang=language_of(self.request))  # type: ignore[attr-defined]
        draft.last_edit = last_edit(draft)  # type: ignore[attr-defined]
        return Response(RuleDraftOutput(draft).data, status=status)


@extend_schema(parameters=[OpenApiParameter("programme", str)])
class PublishedView(WorkshopMixin, ListView):
    """Published versions, scheme by scheme."""

    model = PublishedRulebook
    serializer_class = PublishedRulebookOutput
    ordering = ("programme", "-version", "id")

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        programme = text_param(self.request, "programme")
        return rows.filter(programme=programme) if programme else rows

    def get_serializer_context(self) -> dict[str, Any]:
        is_asked = not getattr(self, "swagger_fake_view", False)
        known = PublishedRulebook.objects.visible_to(self.actor) if is_asked else PublishedRulebook.objects.none()
        return {**super().get_serializer_context(), "in_force": in_force_kinds(known)}


class PublishedTablesView(WorkshopView):
    """One published version as tables."""

    @extend_schema(operation_id="rulebook_tables", responses=PublishedRulebookTablesOutput)
    def get(self, request: Request, pk: int) -> Response:
        record = self.get_visible(PublishedRulebook, pk=pk)
        answer = {"rulebook": record, "sections": tables_of(record.document, lang=language_of(request))}
        return Response(PublishedRulebookTablesOutput(answer, context={"in_force": in_force_kinds([record])}).data)


class ComparisonView(WorkshopView):
    """Two versions side by side, published ones or drafts."""

    @extend_schema(
        operation_id="rulebooks_compare",
        parameters=[
            OpenApiParameter("old", str, required=True, description="已发布版本的编号，或 draft-编号"),
            OpenApiParameter("new", str, required=True),
        ],
        responses=RuleComparisonOutput,
    )
    def get(self, request: Request) -> Response:
        old, new = (version_of(text_param(request, name), self.actor) for name in ("old", "new"))
        return Response(RuleComparisonOutput(compare_versions(old, new, lang=language_of(request))).data)


@extend_schema(parameters=[OpenApiParameter("state", str, enum=list(DRAFT_STATES)), OpenApiParameter("programme", str)])
class DraftsView(WorkshopMixin, ListView):
    """Drafts, newest first."""

    model = RulebookDraft
    serializer_class = RuleDraftBriefOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset().select_related("base", "author", "editor", "submitter", "approver")
        filters = {name: text_param(self.request, name) for name in ("state", "programme")}
        return rows.filter(**{name: value for name, value in filters.items() if value})

    @extend_schema(operation_id="rulebook_drafts_begin", request=RuleDraftInput, responses={201: RuleDraftBriefOutput})
    @idempotent
    def post(self, request: Request) -> Response:
        given = RuleDraftInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        begun = begin_draft(
            self.actor,
            version=data["version"],
            starts=data["starts"],
            published=_chosen(PublishedRulebook, data.get("published"), self.actor),
            draft=_chosen(RulebookDraft, data.get("draft"), self.actor),
        )
        return Response(RuleDraftBriefOutput(begun).data, status=201)


def _chosen(model: Any, pk: int | None, actor: Any) -> Any:
    if pk is None:
        return None
    found = model.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere("没有要复制的版本，或者您无权查看。")
    return found


class DraftView(WorkshopView):
    @extend_schema(operation_id="rulebook_draft", responses=RuleDraftOutput)
    def get(self, request: Request, pk: int) -> Response:
        return self.draft_answer(self.get_draft(pk))

    @extend_schema(
        operation_id="rulebook_draft_edit", parameters=[IF_MATCH], request=RuleEditsInput, responses=RuleSavedOutput
    )
    def patch(self, request: Request, pk: int) -> Response:
        from scoring import Edit

        given = RuleEditsInput(data=request.data)
        given.is_valid(raise_exception=True)
        edits = [Edit(one["op"], one["pointer"], one.get("value")) for one in given.validated_data["edits"]]
        draft = self.get_draft(pk)
        edit_draft(self.actor, draft=draft, revision=revision_of(request), edits=edits)
        return saved_answer(self, draft, [edit.pointer for edit in edits], is_reshaped=_is_reshaped(edits))


def _is_reshaped(edits: list[Any]) -> bool:
    return any(edit.op in STRUCTURAL for edit in edits)


def saved_answer(view: WorkshopView, draft: RulebookDraft, pointers: list[str], *, is_reshaped: bool) -> Response:
    """What stands in the cells now, and what is wrong with the draft as a whole."""
    from scoring import value_at

    draft.refresh_from_db()
    answer = {
        "values": [{"pointer": pointer, "value": value_at(draft.document, pointer)} for pointer in pointers],
        "is_reshaped": is_reshaped,
        "status": draft_status(draft, view.actor, lang=language_of(view.request)),
        "last_edit": last_edit(draft),
    }
    return Response(RuleSavedOutput(answer).data)


def revision_of(request: Request) -> int:
    """The revision that a change was made on: a second tab must not overwrite what it has not seen."""
    raw = request.headers.get("If-Match", "").strip().strip('"')
    if not (raw.isascii() and raw.isdecimal() and len(raw) < 10):
        sentence = "请用 If-Match 写明这次修改所依据的修订号。"
        raise BadInput(sentence, code="revision_missing", fields={"/If-Match": "不是修订号"})
    return int(raw)


class DraftTablesView(WorkshopView):
    """The draft as tables, beside the version it was copied from."""

    @extend_schema(operation_id="rulebook_draft_tables", responses=RuleDraftTablesOutput)
    def get(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        sections = tables_of(draft.document, beside=draft.base.document, lang=language_of(request))
        return Response(RuleDraftTablesOutput({"revision": draft.revision, "sections": sections}).data)


class DraftUndoView(WorkshopView):
    """Take back the last edit that still stands."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="rulebook_draft_undo", parameters=[IF_MATCH], request=None, responses=RuleSavedOutput)
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        undo_edit(self.actor, draft=draft, revision=revision_of(request))
        return saved_answer(self, draft, [], is_reshaped=True)


class DraftActionView(WorkshopView):
    """Submit, withdraw, return, publish, discard; or say why there is no impact."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="rulebook_draft_action", request=RuleMoveInput, responses=RuleDraftOutput)
    @idempotent
    def post(self, request: Request, pk: int, name: str) -> Response:
        given = RuleMoveInput(data=request.data)
        given.is_valid(raise_exception=True)
        return self.draft_answer(move_draft(self.actor, draft=self.get_draft(pk), name=name, data=given.validated_data))


class DraftChangesView(WorkshopView):
    """What the draft changes, in words; null while it can't be read."""

    @extend_schema(operation_id="rulebook_draft_changes", responses=RuleChangesOutput)
    def get(self, request: Request, pk: int) -> Response:
        draft = self.get_draft(pk)
        found = changes_between(draft.base.document, draft.document, lang=language_of(request))
        return Response(RuleChangesOutput({"changes": found}).data)


class TrialRoundsView(WorkshopView):
    """Past rounds that a draft can be tried on."""

    @extend_schema(operation_id="rulebook_draft_rounds", responses=TrialRoundOutput(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rounds: Any = trial_rounds(self.actor, draft=self.get_draft(pk))[:100]
        return Response(TrialRoundOutput(rounds, many=True).data)


class ImpactsView(WorkshopMixin, ListView):
    """Trials of a draft on past rounds, newest first."""

    model = RulebookImpact
    serializer_class = RuleImpactOutput
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        return rows.filter(draft_id=self.kwargs["pk"]).select_related("draft", "round", "old", "asked_by")

    @extend_schema(operation_id="rulebook_draft_impact", request=RuleImpactInput, responses={201: RuleImpactOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        given = RuleImpactInput(data=request.data)
        given.is_valid(raise_exception=True)
        draft = _chosen(RulebookDraft, pk, self.actor)
        round_ = _chosen(Round, given.validated_data["round"], self.actor)
        return Response(RuleImpactOutput(request_impact(self.actor, draft=draft, round_=round_)).data, status=201)


class ImpactView(WorkshopView):
    @extend_schema(operation_id="rulebook_impact", responses=RuleImpactOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(RuleImpactOutput(self.get_visible(RulebookImpact, pk=pk)).data)
