"""Lists: pages have a cap, cursors and filters that make no sense are refused, queries don't grow with rows (O02)."""

from base64 import b64encode
from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from cultivation.programmes.models import Round
from tests.factories.rounds import ON, new_round
from tests.people import People

pytestmark = pytest.mark.django_db
LISTS = ("rounds", "assessments", "placements", "plans", "certificates", "public/lists")


@pytest.fixture
def client(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    return api


def made_up(position: str) -> str:
    return quote(b64encode(f"p={position}".encode()).decode())


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("cursor", ["garbage", made_up("abc"), made_up(""), made_up("%00")])
def test_a_cursor_that_was_never_given_out_is_not_found(client: APIClient, address: str, cursor: str) -> None:
    assert client.get(f"/api/v1/{address}?cursor={cursor}").status_code == 404


@pytest.mark.parametrize("address", ["assessments", "placements", "plans", "certificates"])
@pytest.mark.parametrize("round_id", ["9" * 21, "9" * 5000, "x", "-1", "1.5", "%00", "NaN", "1e99999"])
def test_a_round_that_cannot_be_has_no_rows(client: APIClient, address: str, round_id: str) -> None:
    answer = client.get(f"/api/v1/{address}?round={round_id}")
    assert answer.status_code == 422 or answer.json()["count"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "assessments?q=%00",
        "assessments?level=%00",
        "placements?q=%00",
        "placements?tier=%00",
        "placements?region=%00",
        "placements?track=%00",
        "plans?state=%00",
        "rounds/{round}/problems?q=%00",
        "rounds/{round}/problems?severity=%00",
    ],
)
def test_a_nul_in_a_filter_is_no_error_of_ours(client: APIClient, query: str) -> None:
    round_ = new_round()
    assert client.get(f"/api/v1/{query.format(round=round_.pk)}").status_code in {200, 422}


@pytest.mark.parametrize(("size", "rows"), [("2", 2), ("-1", 50), ("0", 50), ("x", 50), ("9" * 5000, 50), ("999", 200)])
def test_a_page_has_a_hard_cap(client: APIClient, size: str, rows: int) -> None:
    Round.objects.bulk_create(Round(name=f"批次{n}", year=2026, assessed_on=ON) for n in range(210))
    page = client.get(f"/api/v1/rounds?size={size}").json()
    assert (len(page["results"]), page["count"]) == (rows, 210)


def test_pages_follow_one_another_without_loss(client: APIClient) -> None:
    made = [new_round(name=f"批次{n}").pk for n in range(5)]
    found, link = [], "/api/v1/rounds?size=2"
    while link:
        page = client.get(link).json()
        found += [row["id"] for row in page["results"]]
        link = page["next"]
    assert found == made[::-1]
