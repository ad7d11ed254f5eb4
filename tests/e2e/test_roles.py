"""Every role lands on one page that says what it may do; a city office sees its own region alone (§6)."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks
from tests.e2e.looks import settle
from tests.e2e.places import ask


def firms_seen(page: Page, round_: str) -> list[str]:
    """Where the firms on the list are seated, all its pages together."""
    page.goto(f"/rounds/{round_}/firms")
    settle(page)
    seats = page.locator("td[data-label=所在地]")
    seen = seats.all_inner_texts()
    following = page.get_by_role("link", name="下一页")
    while following.count():
        page.goto(str(following.get_attribute("href")))
        settle(page)
        seen += seats.all_inner_texts()
    return seen


@pytest.mark.parametrize(("who", "place"), [("wuhan", "武汉市"), ("huanggang", "黄冈市"), ("xiantao", "仙桃市")])
def test_a_city_office_sees_its_own_firms_alone(desks: Desks, holdings: dict[str, str], who: str, place: str) -> None:
    """仙桃 has no prefecture: its six digits count."""
    seats = firms_seen(desks.open(who), holdings["round"])
    assert seats
    assert [seat for seat in seats if not seat.startswith(place)] == []


def test_a_city_office_misses_none_of_its_firms(desks: Desks, holdings: dict[str, str]) -> None:
    own = firms_seen(desks.open("wuhan"), holdings["round"])
    all_of_them = firms_seen(desks.open("province"), holdings["round"])
    assert sorted(own) == sorted(seat for seat in all_of_them if seat.startswith("武汉市"))


def test_a_firm_of_another_city_is_not_found(desks: Desks, holdings: dict[str, str]) -> None:
    page = desks.open("wuhan")
    seen = {firm["id"] for firm in ask(page, f"assessments?round={holdings['round']}")["results"]}
    assert int(holdings["firm"]) not in seen
    page.goto(f"/assessments/{holdings['firm']}")
    expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()


def test_a_city_office_is_offered_no_new_round(desks: Desks) -> None:
    page = desks.open("wuhan")
    page.goto("/rounds")
    settle(page)
    expect(page.get_by_role("link", name="新建批次")).to_have_count(0)


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("expert", "目前没有分配给您的评审任务"),
        ("agency", "目前没有企业同意与贵机构对接"),
        ("consultant", "目前没有交给您的服务任务"),
        ("sysadmin", "您负责账号与系统设置，不接触业务数据"),
        ("secadmin", "您负责角色与安全策略，不接触业务数据"),
        ("auditor", "审计记录只增不改"),
    ],
)
def test_a_role_without_tasks_is_told_so(desks: Desks, who: str, says: str) -> None:
    page = desks.open(who)
    page.goto("/home")
    expect(page.get_by_text(says)).to_be_visible()


@pytest.mark.parametrize("who", ["expert", "agency", "sysadmin", "secadmin", "auditor"])
def test_a_role_without_tasks_sees_no_rounds(desks: Desks, holdings: dict[str, str], who: str) -> None:
    page = desks.open(who)
    page.goto(f"/rounds/{holdings['round']}")
    expect(page.get_by_role("heading", name="您没有权限看这一页")).to_be_visible()
