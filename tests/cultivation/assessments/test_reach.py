"""How far the weights of a draft move before firms of a past round change places (P05)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.programmes.models import Round, RulebookDraft
from cultivation.programmes.services import judge_pairs
from tests.cultivation.programmes.test_weights import CREATION_COUNTS_DOUBLE, DIMENSIONS
from tests.factories.drafts import change, new_draft
from tests.factories.rounds import new_round, scored_round
from tests.factories.workbooks import FIRMS
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return scored_round()


@pytest.fixture
def draft(people: People, round_: Round) -> RulebookDraft:
    return new_draft(people.who("province_officer").actor)


@pytest.fixture
def client(people: People) -> APIClient:
    found = APIClient()
    found.force_login(people.who("province_officer"))
    return found


def reach(client: APIClient, draft: RulebookDraft, round_: Round, **more: str) -> Any:
    return client.get(f"/api/v1/rulebook-drafts/{draft.pk}/reach", {"round": round_.pk, **more})


def leader(round_: Round, weights: dict[str, float]) -> str:
    """Who is first when the dimensions count so much."""
    totals = {}
    for one in round_.assessments.select_related("enterprise", "result"):
        clauses = {clause["id"]: clause for clause in one.result.object["capability"]["clauses"]}
        shares = {code: clauses[code]["points"][0] / clauses[code]["max"] for code in weights}
        totals[one.enterprise.name] = sum(weight * shares[code] for code, weight in weights.items())
    return max(totals, key=lambda name: totals[name])


def moved(weights: dict[str, float], code: str, to: float) -> dict[str, float]:
    rest = sum(weights.values()) - weights[code]
    return {name: to if name == code else weight / rest * (1 - to) for name, weight in weights.items()}


def test_the_first_place_changes_hands_where_it_says(client: APIClient, round_: Round, draft: RulebookDraft) -> None:
    found = reach(client, draft, round_).json()
    weights = {row["code"]: row["weight"] for row in found["rows"]}
    assert (found["firms"], found["is_compared"], list(weights)) == (len(FIRMS), False, list(DIMENSIONS))
    assert weights == pytest.approx(dict(zip(DIMENSIONS, (0.3, 0.25, 0.2, 0.25), strict=True)))
    first = leader(round_, weights)
    for row in found["rows"]:
        for swap, sign in zip(row["first"], (-1, 1), strict=True):
            if swap is None:
                assert leader(round_, moved(weights, row["code"], 0.001 if sign < 0 else 0.999)) == first
            else:
                assert swap["above"] == first
                assert leader(round_, moved(weights, row["code"], swap["weight"] + sign * 1e-6)) == swap["below"]


def test_compared_weights_take_the_place_of_the_maxima(
    people: People, client: APIClient, round_: Round, draft: RulebookDraft
) -> None:
    actor = people.who("province_officer").actor
    judge_pairs(actor, draft=draft, group="", judgements=CREATION_COUNTS_DOUBLE)
    found = reach(client, draft, round_).json()
    assert (found["is_compared"], found["rows"][0]["weight"]) == (True, pytest.approx(0.4))


def test_indicators_of_one_dimension(client: APIClient, round_: Round, draft: RulebookDraft) -> None:
    found = reach(client, draft, round_, group="protection").json()
    assert [row["code"] for row in found["rows"]][:2] == ["PR-1", "PR-2"]


def test_an_indicator_that_nobody_was_scored_by(
    people: People, client: APIClient, round_: Round, draft: RulebookDraft
) -> None:
    change(people.who("province_officer").actor, draft, "/scorecard/parts/2/parts/0", None, op="copy")
    answer = reach(client, draft, round_, group="protection")
    assert (answer.status_code, answer.json()["detail"]) == (422, "这个批次没有这些项目的得分：PR-1-2。")


def test_a_maximum_that_is_no_number(people: People, client: APIClient, round_: Round, draft: RulebookDraft) -> None:
    change(people.who("province_officer").actor, draft, "/scorecard/parts/0/max", "很多")
    answer = reach(client, draft, round_)
    assert (answer.status_code, answer.json()["detail"]) == (422, "满分“很多”不是数，请先改好。")
    weights = client.get(f"/api/v1/rulebook-drafts/{draft.pk}/weights")
    assert weights.json()["parts"][0]["max"] == "很多"


def test_a_round_without_scores(client: APIClient, draft: RulebookDraft) -> None:
    answer = reach(client, draft, new_round(name="空批次"))
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_compare")
