"""The plan on paper."""

from django.utils import timezone

from cultivation.assessments.states import LEVELS
from cultivation.core.actors import Actor
from cultivation.core.errors import Conflict
from cultivation.core.regions import load_regions
from cultivation.documents.models import Document
from cultivation.documents.services import payloads
from cultivation.documents.services.issuing import Draft, issue_document
from cultivation.support.models import Plan, PlanItem
from cultivation.support.services.card import Tier, next_tier
from cultivation.support.services.words import capability_rulebook, tiers_of

NOTES = (
    "预期加分按同一规则书合并核算：几项服务提升同一指标时只计一次，各项相加即为合计。",
    "服务目录、费力程度和预期变化是平台标定，不是官方规定；用时为一般情形，以服务协议约定为准。",
)


def plan_draft(plan: Plan) -> Draft:
    """What is printed of a plan as it stands."""
    enterprise = plan.assessment.enterprise
    title = f"培育方案_{enterprise.name}"
    return Draft("service_plan", plan_payload(plan), plan, title, enterprise)


def print_plan(actor: Actor, *, plan: Plan) -> Document:
    """Only an approved plan is printed for the firm: a document is seen by whoever sees the firm's documents."""
    if plan.state == "draft":
        raise Conflict("方案批准后才能下载。", code="plan_not_approved")
    return issue_document(actor, plan_draft(plan))


def plan_payload(plan: Plan) -> payloads.ServicePlan:
    round_ = plan.assessment.round
    rulebook = capability_rulebook(round_)
    if rulebook is None:
        raise Conflict("本批次没有锁定能力评分表，不能生成培育方案。", code="no_capability_rulebook")
    tiers = tiers_of(rulebook)
    goal = next_tier(tiers, plan.level)
    low, high = plan.assessment.result.object["capability"]["score"]
    return payloads.ServicePlan(
        made_on=timezone.localdate(plan.approved_at) if plan.approved_at else plan.starts_on,
        demonstration=round_.is_demonstration,
        trial=round_.is_trial,
        firm=_firm(plan),
        round=payloads.RoundInfo(name=round_.name, assessed_on=round_.assessed_on, kind=round_.get_kind_display()),
        score_low=low,
        score_high=high,
        score_max=rulebook.document["scorecard"]["max"],
        tiers=tuple(_tier(tier) for tier in tiers),
        level=LEVELS.get(plan.level, "未定级"),
        goal=goal.label if goal else None,
        items=tuple(_item(item) for item in plan.items.all()),
        rulebook=payloads.RulebookRef(
            programme=rulebook.programme,
            key=rulebook.key,
            title=rulebook.title,
            source_status=rulebook.source_status,  # type: ignore[arg-type]
            reason="",
            fingerprint=rulebook.fingerprint,
        ),
        notes=_notes(plan),
    )


def _firm(plan: Plan) -> payloads.Firm:
    enterprise = plan.assessment.enterprise
    region = load_regions().label_of(enterprise.region)
    return payloads.Firm(name=enterprise.name, uscc=enterprise.uscc, region=region, zone=enterprise.zone)


def _tier(tier: Tier) -> payloads.Tier:
    return payloads.Tier(code=tier.code, label=tier.label, threshold=tier.threshold)  # type: ignore[arg-type]


def _item(item: PlanItem) -> payloads.PlanItem:
    return payloads.PlanItem(
        code=item.service,
        title=item.title,
        reason=item.reason,
        gap=item.gap,
        points=item.expected_points,
        effort=item.get_effort_display(),  # type: ignore[arg-type]
        duration=item.duration,
        owner=item.owner,
        starts_on=item.starts_on,
        due=item.due,
        deliverable=item.deliverable,
    )


def _notes(plan: Plan) -> tuple[str, ...]:
    tasks = [f"{task['title']}。{task['reason']}请在 {task['due']} 前完成。" for task in plan.tasks]
    free = "；".join(f"{item.title}：{item.resource}" for item in plan.items.all() if item.resource)
    resources = [f"可先联系公共服务资源——{free}。"] if free else []
    return (plan.summary, *tasks, *resources, *NOTES)
