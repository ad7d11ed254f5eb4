"""An office reads what was handed in and sends it back; the firm reads the notes and answers them (E23, E33)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cultivation.assessments.api.filling import DraftView
from cultivation.assessments.api.returning_shapes import ReplyInput, ReturnInput, ReturnOutput, ReviewOutput
from cultivation.assessments.models import Assessment
from cultivation.assessments.permissions import can_review
from cultivation.assessments.services.filling import Note, reply_to, returns_of, send_back, take_up
from cultivation.assessments.services.review import open_review, review_of
from cultivation.core.api import idempotent


class ReviewPage(DraftView):
    """Base of what answers with the office's page of one firm."""

    def get_reviewed(self, pk: int) -> Assessment:
        assessment = self.get_there(pk)
        can_review.require(self.actor, assessment)
        return assessment

    def page(self, assessment: Assessment) -> Any:
        return ReviewOutput(review_of(self.actor, assessment, lang=self.lang)).data


class ReviewView(ReviewPage):
    @extend_schema(operation_id="review", responses=ReviewOutput)
    def get(self, request: Request, pk: int) -> Response:
        """Reading it as the office that checks it opens it: the firm can no longer take it back."""
        assessment = self.get_reviewed(pk)
        open_review(self.actor, assessment)
        return Response(self.page(assessment))


class SendBackView(ReviewPage):
    @extend_schema(operation_id="send_back", request=ReturnInput, responses=ReviewOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        assessment = self.get_reviewed(pk)
        given = ReturnInput(data=request.data)
        given.is_valid(raise_exception=True)
        notes = [Note(**note) for note in given.validated_data["notes"]]
        send_back(self.actor, assessment=assessment, until=given.validated_data["until"], notes=notes)
        return Response(self.page(assessment))


class TakeUpView(ReviewPage):
    @extend_schema(operation_id="take_up", request=None, responses=ReviewOutput)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        return Response(self.page(take_up(self.actor, assessment=self.get_reviewed(pk))))


class ReturnsView(DraftView):
    @extend_schema(operation_id="returns", responses=ReturnOutput(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """The firm's own: every return with what stood there before and what stands there now."""
        return Response(ReturnOutput(returns_of(self.get_draft(pk), lang=self.lang), many=True).data)


class ReplyView(DraftView):
    @extend_schema(operation_id="return_reply", request=ReplyInput, responses=ReturnOutput)
    def put(self, request: Request, pk: int, code: str) -> Response:
        assessment = self.get_draft(pk)
        given = ReplyInput(data=request.data)
        given.is_valid(raise_exception=True)
        reply_to(self.actor, assessment=assessment, code=code, **given.validated_data)
        return Response(ReturnOutput(returns_of(assessment, lang=self.lang)[0]).data)
