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
from playwright.sync_api import BrowserType, Error, Page, expect

from tests.e2e.desks import Desks
from tests.e2e.places import ask

SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")
MANY = 40


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


@pytest.mark.parametrize("way", ["menu", "back", "close"])
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
        [MANY, {"menu": 100, "back": 300, "close": 500}[way]],
    )
    if way == "menu":
        page.get_by_role("link", name="我的结果").click()
    elif way == "back":
        page.go_back()
    else:
        page.close()
    witness = desks.open("company")
    until(lambda: values.items() <= declared(witness, holdings).items())


def test_two_tabs_on_one_field_are_shown_both_values(desks: Desks, holdings: dict[str, str]) -> None:
    """E04: the second is told who and when, and picks."""
    mine, other = open_form(desks, holdings), open_form(desks, holdings, "company-approver")
    other.locator("#input-total_costs").fill("2300")
    expect(other.get_by_test_id("save-state")).to_have_text(SAVED)
    mine.locator("#input-total_costs").fill("2500")
    box = mine.locator("#field-total_costs .conflict")
    expect(box).to_contain_text("孙立")
    expect(box).to_contain_text("2500")
    expect(box).to_contain_text("2300")
    box.get_by_role("button", name="用我的").click()
    until(lambda: declared(mine, holdings)["total_costs"] == 2500)


def test_a_cut_network_loses_nothing(desks: Desks, holdings: dict[str, str]) -> None:
    """E03: edits wait on the device and go when the connection is back."""
    page = open_form(desks, holdings)
    page.context.set_offline(True)
    page.locator("#input-net_assets_prev1").fill("1234")
    page.locator("#input-net_assets_prev2").fill("1111")
    expect(page.get_by_test_id("save-state")).to_have_text("未能保存，等待网络")
    page.context.set_offline(False)
    until(lambda: declared(page, holdings).get("net_assets_prev2") == 1111, seconds=30)
    assert declared(page, holdings)["net_assets_prev1"] == 1234


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
