"""Evidence of a firm: files sent in pieces, what they are used for, their own dates (E16, E17)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.evidence_shapes import (
    EvidenceInput,
    EvidenceOutput,
    EvidencePageOutput,
    EvidenceUseInput,
    PieceOutput,
    UploadInput,
    UploadOutput,
)
from cultivation.assessments.api.filling import DraftView
from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.services.evidence import (
    cancel_upload,
    change_evidence,
    drop_use,
    evidence_page,
    receive_piece,
    remove_evidence,
    row_of,
    start_upload,
    use_evidence,
)
from cultivation.assessments.services.evidence.upload import PIECE
from cultivation.core.api import ApiView, file_response
from cultivation.core.api.parsers import TooLarge
from cultivation.core.content import PDF, is_shown
from cultivation.core.errors import BadInput

SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'"


class PieceParser(BaseParser):
    """Bytes of one piece, refused before they are read when there are too many."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        if int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0) > PIECE:
            raise TooLarge
        return stream.read(PIECE)


class EvidencePageView(DraftView):
    @extend_schema(operation_id="evidence", responses=EvidencePageOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(EvidencePageOutput(evidence_page(self.actor, self.get_draft(pk))).data)


class UploadsView(DraftView):
    @extend_schema(operation_id="upload_start", request=UploadInput, responses={201: UploadOutput})
    def post(self, request: Request, pk: int) -> Response:
        """Announce a file. Its pieces follow one after the other."""
        draft = self.get_draft(pk)
        given = UploadInput(data=request.data)
        given.is_valid(raise_exception=True)
        upload = start_upload(self.actor, draft=draft, **given.validated_data)
        return Response(UploadOutput(upload).data, status=201)


class UploadView(ApiView):
    """A file on its way: how much is there, the next piece, or no more of it."""

    parser_classes = [PieceParser]

    @extend_schema(operation_id="upload", responses=UploadOutput)
    def get(self, request: Request, key: UUID) -> Response:
        return Response(UploadOutput(self.get_visible(Upload, key=key)).data)

    @extend_schema(
        operation_id="upload_piece",
        parameters=[OpenApiParameter("offset", int, required=True)],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses=PieceOutput,
    )
    def patch(self, request: Request, key: UUID) -> Response:
        """The piece that begins at `offset`. With the last one the file is looked at, and becomes evidence."""
        upload = self.get_visible(Upload, key=key)
        piece = request.data if isinstance(request.data, bytes) else b""  # no body at all is an empty piece
        found = receive_piece(self.actor, upload=upload, offset=_number(request, "offset", ""), data=piece)
        row = row_of(found, upload.assessment) if found else None
        return Response(PieceOutput({"received": upload.received, "evidence": row}).data)

    @extend_schema(operation_id="upload_cancel", responses={204: None})
    def delete(self, request: Request, key: UUID) -> Response:
        cancel_upload(self.actor, upload=self.get_visible(Upload, key=key))
        return Response(status=204)


def _number(request: Request, name: str, default: str) -> int:
    raw = request.query_params.get(name, default)
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 12):
        raise BadInput(f"{name} 应为一个整数。", fields={f"/{name}": "不是整数"})
    return int(raw)


class EvidenceUseView(DraftView):
    """One file under one fact of a draft."""

    @extend_schema(operation_id="evidence_use", request=EvidenceUseInput, responses=EvidenceOutput)
    def put(self, request: Request, pk: int, evidence: int, code: str) -> Response:
        """Use it, and say where in it the proof is; without a note the one that is there stays."""
        draft, found = self.get_draft(pk), self.get_visible(Evidence, pk=evidence)
        given = EvidenceUseInput(data=request.data)
        given.is_valid(raise_exception=True)
        use_evidence(self.actor, draft=draft, evidence=found, code=code, note=given.validated_data.get("note"))
        return Response(EvidenceOutput(row_of(found, draft)).data)

    @extend_schema(operation_id="evidence_drop_use", responses=EvidenceOutput)
    def delete(self, request: Request, pk: int, evidence: int, code: str) -> Response:
        draft, found = self.get_draft(pk), self.get_visible(Evidence, pk=evidence)
        drop_use(self.actor, draft=draft, evidence=found, code=code)
        return Response(EvidenceOutput(row_of(found, draft)).data)


class EvidenceView(ApiView):
    @extend_schema(operation_id="evidence_change", request=EvidenceInput, responses=EvidenceOutput)
    def patch(self, request: Request, pk: int) -> Response:
        """Title and the paper's own dates; flags come back as `draft` sees them."""
        evidence = self.get_visible(Evidence, pk=pk)
        given = EvidenceInput(data=request.data)
        given.is_valid(raise_exception=True)
        changes = dict(given.validated_data)
        draft = self.get_visible(Assessment, pk=changes.pop("draft"))
        change_evidence(self.actor, evidence=evidence, draft=draft, **changes)
        return Response(EvidenceOutput(row_of(evidence, draft)).data)

    @extend_schema(operation_id="evidence_remove", parameters=[OpenApiParameter("uses", int)], responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """With its uses; `uses` is how many of them the person was shown, none where it is left out."""
        evidence = self.get_visible(Evidence, pk=pk)
        remove_evidence(self.actor, evidence=evidence, uses=_number(request, "uses", "0"))
        return Response(status=204)


class EvidenceFileView(ApiView):
    """The file itself, shown in place only where that is harmless, and never with a right to run anything."""

    @extend_schema(operation_id="evidence_file", responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponse:
        file = self.get_visible(Evidence, pk=pk).file
        answer = file_response(file, disposition="inline" if is_shown(file.media_type) else "attachment")
        answer["X-Content-Type-Options"] = "nosniff"
        is_pdf = (
            file.media_type == PDF.media_type
        )  # the browser's own reader, sealed off by itself, opens in no sandbox
        answer["Content-Security-Policy"] = SEALED if is_pdf else f"{SEALED}; sandbox"
        return answer
