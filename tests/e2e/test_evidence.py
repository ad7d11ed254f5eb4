"""A company proves what it says: across a cut line, once for many questions, with own dates (E16, E17, E33)."""

import hashlib
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.desks import NARROW, Desks
from tests.e2e.looks import look_at, settle
from tests.e2e.places import ask
from tests.factories import papers

PIECE = 2**20
PATIENCE = 30_000
LONG_AGO = "2020-01-31"


def open_section(desks: Desks, holdings: dict[str, str], section: str, **size: Any) -> Page:
    page = desks.open("company", **size)
    page.goto(f"/filling/{holdings['draft']}?section={section}")
    expect(page.locator("[data-evidence-of]").first).to_be_visible()
    return page


def strip(page: Page, code: str) -> Locator:
    return page.locator(f"[data-evidence-of={code}]")


def paper(name: str, data: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def choose(page: Page, code: str, *files: Any) -> None:
    page.locator(f"input[name=evidence-{code}]").set_input_files(list(files))


def codes(row: dict[str, Any]) -> list[str]:
    return [use["code"] for use in row["uses"]]


def kept(page: Page, holdings: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = ask(page, f"assessments/{holdings['draft']}/evidence")["items"]
    return items


class Line:
    """The way to the server: it breaks when `pieces` have gone through."""

    def __init__(self, page: Page, pieces: int) -> None:
        self.page, self.left = page, pieces
        self.offsets: list[int] = []
        page.route(re.compile(r"/api/v1/uploads/[0-9a-f-]+\?offset="), self._pass)

    def _pass(self, route: Route) -> None:
        if not self.left:
            route.abort("internetdisconnected")
            return
        self.left -= 1
        self.offsets.append(int(route.request.url.rpartition("=")[2]))
        route.continue_()

    def mend(self) -> None:
        self.left = -1
        self.page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_cut_line_goes_on_by_itself_where_it_broke(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_section(desks, holdings, "management")
    line, data = Line(page, 2), papers.pdf("cut line", size=4 * PIECE + 1000)
    choose(page, "ip_strategy", paper("战略规划.pdf", data))
    row = strip(page, "ip_strategy").locator(".upload")
    expect(row).to_contain_text("网络中断", timeout=PATIENCE)
    expect(row).to_have_attribute("data-state", "offline")
    line.mend()
    item = strip(page, "ip_strategy").locator(".evidence")
    expect(item.get_by_role("link", name="战略规划")).to_be_visible(timeout=PATIENCE)
    assert line.offsets == [number * PIECE for number in range(5)]
    found = next(one for one in kept(page, holdings) if one["name"] == "战略规划.pdf")
    assert (found["sha256"], codes(found)) == (hashlib.sha256(data).hexdigest(), ["ip_strategy"])
    assert page.request.get(f"/api/v1/evidence/{found['id']}/file").body() == data
    expect(item).to_contain_text(found["sha256"][:8])


def test_a_page_opened_again_goes_on_with_the_same_file(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_section(desks, holdings, "management")
    data = papers.pdf("closed page", size=3 * PIECE)
    Line(page, 1)
    choose(page, "ip_department", paper("机构设置.pdf", data))
    expect(strip(page, "ip_department").locator(".upload")).to_contain_text("网络中断", timeout=PATIENCE)
    page.context.close()
    page = open_section(desks, holdings, "management")
    expect(strip(page, "ip_department")).to_contain_text(re.compile(r"“机构设置\.pdf”上次传到 \d+%"))
    line = Line(page, -1)
    choose(page, "ip_department", paper("机构设置.pdf", data))
    expect(strip(page, "ip_department").locator(".evidence")).to_be_visible(timeout=PATIENCE)
    assert line.offsets[0] == PIECE


def test_several_at_once_and_one_is_paused_and_cancelled(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_section(desks, holdings, "market")
    Line(page, 0)
    choose(page, "own_brand", *(paper(f"图{n}.pdf", papers.pdf(f"picture {n}")) for n in range(2)))
    rows = strip(page, "own_brand").locator(".upload")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="暂停").click()
    expect(rows.first).to_contain_text("已暂停")
    for _ in range(2):
        rows.first.get_by_role("button", name="取消上传").click()
    expect(rows).to_have_count(0)
    assert ask(page, f"assessments/{holdings['draft']}/evidence")["uploads"] == []


def test_one_file_for_two_questions_counts_once(desks: Desks, holdings: dict[str, str]) -> None:
    page = open_section(desks, holdings, "finance")
    data = papers.pdf("audit report")
    choose(page, "revenue", paper("审计报告.pdf", data))
    expect(strip(page, "revenue").get_by_role("link", name="审计报告", exact=True)).to_be_visible(timeout=PATIENCE)
    strip(page, "rd_expense").get_by_role("button", name=re.compile("^用已有的")).click()
    page.get_by_role("button", name="选用：审计报告", exact=True).click()
    expect(strip(page, "rd_expense").get_by_role("link", name="审计报告", exact=True)).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="关闭", exact=True).last.click()
    choose(page, "total_costs", paper("又一个名字.pdf", data))
    expect(strip(page, "total_costs").get_by_role("link", name="审计报告", exact=True)).to_be_visible(timeout=PATIENCE)
    found = [one for one in kept(page, holdings) if one["sha256"] == hashlib.sha256(data).hexdigest()]
    assert [sorted(codes(one)) for one in found] == [["rd_expense", "revenue", "total_costs"]]
    strip(page, "total_costs").get_by_role("button", name="移除：审计报告", exact=True).click()
    question = page.get_by_role("dialog", name="移除：审计报告")
    expect(question.get_by_role("listitem")).to_have_text(["上年度营业收入", "上年度研发费用"])
    question.get_by_role("button", name="移除", exact=True).click()
    expect(strip(page, "total_costs").get_by_role("link", name="审计报告", exact=True)).to_have_count(0)
    strip(page, "revenue").get_by_role("button", name="注明在第几页：审计报告", exact=True).click()
    page.get_by_label("证明在文件的哪里").fill("第 3 页，第二段")
    page.keyboard.press("Enter")
    expect(strip(page, "revenue")).to_contain_text("位置：第 3 页，第二段")
    page.goto(f"/filling/{holdings['draft']}/evidence")
    item = page.locator(f"[data-evidence='{found[0]['id']}']")
    expect(item).to_contain_text("位置：第 3 页，第二段")
    expect(item.get_by_role("link")).to_have_count(3)
    item.get_by_role("button", name="删除：审计报告").click()
    question = page.get_by_role("dialog", name="删除：审计报告")
    expect(question.get_by_role("listitem")).to_have_count(2)
    question.get_by_role("button", name="删除文件").click()
    expect(item).to_have_count(0)
    assert not [one for one in kept(page, holdings) if one["id"] == found[0]["id"]]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("证明.pdf", papers.HTML, "这是网页或 XML 文件"),
        ("图.png", papers.SVG, "可能带有脚本"),
        ("证书.jpg", b"MZ" + bytes(200), "这是程序"),
        ("发票.ofd", papers.bomb(), "解压后过大"),
        ("空.pdf", b"", "文件是空的"),
        ("零页.pdf", papers.pdf(pages=0), "没有一页内容"),
        ("两面.pdf", papers.pdf() + papers.xlsx(), "另藏着一个压缩包"),
        ("大图.png", papers.huge_png(60_000, 60_000), "太大"),
        ("带宏.xlsx", papers.xlsx_with("xl/vbaProject.bin"), "带有宏"),
    ],
    ids=["html", "svg", "program", "bomb", "empty", "no-page", "polyglot", "huge", "macro"],
)
def test_a_hostile_file_is_refused_in_a_sentence_and_nothing_is_kept(
    desks: Desks, holdings: dict[str, str], name: str, data: bytes, words: str
) -> None:
    page = open_section(desks, holdings, "protection")
    before = [one["id"] for one in kept(page, holdings)]
    code = page.locator("[data-evidence-of]").first.get_attribute("data-evidence-of") or ""
    choose(page, code, paper(name, data))
    row = strip(page, code).locator(".upload[data-state=refused]")
    expect(row.get_by_role("alert")).to_contain_text(words, timeout=PATIENCE)
    after = ask(page, f"assessments/{holdings['draft']}/evidence")
    assert [one["id"] for one in after["items"]] == before
    assert [one["name"] for one in after["uploads"]] == []
    row.get_by_role("button", name="关闭").click()
    expect(row).to_have_count(0)


def test_an_expired_paper_is_flagged_and_the_checklist_leads_to_it(desks: Desks, holdings: dict[str, str]) -> None:
    """E17: the paper's own dates, not the day of the upload."""
    page = open_section(desks, holdings, "use")
    code = page.locator("[data-evidence-of]").first.get_attribute("data-evidence-of") or ""
    choose(page, code, paper("认证证书.png", papers.PNG))
    item = strip(page, code).locator(".evidence")
    expect(item.locator("[data-flag=undated]")).to_be_visible(timeout=PATIENCE)
    item.get_by_role("button", name="改名称和日期：认证证书").click()
    item.get_by_label("材料名称").fill("体系认证证书")
    item.get_by_label("材料日期").fill("2019-01-31")
    item.get_by_label("有效期至").fill("2018-01-31")
    item.get_by_role("button", name="保存").click()
    expect(item.get_by_role("alert")).to_contain_text("有效期至不能早于材料日期")
    item.get_by_label("有效期至").fill(LONG_AGO)
    item.get_by_role("button", name="保存").click()
    expect(item.locator("[data-flag=expired]")).to_have_text("已过期")
    page.goto(f"/filling/{holdings['draft']}/check")
    line = page.locator("li", has_text=f"体系认证证书”已于 {LONG_AGO} 到期")
    group = page.locator("details", has=line)
    if not line.is_visible():
        group.locator("summary").click()
    line.get_by_role("link").click()
    expect(strip(page, code)).to_be_in_viewport()
    expect(strip(page, code)).to_be_focused()
    page.goto(f"/filling/{holdings['draft']}/evidence")
    page.get_by_role("button", name=re.compile("日期待核对")).click()
    expect(page.get_by_role("link", name="体系认证证书", exact=True)).to_be_visible()


def test_on_a_phone_it_is_photographed_and_nothing_sticks_out(desks: Desks, holdings: dict[str, str]) -> None:
    """E33: the camera opens, and a page with evidence holds at 360 px."""
    page = open_section(desks, holdings, "management", width=NARROW, has_touch=True, is_mobile=True)
    camera = page.locator("input[name=photograph-ip_strategy]")
    assert camera.get_attribute("capture") == "environment"
    expect(page.locator(".camera").first).to_be_visible()
    camera.set_input_files(paper("IMG_0001_这是手机里一个很长很长很长很长很长的名字.jpg", papers.JPEG))
    expect(strip(page, "ip_strategy").locator(".evidence").first).to_be_visible(timeout=PATIENCE)
    strip(page, "ip_strategy").get_by_role("button", name=re.compile("改名称和日期：IMG")).click()
    settle(page)
    found = look_at(page, said=desks.complaints_of(page))
    assert (found.sticks_out, found.axe, found.english) == ([], [], [])
