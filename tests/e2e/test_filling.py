"""A company fills in: nothing is lost, whoever else writes and whatever breaks (E03, E04, E06, E09, E20, E21)."""

import io
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import BrowserType, Error, Page, Route, expect

from tests.e2e.desks import Desks
from tests.e2e.places import ask
from tests.factories import papers

SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")
MANY = 40
MINUTE = 60


def open_form(
    desks: Desks, holdings: dict[str, str], who: str = "company", *, section: str = "finance", **size: Any
) -> Page:
    page = desks.open(who, **size)
    page.goto(f"/filling/{holdings['draft']}?section={section}")
    expect(page.locator(".question").first).to_be_visible()
    return page


def declared(page: Page, holdings: dict[str, str]) -> dict[str, Any]:
    form = ask(page, f"assessments/{holdings['draft']}/form")
    fields = [field for section in form["sections"] for field in section["fields"]]
    return {field["code"]: field["answer"]["value"] for field in fields if field["answer"]}


def until(holds: Any, *, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.2)


def test_saved_is_said_only_after_the_server_confirms(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_form(desks, holdings)
    state = page.get_by_test_id("save-state")
    page.locator("#input-revenue").fill("8,200.5")
    expect(state).to_have_text(SAVED)
    assert declared(page, holdings)["revenue"] == 8200.5


def test_unknown_zero_and_not_applicable_are_three_answers(desks: Desks, holdings: dict[str, str]) -> None:
    """E13: each has its own button, and stays what it is."""
    page = open_form(desks, holdings)
    field = page.locator("#field-new_equity_2y")
    for name, value in (("没有，填 0", 0), ("不适用", "n/a"), ("暂不知道", None)):
        field.get_by_role("button", name=name).click()
        expect(field.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        until(lambda value=value: declared(page, holdings).get("new_equity_2y", "") == value)


def test_the_score_follows_while_filling(desks: Desks, holdings: dict[str, str]) -> None:
    """E09: from the same engine as the official one."""
    page = open_form(desks, holdings, section="management")
    figure = page.locator(".score .figures")
    lows = []
    for label, choice in (("无", "none"), ("已实施并评审", "executed_reviewed")):
        page.locator("#field-ip_strategy").get_by_label(label, exact=True).check()
        until(lambda choice=choice: declared(page, holdings)["ip_strategy"] == choice)
        lows.append(ask(page, f"assessments/{holdings['draft']}/live")["score"]["low"])
        expect(figure).to_contain_text(f"{lows[-1]:.1f}", timeout=15_000)
    assert lows[0] < lows[1]


WAYS = ("menu", "back", "close", "reload", "address", "section", "check", "excel", "hidden")


@pytest.mark.parametrize("way", WAYS)
def test_forty_fields_set_at_once_are_all_there(desks: Desks, holdings: dict[str, str], way: str) -> None:
    """As fast as a machine can, then leaving."""
    page = open_form(desks, holdings, section="company")
    page.goto(f"/filling/{holdings['draft']}?section=creation")
    inputs = page.locator(".question input[type=text]:enabled")
    expect(inputs.first).to_be_visible()
    values = page.evaluate(
        """([most, seed]) => {
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
            const written = {}
            const fields = [...document.querySelectorAll('.question input[type=text]:enabled')]
            for (let n = 0; n < most; n += 1) {
                const field = fields[n % fields.length]
                const value = String(seed + n)
                set.call(field, value)
                field.dispatchEvent(new Event('input', { bubbles: true }))
                written[field.id.replace('input-', '')] = Number(value)
            }
            return written
        }""",
        [MANY, 100 * (WAYS.index(way) + 1)],
    )
    leave(page, way)
    witness = desks.open("company")
    until(lambda: values.items() <= declared(witness, holdings).items())


def leave(page: Page, way: str) -> None:
    """At once, without waiting for anything."""
    if way == "menu":
        page.get_by_role("link", name="我的结果").click()
    elif way == "back":
        page.go_back()
    elif way == "close":
        page.close()
    elif way == "reload":
        page.reload(wait_until="commit")
    elif way == "address":
        page.goto("/rules", wait_until="commit")
    elif way == "section":
        page.get_by_role("navigation", name="填报内容").get_by_role("button", name="研发与财务").click()
    elif way == "hidden":
        page.context.new_page().bring_to_front()
    else:
        page.get_by_role("link", name={"check": "检查并提交", "excel": "下载表格线下填"}[way]).first.click()


def test_a_field_typed_slowly_is_never_rewritten_under_the_hand(desks: Desks, holdings: dict[str, str]) -> None:
    """E03, E05: saved after every key, yet 12.50 stays 12.50 until the field is left; then it shows what was read."""
    page = open_form(desks, holdings)
    field, state = page.locator("#input-total_liabilities"), page.get_by_test_id("save-state")
    field.fill("")
    for key, so_far in (("1", "1"), ("2", "12"), (".", "12."), ("5", "12.5"), ("0", "12.50"), ("万元", "12.50万元")):
        field.press_sequentially(key)
        until(lambda key=key: state.inner_text().startswith("已保存"))
        time.sleep(1)
        assert field.input_value() == so_far
    field.press("Tab")
    expect(field).to_have_value("12.5")
    field.fill("约12")
    expect(page.locator("#field-total_liabilities .field-error")).to_contain_text("约数")
    field.press("Tab")
    expect(field).to_have_value("约12")
    page.reload()
    expect(field).to_have_value("约12")
    expect(page.locator("#field-total_liabilities .field-error")).to_contain_text("约数")
    field.fill("35万")
    expect(page.locator("#field-total_liabilities [role=status]")).to_contain_text("已按 35 万元 保存")


def test_a_date_is_typed_as_people_write_it(desks: Desks, holdings: dict[str, str]) -> None:
    """E05: also where the browser's own date field would want month/day/year."""
    page = open_form(desks, holdings, section="company")
    for text, day in (("2019.3.5", "2019-03-05"), ("2019年12月31日", "2019-12-31")):
        page.locator("#input-registered_on").fill(text)
        until(lambda day=day: declared(page, holdings)["registered_on"] == day)
        page.locator("#input-registered_on").press("Tab")
        expect(page.locator("#input-registered_on")).to_have_value(day)


def test_two_tabs_on_one_field_are_shown_both_values(desks: Desks, holdings: dict[str, str]) -> None:
    """E04: the second is told who and when, and picks."""
    mine, other = open_form(desks, holdings), open_form(desks, holdings, "company-approver")
    other.locator("#input-total_costs").fill("2300")
    expect(other.get_by_test_id("save-state")).to_have_text(SAVED)
    mine.locator("#input-total_costs").fill("2500")
    box = mine.locator("#field-total_costs .conflict")
    expect(box).to_contain_text("孙立")
    expect(box).to_contain_text("2,500")
    expect(box).to_contain_text("2,300")
    box.get_by_role("button", name="用我的").click()
    until(lambda: declared(mine, holdings)["total_costs"] == 2500)


def test_typing_on_while_somebody_was_first_overwrites_nothing(desks: Desks, holdings: dict[str, str]) -> None:
    """E04: the choice holds all that was typed, and is still there when the page is loaded again."""
    mine, other = open_form(desks, holdings), open_form(desks, holdings, "company-approver")
    field, box = mine.locator("#input-new_equity_3y"), mine.locator("#field-new_equity_3y .conflict")
    other.locator("#input-new_equity_3y").fill("2300")
    expect(other.get_by_test_id("save-state")).to_have_text(SAVED)
    field.fill("")
    field.press_sequentially("9175", delay=800)
    for _ in range(2):
        expect(box).to_contain_text("9,175")
        expect(box).to_contain_text("2,300")
        assert declared(other, holdings)["new_equity_3y"] == 2300
        mine.reload()
    box.get_by_role("button", name="用孙立的").click()
    expect(field).to_have_value("2300")
    mine.reload()
    expect(field).to_have_value("2300")
    expect(box).to_have_count(0)


def test_a_look_into_another_tab_in_the_middle_of_typing_loses_nothing(desks: Desks, holdings: dict[str, str]) -> None:
    """E03: what was sent when the page went out of sight is not what was typed after it came back."""
    page = open_form(desks, holdings)
    field = page.locator("#input-total_assets")
    field.fill("80")
    page.evaluate(
        """() => {
            Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
            document.dispatchEvent(new Event('visibilitychange'))
            delete document.visibilityState
        }"""
    )
    field.fill("8000")
    until(lambda: declared(page, holdings)["total_assets"] == 8000)
    expect(page.get_by_test_id("save-state")).to_have_text(SAVED)
    expect(field).to_have_value("8000")


def test_a_cut_network_loses_nothing(desks: Desks, holdings: dict[str, str]) -> None:
    """E03: for a minute edits wait on the device; they go by themselves when the connection is back."""
    page = open_form(desks, holdings)
    page.context.set_offline(True)
    page.locator("#input-net_assets_prev1").fill("1234")
    page.locator("#input-net_assets_prev2").fill("1111")
    expect(page.get_by_test_id("save-state")).to_have_text("未能保存，等待网络")
    time.sleep(MINUTE)
    page.locator("#input-net_assets_prev1").fill("1235")
    page.context.set_offline(False)
    until(lambda: declared(page, holdings).get("net_assets_prev2") == 1111, seconds=30)
    until(lambda: declared(page, holdings)["net_assets_prev1"] == 1235)


def test_on_a_shared_computer_unsent_edits_wait_for_whoever_made_them(desks: Desks, holdings: dict[str, str]) -> None:
    """E02, E03: nobody sends what another person typed."""

    def come(who: str) -> Page:
        desks.open(who).context.close()
        context.clear_cookies()
        context.add_cookies(desks.signed_in[who]["cookies"])
        page = context.new_page()
        page.goto(f"/filling/{holdings['draft']}?section=finance")
        return page

    first = open_form(desks, holdings)
    context = first.context
    context.set_offline(True)
    first.locator("#input-rd_expense_prev1").fill("4321")
    expect(first.get_by_test_id("save-state")).to_have_text("未能保存，等待网络")
    first.close()
    context.set_offline(False)
    other = come("company-approver")
    other.locator("#input-rd_expense_prev2").fill("765")
    expect(other.get_by_test_id("save-state")).to_have_text(SAVED)
    until(lambda: declared(other, holdings)["rd_expense_prev2"] == 765)
    expect(other.locator("#input-rd_expense_prev1")).not_to_have_value("4321")
    assert declared(other, holdings).get("rd_expense_prev1") != 4321
    other.close()
    again = come("company")
    until(lambda: declared(again, holdings).get("rd_expense_prev1") == 4321)


class TestKilled:
    """A browser killed outright in the middle of typing loses at most three seconds; offline it loses nothing (E03)."""

    @pytest.fixture
    def profile(self, tmp_path: Path) -> Path:
        return tmp_path / "profile"

    @pytest.fixture
    def launch(
        self, browser_type: BrowserType, browser_type_launch_args: dict[str, Any], profile: Path, desks: Desks
    ) -> Iterator[Any]:
        contexts = []

        def start() -> Page:
            context = browser_type.launch_persistent_context(
                str(profile), base_url=desks.site.url, locale="zh-CN", **browser_type_launch_args
            )
            contexts.append(context)
            desks.open("company").context.close()
            context.add_cookies(desks.signed_in["company"]["cookies"])
            return context.pages[0] if context.pages else context.new_page()

        yield start
        for context in contexts:
            with suppress(Error):  # the first one's browser was killed by the test
                context.close()

    def kill(self, profile: Path) -> None:
        found = subprocess.run(["pgrep", "-f", str(profile)], capture_output=True, text=True, check=False)
        for pid in found.stdout.split():
            os.kill(int(pid), signal.SIGKILL)

    def test_what_was_typed_three_seconds_before_is_on_the_server(
        self, launch: Any, profile: Path, desks: Desks, holdings: dict[str, str]
    ) -> None:
        page = launch()
        page.goto(f"/filling/{holdings['draft']}?section=finance")
        page.locator("#input-hightech_revenue").press_sequentially("54321")
        time.sleep(3)
        page.locator("#input-rd_expense_in_china").press_sequentially("77")
        self.kill(profile)
        witness = desks.open("company")
        assert declared(witness, holdings)["hightech_revenue"] == 54321

    def test_what_was_typed_offline_is_sent_by_the_next_visit(
        self, launch: Any, profile: Path, desks: Desks, holdings: dict[str, str]
    ) -> None:
        page = launch()
        page.goto(f"/filling/{holdings['draft']}?section=finance")
        expect(page.locator("#input-total_income")).to_be_visible()
        page.context.set_offline(True)
        page.locator("#input-total_income").fill("9876")
        time.sleep(3)
        self.kill(profile)
        again = launch()
        again.goto(f"/filling/{holdings['draft']}?section=finance")
        witness = desks.open("company")
        until(lambda: declared(witness, holdings).get("total_income") == 9876)


@pytest.mark.parametrize("width", [1280, 360])
def test_every_item_of_the_checklist_leads_into_its_field(desks: Desks, holdings: dict[str, str], width: int) -> None:
    """E06: of each section and kind one; the field is in sight and holds the focus."""
    page = desks.open("company", width=width)
    items = ask(page, f"assessments/{holdings['draft']}/checklist")["items"]
    kinds = {(item["section"], item["kind"]): item for item in items if item["kind"] != "ledger"}
    assert len(kinds) > 3
    for item in kinds.values():
        page.goto(f"/filling/{holdings['draft']}/check")
        expect(page.locator("summary").first).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true })")
        line = page.locator("li", has=page.get_by_text(item["text"], exact=True))
        line.locator(f"a[href*='field={item['code']}']").first.click()
        card = page.locator(f"#field-{item['code']}")
        until(lambda card=card: card.count() and card.evaluate("one => one.contains(document.activeElement)"))
        expect(card.locator(":focus")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 360])
