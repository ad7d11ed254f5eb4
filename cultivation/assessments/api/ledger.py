"""A firm's own ledger: a list shown before it is kept, rows by hand, what each right counts for (E18, E19)."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.filling import DraftView
from cultivation.assessments.api.ledger_shapes import (
    ChangedLedgerOutput,
    LedgerImportInput,
    LedgerOutput,
    LedgerPreviewOutput,
    OwnRightOutput,
    RightChangeInput,
    RightInput,
)
from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.assessments.permissions import can_fill, can_read_answers
from cultivation.assessments.services import require_size
from cultivation.assessments.services.filling.ledger import (
    Wanted,
    add_right,
    change_right,
    clear_ledger,
    confirm_rights,
    import_ledger,
    ledger_page,
    preview_ledger,
    remove_right,
    right_pages,
    rights_of,
)
from cultivation.assessments.services.filling.ledger.page import preview_page
from cultivation.assessments.states import RIGHT_KINDS, RIGHT_STANDINGS
from cultivation.core.api import ListView, ShallowJSONParser, idempotent, text_param
from cultivation.core.errors import BadInput, NotHere

RIGHT_STATES = ("valid", "pending", "lapsed", "refused", "unknown")
_MARKS = ("unconfirmed", "claimed")
_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}


class LedgerPageView(DraftView):
    """Base of what answers with the ledger as it stands."""

    def page(self, draft: Assessment, status: int = 200) -> Response:
        return Response(LedgerOutput(ledger_page(self.actor, draft)).data, status=status)

    def changed(self, draft: Assessment, right: LedgerRight, status: int = 200) -> Response:
        page = ledger_page(self.actor, draft) | {"right": right_pages(self.actor, draft, [right])[0]}
        return Response(ChangedLedgerOutput(page).data, status=status)

    def get_own(self, pk: int) -> Assessment:
        draft: Assessment = self.get_visible(Assessment, pk=pk)
        can_fill.require(self.actor, draft)
        return draft


class LedgerView(LedgerPageView):
    @extend_schema(operation_id="ledger", responses=LedgerOutput)
    def get(self, request: Request, pk: int) -> Response:
        return self.page(self.get_draft(pk))

    @extend_schema(operation_id="ledger_clear", responses=LedgerOutput)
    def delete(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        clear_ledger(self.actor, draft=draft)
        return self.page(draft)


@extend_schema(
    parameters=[
        OpenApiParameter("standing", str, enum=list(RIGHT_STANDINGS)),
        OpenApiParameter("kind", str, enum=[*RIGHT_KINDS, "unknown"]),
        OpenApiParameter("state", str, enum=RIGHT_STATES),
        OpenApiParameter("unconfirmed", str, enum=["1"], description="只列由上次带入、尚未确认的"),
        OpenApiParameter("claimed", str, enum=["1"], description="只列其他企业也列入的；只对局方有效"),
        OpenApiParameter("q", str, description="号码、名称或权利人中的文字"),
    ],
)
class AssessmentRightsView(ListView):
    """The rights of a ledger, in the order of the list they came from."""

    model = LedgerRight
    serializer_class = OwnRightOutput
    ordering = ("row", "id")

    @cached_property
    def assessment(self) -> Assessment:
        found = Assessment.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotHere("没有找到，或者您无权查看。")
        can_read_answers.require(self.actor, found)
        return found

    def get_queryset(self) -> QuerySet[LedgerRight]:
        if getattr(self, "swagger_fake_view", False):
            return LedgerRight.objects.none()
        return rights_of(self.actor, self.assessment, self._wanted())

    def paginate_queryset(self, queryset: Any) -> Any:
        return right_pages(self.actor, self.assessment, super().paginate_queryset(queryset) or [])

    def _wanted(self) -> Wanted:
        word = {name: text_param(self.request, name) for name in ("standing", "kind", "state", "q", *_MARKS)}
        marks = {name: bool(word[name]) for name in _MARKS}
        return Wanted(standing=word["standing"], kind=word["kind"], state=word["state"], text=word["q"], **marks)


class LedgerPreviewView(LedgerPageView):
    """What a list says and what it would change; nothing is kept."""

    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="ledger_preview", request={"multipart/form-data": _FILE}, responses=LedgerPreviewOutput)
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        data, _ = _upload(request)
        return Response(LedgerPreviewOutput(preview_page(preview_ledger(draft, data))).data)


class LedgerImportsView(LedgerPageView):
    """Take a list that was shown: the same file, on the version that it was shown against."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="ledger_import",
        request={"multipart/form-data": LedgerImportInput},
        responses={201: LedgerOutput},
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        given = LedgerImportInput(data=request.data)
        given.is_valid(raise_exception=True)
        data, name = _upload(request)
        chosen = {key: given.validated_data[key] for key in ("base", "leave", "remove")}
        import_ledger(self.actor, draft=draft, data=data, filename=name, **chosen)
        return self.page(draft, 201)


class LedgerConfirmView(LedgerPageView):
    @extend_schema(operation_id="ledger_confirm", request=None, responses=LedgerOutput)
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        confirm_rights(self.actor, draft=draft)
        return self.page(draft)


class LedgerRightsView(LedgerPageView):
    parser_classes = [ShallowJSONParser]

    @extend_schema(operation_id="ledger_right_add", request=RightInput, responses={201: ChangedLedgerOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        given = RightInput(data=request.data)
        given.is_valid(raise_exception=True)
        right = add_right(self.actor, draft=draft, values=given.validated_data)
        return self.changed(draft, right, 201)


class LedgerRightView(LedgerPageView):
    parser_classes = [ShallowJSONParser]

    @extend_schema(operation_id="ledger_right_change", request=RightChangeInput, responses=ChangedLedgerOutput)
    def patch(self, request: Request, pk: int, right: int) -> Response:
        draft = self.get_own(pk)
        given = RightChangeInput(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(given.validated_data)
        base = values.pop("base", None)
        return self.changed(draft, change_right(self.actor, draft=draft, pk=right, values=values, base=base))

    @extend_schema(operation_id="ledger_right_remove", responses=LedgerOutput)
    def delete(self, request: Request, pk: int, right: int) -> Response:
        draft = self.get_own(pk)
        remove_right(self.actor, draft=draft, pk=right)
        return self.page(draft)


def _upload(request: Request) -> tuple[bytes, str]:
    file = request.FILES.get("file")
    if file is None:
        raise BadInput("请选择要上传的文件。", fields={"/file": "没有文件"})
    require_size(file.size or 0)
    return file.read(), file.name or ""
