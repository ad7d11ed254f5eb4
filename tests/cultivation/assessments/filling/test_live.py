"""The score while filling is the official one, over what has been declared so far (E06, E08, E09)."""

from typing import Any

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import declared_facts_of
from cultivation.assessments.services.filling import checklist_of, form_of, live_of
from cultivation.assessments.services.filling.guidance import written_examples
from cultivation.core.actors import Actor
from cultivation.programmes.services import pinned_library
from scoring import assess
from tests.factories.filling import begin, fill, random_answers
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def draft(people: People, actor: Actor) -> Assessment:
    return begin(actor, people.firm)


def official(draft: Assessment) -> dict[str, Any]:
    """What scoring the same facts as approved ones would give."""
    round_ = draft.round
    row = {"id": draft.enterprise.uscc, **declared_facts_of(draft)}
    library = pinned_library(round_)
    return assess([row], on=round_.assessed_on, kind="new", region=round_.region, library=library)[0]


def test_nothing_told_is_an_interval_over_everything(draft: Assessment) -> None:
    live = live_of(draft)
    assert live["score"]["low"] < live["score"]["high"]
    assert (live["level"], live["level_possible"]) == ("starter", "leading")
    assert live["blocking"] == sum(section["open"] for section in live["sections"]) > 30


@pytest.mark.parametrize("seed", range(30))
def test_random_drafts_score_as_officially(draft: Assessment, seed: int) -> None:
    """E09: the live score is the official one for any draft, unknown facts included."""
    random_answers(draft, seed)
    live, expected = live_of(draft), official(draft)
    assert [live["score"]["low"], live["score"]["high"]] == expected["capability"]["score"]
    assert live["level"] == expected["capability"]["level"]
    assert {p["code"]: p["outcome"] for p in live["programmes"]} == {
        code: found["outcome"] for code, found in expected["programmes"].items()
    }


def test_the_checklist_names_every_open_required_field_in_the_forms_order(draft: Assessment) -> None:
    fields = [field for section in form_of(draft)["sections"] for field in section["fields"]]
    wanted = [field["code"] for field in fields if field["is_required"]]
    assert [item.code for item in checklist_of(draft) if item.severity == "blocking"] == wanted


def test_dont_know_is_an_answer_that_only_warns(actor: Actor, draft: Assessment) -> None:
    fill(actor, draft, revenue=None)
    items = [item for item in checklist_of(Assessment.objects.get(pk=draft.pk)) if item.code == "revenue"]
    assert [(item.severity, item.kind) for item in items] == [("warning", "unknown")]


def test_contradictions_are_listed(actor: Actor, draft: Assessment) -> None:
    fill(actor, draft, employees=10, rd_staff=20)
    kinds = {(item["code"], item["kind"]) for item in live_of(Assessment.objects.get(pk=draft.pk))["checklist"]}
    assert ("rd_staff", "contradiction") in kinds


def test_every_field_says_who_reads_it_by_which_clause(draft: Assessment) -> None:
    """E08: clause, document and points stand beside the field."""
    fields = {field["code"]: field for section in form_of(draft)["sections"] for field in section["fields"]}
    rules = fields["rd_expense"]["rules"]
    assert {"innovative-sme", "srdi-sme", "little-giant", "hnte"} <= {rule["programme"] for rule in rules}
    bands = next(rule for rule in rules if rule["id"] == "CX-2")["steps"]
    assert [step["high"] for step in bands] == [0, 5, 10, 15, 20]
    assert all(rule["source"] and rule["status_label"] for field in fields.values() for rule in field["rules"])


def test_no_reviewers_fact_is_asked(draft: Assessment) -> None:
    codes = {field["code"] for section in form_of(draft)["sections"] for field in section["fields"]}
    assert not codes & {"niche_position_verdict", "local_feature_score", "tech_advancement_score", "ip_quantity_score"}


def test_every_required_question_has_a_good_example_in_both_languages(draft: Assessment) -> None:
    """E08: and none is written for a question that nobody is asked."""
    fields = {field["code"]: field for section in form_of(draft)["sections"] for field in section["fields"]}
    for code, field in fields.items():
        if field["is_required"]:
            assert field["example"], code
            assert field["example_en"].isascii() or "“" in field["example_en"], code
    assert set(written_examples()) <= set(fields)


def test_last_year_is_named_by_its_number(draft: Assessment) -> None:
    fields = {field["code"]: field for section in form_of(draft)["sections"] for field in section["fields"]}
    year = draft.round.assessed_on.year
    named = {code: fields[code]["year"] for code in ("revenue", "revenue_prev1", "net_assets_prev2", "employees")}
    assert named == {"revenue": year - 1, "revenue_prev1": year - 2, "net_assets_prev2": year - 3, "employees": None}
