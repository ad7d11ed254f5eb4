"""E29, P08: plans follow placement, a redraft replaces a draft, and nothing touches what is approved."""

import pytest

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import Conflict, NotAllowed, WrongState
from cultivation.core.files import read_file
from cultivation.core.models import AuditEvent
from cultivation.documents.services import verify_pdf
from cultivation.documents.services.issuing import platform_key
from cultivation.support.models import Plan
from cultivation.support.services import approve_plan, draft_plans, plan_payload, print_plan
from tests.people import People

from .rounds import FACTORY, give, new_round, score, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(people: People) -> Plan:
    (made,) = score(take_in(new_round(), people.firm, FACTORY))
    return made


def test_placing_a_firm_drafts_its_plan(plan: Plan) -> None:
    assert (plan.state, plan.kind) == ("draft", "advance")
    assert {"SV-19", "SV-21"} <= {item.service for item in plan.items.all()}


def test_points_of_the_items_add_up_to_the_plans_rise(plan: Plan) -> None:
    assert sum(item.expected_points for item in plan.items.all()) == plan.expected_total


def test_item_speaks_of_the_pinned_rulebook_in_its_own_words(plan: Plan) -> None:
    item = plan.items.get(service="SV-21")
    assert item.reason == "商业秘密保护制度：无 → 有制度。"
    assert item.gap == "保护 · 商业秘密保护制度 PR-2（0 → 4 分），依据 ip-capability/2026"
    assert item.indicators == {"trade_secret_system": "商业秘密保护制度"}


def test_what_is_not_known_is_a_task_of_the_firm_and_no_service(plan: Plan) -> None:
    (task,) = plan.tasks
    assert (task["kind"], task["title"], task["due"]) == ("gap", "补报资料", "2026-05-15")
    assert "gbt29490_edition" in task["indicators"]
    assert "trade_secret_system" not in task["indicators"]


def test_drafting_again_gives_the_same_plan(plan: Plan) -> None:
    before = list(plan.items.values_list("service", "expected_points", "due"))
    (again,) = draft_plans(SYSTEM, assessments=[plan.assessment])
    assert again.pk == plan.pk
    assert list(again.items.values_list("service", "expected_points", "due")) == before


def test_rescoring_replaces_a_draft(plan: Plan) -> None:
    give(plan.assessment, {"trade_secret_system": "audited"})
    (again,) = score(plan.assessment)
    assert again.pk == plan.pk
    assert "SV-21" not in {item.service for item in again.items.all()}


def test_rescoring_leaves_an_approved_plan_as_it_is(plan: Plan, people: People) -> None:
    approve_plan(people.who("province_officer").actor, plan=plan)
    before = list(plan.items.values_list("service", flat=True))
    give(plan.assessment, {"trade_secret_system": "audited"})
    (again,) = score(plan.assessment)
    assert (again.state, list(again.items.values_list("service", flat=True))) == ("approved", before)


def test_veto_turns_a_draft_into_rectification_without_points(plan: Plan) -> None:
    give(plan.assessment, {"abnormal_filing_3y": True})
    plan.assessment.refresh_from_db()
    (again,) = score(plan.assessment)
    assert (again.kind, again.items.count(), again.expected_total) == ("rectification", 0, 0)
    assert [task["title"] for task in again.tasks] == ["整改：近三年有未整改的非正常专利申请"]


@pytest.mark.parametrize("role", ["province_officer", "province_leader", "city_officer", "city_leader"])
def test_bureau_of_the_firm_approves(plan: Plan, people: People, role: str) -> None:
    actor = people.who(role).actor
    approve_plan(actor, plan=plan)
    assert (plan.state, plan.approved_by) == ("approved", actor.name)
    assert AuditEvent.objects.filter(action="plan.approve", subject_id=str(plan.pk), actor_name=actor.name).count() == 1


@pytest.mark.parametrize(
    "role", ["enterprise_filler", "enterprise_approver", "agency_manager", "expert", "system_admin"]
)
def test_nobody_else_approves(plan: Plan, people: People, role: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        approve_plan(people.who(role).actor, plan=plan)
    assert refusal.value.code == "bureau_of_the_firm"


def test_city_does_not_approve_another_citys_firm(people: People) -> None:
    (plan,) = score(take_in(new_round(), people.other_firm, FACTORY))
    with pytest.raises(NotAllowed):
        approve_plan(people.who("city_leader").actor, plan=plan)


def test_plan_is_approved_once(plan: Plan, people: People) -> None:
    actor = people.who("province_officer").actor
    approve_plan(actor, plan=plan)
    with pytest.raises(WrongState):
        approve_plan(actor, plan=plan)


def test_company_does_not_draft_plans(plan: Plan, people: People) -> None:
    with pytest.raises(NotAllowed):
        draft_plans(people.who("enterprise_approver").actor, assessments=[plan.assessment])


def test_other_city_sees_no_plan(people: People) -> None:
    score(take_in(new_round(), people.other_firm, FACTORY))
    assert Plan.objects.visible_to(people.who("city_officer").actor).count() == 0
    assert Plan.objects.visible_to(people.who("province_officer").actor).count() == 1


def test_firm_sees_its_plan_once_approved_and_announced(plan: Plan, people: People) -> None:
    actor = people.who("enterprise_filler").actor
    seen = [Plan.objects.visible_to(actor).count()]
    approve_plan(people.who("province_officer").actor, plan=plan)
    seen.append(Plan.objects.visible_to(actor).count())
    plan.assessment.state = "announced"
    plan.assessment.save()
    assert [*seen, Plan.objects.visible_to(actor).count()] == [0, 0, 1]


def test_payload_adds_up_and_names_the_goal(plan: Plan) -> None:
    payload = plan_payload(plan)
    assert sum(item.points for item in payload.items) == plan.expected_total
    assert (payload.level, payload.goal) == ("起步", "成长")
    assert payload.notes[0] == plan.summary
    assert (payload.trial, payload.demonstration, payload.score_max) == (True, True, 105)


def test_draft_is_not_printed_for_the_firm(plan: Plan) -> None:
    with pytest.raises(Conflict):
        print_plan(SYSTEM, plan=plan)


def test_approved_plan_is_printed_once_for_its_content(plan: Plan, people: People) -> None:
    approve_plan(people.who("province_officer").actor, plan=plan)
    first = print_plan(SYSTEM, plan=plan)
    assert print_plan(SYSTEM, plan=plan) == first
    assert (first.kind, first.enterprise) == ("service_plan", people.firm)
    assert verify_pdf(read_file(first.file), trust=platform_key()).genuine
