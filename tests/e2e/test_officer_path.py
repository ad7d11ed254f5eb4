"""The main job by its steps (F01): one round walked by the province officer, from a workbook to signed certificates.

Each fixture is one step taken in the browser; each test looks at one thing that the step should have brought about.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks, shoot
from tests.e2e.looks import settle
from tests.e2e.papers import words_of
from tests.e2e.rounds import await_job, figure, go_to, listed, number_in, press, start_round, upload

NAME = "浏览器走查批次"


@pytest.fixture(scope="module")
def officer(everybody: Desks) -> Iterator[Page]:
    page = everybody.open("province")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def drafted(officer: Page) -> str:
    """The round just made: its address."""
    address = start_round(officer, NAME)
    shoot(officer, "step-2-drafted")
    return address


@pytest.fixture(scope="module")
def imported(officer: Page, drafted: str) -> str:
    officer.goto(drafted)
    upload(officer)
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
def firm(everybody: Desks, officer: Page, scored: str) -> str:
    """The page of the company that the demonstration accounts belong to."""
    company = everybody.open("company")
    company.goto("/my/result")
    name = company.get_by_role("heading", level=1).inner_text()
    company.context.close()
    go_to(officer, scored, "企业")
    officer.get_by_label("搜索").fill(name)
    officer.get_by_role("link", name=name).first.click()
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
        opened.append((address, listed(officer)))
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
    ("tab", "link", "says"), [("名单", "下载名单 PDF", "优势企业名单"), ("证书", "PDF", "知识产权优势企业")]
)
def test_the_papers_of_the_round_can_be_read(
    everybody: Desks, officer: Page, certified: str, papers: Path, tab: str, link: str, says: str
) -> None:
    go_to(officer, certified, tab)
    assert says in words_of(everybody.save(officer, link, papers))


def test_the_report_of_a_firm_can_be_read(everybody: Desks, officer: Page, firm: str, papers: Path) -> None:
    officer.goto(firm)
    settle(officer)
    assert "诊断报告" in words_of(everybody.save(officer, "诊断报告", papers))


def test_the_plan_of_a_firm_can_be_read(everybody: Desks, officer: Page, approved: str, papers: Path) -> None:
    officer.goto(approved)
    settle(officer)
    assert "培育方案" in words_of(everybody.save(officer, "下载方案 PDF", papers))


def test_nothing_was_said_against_any_page(everybody: Desks, officer: Page, certified: str) -> None:
    assert everybody.complaints_of(officer) == []
