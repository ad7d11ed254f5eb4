"""What-if over a firm's own announced result, and the shortest ways up; nothing is stored (E10, E11, E12, E15)."""

from typing import Any

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment
from tests.factories.rounds import assessment_of, published_round, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, STARTER, VETOED, Line
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(api: APIClient, people: People) -> APIClient:
    api.force_authenticate(people.who("province_officer"))
    return api


def address(assessment: Assessment, tail: str = "what-if") -> str:
    return f"/api/v1/assessments/{assessment.pk}/{tail}"


def of(firm: Line) -> Assessment:
    return assessment_of(published_round(), firm)


def page(api: APIClient, assessment: Assessment) -> Any:
    answer = api.get(address(assessment))
    assert answer.status_code == 200, answer.content
    return answer.json()


def change(api: APIClient, assessment: Assessment, changes: Any, **more: Any) -> Any:
    answer = api.post(address(assessment), {"changes": changes, **more}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def lever(api: APIClient, assessment: Assessment, code: str) -> Any:
    return next(one for one in page(api, assessment)["levers"] if one["code"] == code)


@pytest.mark.parametrize("firm", [ADVANTAGE, STARTER, VETOED], ids=lambda one: one.name)
def test_no_change_gives_the_stored_result(office: APIClient, firm: Line) -> None:
    assessment = of(firm)
    tried, stored = change(office, assessment, {}), assessment.result.object
    assert [tried["score"]["low"], tried["score"]["high"]] == stored["capability"]["score"]
    assert (tried["level"], tried["level_possible"]) == (
        stored["capability"]["level"],
        stored["capability"]["level_possible"],
    )
    assert {one["code"]: one["outcome"] for one in tried["programmes"]} == tried["before"]["outcomes"]
    assert tried["differences"] == []


def test_a_change_says_what_came_out_differently(office: APIClient) -> None:
    tried = change(office, of(STARTER), {"infringement_monitoring": "continuous", "trade_secret_system": "audited"})
    changed = {one["id"]: one for one in tried["differences"] if one["programme"] == "ip-capability"}
    assert changed["PR-1"]["title"] == "侵权监测"
    assert changed["PR-1"]["after"]["points"] == [7, 7]
    assert changed["PR-1"]["before"]["points"] != [7, 7]
    assert not {"score", "protection", "growth"} & changed.keys()
    assert tried["score"]["low"] > tried["before"]["score"][0]


def test_a_fact_taken_away_opens_the_score(office: APIClient) -> None:
    assessment = of(ADVANTAGE)
    tried = change(office, assessment, {"valid_invention_patents": None, "patented_product_revenue": None})
    assert tried["score"]["low"] < tried["before"]["score"][0]
    assert {"valid_invention_patents", "patented_product_revenue"} <= {one["code"] for one in tried["missing"]}


def test_programmes_change_with_the_facts(office: APIClient) -> None:
    """E12: one filling, all tracks."""
    tried = change(office, of(STARTER), {"gold_seed_designated": True})
    after = {one["code"]: one["outcome"] for one in tried["programmes"]}
    assert (tried["before"]["outcomes"]["gold-seed"] != "met", after["gold-seed"]) == (True, "met")
    assert ("gold-seed", "designated") in {(one["programme"], one["id"]) for one in tried["differences"]}


def test_paths_come_with_their_kind_when_asked_for(office: APIClient) -> None:
    """E15."""
    tried = change(office, of(ADVANTAGE), {}, detail=["star-market"])
    clauses = next(one for one in tried["programmes"] if one["code"] == "star-market")["clauses"]
    assert next(one for one in clauses if one["id"] == "criteria")["kind"] == "any"


def test_bad_values_and_strange_facts_are_told_and_the_rest_counts(office: APIClient) -> None:
    tried = change(office, of(STARTER), {"employees": "many", "nothing": 1, "infringement_monitoring": "continuous"})
    assert {one["code"] for one in tried["problems"]} == {"employees", "nothing"}
    assert any(one["id"] == "PR-1" for one in tried["differences"])


@pytest.mark.parametrize(
    "body", [{}, {"changes": []}, {"changes": {}, "detail": ["none"]}, {"changes": {f"x{n}": 1 for n in range(301)}}]
)
def test_a_question_that_makes_no_sense_is_refused(office: APIClient, body: Any) -> None:
    assert office.post(address(of(STARTER)), body, format="json").status_code == 422


def test_nothing_is_stored(office: APIClient) -> None:
    assessment = of(ADVANTAGE)
    before = {model: model._default_manager.count() for model in apps.get_models()}
    kept = list(assessment.answers.values_list("code", "approved"))
    change(office, assessment, {"valid_invention_patents": 99})
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert list(assessment.answers.values_list("code", "approved")) == kept


def test_levers_stand_by_dimension_with_what_they_could_gain(office: APIClient) -> None:
    assessment = of(ADVANTAGE)
    levers = page(office, assessment)["levers"]
    gains = [one["gain"] for one in levers]
    assert gains == sorted(gains, reverse=True)
    found = {one["code"]: one for one in levers}
    assert (found["infringement_monitoring"]["group"], found["ip_strategy"]["group"]) == ("protection", "management")
    assert (found["serious_dishonesty"]["group"], found["chain_role_verdict"]["group"]) == ("gates", "judgement")
    assert found["digital_level"]["group"] == "programmes"


def test_a_lever_knows_its_value_its_limits_and_its_effort(office: APIClient) -> None:
    assessment = of(ADVANTAGE)
    found = lever(office, assessment, "iso56005_level")
    answer = assessment.answers.filter(code="iso56005_level").first()
    assert found["value"] == (answer.approved if answer else None)
    assert (found["limits"], found["effort"]["code"]) == ([1, 2, 3, 4], "half-year")


def test_where_the_best_of_parts_counts_a_lever_gains_no_more_than_the_whole(office: APIClient) -> None:
    found = lever(office, of(STARTER), "licence_transfer_income_3y")
    assert [(part["id"], part["max"]) for part in found["parts"]] == [("UT-2", 5)]
    assert found["gain"] <= 5


@pytest.mark.parametrize("firm", [ADVANTAGE, ELSEWHERE, STARTER], ids=lambda one: one.name)
def test_applying_the_moves_reaches_the_tier(office: APIClient, firm: Line) -> None:
    """E11: what the page suggests is certain, whichever path is taken."""
    assessment = of(firm)
    found = office.get(address(assessment, "moves")).json()
    assert (found["why_none"] is None) == bool(found["paths"])
    for path in found["paths"]:
        tried = change(office, assessment, path["changes"])
        assert (tried["level"], [tried["score"]["low"], tried["score"]["high"]]) == (path["level"], path["score"])
        assert path["level"] == path["goal"]
        assert path["changes"].keys() == {move["fact"] for move in path["moves"]}


def test_moves_are_told_with_effort_in_words(office: APIClient) -> None:
    path = office.get(address(of(STARTER), "moves")).json()["paths"][0]
    assert path["cost"] == sum(move["cost"] for move in path["moves"])
    assert all(move["words"] and move["effort_label"] for move in path["moves"])


def test_under_a_veto_there_is_no_way_and_it_says_so(office: APIClient) -> None:
    assert office.get(address(of(VETOED), "moves")).json() == {"paths": [], "why_none": "veto"}


def test_words_are_in_the_readers_language(office: APIClient) -> None:
    assessment = of(STARTER)
    english = office.get(address(assessment), HTTP_ACCEPT_LANGUAGE="en").json()["levers"]
    assert next(one for one in english if one["code"] == "ip_strategy")["label"] == "IP strategy"
    assert (
        office.get(address(assessment, "moves"), HTTP_ACCEPT_LANGUAGE="en")
        .json()["paths"][0]["moves"][0]["words"]
        .isascii()
    )


@pytest.fixture(params=["get what-if", "post what-if", "get moves"])
def door(request: pytest.FixtureRequest) -> Any:
    method, tail = request.param.split()
    more = {"data": {"changes": {}}, "format": "json"} if method == "post" else {}
    return lambda api, assessment: getattr(api, method)(address(assessment, tail), **more).status_code


def test_a_firm_opens_its_own_and_no_other(api: APIClient, people: People, door: Any) -> None:
    round_ = published_round()
    own, other = assessment_of(round_, ADVANTAGE), assessment_of(round_, ELSEWHERE)
    filler = people.who("enterprise_filler")
    filler.memberships.update(enterprise=own.enterprise)
    api.force_authenticate(filler)
    assert (door(api, own), door(api, other)) == (200, 404)


def test_a_firm_sees_nothing_before_it_is_announced(api: APIClient, people: People, door: Any) -> None:
    own = assessment_of(scored_round(), ADVANTAGE)
    filler = people.who("enterprise_filler")
    filler.memberships.update(enterprise=own.enterprise)
    api.force_authenticate(filler)
    assert door(api, own) == 404


def test_an_office_opens_the_firms_of_its_region(api: APIClient, people: People, door: Any) -> None:
    round_ = published_round()
    api.force_authenticate(people.who("city_officer"))
    assert (door(api, assessment_of(round_, ADVANTAGE)), door(api, assessment_of(round_, ELSEWHERE))) == (200, 404)


@pytest.mark.parametrize("role", ["expert", "agency_manager", "system_admin", "audit_admin"])
def test_others_see_nothing(api: APIClient, people: People, door: Any, role: str) -> None:
    assessment = of(ADVANTAGE)
    api.force_authenticate(people.who(role))
    assert door(api, assessment) == 404


def test_a_count_without_an_upper_bound_ends_in_null(office: APIClient) -> None:
    assessment = of(ADVANTAGE)
    assessment.answers.update_or_create(
        code="invention_applications_3y", defaults={"state": "bounded", "declared": [1, 1e15], "approved": [1, 1e15]}
    )
    assert lever(office, assessment, "invention_applications_3y")["value"] == [1, None]
