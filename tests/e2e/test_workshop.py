"""The rule workshop walked by two people: copied, edited as tables, tried, weighed, sent back, published (P02–P05).

Each fixture is a step taken in the browser on a site of its own, since what is published stays published.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.desks import Desks, shoot
from tests.e2e.looks import settle
from tests.e2e.places import ask, token_of
from tests.e2e.rounds import listed, number_in, press
from tests.e2e.site import Site

KEY, SCHEME = "ip-capability/2026", "ip-capability"
WHY = "按省局会议纪要调整优势等级分数线。"
RETURNED = "请把分数线的依据写进来源。"
CONTRADICTION = {"创造与运用": "9", "运用与保护": "9", "创造与保护": "1/9"}
AGREEMENT = ("创造与运用", "创造与保护", "创造与管理", "运用与保护", "运用与管理", "保护与管理")


@pytest.fixture(scope="module")
def own_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    started = site.copy(tmp_path_factory.mktemp("workshop") / "site")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def people(browser: Browser, own_site: Site, browser_context_args: dict[str, Any]) -> Desks:
    return Desks(browser, own_site, **browser_context_args)


@pytest.fixture(scope="module")
def officer(people: Desks) -> Iterator[Page]:
    page = people.open("province")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def leader(people: Desks) -> Iterator[Page]:
    page = people.open("province-leader")
    yield page
    page.context.close()


def copy_of(page: Page, version: str, *, key: str = KEY) -> str:
    """A new version begun from the list: its address."""
    page.goto("/workshop")
    page.get_by_role("button", name=f"把 {key} 复制为新版本").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("新版本号").fill(version)
    dialog.get_by_role("button", name="开始起草").click()
    page.wait_for_url(re.compile(r"/workshop/drafts/\d+$"))
    settle(page)
    return page.url


def node(page: Page, code: str) -> Locator:
    return page.locator(f"[data-node={code}]")


def cell(page: Page, code: str, label: str, *, row: int = -1) -> Locator:
    around = node(page, code) if row < 0 else node(page, code).locator("tbody tr").nth(row)
    return around.get_by_label(label, exact=True).first


def write(page: Page, place: Locator, value: str) -> None:
    place.fill(value)
    place.press("Tab")
    expect_saved(page)


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-save=saved]")).to_be_visible()


def go(page: Page, draft: str, tab: str) -> None:
    page.goto(draft)
    page.get_by_label("本稿内容").get_by_role("link", name=tab).click()
    expect(page.get_by_label("本稿内容").get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
    settle(page)


def give_reason(page: Page, label: str, reason: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("理由").fill(reason)
    dialog.get_by_role("button", name=label, exact=True).click()
    expect(dialog).to_have_count(0)


def judge(page: Page, pair: str, judgement: str) -> None:
    page.get_by_label(pair.replace("与", " 与 "), exact=True).select_option(judgement)


@pytest.fixture(scope="module")
def draft(officer: Page) -> str:
    return copy_of(officer, "2029")


@pytest.fixture(scope="module")
def edited(officer: Page, draft: str) -> str:
    """A band, a weight and a threshold changed in the tables."""
    officer.goto(draft)
    write(officer, cell(officer, "CR-4", "分值", row=1), "2.5")
    for code, most in (("CR-4", "4"), ("CR-5", "2")):
        write(officer, cell(officer, code, "满分"), most)
    write(officer, cell(officer, "CR-4", "分值", row=0), "4")
    write(officer, cell(officer, "CR-5", "分值", row=0), "2")
    officer.get_by_role("tab", name="等级").click()
    write(officer, cell(officer, "advantage", "分数线"), "68")
    shoot(officer, "workshop-edited")
    return draft


@pytest.fixture(scope="module")
def tried(officer: Page, edited: str) -> str:
    go(officer, edited, "影响测算")
    officer.get_by_role("button", name="测算", exact=True).click()
    expect(officer.locator(".chip", has_text="针对现在这一稿")).to_be_visible()
    settle(officer)
    shoot(officer, "workshop-tried")
    return officer.url


@pytest.fixture(scope="module")
def submitted(officer: Page, tried: str, edited: str) -> str:
    go(officer, edited, "审批")
    give_reason(officer, "提交审批", WHY)
    expect(officer.get_by_text("待审批", exact=True)).to_be_visible()
    return officer.url


@pytest.fixture(scope="module")
def returned(leader: Page, officer: Page, submitted: str, edited: str) -> str:
    """Sent back with a reason, put right, and submitted again."""
    leader.goto(submitted)
    settle(leader)
    shoot(leader, "workshop-approval")
    give_reason(leader, "退回修改", RETURNED)
    officer.goto(edited)
    expect(officer.get_by_text(RETURNED)).to_be_visible()
    officer.get_by_role("tab", name="等级").click()
    write(officer, cell(officer, "advantage", "来源"), "省局会议纪要（演示）")
    go(officer, edited, "影响测算")
    officer.get_by_role("button", name="测算", exact=True).click()
    expect(officer.locator(".chip", has_text="针对现在这一稿")).to_be_visible()
    go(officer, edited, "审批")
    give_reason(officer, "提交审批", WHY)
    return submitted


@pytest.fixture(scope="module")
def published(leader: Page, returned: str) -> str:
    """The address of the version that was approved."""
    leader.goto(returned)
    press(leader, "批准并发布")
    expect(leader.get_by_text("已发布", exact=True)).to_be_visible()
    leader.get_by_role("link", name="打开发布的版本").click()
    leader.wait_for_url(re.compile(r"/workshop/rulebooks/\d+$"))
    settle(leader)
    shoot(leader, "workshop-published")
    return leader.url


class TestEditing:
    def test_a_broken_law_is_named_in_words_and_leads_to_its_cell(self, officer: Page, draft: str) -> None:
        """P04: a gap between bands, told beside the row, in the checklist and on the tab; undone, it is gone."""
        officer.goto(draft)
        write(officer, cell(officer, "CR-4", "止", row=1), "8")
        problems = officer.get_by_role("region", name="问题")
        expect(problems).to_contain_text("8至10之间有空缺")
        expect(officer.get_by_label("本稿内容").get_by_role("link", name="修改")).to_contain_text("1")
        officer.get_by_role("tab", name="等级").click()
        problems.get_by_role("button").click()
        expect(cell(officer, "CR-4", "起（含）", row=0)).to_be_focused()
        officer.get_by_role("button", name="撤销上一处修改").click()
        expect(problems).to_contain_text("没有发现问题")
        expect(cell(officer, "CR-4", "止", row=1)).to_have_value("10")

    def test_a_weight_that_no_longer_adds_up_is_named(self, officer: Page, draft: str) -> None:
        officer.goto(draft)
        write(officer, cell(officer, "CR-4", "满分"), "5")
        expect(officer.get_by_role("region", name="问题")).to_contain_text("创造")
        go(officer, draft, "审批")
        expect(officer.locator("[data-law=adds-up]")).to_have_attribute("data-state", "broken")
        submit = officer.get_by_role("button", name="提交审批")
        expect(submit).to_have_attribute("aria-disabled", "true")
        expect(officer.get_by_text(re.compile(r"还有 \d+ 个问题，改好后再办理。"))).to_be_visible()
        officer.goto(draft)
        officer.get_by_role("button", name="撤销上一处修改").click()
        expect(officer.get_by_role("region", name="问题")).to_contain_text("没有发现问题")

    def test_nonsense_is_kept_and_told(self, officer: Page, draft: str) -> None:
        officer.goto(draft)
        place = cell(officer, "CR-4", "分值", row=1)
        write(officer, place, "很多")
        expect(officer.get_by_role("region", name="问题")).to_contain_text("很多")
        expect(place).to_have_attribute("aria-invalid", "true")
        officer.reload()
        expect(place).to_have_value("很多")
        officer.get_by_role("button", name="撤销上一处修改").click()
        expect(place).to_have_value("2")

    def test_the_keyboard_alone_edits_a_table(self, officer: Page, draft: str) -> None:
        """Enter goes to the cell below and saves; Escape puts the value back."""
        officer.goto(draft)
        first, second = (cell(officer, "CR-4", "分值", row=row) for row in (1, 2))
        first.focus()
        officer.keyboard.press("ControlOrMeta+a")
        officer.keyboard.type("2.5")
        officer.keyboard.press("Enter")
        expect(second).to_be_focused()
        expect_saved(officer)
        officer.keyboard.type("9")
        officer.keyboard.press("Escape")
        expect(second).to_have_value("1")
        officer.get_by_role("button", name="撤销上一处修改").click()
        expect(first).to_have_value("2")

    def test_typing_on_while_a_save_is_under_way_loses_nothing(self, officer: Page) -> None:
        address = copy_of(officer, "typing")
        place = cell(officer, "CR-4", "分值", row=1)
        held: list[Route] = []

        def hold(route: Route) -> None:
            """The first save alone."""
            if held or route.request.method != "PATCH":
                route.continue_()
            else:
                held.append(route)

        officer.route("**/api/v1/rulebook-drafts/*", hold)
        place.focus()
        officer.keyboard.press("ControlOrMeta+a")
        with officer.expect_request(lambda request: request.method == "PATCH"):
            officer.keyboard.type("2.")
        officer.keyboard.type("5")
        with officer.expect_response(lambda response: response.request.method == "PATCH"):
            held[0].continue_()
        officer.unroute("**/api/v1/rulebook-drafts/*")
        expect(place).to_have_value("2.5")
        place.press("Tab")
        expect_saved(officer)
        officer.goto(address)
        expect(place).to_have_value("2.5")

    def test_what_changed_is_told_in_words(self, officer: Page, edited: str) -> None:
        go(officer, edited, "审批")
        changes = officer.get_by_role("region", name="改了什么")
        expect(changes).to_contain_text("5–10：2分 → 2.5分")
        expect(changes).to_contain_text("分数线：65 → 68")

    def test_two_tabs_lose_nothing(self, people: Desks, officer: Page) -> None:
        """The second save is refused with both values; its writer chooses, and the other's edit stays."""
        address = copy_of(officer, "tabs")
        other = people.open("province-leader")
        other.goto(address)
        settle(other)
        write(officer, cell(officer, "CR-4", "分值", row=1), "2.5")
        cell(other, "CR-4", "分值", row=1).fill("1.5")
        cell(other, "CR-4", "分值", row=1).press("Tab")
        conflict = other.locator("[data-conflict]")
        expect(conflict).to_contain_text("周知远")
        expect(conflict).to_contain_text("现在的值：2.5")
        expect(conflict).to_contain_text("您的值：1.5")
        shoot(other, "workshop-conflict")
        expect(cell(other, "CR-4", "分值", row=1)).to_have_value("1.5")
        conflict.get_by_role("button", name="用我的值保存").click()
        expect_saved(other)
        officer.reload()
        expect(cell(officer, "CR-4", "分值", row=1)).to_have_value("1.5")
        other.context.close()

    def test_mine_can_be_let_go(self, people: Desks, officer: Page) -> None:
        address = copy_of(officer, "letgo")
        other = people.open("province-leader")
        other.goto(address)
        settle(other)
        write(officer, cell(officer, "CR-4", "分值", row=1), "2.5")
        cell(other, "CR-5", "满分").fill("2")
        cell(other, "CR-5", "满分").press("Tab")
        other.locator("[data-conflict]").get_by_role("button", name="不要我的").click()
        expect(other.locator("[data-conflict]")).to_have_count(0)
        expect(cell(other, "CR-5", "满分")).to_have_value("3")
        expect(cell(other, "CR-4", "分值", row=1)).to_have_value("2.5")
        other.context.close()


