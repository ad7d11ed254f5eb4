"""What anybody may do without an account: check a certificate, read the published list (U02, U03)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desks import Desks
from tests.e2e.places import ask


@pytest.fixture
def anybody(desks: Desks) -> Page:
    return desks.open()


@pytest.fixture(scope="module")
def certificate(everybody: Desks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = everybody.open("company")
    company.goto("/my/certificate")
    path = everybody.save(company, "下载证书 PDF", tmp_path_factory.mktemp("certificate"))
    company.context.close()
    return path


def drop(page: Page, path: Path) -> None:
    page.goto("/check")
    page.locator("input[type=file]").set_input_files(path)


def expect_verdict(page: Page, word: str) -> None:
    expect(page.get_by_role("status").get_by_text(word, exact=True)).to_be_visible()


def test_the_address_in_the_square_says_valid(anybody: Page, holdings: dict[str, str]) -> None:
    anybody.goto(f"/check/{holdings['token']}")
    expect_verdict(anybody, "有效")


def test_an_invented_address_is_unknown(anybody: Page) -> None:
    anybody.goto("/check/AAAAAAAAAAAAAAAAAAAAAAAA")
    expect_verdict(anybody, "查无")


def test_the_original_file_is_valid(anybody: Page, certificate: Path) -> None:
    drop(anybody, certificate)
    expect_verdict(anybody, "有效")


def test_a_file_with_one_byte_changed_is_altered(anybody: Page, certificate: Path, tmp_path: Path) -> None:
    data = bytearray(certificate.read_bytes())
    data[len(data) // 3] ^= 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    drop(anybody, changed)
    expect_verdict(anybody, "被改动")


def test_a_strange_file_is_unknown(anybody: Page, tmp_path: Path) -> None:
    anybody.goto("/check")
    strange = tmp_path / "strange.pdf"
    anybody.pdf(path=strange)
    drop(anybody, strange)
    expect_verdict(anybody, "查无")


def test_a_file_that_is_no_pdf_is_refused_in_words(anybody: Page, tmp_path: Path) -> None:
    scan = tmp_path / "certificate.jpg"
    scan.write_bytes(b"\xff\xd8\xff")
    drop(anybody, scan)
    expect(anybody.get_by_role("alert")).to_have_text("“certificate.jpg”不是可用的文件。请选择 .pdf 文件。")


def test_the_public_list_is_the_published_one(desks: Desks, anybody: Page, holdings: dict[str, str]) -> None:
    officer = desks.open("province")
    published = ask(officer, f"rounds/{holdings['round']}/list")["entries"]
    anybody.goto("/lists")
    anybody.locator(f"a[href='/lists/{holdings['list']}']").click()
    expect(anybody.locator("tbody tr")).to_have_count(len(published))
    codes = anybody.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert sorted(codes) == sorted(entry["uscc"] for entry in published)
