"""Titles and lists over the API: shown before they are entered, filtered, revoked; the province's own desk."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cultivation.programmes.models import Designation, DesignationList
from tests.factories.designations import designate, list_file
from tests.people import People

pytestmark = pytest.mark.django_db
RECORDS, LISTS = "/api/v1/designations", "/api/v1/designation-lists"


@pytest.fixture
def officer(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    return api


def as_(people: People, role: str) -> APIClient:
    client = APIClient()
    client.force_authenticate(people.who(role))
    return client


def upload(client: APIClient, data: bytes, *, key: str = "", **head: Any) -> Any:
    form = {"file": SimpleUploadedFile("名单.xlsx", data), "kind": "gold-seed", **head}
    return client.post(LISTS, form, headers={"Idempotency-Key": key} if key else None)


def row(name: str, **more: str) -> list[str]:
    return ["1", name, "", "省上市办", "2025-01-01", more.get("until", "2026-12-31"), ""]


def test_a_list_is_uploaded_shown_and_confirmed(officer: APIClient, people: People) -> None:
    answer = upload(officer, list_file([row(people.firm.name), row("查无此企业")]), source="省局官网")
    found = answer.json()
    assert (answer.status_code, found["state_label"], found["counts"]) == (
        201, "待确认", {"new": 1, "known": 0, "stranger": 1, "error": 0},
    )  # fmt: skip
    assert [(one["state_label"], one["known_as"]) for one in found["rows"]] == [
        ("将登记", people.firm.name), ("平台上没有这家企业", ""),
    ]  # fmt: skip
    assert [one["name"] for one in found["actions"]] == ["confirm", "discard"]
    done = officer.post(f"{LISTS}/{found['id']}/actions/confirm").json()
    assert (done["state_label"], done["actions"]) == ("已导入", [])
    listed = officer.get(RECORDS).json()
    assert (listed["count"], listed["results"][0]["name"], listed["results"][0]["standing_label"]) == (
        1, people.firm.name, "有效",
    )  # fmt: skip
    assert officer.get(f"{LISTS}/{found['id']}").json()["rows"] == found["rows"]
    assert officer.get(LISTS).json()["results"][0]["filename"] == "名单.xlsx"


def test_errors_carry_their_cells_and_bar_confirming(officer: APIClient, people: People) -> None:
    found = upload(officer, list_file([row(people.firm.name, until="昨天")])).json()
    assert found["problems"] == [
        {"severity": "error", "cell": "F2", "value": "昨天", "problem": "有效期至：不是能识别的日期"}
    ]
    assert found["actions"][0]["reason"] == "还有 1 处错误，请改正文件后重新上传。"
    refused = officer.post(f"{LISTS}/{found['id']}/actions/confirm")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")


def test_the_same_upload_again_gets_the_first_answer(officer: APIClient, people: People) -> None:
    data = list_file([row(people.firm.name)])
    one, two = (upload(officer, data, key="k-1").json() for _ in range(2))
    assert (one["id"], DesignationList.objects.count()) == (two["id"], 1)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["other", "firm"]),
        ("?kind=gold-seed", ["firm"]),
        ("?standing=in_force&on=2026-12-31", ["other", "firm"]),
        ("?standing=lapsed&on=2027-01-01", ["firm"]),
        ("?region=420100", ["firm"]),
        ("?region=420500&kind=gold-seed", []),
        ("?q=光电子", ["other"]),
        ("?q=武汉光谷", ["firm"]),
        ("?size=1", ["other"]),
    ],
)
def test_filters(officer: APIClient, people: People, query: str, names: list[str]) -> None:
    designate(people.firm)
    designate(people.other_firm, "chain-leader", until=None, chain="光电子信息")
    known = {people.firm.name: "firm", people.other_firm.name: "other"}
    assert [known[one["name"]] for one in officer.get(RECORDS + query).json()["results"]] == names


@pytest.mark.parametrize("query", ["?kind=nobel", "?standing=dead", "?on=yesterday", "?region=110000"])
def test_filters_that_are_none_are_refused(officer: APIClient, query: str) -> None:
    assert officer.get(RECORDS + query).status_code == 422


def test_a_title_is_revoked_with_reason_and_day(officer: APIClient, people: People) -> None:
    record = designate(people.firm)
    path = f"{RECORDS}/{record.pk}/actions/revoke"
    assert officer.post(path, {"on": "2026-01-01"}, format="json").status_code == 422
    data = {"reason": "弄虚作假，鄂上市〔2026〕3号", "on": "2026-01-01"}
    done = officer.post(path, data, format="json").json()
    assert (done["standing_label"], done["revoked_on"], [one["name"] for one in done["actions"]]) == (
        "已撤销", "2026-01-01", ["void"],
    )  # fmt: skip
    assert officer.post(path, data, format="json").status_code == 409
    voided = officer.post(f"{RECORDS}/{record.pk}/actions/void", {"reason": "企业录错"}, format="json").json()
    assert voided["standing_label"] == "登记作废"


class TestDesk:
    def test_the_kinds_say_what_they_decide(self, officer: APIClient) -> None:
        kinds = {one["code"]: one["fact"] for one in officer.get(f"{RECORDS}/desk").json()["kinds"]}
        assert (kinds["chain-leader"], kinds["ip-demonstration-target"]) == ("chain_leader_designated", None)

    def test_only_who_keeps_them_is_offered_an_import(self, officer: APIClient, people: People) -> None:
        desks = {
            role: as_(people, role).get(f"{RECORDS}/desk").json()
            for role in ("province_officer", "city_leader", "enterprise_filler")
        }
        assert {role: [one["name"] for one in desk["actions"]] for role, desk in desks.items()} == {
            "province_officer": ["import_list"], "city_leader": [], "enterprise_filler": [],
        }  # fmt: skip

    def test_a_city_office_filters_by_its_own_place_only(self, officer: APIClient, people: People) -> None:
        regions = as_(people, "city_officer").get(f"{RECORDS}/desk").json()["regions"]
        assert [one["label"] for one in regions] == ["武汉市"]
        assert len(officer.get(f"{RECORDS}/desk").json()["regions"]) == 17


def test_a_city_office_reads_its_own_firms_and_moves_nothing(people: People) -> None:
    designate(people.firm)
    designate(people.other_firm)
    rows = as_(people, "city_officer").get(RECORDS).json()["results"]
    assert [(one["name"], one["actions"]) for one in rows] == [(people.firm.name, [])]


def test_one_firm_by_its_code(officer: APIClient, people: People) -> None:
    designate(people.firm)
    designate(people.other_firm)
    found = officer.get(f"{RECORDS}?uscc={people.firm.uscc}").json()["results"]
    assert [one["name"] for one in found] == [people.firm.name]


@pytest.mark.parametrize("role", ["city_officer", "enterprise_filler", "expert"])
def test_other_desks_neither_upload_nor_revoke(people: People, role: str) -> None:
    client, record = as_(people, role), designate(people.firm)
    found = DesignationList.objects.get()
    assert upload(client, list_file([row(people.firm.name)])).status_code == 403
    assert client.get(LISTS).json()["count"] == 0
    assert client.get(f"{LISTS}/{found.pk}").status_code == 404
    assert client.post(f"{LISTS}/{found.pk}/actions/discard").status_code == 404
    answer = client.post(
        f"{RECORDS}/{record.pk}/actions/revoke", {"reason": "名单更正", "on": "2026-01-01"}, format="json"
    )
    assert answer.status_code == (404 if role == "expert" else 403)
    assert Designation.objects.get().state == "standing"


def test_nobody_is_told_without_an_account(api: APIClient) -> None:
    assert {api.get(path).status_code for path in (RECORDS, LISTS)} <= {401, 403}


@pytest.mark.parametrize(
    ("head", "pointer"),
    [({"kind": "nobel"}, "/kind"), ({"designated_on": "昨天"}, "/designated_on"), ({"body": "长" * 121}, "/body")],
)
def test_a_bad_head_points_at_its_field(officer: APIClient, people: People, head: dict[str, str], pointer: str) -> None:
    answer = upload(officer, list_file([row(people.firm.name)]), **head)
    assert (answer.status_code, pointer in str(answer.json())) == (422, True)


def test_no_file_at_all(officer: APIClient) -> None:
    assert officer.post(LISTS, {"kind": "gold-seed"}).status_code == 422