class TestImpact:
    """P03, P18."""

    def test_every_figure_opens_a_list_of_that_length(self, officer: Page, tried: str) -> None:
        officer.goto(tried)
        settle(officer)
        expect(officer.locator("[data-figure]")).to_have_count(4)
        doors = {
            figure.get_attribute("data-figure"): (
                number_in(figure.locator("b").inner_text()),
                str(figure.get_by_role("link").get_attribute("href")),
            )
            for figure in officer.locator("[data-figure]").all()
        }
        opened = {}
        for name, (_, address) in doors.items():
            officer.goto(address)
            settle(officer)
            opened[name] = listed(officer)
        assert opened == {name: count for name, (count, _) in doors.items()}
        assert opened["moved"] > 0

    @pytest.mark.parametrize("group", ["按市州", "按规模", "按类别"])
    def test_who_moves_by_group_opens_its_firms(self, officer: Page, tried: str, group: str) -> None:
        officer.goto(tried)
        settle(officer)
        link = officer.get_by_role("region", name=group).get_by_role("link").first
        count = number_in(link.inner_text())
        link.click()
        expect(officer.get_by_label("翻页")).to_contain_text(f"共 {count} 条")

    def test_one_firm_is_shown_clause_by_clause(self, officer: Page, tried: str) -> None:
        officer.goto(tried)
        settle(officer)
        firm = officer.locator("#firms tbody a").first
        name = firm.inner_text()
        firm.click()
        one = officer.locator("#one")
        expect(one.get_by_role("heading", name=name)).to_be_visible()
        expect(one.locator("tbody tr").first).to_be_visible()

    def test_a_change_makes_the_trial_outdated(self, officer: Page) -> None:
        address = copy_of(officer, "outdated")
        go(officer, address, "影响测算")
        officer.get_by_role("button", name="测算", exact=True).click()
        expect(officer.locator(".chip", has_text="针对现在这一稿")).to_be_visible()
        officer.goto(address)
        write(officer, cell(officer, "CR-4", "分值", row=1), "2.5")
        go(officer, address, "影响测算")
        expect(officer.locator(".chip", has_text="已过时：测算后又改过")).to_be_visible()


