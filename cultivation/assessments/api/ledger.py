"""A firm's own ledger: a list shown before it is kept, rows by hand, what each right counts for (E18, E19)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.filling import DraftView
from cultivation.assessments.api.ledger_shapes import (
    LedgerImportInput,
    LedgerOutput,
    LedgerPreviewOutput,
    RightChangeInput,
    RightInput,
)
from cultivation.assessments.models import Assessment
from cultivation.assessments.permissions import can_fill
from cultivation.assessments.services import require_size
from cultivation.assessments.services.filling.ledger import (
    add_right,
    change_right,
    clear_ledger,
    confirm_rights,
    import_ledger,
    ledger_page,
    preview_ledger,
    remove_right,
)
from cultivation.assessments.services.filling.ledger.page import preview_page
from cultivation.core.api import ShallowJSONParser, idempotent
from cultivation.core.errors import BadInput

_FILE = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}


class LedgerPageView(DraftView):
    """Base of what answers with the ledger as it stands."""

    def page(self, draft: Assessment, status: int = 200) -> Response:
        return Response(LedgerOutput(ledger_page(self.actor, draft)).data, status=status)

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

    @extend_schema(operation_id="ledger_right_add", request=RightInput, responses={201: LedgerOutput})
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        draft = self.get_own(pk)
        given = RightInput(data=request.data)
        given.is_valid(raise_exception=True)
        add_right(self.actor, draft=draft, values=given.validated_data)
        return self.page(draft, 201)


class LedgerRightView(LedgerPageView):
    parser_classes = [ShallowJSONParser]

    @extend_schema(operation_id="ledger_right_change", request=RightChangeInput, responses=LedgerOutput)
    def patch(self, request: Request, pk: int, right: int) -> Response:
        draft = self.get_own(pk)
        given = RightChangeInput(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(given.validated_data)
        base = values.pop("base", None)
        change_right(self.actor, draft=draft, pk=right, values=values, base=base)
        return self.page(draft)

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
