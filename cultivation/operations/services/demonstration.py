"""The demonstration province: people for every role, 17 bureaus, one round carried through, one to learn from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cultivation.accounts.models import Enterprise, Organisation, User
from cultivation.accounts.services import add_person
from cultivation.assessments.services import read_workbook_bytes, receive_workbook
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import NotAllowed
from cultivation.core.regions import load_regions
from cultivation.operations.services.demonstration_cases import hand_in, return_case
from cultivation.operations.services.demonstration_papers import begin_draft
from cultivation.operations.services.demonstration_rules import begin_rules
from cultivation.operations.services.simulated_round import carry_panel_round
from cultivation.operations.services.trial import finish, settle
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import UnknownYear, create_round, is_working_day, set_timetable
from cultivation.publication.models import PublishedList
from cultivation.publication.services import request_certificates, why_not_issue
from cultivation.support.models import Plan
from cultivation.support.services import approve_plan

WORKBOOK = Path(settings.BASE_DIR) / "demo" / "round-2026.xlsx"
PAST_WORKBOOK = Path(settings.BASE_DIR) / "demo" / "round-2025.xlsx"
ROUND_NAME = "2026年度企业知识产权能力评估（演示数据）"
PAST_NAME = "2025年度企业知识产权能力评估（演示数据）"
FILLING_ROUND = "企业知识产权能力自评（演示数据）"
FILLING_TIME = timedelta(days=30)
FILLER, OFFICER = "company", "province"
SIGNERS = ("factory", "laboratory")
COMPANIES = ("firm", "returned", "waiting")
TIME_TO_DECIDE = timedelta(days=21)
TIME_TO_ANNOUNCE = timedelta(days=14)
MARK = "（演示）"
OFFICE_HOURS = "工作日 9:00–12:00，14:00–17:00"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    full_name: str
    role: str
    place: str


PEOPLE: tuple[Person, ...] = (
    Person("province", "周知远", "province_officer", "province"),
    Person("province-leader", "何明德", "province_leader", "province"),
    Person("wuhan", "陈思齐", "city_officer", "420100"),
    Person("wuhan-leader", "刘同舟", "city_leader", "420100"),
    Person("huanggang", "王芳", "city_officer", "421100"),
    Person("xiantao", "赵一鸣", "city_officer", "429004"),
    Person(FILLER, "李敏", "enterprise_filler", "firm"),
    Person("company-approver", "孙立", "enterprise_approver", "firm"),
    Person("company-legal", "罗德昌", "enterprise_legal", "firm"),
    Person("factory", "黄文静", "enterprise_approver", "returned"),
    Person("laboratory", "袁立新", "enterprise_approver", "waiting"),
    Person("expert", "吴鉴之", "expert", "panel"),
    Person("agency", "郑达", "agency_manager", "agency"),
    Person("consultant", "冯小禾", "agency_consultant", "agency"),
    Person("sysadmin", "系统管理员", "system_admin", "province"),
    Person("secadmin", "安全管理员", "security_admin", "province"),
    Person("auditor", "审计管理员", "audit_admin", "province"),
)


def load_demonstration() -> Round:
    """Make what is missing; what is there stays as people have left it."""
    if settings.PRODUCTION or not settings.DEMONSTRATION:
        raise NotAllowed("演示数据只在演示环境装入（DEMONSTRATION=true，且不是生产环境）。", code="not_a_demonstration")
    with transaction.atomic():
        places = _organisations()
    round_ = _carry_round()
    carry_panel_round(round_)
    _carry_past()
    _open_filling()
    firms = _firms(round_)
    with transaction.atomic():
        _people(places, firms)
        _begin_draft(firms["firm"])
        _hand_in(firms)
    begin_rules(round_)
    return round_


def _organisations() -> dict[str, Organisation]:
    wanted = {
        "province": ("湖北省知识产权局", "province", "420000"),
        "agency": ("江城知产服务有限公司", "agency", "420100"),
        "panel": ("湖北省知识产权评审专家库", "panel", "420000"),
    }
    for division in load_regions().divisions:
        wanted[division.code] = (f"{division.name}知识产权局", "city", division.code)
    return {key: _organisation(name + MARK, kind, region) for key, (name, kind, region) in wanted.items()}


def _organisation(name: str, kind: str, region: str) -> Organisation:
    found, _ = Organisation.objects.get_or_create(
        name=name, defaults={"kind": kind, "region": region, "is_demonstration": True}
    )
    if kind in {"province", "city"} and not found.phone:
        found.phone, found.email, found.hours = "000-0000 0000", f"ip-{region}@example.org", OFFICE_HOURS
        found.save(update_fields=["phone", "email", "hours"])
    return found


def _carry_round() -> Round:
    """The whole round as the system, on the same services as people use; from where a run that was killed left it."""
    round_ = Round.objects.filter(name=ROUND_NAME).first() or _new_round()
    settle(round_)
    if round_.state == "draft" and not round_.firms:
        finish(receive_workbook(SYSTEM, round_=round_, data=WORKBOOK.read_bytes(), filename=WORKBOOK.name), _quiet)
        round_.refresh_from_db()
    if round_.state in {"draft", "deciding"}:
        _score_and_publish(round_)
    if not why_not_issue(round_):
        finish(request_certificates(SYSTEM, round_=round_), _quiet)
    return round_


def _carry_past() -> None:
    """A small round of the year before, so that there are years to compare; no scorecard was in force then."""
    data = PAST_WORKBOOK.read_bytes()
    on = read_workbook_bytes(data).filled_on
    assert on is not None
    round_ = Round.objects.filter(name=PAST_NAME).first() or create_round(
        SYSTEM, name=PAST_NAME, assessed_on=on, demonstration=True, without_scorecard=True
    )
    settle(round_)
    if round_.state == "draft" and not round_.firms:
        finish(receive_workbook(SYSTEM, round_=round_, data=data, filename=PAST_WORKBOOK.name), _quiet)
        round_.refresh_from_db()
    if round_.state in {"draft", "deciding"}:
        _score_and_publish(round_)
    if round_.state == "published":
        round_flow.run(round_, "close", actor=SYSTEM)


def _open_filling() -> None:
    """A round in which the demonstration company can fill in, from the day it was first loaded."""
    if Round.objects.filter(name=FILLING_ROUND).exists():
        return
    now = timezone.now()
    closes = _working_day(timezone.localtime(now + FILLING_TIME)).replace(hour=17, minute=0, second=0, microsecond=0)
    round_ = create_round(
        SYSTEM,
        name=FILLING_ROUND,
        assessed_on=timezone.localdate(),
        stages=("filling",),
        demonstration=True,
        filling=(now, closes),
    )
    decided = closes.date() + TIME_TO_DECIDE
    set_timetable(SYSTEM, round_=round_, days={"decide": decided, "announce": decided + TIME_TO_ANNOUNCE})
    round_flow.run(round_, "open", actor=SYSTEM)


def _begin_draft(firm: Enterprise) -> None:
    actor = User.objects.get(username=FILLER).actor
    if actor.enterprise_id == firm.pk:
        begin_draft(actor, round_=Round.objects.get(name=FILLING_ROUND), firm=firm)


def _hand_in(firms: dict[str, Enterprise]) -> None:
    """What waits for the office, and what the office has sent back already."""
    round_ = Round.objects.get(name=FILLING_ROUND)
    for place, firm in firms.items():
        person = User.objects.filter(memberships__enterprise=firm, username__in=SIGNERS).first()
        case = hand_in(person, round_=round_, firm=firm) if person else None
        if case and place == "returned":
            return_case(User.objects.get(username=OFFICER), case)


def _working_day(moment: datetime) -> datetime:
    """The last working day up to then; of a year whose holidays are not known, the day itself."""
    try:
        days = (moment - timedelta(days=back) for back in range(FILLING_TIME.days))
        return next((day for day in days if is_working_day(day.date())), moment)
    except UnknownYear:
        return moment


def _new_round() -> Round:
    on = read_workbook_bytes(WORKBOOK.read_bytes()).filled_on
    assert on is not None
    return create_round(SYSTEM, name=ROUND_NAME, assessed_on=on, demonstration=True)


def _score_and_publish(round_: Round) -> None:
    if round_.state == "draft" or round_.scored < round_.firms:
        round_flow.run(round_, "score" if round_.state == "draft" else "rescore", actor=SYSTEM)
        settle(round_)
    for plan in Plan.objects.filter(assessment__round=round_, state="draft"):
        approve_plan(SYSTEM, plan=plan)
    round_flow.run(round_, "publish", actor=SYSTEM)


def _quiet(done: int, total: int, note: str) -> None:
    """Nobody watches."""


def _firms(round_: Round) -> dict[str, Enterprise]:
    """The companies that accounts belong to: the first on the published list, and two others of the round."""
    entries = PublishedList.objects.get(round=round_).entries
    rows = Enterprise.objects.filter(assessments__round=round_, is_demonstration=True).order_by("pk")
    first = Enterprise.objects.get(uscc=entries[0]["uscc"]) if entries else rows[0]
    return dict(zip(COMPANIES, [first, *rows.exclude(pk=first.pk)[: len(COMPANIES) - 1]], strict=False))


def _people(places: dict[str, Organisation], firms: dict[str, Enterprise]) -> None:
    for person in PEOPLE:
        if person.place in COMPANIES and person.place not in firms:
            continue
        add_person(
            SYSTEM,
            username=person.username,
            full_name=person.full_name,
            password=settings.DEMO_PASSWORD,
            role=person.role,
            organisation=places.get(person.place),
            enterprise=firms.get(person.place),
            demonstration=True,
        )
