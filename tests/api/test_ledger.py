"""The ledger over the API: shown, kept, changed by hand; what is no ledger is refused in words (E18, O12)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment, LedgerRight
from cultivation.assessments.states import RIGHT_KINDS as WRITTEN
from cultivation.core.models import StoredFile
from cultivation.core.sheets import files
from scoring import RIGHT_KINDS
from tests.factories.filling import begin
from tests.factories.ledgers import INVENTION, MODEL, book, changed, ledger_book, patents
from tests.people import People

pytestmark = pytest.mark.django_db
RIGHT = {"number": "201811070331.7", "title": "一种装置", "kind": "invention", "legal_state": "有效"}


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("enterprise_filler"))
    return api


@pytest.fixture
def draft(people: People) -> Assessment:
    return begin(people.who("enterprise_filler").actor, people.firm)


def send(client: APIClient, draft: Assessment, door: str, data: bytes, **more: Any) -> Any:
    body = {"file": SimpleUploadedFile("清单.xlsx", data), **more}
    return client.post(f"/api/v1/assessments/{draft.pk}/ledger/{door}", body, format="multipart")


def test_shown_then_kept_then_shown_again(client: APIClient, draft: Assessment) -> None:
    shown = send(client, draft, "preview", ledger_book()).json()
    assert (shown["base"], shown["rows"], shown["rights"], shown["same"]) == (0, 5, 5, 0)
    assert [one["kind"] for one in shown["differences"]] == ["added"] * 5
    assert client.get(f"/api/v1/assessments/{draft.pk}/ledger").json()["tally"]["total"] == 0
    kept = send(client, draft, "imports", ledger_book(), base=0, leave=["new-3"])
    assert kept.status_code == 201, kept.json()
    page = kept.json()
    assert (page["version"], page["tally"]["total"], page["imports"][0]["added"]) == (1, 4, 4)
    counts = {one["code"]: (one["least"], one["most"]) for one in page["counts"]}
    assert counts["valid_invention_patents"] == (1, 1)
    again = send(client, draft, "preview", book(专利=patents(changed(INVENTION, G="失效"), MODEL))).json()
    assert {one["kind"] for one in again["differences"]} == {"changed", "gone"}
    (change,) = [one for one in again["differences"] if one["kind"] == "changed"]
    assert change["fields"] == [{"name": "legal_state", "before": "有效", "after": "失效"}]


def test_the_same_import_sent_twice_is_one(client: APIClient, draft: Assessment) -> None:
    key, data = {"HTTP_IDEMPOTENCY_KEY": "once"}, ledger_book()
    answers = [
        client.post(
            f"/api/v1/assessments/{draft.pk}/ledger/imports",
            {"file": SimpleUploadedFile("a.xlsx", data), "base": 0},
            format="multipart",
            **key,
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert draft.ledger_imports.count() == 1


def test_an_older_version_is_a_conflict(client: APIClient, draft: Assessment) -> None:
    send(client, draft, "imports", ledger_book(), base=0)
    answer = send(client, draft, "imports", ledger_book(), base=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger_changed")


def test_by_hand(client: APIClient, draft: Assessment) -> None:
    at = f"/api/v1/assessments/{draft.pk}/ledger"
    page = client.post(f"{at}/rights", RIGHT, format="json").json()
    right = page["right"]
    assert (right["number"], right["source"]) == ("ZL201811070331.7", "form")
    values = {"related": True, "pledge": "500.5", "family": ["us10123456b2"], "filed_on": None}
    page = client.patch(f"{at}/rights/{right['id']}", values, format="json").json()
    assert page["right"]["facts"] == {
        "state": "valid", "related": True, "pledge": 500.5, "family": ["US10123456B2"],
    }  # fmt: skip
    assert client.post(f"{at}/confirm").status_code == 200
    assert client.delete(f"{at}/rights/{right['id']}").json()["tally"]["total"] == 0
    client.post(f"{at}/rights", RIGHT, format="json")
    assert client.delete(at).json()["tally"]["total"] == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "2018"}, "/number"),
        ({"kind": "spell"}, "/kind"),
        ({"filed_on": "去年"}, "/filed_on"),
        ({"filed_on": "1900-01-01"}, "/filed_on"),
        ({"holder_rank": 0}, "/holder_rank"),
        ({"pledge": -1}, "/pledge"),
        ({"pledge": "NaN"}, "/pledge"),
        ({"title": "x" * 301}, "/title"),
        ({"number": "a\x00b"}, "/number"),
        ({"family": "US"}, "/family"),
    ],
)
def test_a_right_that_can_not_be_is_refused_at_its_field(
    client: APIClient, draft: Assessment, change: dict[str, Any], field: str
) -> None:
    answer = client.post(f"/api/v1/assessments/{draft.pk}/ledger/rights", RIGHT | change, format="json")
    assert answer.status_code == 422, answer.json()
    assert field in answer.json()["fields"]


@pytest.mark.parametrize("door", ["preview", "imports"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"<svg><script/></svg>", b"PK\x03\x04", b"\x00\x01"])
def test_a_hostile_file_is_refused_and_nothing_is_stored(
    client: APIClient, draft: Assessment, door: str, data: bytes
) -> None:
    answer = send(client, draft, door, data, base=0)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert (draft.rights.count(), StoredFile.objects.count()) == (0, 0)


def test_a_bomb_is_refused_before_it_is_unpacked(
    client: APIClient, draft: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_UNPACKED", 2_000)
    answer = send(client, draft, "preview", ledger_book())
    assert (answer.status_code, "解压后过大" in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize("body", [{}, {"base": 0}, {"base": "x"}, {"base": -1}])
def test_without_its_file_or_version_it_is_no_import(client: APIClient, draft: Assessment, body: Any) -> None:
    answer = client.post(f"/api/v1/assessments/{draft.pk}/ledger/imports", body, format="multipart")
    assert answer.status_code == 422


def test_a_draft_ledger_is_the_firms_own(people: People, draft: Assessment) -> None:
    for role, status in (("province_officer", 403), ("city_officer", 403), ("expert", 404)):
        other = APIClient()
        other.force_authenticate(people.who(role))
        assert other.get(f"/api/v1/assessments/{draft.pk}/ledger").status_code == status
        assert other.delete(f"/api/v1/assessments/{draft.pk}/ledger").status_code == status
        assert send(other, draft, "preview", ledger_book()).status_code == status


def test_every_kind_of_right_can_be_written() -> None:
    assert set(WRITTEN) == set(RIGHT_KINDS) - {"unknown"}


def test_reading_a_ledger_takes_no_query_for_each_right(
    client: APIClient, draft: Assessment, django_assert_max_num_queries: Any
) -> None:
    send(client, draft, "imports", ledger_book(), base=0)
    with django_assert_max_num_queries(18):
        client.get(f"/api/v1/assessments/{draft.pk}/ledger")
    with django_assert_max_num_queries(4):
        assert client.get(f"/api/v1/assessments/{draft.pk}/rights").json()["count"] == 5


class TestTheList:
    """A ledger of thousands is read page by page, narrowed by the server (E18, DESIGN §9)."""

    @pytest.fixture(autouse=True)
    def kept(self, client: APIClient, draft: Assessment) -> None:
        send(client, draft, "imports", ledger_book(), base=0)

    @pytest.fixture
    def at(self, draft: Assessment) -> str:
        return f"/api/v1/assessments/{draft.pk}/rights"

    def titles(self, client: APIClient, at: str, **wanted: str) -> list[str]:
        return [right["title"] for right in client.get(at, wanted).json()["results"]]

    def test_pages_follow_each_other_and_hold_everything_once(
        self, client: APIClient, at: str, draft: Assessment
    ) -> None:
        page, seen = client.get(at, {"size": 2}).json(), []
        while True:
            assert (len(page["results"]) <= 2, page["count"]) == (True, 5)
            seen += [right["id"] for right in page["results"]]
            if page["next"] is None:
                break
            page = client.get(page["next"]).json()
        assert seen == list(draft.rights.values_list("pk", flat=True))

    def test_a_page_has_a_hard_cap(self, client: APIClient, at: str, draft: Assessment) -> None:
        rows = [
            LedgerRight(assessment=draft, number=str(n), number_ok=True, kind="design", status="counted", row=n)
            for n in range(9, 260)
        ]
        LedgerRight.objects.bulk_create(rows)
        assert len(client.get(at, {"size": "99999"}).json()["results"]) == 200

    @pytest.mark.parametrize(
        "written", ["CN201811070331.7", "ZL201811070331", "2018110703317", "２０1811０70331．7", "一种装置"]
    )
    def test_a_right_is_found_however_its_number_is_written(self, client: APIClient, at: str, written: str) -> None:
        assert self.titles(client, at, q=written) == ["一种装置"]

    def test_narrowed_by_what_it_counts_for_kind_and_state(self, client: APIClient, at: str, draft: Assessment) -> None:
        tally = client.get(f"/api/v1/assessments/{draft.pk}/ledger").json()["tally"]
        for standing in ("counts", "possible", "excluded"):
            assert len(self.titles(client, at, standing=standing)) == tally[standing]
        for kind in tally["kinds"]:
            assert len(self.titles(client, at, kind=kind["code"])) == kind["count"]
        in_force = self.titles(client, at, state="valid")
        assert "一种装置" in in_force
        others = [self.titles(client, at, state=one) for one in ("pending", "lapsed", "refused", "unknown")]
        assert len(in_force) + sum(map(len, others)) == 5
        assert self.titles(client, at, unconfirmed="1") == []

    @pytest.mark.parametrize("wanted", [{"cursor": "x"}, {"kind": "spell"}, {"q": "\x00"}, {"standing": "%"}])
    def test_a_strange_question_is_no_fault(self, client: APIClient, at: str, wanted: dict[str, str]) -> None:
        assert client.get(at, wanted).status_code in {200, 404}
