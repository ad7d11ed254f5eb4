"""Beside each question stand the three commonest reasons for being sent back, as soon as there are any (E08)."""

import pytest

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import form_of
from cultivation.assessments.services.filling.returning import reason_pages
from cultivation.core.actors import Actor
from tests.factories.accounts import EnterpriseFactory, person_of
from tests.factories.filling import answer_all, begin, open_round
from tests.factories.returning import note, return_to_firm, sign
from tests.people import People

pytestmark = pytest.mark.django_db
ENOUGH = 5
WORDS = {reason["code"]: reason["label"] for reason in reason_pages()}


@pytest.fixture
def officer(people: People) -> Actor:
    return people.who("province_officer").actor


@pytest.fixture
def draft(people: People) -> Assessment:
    return begin(people.who("enterprise_filler").actor, people.firm)


def send_back(officer: Actor, reason: str, *firms: Enterprise, code: str = "ip_strategy") -> None:
    """Each firm hands in and gets that reason from its office."""
    round_ = open_round(name=f"{reason} {code}")
    for firm in firms:
        approver = person_of(firm, "enterprise_approver").actor
        theirs = begin(approver, firm, round_)
        answer_all(approver, theirs)
        sign(approver, theirs)
        return_to_firm(officer, theirs, note(code, reason=reason))


def shown(draft: Assessment, code: str = "ip_strategy", lang: str = "zh") -> list[str]:
    fields = [field for section in form_of(draft, lang=lang)["sections"] for field in section["fields"]]
    found: list[str] = next(field["returns"] for field in fields if field["code"] == code)
    return found


def test_nothing_is_listed_before_anything_was_sent_back(draft: Assessment) -> None:
    assert shown(draft) == []


def test_the_three_that_most_firms_were_told_come_first(officer: Actor, draft: Assessment) -> None:
    """From what offices really sent back, in the reader's language."""
    firms = EnterpriseFactory.create_batch(ENOUGH + 3)
    for place, reason in enumerate(("proof_missing", "proof_differs", "proof_expired", "wrong_scope")):
        send_back(officer, reason, *firms[: ENOUGH + place])
    assert shown(draft) == [WORDS[one] for one in ("wrong_scope", "proof_expired", "proof_differs")]
    assert shown(draft, lang="en")[0] == "Wrong year, unit or scope"
    assert shown(draft, "revenue") == []


def test_a_reason_that_few_firms_were_told_is_not_shown(officer: Actor, draft: Assessment) -> None:
    """Nor one that a firm was told again and again: it would tell on it."""
    firms = EnterpriseFactory.create_batch(ENOUGH - 1)
    send_back(officer, "proof_missing", *firms)
    for number in range(2):
        round_ = open_round(name=f"第{number}次")
        approver = person_of(firms[0], "enterprise_approver").actor
        theirs = begin(approver, firms[0], round_)
        answer_all(approver, theirs)
        sign(approver, theirs)
        return_to_firm(officer, theirs, note("ip_strategy", reason="proof_missing"))
    assert shown(draft) == []
