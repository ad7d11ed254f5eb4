"""What a firm told last time is taken over, marked, and must be confirmed (E07)."""

from datetime import date

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import checklist_of, form_of, start_assessment
from cultivation.core.errors import NotAllowed, WrongState
from tests.factories.filling import begin, fill, open_round
from tests.factories.rounds import assessment_of, new_round, scored_round
from tests.factories.workbooks import ADVANTAGE
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(people: People) -> Assessment:
    """Assessed a year before the round that is open now."""
    return assessment_of(scored_round((ADVANTAGE,)), ADVANTAGE)


@pytest.fixture
def draft(people: People, earlier: Assessment) -> Assessment:
    people.firm.__class__.objects.filter(pk=earlier.enterprise_id).update(name="武汉光谷精密仪器有限公司")
    user = people.who("enterprise_filler")
    user.memberships.update(enterprise=earlier.enterprise)
    user = user.__class__.objects.get(pk=user.pk)
    return begin(user.actor, earlier.enterprise, open_round(on=date(2027, 3, 31)))


def values(assessment: Assessment) -> dict[str, object]:
    return {answer.code: answer.declared for answer in assessment.answers.all()}


def approved(assessment: Assessment) -> dict[str, object]:
    return {answer.code: answer.approved for answer in assessment.answers.all()}


def test_values_come_with_their_source_unconfirmed(draft: Assessment, earlier: Assessment) -> None:
    answer = draft.answers.get(code="ip_strategy")
    assert (answer.declared, answer.source, answer.confirmed) == (approved(earlier)["ip_strategy"], "prefill", False)
    assert answer.carried_from == earlier


def test_a_year_later_yearly_figures_have_moved_back(draft: Assessment, earlier: Assessment) -> None:
    then, now = approved(earlier), values(draft)
    assert (now["revenue_prev1"], now["revenue_prev2"]) == (then["revenue"], then["revenue_prev1"])
    assert now["rd_expense_prev1"] == then["rd_expense"]
    assert "revenue" not in now
    assets, liabilities = then["total_assets"], then["total_liabilities"]
    assert isinstance(assets, int | float)
    assert isinstance(liabilities, int | float)
    assert now["net_assets_prev1"] == round(assets - liabilities, 6)


def test_the_form_shows_last_times_value_beside_the_open_one(draft: Assessment, earlier: Assessment) -> None:
    fields = {field["code"]: field for section in form_of(draft)["sections"] for field in section["fields"]}
    assert fields["revenue"]["answer"] is None
    assert fields["revenue"]["previous"]["value"] == approved(earlier)["revenue"]
    assert fields["revenue"]["previous"]["round"] == earlier.round.name


def test_unconfirmed_values_are_listed_and_confirming_takes_them_off(people: People, draft: Assessment) -> None:
    def unconfirmed() -> set[str]:
        fresh = Assessment.objects.get(pk=draft.pk)
        return {item.code for item in checklist_of(fresh) if item.kind == "unconfirmed"}

    assert "ip_strategy" in unconfirmed()
    user = draft.enterprise.memberships.get(role="enterprise_filler").user
    fill(user.actor, draft, ip_strategy=values(draft)["ip_strategy"])
    assert "ip_strategy" not in unconfirmed()


def test_after_two_years_nothing_is_moved(people: People, earlier: Assessment) -> None:
    user = people.who("enterprise_filler")
    user.memberships.update(enterprise=earlier.enterprise)
    actor = user.__class__.objects.get(pk=user.pk).actor
    draft = begin(actor, earlier.enterprise, open_round(on=date(2028, 3, 31)))
    assert not {"revenue", "revenue_prev1", "revenue_prev2"} & values(draft).keys()


class TestBeginning:
    def test_begun_twice_it_is_one_draft(self, people: People) -> None:
        actor, round_ = people.who("enterprise_filler").actor, open_round()
        assert begin(actor, people.firm, round_) == begin(actor, people.firm, round_)

    def test_only_ones_own_firm(self, people: People) -> None:
        with pytest.raises(NotAllowed):
            begin(people.who("enterprise_filler").actor, people.other_firm)

    def test_a_round_without_filling_takes_none(self, people: People) -> None:
        with pytest.raises(WrongState, match="没有企业填报环节"):
            start_assessment(people.who("enterprise_filler").actor, round_=new_round(), enterprise=people.firm)


@pytest.mark.parametrize(("state", "value"), [("decided", True), ("announced", False)])
def test_approved_values_are_taken_over_once_they_are_announced(
    people: People, earlier: Assessment, state: str, value: bool
) -> None:
    """E07, P10: a new draft tells nothing of a decision that nobody has been told of."""
    earlier.answers.filter(code="ip_strategy").update(declared=True, approved=False)
    earlier.__class__.objects.filter(pk=earlier.pk).update(state=state)
    user = people.who("enterprise_filler")
    user.memberships.update(enterprise=earlier.enterprise)
    user = user.__class__.objects.get(pk=user.pk)
    draft = begin(user.actor, earlier.enterprise, open_round(on=date(2027, 3, 31)))
    fields = {field["code"]: field for section in form_of(draft)["sections"] for field in section["fields"]}
    assert values(draft)["ip_strategy"] is value
    assert fields["ip_strategy"]["previous"]["value"] is value