class TestWeights:
    """P05."""

    @pytest.fixture(scope="class")
    def weighed(self, officer: Page) -> str:
        address = copy_of(officer, "weights")
        go(officer, address, "权重比较")
        return officer.url

    def test_a_contradiction_is_refused_unless_reasoned(self, officer: Page, weighed: str) -> None:
        officer.goto(weighed)
        for pair in AGREEMENT:
            judge(officer, pair, CONTRADICTION.get(pair, "1"))
        ratio = officer.locator("[data-ratio]")
        expect(ratio).to_contain_text("超过 0.10")
        assert float(ratio.locator("b").inner_text()) > 0.10
        expect(officer.get_by_text("这一对与其他回答最不一致").first).to_be_visible()
        apply = officer.get_by_role("button", name="按权重调整本稿的满分和分值")
        expect(apply).to_be_disabled()
        shoot(officer, "workshop-inconsistent")

    def test_answers_given_quickly_are_all_kept(self, officer: Page, weighed: str) -> None:
        officer.goto(weighed)
        settle(officer)
        for pair in AGREEMENT:
            judge(officer, pair, "2" if pair.startswith("创造") else "1")
        expect(officer.locator("[data-ratio]")).to_contain_text("可以采用")
        officer.reload()
        expect(officer.locator("[data-ratio] b")).to_have_text("0.000")

    def test_the_weights_are_applied_with_their_reason(self, officer: Page, weighed: str) -> None:
        officer.goto(weighed)
        expect(officer.get_by_role("row").filter(has_text="创造")).to_contain_text("40.0%")
        officer.get_by_label("采用的理由（写入审计记录）").fill("专家会两两比较")
        officer.get_by_role("button", name="按权重调整本稿的满分和分值").click()
        expect(officer.get_by_text("已调整，可在“修改”页撤销。")).to_be_visible()
        expect(officer.get_by_role("row").filter(has_text="创造").get_by_role("cell").nth(1)).to_contain_text("40")

    def test_how_far_a_weight_moves_names_who_changes_places(self, officer: Page, weighed: str) -> None:
        officer.goto(weighed)
        reach = officer.get_by_role("region", name="权重能动多远")
        expect(reach.get_by_text(re.compile(r"到 \d+\.\d+%，.+超过.+")).first).to_be_visible()


