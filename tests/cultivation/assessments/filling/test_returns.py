"""Beside each question stand the three commonest reasons for being sent back, as soon as there are any (E08)."""

import pytest

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import form_of, note_returns
from tests.factories.accounts import EnterpriseFactory
from tests.factories.filling import begin, open_round
from tests.people import People

pytestmark = pytest.mark.django_db
ENOUGH = 5


@pytest.fixture
def draft(people: People) -> Assessment:
    return begin(people.who("enterprise_filler").actor, people.firm)


def send_back(reason: str, *firms: Enterprise, code: str = "ip_strategy") -> None:
    round_ = open_round(name=reason)
    for firm in firms:
        note_returns(Assessment.objects.create(round=round_, enterprise=firm), [(code, reason)])


def shown(draft: Assessment, code: str = "ip_strategy") -> list[str]:
    fields = [field for section in form_of(draft)["sections"] for field in section["fields"]]
    found: list[str] = next(field["returns"] for field in fields if field["code"] == code)
    return found


def test_nothing_is_listed_before_anything_was_sent_back(draft: Assessment) -> None:
    assert shown(draft) == []


def test_the_three_that_most_firms_were_told_come_first(draft: Assessment) -> None:
    firms = EnterpriseFactory.create_batch(ENOUGH + 3)
    for place, reason in enumerate(("缺评审记录", "没有文号", "规划已过期", "签章不全")):
        send_back(reason, *firms[: ENOUGH + place])
    assert shown(draft) == ["签章不全", "规划已过期", "没有文号"]
    assert shown(draft, "revenue") == []


def test_a_reason_that_few_firms_were_told_is_not_shown(draft: Assessment) -> None:
    """Nor one that a single firm was told again and again: it would tell on it."""
    firms = EnterpriseFactory.create_batch(ENOUGH - 1)
    send_back("缺评审记录", *firms)
    for number in range(ENOUGH):
        send_back(f"第{number}次", firms[0])
        note_returns(Assessment.objects.filter(enterprise=firms[0]).latest("pk"), [("ip_strategy", "缺评审记录")])
    assert shown(draft) == []
