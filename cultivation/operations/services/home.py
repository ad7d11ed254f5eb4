"""Everybody's first page: what to do next, then where things stand."""

from typing import Any

from django.utils import timezone

from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, NOBODY, ROLES
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.review import waiting_for
from cultivation.core.actors import Actor
from cultivation.core.language import said
from cultivation.documents.models import Certificate
from cultivation.operations.services.expiring import expiring_titles, renewal_round
from cultivation.operations.services.overview import actions
from cultivation.pools.models import Placement
from cultivation.programmes.models import Round
from cultivation.publication.states import LISTED_TIERS
from cultivation.support.models import Plan

Page = dict[str, Any]
WAITING = {
    "expert": "专家评审在设有评审环节的批次中进行。分配给您的评分任务会出现在这里，届时企业名称已隐去。",
    "agency_manager": "企业同意对接后，服务任务会出现在这里。",
    "agency_consultant": "负责人把服务任务分派给您后，会出现在这里。",
    "system_admin": "您负责账号与参数。当前批次不需要您处理任何事项。",
    "security_admin": "您负责角色与安全策略。当前批次不需要您处理任何事项。",
    "audit_admin": "您负责审计。可在服务器上运行审计核验命令，检查审计链是否完整。",
}


def page_of(actor: Actor) -> Page:
    if actor.role in BUREAU_ROLES:
        return _bureau(actor)
    if actor.role in ENTERPRISE_ROLES:
        return _enterprise(actor)
    if actor.role == NOBODY:
        return _page("现在要做的", [_todo("登记或加入您的企业", "填写统一社会信用代码即可开始", "/join", "next")], [])
    return _page("目前没有待办事项", [_todo(ROLES[actor.role], WAITING[actor.role], "", "info")], [])


def _page(headline: str, todo: list[Page], figures: list[Page]) -> Page:
    empty: Page = {"assessment": None, "plan": None, "certificate": None, "expiring": [], "renewal_round": None}
    return {"headline": headline, "todo": todo, "figures": figures, **empty}


def _todo(title: str, detail: str, link: str, tone: str) -> Page:
    return {"title": title, "detail": detail, "link": link, "tone": tone}


def _figure(label: str, value: int, link: str, of: int | None = None) -> Page:
    return {"label": label, "value": value, "of": of, "link": link}


def _bureau(actor: Actor) -> Page:
    real = Round.objects.visible_to(actor).filter(is_simulated=False)
    rounds = list(real.exclude(state="closed")[:5])
    todo = [item for round_ in rounds for item in _round_todo(round_, actor)]
    if not todo:
        todo = [_todo("没有需要马上处理的批次", "", "/rounds", "info")]
    told = next((round_ for round_ in rounds if round_.firms), None)
    return _page("现在要做的", todo, _bureau_figures(told, actor) if told else [])


def _round_todo(round_: Round, actor: Actor) -> list[Page]:
    link = f"/rounds/{round_.pk}"
    moves = [move for move in actions(round_, actor) if move["enabled"] and move["name"] not in {"rescore", "close"}]
    todo = [_todo(f"{round_.name}：{moves[0]['label']}", round_.get_state_display(), link, "next")] if moves else []
    if round_.state == "draft" and not round_.firms and not moves and actor.role.startswith("province"):
        todo.append(_todo(f"{round_.name}：导入汇总表", "批次已建立，还没有企业", link, "next"))
    handed_in, again = waiting_for(actor, round_)
    if handed_in:
        detail = f"其中 {again} 家是补正后重新提交" if again else "打开后可以核对证明材料、退回补正"
        todo.append(_todo(f"{round_.name}：{handed_in} 家企业已提交，等待审核", detail, f"{link}/firms", "next"))
    waiting = Plan.objects.visible_to(actor).filter(assessment__round=round_, state="draft").count()
    if waiting:
        detail = "方案批准后企业才能看到" if round_.state != "published" else "名单已发布，企业正在等待方案"
        tone = "due" if round_.state == "published" else "info"
        todo.append(_todo(f"{round_.name}：{waiting} 份培育方案待批准", detail, f"{link}/plans?state=draft", tone))
    return todo


def _bureau_figures(round_: Round, actor: Actor) -> list[Page]:
    firms = Assessment.objects.visible_to(actor).standing().filter(round=round_).count()
    placements = Placement.objects.visible_to(actor).filter(round=round_)
    link = f"/rounds/{round_.pk}"
    return [
        _figure("参评企业", firms, f"{link}/firms"),
        _figure("已入库", placements.count(), f"{link}/pool", firms),
        _figure("优势级及以上", placements.filter(tier__in=LISTED_TIERS).count(), f"{link}/list", firms),
    ]


def _enterprise(actor: Actor) -> Page:
    """The rounds that wait for the firm are told by `my/rounds`; here is what its last result asks of it."""
    announced = Assessment.objects.visible_to(actor).with_result_for(actor).select_related("round")
    latest = announced.order_by("-round__assessed_on", "-pk").first()
    expiring = {"expiring": expiring_titles(actor, timezone.localdate()), "renewal_round": renewal_round(actor)}
    if latest is None:
        return _page("您的企业还没有已公布的评估结果", [], []) | expiring
    plan = Plan.objects.visible_to(actor).filter(assessment=latest).first()
    certificate = Certificate.objects.visible_to(actor).filter(enterprise=latest.enterprise_id).order_by("-pk").first()
    see = said("查看评分和各专项结论", "See the score and each programme")
    todo = [_todo(see, latest.round.name, f"/assessments/{latest.pk}", "next")]
    if plan:
        planned = said("培育方案已批准，请按方案安排", "The service plan is approved: go by it")
        todo.insert(0, _todo(planned, latest.round.name, f"/plans/{plan.pk}", "next"))
    found = {"assessment": latest.pk, "plan": plan.pk if plan else None}
    return _page("现在要做的", todo, []) | expiring | found | {"certificate": certificate.pk if certificate else None}