class TestLettingGo:
    def test_a_submission_is_withdrawn_and_the_draft_let_go(self, officer: Page) -> None:
        address = copy_of(officer, "away")
        go(officer, address, "审批")
        give_reason(officer, "说明不测算的理由", "只是走查，不影响得分。")
        give_reason(officer, "提交审批", WHY)
        press(officer, "撤回修改")
        expect(officer.get_by_text("起草中", exact=True)).to_be_visible()
        press(officer, "放弃本稿")
        expect(officer.get_by_text("已放弃", exact=True).first).to_be_visible()
        expect(officer.get_by_role("button", name="提交审批")).to_have_count(0)


class TestApproval:
    def test_who_wrote_it_can_not_approve_it(self, officer: Page, submitted: str) -> None:
        """P02: no button, the reason in words, and the API refuses as well."""
        officer.goto(submitted)
        settle(officer)
        expect(officer.get_by_role("button", name="批准并发布")).to_have_count(0)
        expect(officer.get_by_text("规则书须由另一位省局人员审批").first).to_be_visible()
        address = f"/api/v1/rulebook-drafts/{submitted.rsplit('/', 2)[1]}/actions/approve_draft"
        headers = {"X-CSRFToken": token_of(officer), "Referer": officer.url}
        answer = officer.request.post(address, data={}, headers=headers)
        assert (answer.status, answer.json()["code"]) == (403, "second_person")

    def test_what_is_submitted_is_read_only(self, officer: Page, submitted: str, edited: str) -> None:
        officer.goto(edited)
        settle(officer)
        expect(officer.get_by_text("这一稿已提交审批，内容不能修改；起草人可以先撤回。")).to_be_visible()
        expect(node(officer, "CR-4").get_by_role("textbox")).to_have_count(0)

    def test_the_second_person_sees_all_on_one_page(self, leader: Page, submitted: str) -> None:
        leader.goto(submitted)
        settle(leader)
        for words in (WHY, "分数线：65 → 68", "项模型检查全部通过", "家等级或结论变动"):
            expect(leader.get_by_text(words).first).to_be_visible()

    def test_it_comes_back_with_a_reason(self, officer: Page, returned: str) -> None:
        log = ask(officer, f"rulebook-drafts/{returned.rsplit('/', 2)[1]}")
        assert log["state"] in {"submitted", "published"}

    def test_the_published_version_is_frozen(self, leader: Page, published: str) -> None:
        leader.goto(published)
        settle(leader)
        expect(leader.get_by_text(re.compile("发布，已冻结，指纹 [0-9a-f]{6,}"))).to_be_visible()
        expect(leader.get_by_text(re.compile(f"何明德批准发布：{WHY}"))).to_be_visible()
        expect(node(leader, "CR-4").get_by_role("textbox")).to_have_count(0)

    def test_old_and_new_stand_side_by_side(self, leader: Page, published: str) -> None:
        leader.goto("/workshop")
        leader.get_by_role("link", name=f"对照上一版本：{KEY} 与 {SCHEME}/2029").click()
        settle(leader)
        expect(node(leader, "CR-4")).to_contain_text("原为：2 → 现为：2.5")
        expect(leader.get_by_text("分数线：65 → 68").first).to_be_visible()
        shoot(leader, "workshop-compared")

    def test_anybody_reads_it_and_the_old_one_is_still_in_force(self, people: Desks, published: str) -> None:
        """U07, E14."""
        page = people.open()
        page.goto(f"/rules/{SCHEME}/2029")
        settle(page)
        expect(page.locator("#chapter-tiers")).to_contain_text("68 分起")
        page.goto(f"/rules/{SCHEME}/2026")
        expect(page.locator("#chapter-tiers")).to_contain_text("65 分起")
        page.context.close()

    def test_a_version_that_is_taken_is_told_beside_its_field(self, officer: Page) -> None:
        officer.goto("/workshop")
        officer.get_by_role("button", name=f"把 {KEY} 复制为新版本").click()
        dialog = officer.get_by_role("dialog")
        dialog.get_by_label("新版本号").fill("2026")
        dialog.get_by_role("button", name="开始起草").click()
        expect(dialog.get_by_role("alert")).to_contain_text("已经发布，请换一个版本号")


def test_nothing_was_said_against_any_page(people: Desks, officer: Page, leader: Page, published: str) -> None:
    """But where the server refuses, which Chromium always notes."""
    said = [line for page in (officer, leader) for line in people.complaints_of(page)]
    assert [line for line in said if "Failed to load resource" not in line] == []
