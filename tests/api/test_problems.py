"""Refusals are application/problem+json with code, sentence and pointers; a retried write is done once (O01, O03)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise, User
from cultivation.core.api import ApiView, ListView, idempotent
from cultivation.core.errors import BadInput, Conflict, NotAllowed, NotHere
from cultivation.core.models import NumberSeries
from cultivation.core.numbering import next_number
from tests.factories.accounts import EnterpriseFactory
from tests.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

ERRORS = {
    "bad-input": BadInput("年份不对。", code="bad_year", fields={"/year": "须为四位数。"}),
    "conflict": Conflict("已有同名批次。"),
    "not-allowed": NotAllowed("只有省局可以。", code="province_only"),
    "not-here": NotHere("没有这个批次。"),
    "http404": Http404(),
}


class LineInput(serializers.Serializer[Any]):
    value = serializers.IntegerField()


class FormInput(serializers.Serializer[Any]):
    name = serializers.CharField()
    lines = LineInput(many=True)


class RaiseView(ApiView):
    permission_classes = [AllowAny]

    def get(self, request: Request, which: str) -> Response:
        raise ERRORS[which]


class FormView(ApiView):
    permission_classes = [AllowAny]

    def post(self, request: Request) -> Response:
        FormInput(data=request.data).is_valid(raise_exception=True)
        return Response({})


class CountView(ApiView):
    parser_classes = [JSONParser, MultiPartParser]

    @idempotent
    def post(self, request: Request) -> Response:
        number = next_number("visits")
        if request.query_params.get("refuse"):
            raise Conflict("不行。")
        return Response({"number": number, "on": date(2026, 5, 1)}, status=201)


class EnterpriseOutput(serializers.ModelSerializer[Enterprise]):
    class Meta:
        model = Enterprise
        fields = ["name"]


class EnterprisesView(ListView):
    model = Enterprise
    serializer_class = EnterpriseOutput


class EnterpriseView(ApiView):
    def get(self, request: Request, pk: int) -> Response:
        return Response({"name": self.get_visible(Enterprise, pk=pk).name})


urlpatterns = [
    path("raise/<str:which>", RaiseView.as_view()),
    path("form", FormView.as_view()),
    path("count", CountView.as_view()),
    path("enterprises", EnterprisesView.as_view()),
    path("enterprises/<int:pk>", EnterpriseView.as_view()),
]


@pytest.fixture
def officer(people: People) -> User:
    return people.who("province_officer")


@pytest.fixture
def signed_in(api: APIClient, officer: User) -> APIClient:
    api.force_login(officer)
    return api


class TestProblems:
    @pytest.mark.parametrize(
        ("which", "status", "code", "detail", "fields"),
        [
            ("bad-input", 422, "bad_year", "年份不对。", {"/year": "须为四位数。"}),
            ("conflict", 409, "conflict", "已有同名批次。", {}),
            ("not-allowed", 403, "province_only", "只有省局可以。", {}),
            ("not-here", 404, "not_found", "没有这个批次。", {}),
            ("http404", 404, "not_found", "没有找到，或者您无权查看。", {}),
        ],
    )
    def test_shape(
        self, api: APIClient, which: str, status: int, code: str, detail: str, fields: dict[str, str]
    ) -> None:
        answer = api.get(f"/raise/{which}")
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        problem = {"type": "about:blank", "status": status, "code": code, "detail": detail, "fields": fields}
        assert answer.json() == problem

    def test_each_bad_field_has_its_pointer(self, api: APIClient) -> None:
        answer = api.post("/form", {"lines": [{"value": 1}, {"value": "一"}]}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_input")
        assert sorted(answer.json()["fields"]) == ["/lines/1/value", "/name"]

    def test_broken_json(self, api: APIClient) -> None:
        answer = api.post("/form", "{", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")

    def test_wrong_content_type(self, api: APIClient) -> None:
        answer = api.post("/form", "x", content_type="text/plain")
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")

    def test_wrong_method_names_the_right_one(self, api: APIClient) -> None:
        answer = api.delete("/form")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert "POST" in answer["Allow"]

    def test_who_is_not_signed_in_gets_401(self, api: APIClient) -> None:
        answer = api.get("/enterprises")
        assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (
            401,
            "not_authenticated",
            "请先登录。",
        )

    def test_a_write_without_the_csrf_token_is_403(self, officer: User) -> None:
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(officer)
        assert client.post("/count", {}, format="json").status_code == 403


class TestIdempotency:
    def post(self, client: APIClient, key: str, body: object = None, **extra: Any) -> Any:
        return client.post("/count", body or {}, format=extra.pop("format", "json"), headers={"Idempotency-Key": key})

    def test_the_second_answer_is_the_first(self, signed_in: APIClient) -> None:
        first, second = self.post(signed_in, "a"), self.post(signed_in, "a")
        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert first.json() == {"number": 1, "on": "2026-05-01"}
        assert NumberSeries.objects.get(name="visits").last == 1

    def test_another_key_is_another_write(self, signed_in: APIClient) -> None:
        assert [self.post(signed_in, key).json()["number"] for key in "ab"] == [1, 2]

    def test_without_a_key_each_write_counts(self, signed_in: APIClient) -> None:
        assert [signed_in.post("/count", {}, format="json").json()["number"] for _ in "ab"] == [1, 2]

    def test_a_key_used_for_another_body_is_refused(self, signed_in: APIClient) -> None:
        self.post(signed_in, "a", {"year": 2026})
        again = self.post(signed_in, "a", {"year": 2027})
        assert (again.status_code, again.json()["code"]) == (409, "idempotency_key_reused")

    def test_a_body_that_is_a_list_is_compared_too(self, signed_in: APIClient) -> None:
        assert self.post(signed_in, "a", [1, 2]).status_code == 201
        assert self.post(signed_in, "a", [2, 1]).json()["code"] == "idempotency_key_reused"

    def upload(self, client: APIClient, content: bytes) -> Any:
        return self.post(client, "a", {"file": SimpleUploadedFile("表.xlsx", content)}, format="multipart")

    def test_a_file_sent_again_is_the_same_request(self, signed_in: APIClient) -> None:
        assert [self.upload(signed_in, b"one").status_code for _ in range(2)] == [201, 201]
        assert NumberSeries.objects.get(name="visits").last == 1

    def test_another_file_under_the_same_name_is_another_request(self, signed_in: APIClient) -> None:
        self.upload(signed_in, b"one")
        assert self.upload(signed_in, b"two").json()["code"] == "idempotency_key_reused"

    def test_each_person_has_their_own_keys(self, signed_in: APIClient, people: People) -> None:
        self.post(signed_in, "a")
        signed_in.force_login(people.who("province_leader"))
        assert self.post(signed_in, "a").json()["number"] == 2

    def test_a_refused_write_may_be_tried_again(self, signed_in: APIClient) -> None:
        refused = signed_in.post("/count?refuse=1", {}, format="json", headers={"Idempotency-Key": "a"})
        assert (refused.status_code, NumberSeries.objects.count()) == (409, 0)
        assert self.post(signed_in, "a").json()["number"] == 1

    def test_an_endless_key_is_refused(self, signed_in: APIClient) -> None:
        answer = self.post(signed_in, "a" * 101)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_idempotency_key")


class TestPages:
    @pytest.fixture(autouse=True)
    def firms(self) -> None:
        for index in range(5):
            EnterpriseFactory(name=f"企业{index}")

    def test_pages_follow_each_other_without_loss(self, signed_in: APIClient) -> None:
        names, link = [], "/enterprises?size=2"
        while link:
            page = signed_in.get(link).json()
            names += [row["name"] for row in page["results"]]
            assert page["count"] == 5
            link = page["next"]
        assert names == [f"企业{index}" for index in range(5)]

    def test_no_page_is_larger_than_the_cap(self, signed_in: APIClient) -> None:
        EnterpriseFactory.create_batch(200)
        assert len(signed_in.get("/enterprises?size=100000").json()["results"]) == 200

    def test_the_count_is_of_what_the_actor_may_see(self, api: APIClient, people: People) -> None:
        assert people.other_firm.region == "420500"
        api.force_login(people.who("city_officer"))
        assert api.get("/enterprises").json()["count"] == 5

    def test_what_may_not_be_seen_is_not_found(self, api: APIClient, people: People) -> None:
        api.force_login(people.who("city_officer"))
        hidden = api.get(f"/enterprises/{people.other_firm.pk}")
        missing = api.get("/enterprises/0")
        assert (hidden.status_code, hidden.json()) == (404, missing.json())
