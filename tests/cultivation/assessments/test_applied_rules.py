"""Rules by date and kind: a firm's screens say which applied, why, and what the other kind follows (E14)."""

from datetime import date
from typing import Any

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services import screen_of
from cultivation.assessments.services.filling import live_of
from cultivation.core.actors import Actor
from tests.factories.filling import begin, open_round
from tests.factories.rounds import assessment_of, published_round
from tests.factories.workbooks import ADVANTAGE
from tests.people import People

pytestmark = pytest.mark.django_db
NEW, OLD = "little-giant/2026", "little-giant/2022"


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


def giant(draft: Assessment, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in live_of(draft, **more)["programmes"] if one["code"] == "little-giant")
    return found


@pytest.fixture
def draft(people: People, filler: Actor) -> Assessment:
    return begin(filler, people.firm, open_round(on=date(2026, 4, 30)))


def test_a_new_application_is_told_its_rules_and_those_of_a_renewal(draft: Assessment) -> None:
    found = giant(draft)
    assert found["rulebook"]["key"] == NEW
    assert "新申报适用" in found["rulebook"]["reason"]
    assert "复核适用" in found["other_kind"]
    assert "63号" in found["other_kind"]


def test_a_renewal_of_the_same_week_follows_the_older_one(draft: Assessment) -> None:
    draft.round.kind = "renewal"
    draft.round.save()
    renewal = Assessment.objects.get(pk=draft.pk)
    assert renewal.round.application == "renewal"
    assert "新申报适用" in giant(renewal)["other_kind"]


def test_it_is_said_in_english_too(draft: Assessment) -> None:
    found = giant(draft, lang="en")
    assert found["other_kind"].startswith("On 2026-04-30 renewals follow")
    assert "复核" not in found["reason"]


def test_where_both_follow_the_same_nothing_is_added(draft: Assessment) -> None:
    others = {one["code"]: one["other_kind"] for one in live_of(draft)["programmes"]}
    assert others["hnte"] == ""


def test_a_stored_result_says_it_too() -> None:
    mine = assessment_of(published_round((ADVANTAGE,)), ADVANTAGE)
    programmes = screen_of(mine)["programmes"]
    assert all(one["reason"] or one["rulebook"] for one in programmes)
    assert all("other_kind" in one for one in programmes)
