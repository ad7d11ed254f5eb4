"""The main job by its steps (F01): one round walked by the province officer, from a workbook to signed certificates.

Each fixture is one step taken in the browser; each test looks at one thing that the step should have brought about.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.contracts.source import ROOT
from tests.e2e.desks import Desks, shoot
from tests.e2e.looks import settle

WORKBOOK = ROOT / "demo" / "round-2026.xlsx"
NAME = "浏览器走查批次"
LONG = 90_000
TABS = ("批次总览", "问题清单", "培育库", "企业", "方案", "名单", "证书")


@pytest.fixture(scope="module")
def officer(everybody: Desks) -> Iterator[Page]:
    page = everybody.open("province")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("papers")


def go_to(page: Page, round_: str, tab: str) -> None:
    """Straight to a tab of the round, wherever the page is now."""
    page.goto(round_)
    page.get_by_label("批次内容").get_by_role("link", name=tab, exact=True).click()
    settle(page)


def press(page: Page, label: str) -> None:
    """The button, and the question that it may ask back."""
    page.get_by_role("button", name=label, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name=label, exact=True).click()


def await_job(page: Page, *, name: str) -> None:
    panel = page.locator("[data-job-state]")
    expect(panel).to_be_visible()
    shoot(page, f"job-{name}")
    expect(page.locator("[data-job-state=done]")).to_be_visible(timeout=LONG)
    settle(page)


def number_in(text: str | None) -> int:
    found = re.search(r"[\d,]+", text or "")
    assert found, text
    return int(found[0].replace(",", ""))


def figure(page: Page, label: str) -> Locator:
    """The tile of this name on the round's overview."""
    return page.locator("ul.figures a").filter(has_text=label)


def words_of(pdf: Path) -> str:
    assert pdf.read_bytes()[:4] == b"%PDF"
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def drafted(officer: Page) -> str:
    """The round just made: its address."""
    officer.goto("/rounds")
    officer.get_by_role("link", name="新建批次").click()
    officer.get_by_label("批次名称").fill(NAME)
    officer.get_by_label("评定日期").fill("2026-03-31")
    settle(officer)
    shoot(officer, "step-1-new-round")
    officer.get_by_role("button", name="建立批次并固定规则书").click()
    officer.wait_for_url(re.compile(r"/rounds/\d+$"))
    settle(officer)
    shoot(officer, "step-2-drafted")
    return officer.url


@pytest.fixture(scope="module")
def imported(officer: Page, drafted: str) -> str:
    officer.goto(drafted)
    officer.locator("input[type=file]").set_input_files(WORKBOOK)
    await_job(officer, name="import")
    shoot(officer, "step-3-imported")
    return drafted


@pytest.fixture(scope="module")
def scored(officer: Page, imported: str) -> str:
    officer.goto(imported)
    press(officer, "评分入库")
    await_job(officer, name="score")
    shoot(officer, "step-4-scored")
    return imported


@pytest.fixture(scope="module")
def firm(officer: Page, scored: str) -> str:
    """The page of the best firm of the list."""
    go_to(officer, scored, "企业")
    officer.get_by_label("等级").select_option("优势")
    settle(officer)
    officer.get_by_role("row").nth(1).get_by_role("link").click()
    officer.wait_for_url("**/assessments/*")
    settle(officer)
    return officer.url


@pytest.fixture(scope="module")
def approved(officer: Page, firm: str) -> str:
    """The plan of the firm, approved: its address."""
    officer.goto(firm)
    officer.get_by_role("link", name="打开培育方案").click()
    settle(officer)
    shoot(officer, "step-5-plan-draft")
    press(officer, "批准方案")
    expect(officer.get_by_text("已批准", exact=True).first).to_be_visible()
    settle(officer)
    return officer.url


@pytest.fixture(scope="module")
def published(officer: Page, approved: str, scored: str) -> str:
    go_to(officer, scored, "名单")
    shoot(officer, "step-6-list-draft")
    press(officer, "发布名单")
    expect(officer.get_by_text("名单指纹")).to_be_visible()
    settle(officer)
    shoot(officer, "step-7-list-published")
    return scored


@pytest.fixture(scope="module")
def certified(officer: Page, published: str) -> str:
    go_to(officer, published, "证书")
    press(officer, "签发证书")
    await_job(officer, name="certificates")
    shoot(officer, "step-8-certified")
    return published


def test_pinned_rulebooks_say_why(officer: Page, drafted: str) -> None:
    """E13, C01: every programme of the round names its rulebook, its fingerprint and the reason of the choice."""
    officer.goto(drafted)
    row = officer.get_by_role("row").filter(has_text="专精特新“小巨人”")
    expect(row).to_contain_text("2026-03-31的新申报适用《专精特新“小巨人”企业认定标准（2022）》")


