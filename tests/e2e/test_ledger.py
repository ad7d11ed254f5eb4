"""A company brings its own ledger of rights: looked at, kept, confirmed, changed by hand (E07, E18, E19)."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cultivation.core.identifiers import patent_check_digit
from tests.e2e.desks import NARROW, Desks
from tests.e2e.looks import look_at
from tests.e2e.places import ask
from tests.factories.ledgers import HEADS, INVENTION, MARKS, MODEL, OWN, book, changed

KEEP = re.compile("采用选中的")


def open_ledger(desks: Desks, holdings: dict[str, str], **size: Any) -> Page:
    page = desks.open("company", **size)
    page.goto(f"/filling/{holdings['draft']}/ledger")
    expect(page.get_by_role("heading", name="由台账算出的数")).to_be_visible()
    return page


def ledger(page: Page, holdings: dict[str, str]) -> Any:
    return ask(page, f"assessments/{holdings['draft']}/ledger")


def rights(page: Page, holdings: dict[str, str], **wanted: str) -> list[dict[str, Any]]:
    words = "".join(f"&{name}={word}" for name, word in wanted.items())
    found: list[dict[str, Any]] = ask(page, f"assessments/{holdings['draft']}/rights?size=200{words}")["results"]
    return found


@pytest.fixture(scope="module")
def firm(everybody: Desks, holdings: dict[str, str]) -> str:
    """As last year's ledger names it."""
    page = everybody.open("company")
    name: str = rights(page, holdings)[0]["holder_name"]
    page.context.close()
    return name


def listed(folder: Path, firm: str, *rows: Any) -> Path:
    """A list of this firm's patents, and a mark."""
    own = [[firm if cell == OWN else cell for cell in row] for row in rows]
    path = folder / "专利清单.xlsx"
    path.write_bytes(book(专利=[HEADS, *own], 商标=MARKS))
    return path


def choose(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_test_id("ledger-preview")).to_be_visible()


def test_last_years_ledger_waits_to_be_confirmed(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_ledger(desks, holdings)
    button = page.get_by_role("button", name=re.compile("确认无误"))
    expect(page.get_by_text("带入，请核对后确认")).to_be_visible()
    button.click()
    expect(button).to_have_count(0)
    assert ledger(page, holdings)["unconfirmed"] == 0


def test_a_list_is_looked_at_before_it_is_kept(
    desks: Desks, holdings: dict[str, str], firm: str, tmp_path: Path
) -> None:
    page = open_ledger(desks, holdings)
    before = ledger(page, holdings)["version"]
    rows = (
        INVENTION,
        changed(INVENTION, C="另一名称"),
        changed(MODEL, D="1918-01-01"),
        changed(MODEL, H="宜昌清江化工有限公司"),
    )
    choose(page, listed(tmp_path, firm, *rows))
    preview = page.get_by_test_id("ledger-preview")
    expect(preview).to_contain_text("专利 第 4 行 D 列")
    expect(preview).to_contain_text("1 项的权利人不是本企业")
    expect(preview).to_contain_text("与第 2 行申请号相同")
    assert ledger(page, holdings)["version"] == before
    preview.get_by_role("button", name=KEEP).click()
    expect(page.get_by_text("已采用，计数已更新")).to_be_visible()
    assert ledger(page, holdings)["version"] == before + 1
    assert "ZL201811070331.7" in {right["number"] for right in rights(page, holdings)}


def test_a_second_list_shows_what_it_changes(desks: Desks, holdings: dict[str, str], firm: str, tmp_path: Path) -> None:
    page = open_ledger(desks, holdings)
    choose(page, listed(tmp_path, firm, changed(INVENTION, G="失效")))
    preview = page.get_by_test_id("ledger-preview")
    expect(preview).to_contain_text("有变化 1 项")
    expect(preview.locator(".change")).to_contain_text("有效 → 失效")
    kept = ledger(page, holdings)["tally"]["total"]
    preview.get_by_role("button", name=KEEP).click()
    expect(page.get_by_text("已采用，计数已更新")).to_be_visible()
    assert ledger(page, holdings)["tally"]["total"] == kept


def test_each_right_says_where_it_counts_and_why_not(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_ledger(desks, holdings)
    page.get_by_role("button", name=re.compile("^不计入")).click()
    row = page.locator("details").filter(has_text="ZL201811070331.7")
    row.locator("summary").click()
    expect(row).to_contain_text("法律状态为“失效”")
    expect(row.get_by_role("button", name="修改")).to_be_visible()


def test_a_right_is_found_by_its_number_and_the_list_narrowed(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_ledger(desks, holdings)
    page.get_by_placeholder("号码、名称或权利人").fill("CN2018110703317")
    page.wait_for_url(re.compile("q=CN2018110703317"))
    expect(page.locator("details summary .number")).to_have_text(["ZL201811070331.7"])
    page.get_by_label("法律状态").select_option(label="驳回或撤回")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()


def test_a_right_by_hand_with_the_keyboard_alone(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_ledger(desks, holdings)
    add = page.get_by_role("button", name="添加一项")
    add.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    number = dialog.get_by_label("申请号（登记号、注册号）")
    number.focus()
    page.keyboard.type("2018")
    page.keyboard.press("Enter")
    expect(dialog.locator("#number-wrong")).to_contain_text("13 位")
    expect(dialog.locator("#title-wrong")).to_contain_text("请填写名称")
    number.fill("CN201910123456" + patent_check_digit("201910123456"))
    dialog.get_by_label("名称", exact=True).fill("键盘写入的一项")
    dialog.get_by_label("法律状态").select_option(label="有效")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="保存").press("Enter")
    expect(dialog).to_have_count(0)
    assert "键盘写入的一项" in {right["title"] for right in rights(page, holdings)}


def test_the_form_is_filled_and_locked_by_it(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_ledger(desks, holdings)
    counts = {one["code"]: one for one in ledger(page, holdings)["counts"]}
    page.goto(f"/filling/{holdings['draft']}?section=creation")
    field = page.locator("#input-valid_invention_patents")
    expect(field).to_be_disabled()
    expect(field).to_have_value(str(counts["valid_invention_patents"]["least"]))
    page.locator("#field-valid_invention_patents").get_by_role("link", name="知识产权台账").click()
    expect(page).to_have_url(re.compile("/ledger$"))


def test_a_file_that_is_none_is_refused_in_words(desks: Desks, holdings: dict[str, str], tmp_path: Path) -> None:
    page = open_ledger(desks, holdings)
    path = tmp_path / "清单.xlsx"
    path.write_bytes(b"%PDF-1.7\n")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_role("alert")).to_contain_text("PDF")


def test_the_preview_holds_on_a_phone(desks: Desks, holdings: dict[str, str], firm: str, tmp_path: Path) -> None:
    page = open_ledger(desks, holdings, width=NARROW)
    choose(page, listed(tmp_path, firm, changed(INVENTION, C="很长的名称" * 20), changed(MODEL, B="2018")))
    look = look_at(page, said=desks.complaints_of(page))
    assert (look.sticks_out, look.axe, look.sticks_out_large, look.cut_large) == ([], [], [], [])