def test_files_that_arrive_late_do_not_push_the_field_out_of_sight(
    desks: Desks, holdings: dict[str, str], width: int
) -> None:
    """E06: on a slow line the list of files comes after the jump, and makes the question before it taller."""
    before = open_form(desks, holdings, section="management")
    proofs: Any = [
        {"name": f"规划{n}.pdf", "mimeType": "application/pdf", "buffer": papers.pdf(f"plan {n}")} for n in range(3)
    ]
    before.locator("input[name=evidence-ip_strategy]").set_input_files(proofs)
    for n in range(3):
        expect(before.get_by_role("link", name=f"规划{n}", exact=True)).to_be_visible(timeout=15_000)
    page = desks.open("company", width=width)
    held: list[Route] = []
    page.route("**/evidence", lambda route: held.append(route))
    page.goto(f"/filling/{holdings['draft']}?field=ip_department")
    wanted, files = page.locator("#field-ip_department :focus"), page.locator(".evidence")
    expect(wanted).to_be_in_viewport()
    expect(files).to_have_count(0)
    until(lambda: held)
    held.pop().continue_()
    expect(files.first).to_be_visible()
    expect(wanted).to_be_in_viewport()


def test_the_checklist_leads_into_the_field(desks: Desks, holdings: dict[str, str]) -> None:
    """E06: a click on what is open jumps to it and focuses it."""
    page = desks.open("company")
    page.goto(f"/filling/{holdings['draft']}/check")
    link = page.locator("details[open] li a").first
    address = link.get_attribute("href") or ""
    code = address.rsplit("field=", 1)[1]
    link.click()
    field = page.locator(f"#field-{code}")
    expect(field).to_be_in_viewport(timeout=15_000)
    until(lambda: field.evaluate("one => one.contains(document.activeElement)"))


