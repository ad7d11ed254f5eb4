"""Everybody's first page: what to do next, then where things stand."""

from typing import Any

from django.utils import timezone

from cultivation.accounts.states import BUREAU_ROLES, ENTERPRISE_ROLES, NOBODY, ROLES
from cultivation.assessments.models import Assessment
from cultivation.assessments.services.standing import my_rounds
from cultivation.assessments.states import FILLING
from cultivation.core.actors import Actor
from cultivation.documents.models import Certificate
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


def _page(headline: str, todo: list[Page], figures: list[Page], **found: int | None) -> Page:
    empty = {"assessment": None, "plan": None, "certificate": None}
    return {"headline": headline, "todo": todo, "figures": figures, **empty, **found}


def _todo(title: str, detail: str, link: str, tone: str) -> Page:
    return {"title": title, "detail": detail, "link": link, "tone": tone}


def _figure(label: str, value: int, link: str, of: int | None = None) -> Page:
    return {"label": label, "value": value, "of": of, "link": link}


def _bureau(actor: Actor) -> Page:
    rounds = list(Round.objects.visible_to(actor).exclude(state="closed")[:5])
    todo = [item for round_ in rounds for item in _round_todo(round_, actor)]
    if not todo:
        todo = [_todo("没有需要马上处理的批次", "", "/rounds", "info")]
    return _page("现在要做的", todo, _bureau_figures(rounds[0], actor) if rounds else [])


def _round_todo(round_: Round, actor: Actor) -> list[Page]:
    link = f"/rounds/{round_.pk}"
    moves = [move for move in actions(round_, actor) if move["enabled"] and move["name"] not in {"rescore", "close"}]
    todo = [_todo(f"{round_.name}：{moves[0]['label']}", round_.get_state_display(), link, "next")] if moves else []
    if round_.state == "draft" and not round_.firms and not moves and actor.role.startswith("province"):
        todo.append(_todo(f"{round_.name}：导入汇总表", "批次已建立，还没有企业", link, "next"))
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


def _filling(page: Page) -> Page:
    """A round that waits for the firm: what is left, and until when."""
    until = timezone.localtime(page["filling_until"]).strftime("%Y年%m月%d日 %H:%M:%S")
    if page["assessment"] is None:
        return _todo(f"{page['name']}：开始自评填报", f"{until}截止，以服务器时间为准", "/filling", "due")
    left = f"还差 {page['open']} 项" if page["open"] else "已填完，请检查并提交"
    link = f"/filling/{page['assessment']}" + ("" if page["open"] else "/check")
    return _todo(f"{page['name']}：{left}", f"{until}截止，以服务器时间为准", link, "due")


def _enterprise(actor: Actor) -> Page:
    announced = Assessment.objects.visible_to(actor).with_result_for(actor).select_related("round")
    latest = announced.order_by("-round__assessed_on", "-pk").first()
    filling = [_filling(page) for page in my_rounds(actor) if page["state"] in (None, *FILLING) and not page["closed"]]
    if latest is None:
        detail = "名单发布后，您的评分、培育方案和证书会出现在这里。"
        waiting = filling or [_todo("等待发布", detail, "", "info")]
        return _page("您的企业还没有已公布的评估结果", waiting, [])
    plan = Plan.objects.visible_to(actor).filter(assessment=latest).first()
    certificate = Certificate.objects.visible_to(actor).order_by("-pk").first()
    todo = [*filling, _todo("查看评分和各专项结论", latest.round.name, f"/assessments/{latest.pk}", "next")]
    if plan:
        todo.insert(len(filling), _todo("培育方案已批准，请按方案安排", latest.round.name, f"/plans/{plan.pk}", "next"))
    return _page(
        "现在要做的",
        todo,
        [],
        assessment=latest.pk,
        plan=plan.pk if plan else None,
        certificate=certificate.pk if certificate else None,
    )
