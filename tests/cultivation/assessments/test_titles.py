"""A title on record decides, whatever was declared; a contradiction is said, and the record stands beside the value."""

from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services import screen_of, values_of
from cultivation.assessments.services.facts import facts_of
from cultivation.assessments.services.scoring import assess_facts
from cultivation.assessments.services.titles import laid_over
from cultivation.core.actors import SYSTEM
from cultivation.core.canonical import fingerprint
from cultivation.programmes.models import Round
from cultivation.programmes.services import move_designation
from tests.factories.designations import BODY, designate
from tests.factories.rounds import assessment_of, bring_in, new_round, score
from tests.factories.workbooks import FIRMS
from tests.people import People

pytestmark = pytest.mark.django_db
FIRM = FIRMS[0]
FACT = "gold_seed_designated"


@pytest.fixture
def round_(people: People) -> Round:
    """Brought in, not scored; the round's day is 31 March 2026."""
    made = new_round()
    bring_in(made, FIRMS[:2])
    return made


def firm() -> Enterprise:
    found: Enterprise = Enterprise.objects.get(uscc=FIRM.uscc)
    return found


def declare(round_: Round, value: Any) -> None:
    """What the workbook said of the title."""
    Answer.objects.update_or_create(
        assessment=assessment_of(round_, FIRM),
        code=FACT,
        defaults={"declared": value, "approved": value, "state": "known", "source": "workbook"},
    )


def scored(round_: Round) -> Assessment:
    score(round_)
    return assessment_of(round_, FIRM)


def programme(assessment: Assessment, code: str = "gold-seed") -> Any:
    return next(one for one in screen_of(assessment)["programmes"] if one["code"] == code)


def value(assessment: Assessment) -> Any:
    return next(one for one in values_of(assessment) if one["code"] == FACT)


def test_a_title_on_record_counts_though_nobody_declared_it(round_: Round) -> None:
    designate(firm())
    found = scored(round_)
    assert (facts_of(found)[FACT], found.result.object["programmes"]["gold-seed"]["outcome"]) == (True, "met")
    assert {"tier": found.result.level, "track": "gold-seed", "status": "holder"} in found.result.object["pools"]


def test_the_record_stands_beside_the_value_and_the_clause(round_: Round) -> None:
    designate(firm())
    found = scored(round_)
    words = f"{BODY}，2025-01-01 至 2026-12-31"
    shown = value(found)
    assert (shown["display"], shown["source_label"], shown["basis"]) == ("是", "称号与名单记录", words)
    assert [row["basis"] for row in programme(found)["clauses"]] == [words]
    assert [row["basis"] for row in programme(found, "silver-seed")["clauses"]] == [""]


@pytest.mark.parametrize(("until", "is_held"), [(date(2026, 3, 31), True), (date(2026, 3, 30), False), (None, True)])
def test_the_day_of_expiry_still_counts(round_: Round, until: date | None, is_held: bool) -> None:
    designate(firm(), until=until)
    assert facts_of(scored(round_))[FACT] is is_held


def test_a_lapsed_record_outweighs_what_was_declared_and_says_so(round_: Round) -> None:
    declare(round_, True)
    designate(firm(), until=date(2025, 12, 31))
    found = scored(round_)
    answer = found.answers.get(code=FACT)
    assert (answer.declared, answer.approved, answer.source) == (True, False, "register")
    assert screen_of(found)["warnings"][0] == (
        f"省级上市后备金种子企业：填报“是”，名单记录为“否”（{BODY}，2025-01-01 至 2025-12-31，已过期），以记录为准"
    )
    assert screen_of(found, lang="en")["warnings"][0].endswith("the record decides")


def test_a_record_outweighs_a_declared_no(round_: Round) -> None:
    declare(round_, False)
    designate(firm(), until=None)
    found = scored(round_)
    assert (facts_of(found)[FACT], "填报“否”，名单记录为“是”" in screen_of(found)["warnings"][0]) == (True, True)


def test_agreement_is_silent(round_: Round) -> None:
    declare(round_, True)
    designate(firm())
    assert [text for text in screen_of(scored(round_))["warnings"] if "名单记录" in text] == []


def test_without_a_record_the_declared_value_stays(round_: Round) -> None:
    declare(round_, True)
    found = scored(round_)
    assert (facts_of(found)[FACT], found.answers.get(code=FACT).source) == (True, "workbook")


def test_a_record_that_begins_later_says_nothing_yet(round_: Round) -> None:
    declare(round_, False)
    designate(firm(), on=date(2026, 4, 1))
    assert facts_of(scored(round_))[FACT] is False