def test_import_says_what_was_read(officer: Page, imported: str) -> None:
    officer.goto(imported)
    expect(officer.get_by_text(re.compile("58 家企业，[0-9]+ 件知识产权"))).to_be_visible()


def test_problems_name_cell_and_remedy(officer: Page, imported: str) -> None:
    """C06: every problem says where, what was there, what was done and what to do."""
    go_to(officer, imported, "问题清单")
    cells = officer.get_by_role("row").nth(1).get_by_role("cell").all_inner_texts()
    assert len(cells) == 5
    assert all(text.strip() for text in cells)


def test_problems_are_as_many_as_the_tile_says(officer: Page, imported: str) -> None:
    """P18"""
    officer.goto(imported)
    told = number_in(figure(officer, "问题").inner_text().replace("问题", ""))
    go_to(officer, imported, "问题清单")
    expect(officer.get_by_label("翻页")).to_contain_text(f"共 {told:,} 条")


def test_problems_filter_by_severity(officer: Page, imported: str) -> None:
    go_to(officer, imported, "问题清单")
    officer.get_by_role("button", name="错误", exact=True).click()
    others = officer.locator("td:first-child").filter(has_not_text="错误")
    expect(others).to_have_count(0)
    expect(officer.locator("td:first-child").first).to_be_visible()


def test_scoring_leaves_no_firm_out(officer: Page, scored: str) -> None:
    officer.goto(scored)
    firms = number_in(figure(officer, "企业").inner_text())
    expect(officer.get_by_label("批次进度")).to_contain_text(f"{firms} 家已评分")


def test_every_number_of_the_pool_opens_its_list(officer: Page, scored: str) -> None:
    """P18: a number clicked on opens a list of that length."""
    go_to(officer, scored, "培育库")
    links = officer.get_by_label("等级 × 类别").get_by_role("link")
    doors = [(str(link.get_attribute("href")), number_in(link.inner_text())) for link in links.all()]
    opened = []
    for address, _ in doors:
        officer.goto(address)
        opened.append((address, number_in(officer.get_by_label("翻页").inner_text())))
    assert doors
    assert opened == doors


def test_a_firm_shows_its_interval_and_radar(officer: Page, firm: str) -> None:
    """E04"""
    officer.goto(firm)
    settle(officer)
    expect(officer.get_by_role("img", name=re.compile(r"已确定 .+ 分，最高可达 .+ 分，满分 105 分"))).to_be_visible()
    expect(officer.get_by_role("img", name=re.compile("创造.+运用.+保护.+管理"))).to_be_visible()


def test_a_firm_shows_the_clauses_of_every_programme(officer: Page, firm: str) -> None:
    """E03: met, unmet and unknown clauses of each programme that applies can be opened."""
    officer.goto(firm)
    settle(officer)
    cards = officer.locator("details[id^=programme-]")
    names = [card.locator("summary b").inner_text() for card in cards.all()]
    for card in cards.all():
        card.locator("summary").click()
    settle(officer)
    shoot(officer, "step-5-programmes-open")
    bare = [name for name, card in zip(names, cards.all(), strict=True) if not card.locator("li, p").count()]
    assert names
    assert bare == []


def test_an_approved_plan_names_who_approved(officer: Page, approved: str) -> None:
    officer.goto(approved)
    expect(officer.get_by_text(re.compile("周知远.* 批准"))).to_be_visible()


def test_the_published_list_is_frozen(officer: Page, published: str) -> None:
    go_to(officer, published, "名单")
    expect(officer.get_by_role("button", name="发布名单")).to_have_count(0)


def test_every_listed_firm_has_a_certificate(officer: Page, certified: str) -> None:
    go_to(officer, certified, "名单")
    listed = officer.locator("tbody tr").count()
    go_to(officer, certified, "证书")
    expect(officer.get_by_label("翻页")).to_contain_text(f"共 {listed} 条")


@pytest.mark.parametrize(
    ("paper", "says"), [("诊断报告", "诊断报告"), ("方案", "培育方案"), ("名单", "名单"), ("证书", "证书")]
)
def test_every_document_can_be_downloaded_and_read(
    everybody: Desks, officer: Page, firm: str, approved: str, certified: str, papers: Path, paper: str, says: str
) -> None:
    places = {"诊断报告": (firm, "诊断报告"), "方案": (approved, "下载方案 PDF")}
    if paper in places:
        address, link = places[paper]
        officer.goto(address)
        settle(officer)
    else:
        link = {"名单": "下载名单 PDF", "证书": "PDF"}[paper]
        go_to(officer, certified, paper)
    assert says in words_of(everybody.save(officer, link, papers))


def test_nothing_was_said_against_any_page(everybody: Desks, officer: Page, certified: str) -> None:
    assert everybody.complaints_of(officer) == []