def test_the_form_leaves_as_excel_and_comes_back_with_its_changes(desks: Desks, holdings: dict[str, str]) -> None:
    """E20: unchanged no difference; changed, exactly the changes, of which each is taken or left."""
    page = desks.open("company")
    page.goto(f"/filling/{holdings['draft']}/excel")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载自评表").click()
    data = Path(downloading.value.path()).read_bytes()
    upload(page, data)
    expect(page.get_by_role("heading", name="完全一致")).to_be_visible()
    upload(page, with_values(data, main_revenue_prev1=321, ip_spend=12.5))
    expect(page.get_by_role("heading", name="有 2 处不同")).to_be_visible()
    page.get_by_label("上年度知识产权经费").uncheck()
    page.get_by_role("button", name="采用选中的 1 处").click()
    expect(page.get_by_role("status")).to_contain_text("已采用 1 处")
    now = declared(page, holdings)
    assert now["main_revenue_prev1"] == 321
    assert now.get("ip_spend") != 12.5


def upload(page: Page, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "自评表.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )


def with_values(data: bytes, **values: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for code, value in values.items():
        sheet.cell(rows[code], 5).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_draft_is_deleted_after_saying_what_goes_and_begun_again(desks: Desks, holdings: dict[str, str]) -> None:
    """E36: by the approver alone; the ledger is there again afterwards."""
    filler = desks.open("company")
    filler.goto(f"/filling/{holdings['draft']}/check")
    expect(filler.get_by_role("heading", name="签署并提交")).to_be_visible()
    expect(filler.get_by_role("button", name="删除草稿")).to_have_count(0)
    page = desks.open("company-approver")
    rights = ask(page, f"assessments/{holdings['draft']}/ledger")["tally"]["total"]
    page.goto(f"/filling/{holdings['draft']}/check")
    page.get_by_role("button", name="删除草稿").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("项填写内容")
    expect(dialog).to_contain_text(f"保留：知识产权台账（{rights} 项）")
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="删除草稿").click()
    dialog.get_by_role("button", name="删除草稿").click()
    page.get_by_role("button", name="开始填报").click()
    page.wait_for_url(re.compile(r"/filling/\d+$"))
    filler.reload()
    expect(filler.get_by_text("这份草稿已经删除")).to_be_visible()
    holdings["draft"] = page.url.rsplit("/", 1)[1]
    assert ask(page, f"assessments/{holdings['draft']}/ledger")["tally"]["total"] == rights


def test_the_approver_signs_and_gets_a_receipt_then_takes_it_back(desks: Desks, holdings: dict[str, str]) -> None:
    """E21, E22, from the last open question to the receipt."""
    page = desks.open("company-approver")
    for section in ("company", "finance", "market", "creation", "use", "protection", "management", "standing"):
        page.goto(f"/filling/{holdings['draft']}?section={section}")
        expect(page.locator(".question").first).to_be_visible()
        leave = page.get_by_role("button", name=re.compile("都选“暂不知道”"))
        if leave.count():
            leave.click()
            expect(page.get_by_test_id("save-state")).to_have_text(SAVED)
    page.goto(f"/filling/{holdings['draft']}/check")
    page.get_by_label("我已阅读并代表本企业作出以上承诺").check()
    page.get_by_label("签署人姓名").fill("孙立")
    page.get_by_role("button", name="签署并提交").click()
    receipt = page.get_by_role("link", name="打开回执").first
    expect(receipt).to_be_visible()
    answer = page.request.get(receipt.get_attribute("href") or "")
    assert answer.body().startswith(b"%PDF")
    page.get_by_role("button", name="撤回修改").click()
    expect(page.get_by_text("在您手里").first).to_be_visible()
