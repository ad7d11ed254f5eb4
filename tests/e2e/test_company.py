"""A company sees its own result, plan and certificate, and nothing of another firm (§6)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks
from tests.e2e.looks import settle
from tests.e2e.papers import words_of
from tests.e2e.places import ask


@pytest.fixture
def company(desks: Desks) -> Page:
    return desks.open("company")


@pytest.fixture
def own_name(company: Page) -> str:
    name: str = ask(company, "me")["organisation"]["name"]
    return name


@pytest.mark.parametrize("address", ["/home", "/my/result", "/my/plan"])
def test_its_pages_are_about_itself(company: Page, own_name: str, address: str) -> None:
    company.goto(address)
    expect(company.get_by_role("heading", level=1)).to_contain_text(own_name)


@pytest.mark.parametrize(
    ("address", "link"),
    [("/my/result", "诊断报告"), ("/my/plan", "下载方案 PDF"), ("/my/certificate", "下载证书 PDF")],
)
def test_its_papers_bear_its_name(
    desks: Desks, company: Page, own_name: str, tmp_path: Path, address: str, link: str
) -> None:
    company.goto(address)
    settle(company)
    assert own_name in words_of(desks.save(company, link, tmp_path))


def test_it_has_one_certificate_a_round_and_no_other(company: Page, own_name: str) -> None:
    assert {one["enterprise_name"] for one in ask(company, "certificates")["results"]} == {own_name}


def test_another_firms_result_is_not_found(company: Page, holdings: dict[str, str]) -> None:
    company.goto(f"/assessments/{holdings['other']}")
    expect(company.get_by_role("heading", name="没有找到这一页")).to_be_visible()


def test_another_firms_plan_is_not_found(company: Page, holdings: dict[str, str]) -> None:
    company.goto(f"/plans/{holdings['other_plan']}")
    expect(company.get_by_role("heading", name="没有找到这一页")).to_be_visible()


def test_the_bureaus_pages_are_refused_in_words(company: Page, holdings: dict[str, str]) -> None:
    company.goto(f"/rounds/{holdings['round']}")
    expect(company.get_by_role("heading", name="您没有权限看这一页")).to_be_visible()