def test_a_revoked_title_says_when_and_why(round_: Round) -> None:
    record = designate(firm())
    data = {"reason": "弄虚作假", "on": "2026-02-01"}
    move_designation(SYSTEM, designation=record, name="revoke", data=data)
    found = scored(round_)
    assert (facts_of(found)[FACT], value(found)["basis"]) == (
        False, f"{BODY}，2025-01-01 至 2026-12-31，2026-02-01 撤销：弄虚作假",
    )  # fmt: skip


@pytest.mark.parametrize("declared", [True, False, None])
def test_what_a_voided_record_had_decided_goes_back(round_: Round, declared: bool | None) -> None:
    if declared is None:
        assessment_of(round_, FIRM).answers.filter(code=FACT).delete()
    else:
        declare(round_, declared)
    record = designate(firm(), until=date(2025, 12, 31) if declared else None)
    scored(round_)
    move_designation(SYSTEM, designation=record, name="void", data={"reason": "企业录错"})
    found = scored(round_)
    answer = found.answers.filter(code=FACT).first()
    assert facts_of(found).get(FACT) is declared
    assert (answer is None) if declared is None else (answer.source, answer.basis) == ("workbook", {})


def test_scoring_again_after_a_new_record_keeps_what_was_accepted_first(round_: Round) -> None:
    declare(round_, True)
    old = designate(firm(), until=date(2025, 12, 31))
    scored(round_)
    new = designate(firm(), on=date(2026, 1, 1))
    assert facts_of(scored(round_))[FACT] is True
    for record in (old, new):
        move_designation(SYSTEM, designation=record, name="void", data={"reason": "企业录错"})
    found = scored(round_)
    assert (found.answers.get(code=FACT).approved, found.answers.get(code=FACT).source) == (True, "workbook")


def test_a_new_workbook_is_settled_by_the_same_records(round_: Round) -> None:
    designate(firm())
    scored(round_)
    bring_in(round_, FIRMS[:2])
    assert facts_of(scored(round_))[FACT] is True


def test_a_draft_is_scored_with_the_titles_on_record(round_: Round) -> None:
    designate(firm())
    draft = assessment_of(round_, FIRM)
    assert laid_over(draft, {"revenue": 5, FACT: False}) == {"revenue": 5, FACT: True}
    assert draft.answers.get(code=FACT).source == "workbook"


def test_results_that_titles_decided_are_made_again_byte_for_byte(round_: Round) -> None:
    """P07: what the record said when it was scored is kept with the answers."""
    record = designate(firm())
    found = scored(round_)
    before = found.result.fingerprint
    move_designation(SYSTEM, designation=record, name="void", data={"reason": "企业录错"})
    assert fingerprint(assess_facts(found, facts_of(found))) == before


def test_the_api_shows_the_record(round_: Round, people: People, api: APIClient) -> None:
    designate(firm())
    found = scored(round_)
    api.force_authenticate(people.who("province_officer"))
    answer = api.get(f"/api/v1/assessments/{found.pk}").json()
    shown = next(one for one in answer["values"] if one["code"] == FACT)
    clause = next(one for one in answer["programmes"] if one["code"] == "gold-seed")["clauses"][0]
    assert (BODY in shown["basis"], BODY in clause["basis"]) == (True, True)


class TestReadiness:
    """What other rules tell of a designation, beside it and never in its place (E12)."""

    def test_a_firm_not_on_the_list_reads_the_star_attributes_with_their_rulebook(self, round_: Round) -> None:
        ready = programme(scored(round_))["readiness"]
        assert (ready["reads"], ready["rulebook"]["key"], ready["status_label"]) == (
            "star-market", "star-market/2024", "平台标定",
        )  # fmt: skip
        assert [(path["id"], path["total"]) for path in ready["paths"]] == [("tests", 4), ("exception", 1)]
        assert all(path["met"] == path["counts"].get("met", 0) for path in ready["paths"])
        assert ready["awaits"][0]["status_label"] == "待省局确认"

    def test_a_firm_on_the_list_has_nothing_to_prepare(self, round_: Round) -> None:
        designate(firm())
        found = scored(round_)
        assert (programme(found)["outcome"], programme(found)["readiness"]) == ("met", None)

    def test_only_designations_have_it(self, round_: Round) -> None:
        found = {one["code"] for one in screen_of(scored(round_))["programmes"] if one["readiness"]}
        assert found == {"gold-seed", "silver-seed", "chain-leader"}

    def test_it_is_no_part_of_the_stored_result(self, round_: Round) -> None:
        assert "readiness" not in scored(round_).result.object["programmes"]["gold-seed"]
