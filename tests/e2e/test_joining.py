"""From a stranger to a firm with its people, and a known firm claimed: the whole path (E01, E02, E37–E39)."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from stdnum.cn import uscc

from tests.e2e.desks import NARROW, WIDE, Desks, shoot
from tests.e2e.looks import look_at, settle
from tests.e2e.places import ask

PASSWORD, ANOTHER = "qing-jiang-xia-you-88", "lou-jia-shan-99-yue"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"
Person = Callable[[str, str], Page]


def new_code(number: int) -> str:
    stem = f"91420100MB{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def stands_at(page: Page, path: str) -> None:
    page.wait_for_url(re.compile(rf"{path}(\?|$)"))


def letters(page: Page, to: str) -> list[str]:
    """The bodies of what was sent to somebody, latest first."""
    return [row["body"] for row in ask(page, "public/outbox") if row["to"] == to]


def wait_for_letter(page: Page, to: str, pattern: str, *, seconds: float = 20) -> str:
    """The first group of the pattern in the latest letter that has it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for body in letters(page, to):
            if found := re.search(pattern, body, re.M):
                return found[1]
        time.sleep(0.2)
    raise AssertionError(f"nothing like {pattern} came to {to}")


def code_for(page: Page, to: str) -> str:
    return wait_for_letter(page, to, r"^\s+(\d{6})$")


def totp(secret: str) -> str:
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def sign_up(page: Page, name: str, email: str) -> None:
    page.get_by_label("姓名").fill(name)
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="注册并获取验证码").click()
    stands_at(page, "/verify-email")
    page.get_by_label("验证码").fill(code_for(page, email))
    page.get_by_role("button", name="确认并登录").click()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_label("邮箱、用户名或手机号").fill(email)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def register(page: Page, code: str, name: str) -> None:
    page.get_by_label("统一社会信用代码").fill(code)
    expect(page.get_by_text("校验通过")).to_be_visible()
    page.get_by_label("企业名称").fill(name)
    page.get_by_label("所在市州").select_option(label="武汉市")
    page.get_by_label("县（市、区）").select_option(label="洪山区")
    page.get_by_role("button", name="登记企业").click()
    stands_at(page, "/home")


@pytest.fixture(scope="module")
def person(everybody: Desks) -> Person:
    """`person(name, email)` signs up, confirms, and stands before `/join`."""

    def arrive(name: str, email: str) -> Page:
        page = everybody.open()
        page.goto("/signup")
        sign_up(page, name, email)
        stands_at(page, "/join")
        return page

    return arrive


@pytest.fixture(scope="module")
def founder(person: Person) -> Page:
    page = person("王兰", "wang.lan@example.org")
    register(page, new_code(1), "武汉新材料试制有限公司")
    return page


def test_a_stranger_registers_a_new_firm(founder: Page) -> None:
    me = ask(founder, "me")
    assert (me["organisation"]["name"], me["role"]) == ("武汉新材料试制有限公司", "enterprise_approver")
    expect(founder.get_by_role("contentinfo").get_by_text("武汉市知识产权局（演示）")).to_be_visible()


def test_a_wrong_code_is_told_while_it_is_typed(person: Person) -> None:
    page = person("孙甲", "sun.jia@example.org")
    field = page.get_by_label("统一社会信用代码")
    field.fill("9142010OMB00000010")
    expect(page.get_by_text("第 8 位“O”")).to_be_visible()
    good = new_code(2)
    field.fill(good[:-1] + ("1" if good[-1] != "1" else "2"))
    expect(page.get_by_text(f"按规则应为 {good[-1]}")).to_be_visible()
    page.get_by_label("企业名称").fill("代码特殊有限公司")
    page.get_by_label("所在市州").select_option(label="仙桃市")
    page.get_by_role("button", name="登记企业").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写明情况后继续")
    page.get_by_label("代码情况说明").fill("执照上就是这样，已核对")
    page.get_by_role("button", name="登记企业").click()
    stands_at(page, "/home")


def test_a_colleague_is_invited_accepts_and_changes_role(founder: Page, desks: Desks) -> None:
    founder.goto("/team")
    founder.get_by_label("邮箱").fill("li.na@example.org")
    founder.get_by_role("button", name="发出邀请").click()
    expect(founder.get_by_text("邀请已发给 li.na@example.org")).to_be_visible()
    link = wait_for_letter(founder, "li.na@example.org", r"(http\S+/invitations/\S+)")
    guest = desks.open()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="武汉新材料试制有限公司")).to_be_visible()
    guest.get_by_role("link", name="注册账号").click()
    stands_at(guest, "/signup")
    sign_up(guest, "李娜", "li.na@example.org")
    guest.get_by_role("button", name="接受邀请").click()
    stands_at(guest, "/home")
    assert ask(guest, "me")["role"] == "enterprise_filler"
    founder.reload()
    founder.get_by_role("row", name="李娜").get_by_role("button", name="改为审核人").click()
    expect(founder.get_by_role("row", name="李娜").get_by_role("cell", name="企业审核人")).to_be_visible()
    assert ask(guest, "me")["role"] == "enterprise_approver"
    shoot(founder, "team-with-people")


def test_an_ended_colleague_is_out_at_once(founder: Page, desks: Desks) -> None:
    sign_in(guest := desks.open(), "li.na@example.org")
    stands_at(guest, "/home")
    founder.goto("/team")
    founder.get_by_role("row", name="李娜").get_by_role("button", name="停用").click()
    founder.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(founder.get_by_role("row", name="李娜").get_by_text("已停用")).to_be_visible()
    guest.goto("/team")
    stands_at(guest, "/login")


def test_a_renamed_firm_keeps_its_history_and_the_office_takes_note(founder: Page, desks: Desks) -> None:
    founder.goto("/team/firm")
    founder.get_by_role("button", name="报告变更").click()
    founder.get_by_label("新名称").fill("武汉新材料股份有限公司")
    founder.locator("input[type=file]").set_input_files(
        {"name": "通知书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    founder.get_by_role("button", name="报告变更").click()
    expect(founder.locator("dl").get_by_text("曾用名称")).to_be_visible()
    assert ask(founder, "me")["organisation"]["name"] == "武汉新材料股份有限公司"
    officer = desks.open("wuhan")
    officer.goto("/changes")
    row = officer.get_by_role("listitem").filter(has_text="武汉新材料股份有限公司").filter(has_text="更名")
    expect(row).to_be_visible()
    shoot(officer, "changes-waiting")
    row.get_by_role("button", name="已知悉").click()
    expect(row).to_have_count(0)


def proof(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "通知书.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )


def confirm(page: Page, move: str) -> None:
    """Press it, and once more in the dialog that says what it means."""
    page.get_by_role("button", name=move).first.click()
    page.get_by_role("dialog").get_by_role("button", name=move).click()


def test_a_firm_that_moves_belongs_to_the_new_place_once_its_office_confirms(person: Person, desks: Desks) -> None:
    """E37, C01: refused first, with the reason; asked again and confirmed."""
    name = "搬迁试制有限公司"
    page, yellow = person("迁之", "qian.zhi@example.org"), desks.open("huanggang")
    register(page, new_code(5), name)
    for answer in ("refuse", "confirm"):
        page.goto("/team/firm")
        page.get_by_role("button", name="报告变更").click()
        page.get_by_role("button", name="属地变更").click()
        page.get_by_label("所在市州").select_option(label="黄冈市")
        proof(page)
        page.get_by_role("button", name="报告变更").click()
        expect(page.get_by_text("待迁入地确认")).to_be_visible()
        expect(page.get_by_label("所在市州")).to_have_count(0)  # the form is gone
        yellow.goto("/changes")
        row = yellow.get_by_role("listitem").filter(has_text=name).filter(has_text="属地变更")
        shoot(yellow, f"move-{answer}")
        if answer == "confirm":
            row.get_by_role("button", name="确认迁入").click()
            yellow.get_by_role("dialog").get_by_role("button", name="确认迁入").click()
        else:
            row.get_by_role("button", name="不予确认").click()
            dialog = yellow.get_by_role("dialog")
            dialog.get_by_role("textbox").fill("住所证明与营业执照不一致")
            dialog.get_by_role("button", name="不予确认").click()
        expect(row).to_have_count(0)
        page.reload()
        if answer == "refuse":
            expect(page.get_by_text("住所证明与营业执照不一致")).to_be_visible()
            expect(page.locator("dl").get_by_text("洪山区")).to_be_visible()
    expect(page.locator("dl").get_by_text("黄冈市", exact=True)).to_be_visible()
    expect(page.get_by_role("contentinfo").get_by_text("黄冈市知识产权局（演示）")).to_be_visible()


def test_two_firms_merge_and_the_old_code_leads_to_the_one_that_lives_on(person: Person, desks: Desks) -> None:
    """E37: asked by the one that lives on, confirmed by who signs for the other; only then does anything change."""
    page, old = person("存续", "cun.xu@example.org"), person("并入", "bing.ru@example.org")
    register(page, new_code(6), "存续试制有限公司")
    register(old, new_code(7), "并入试制有限公司")
    page.goto("/team/firm")
    page.get_by_role("button", name="报告变更").click()
    page.get_by_role("button", name="合并", exact=True).click()
    page.get_by_label("被合并企业的统一社会信用代码").fill(new_code(7).lower())
    expect(page.get_by_text("将请这家企业的审核人")).to_be_visible()
    proof(page)
    shoot(page, "merger-form")
    page.get_by_role("button", name="报告变更").click()
    expect(page.get_by_text("待被合并方确认")).to_be_visible()
    expect(page.get_by_label("被合并企业的统一社会信用代码")).to_have_count(0)
    assert ask(old, "me")["organisation"]["merged_into"] is None
    old.goto("/team/firm")
    expect(old.get_by_text("本企业为被合并方")).to_be_visible()
    confirm(old, "确认合并")
    expect(old.get_by_text("已确认").first).to_be_visible()
    old.goto("/home")
    expect(old.get_by_text("本企业不再填报新的批次")).to_be_visible()
    shoot(old, "merger-home-of-the-absorbed")
    page.reload()
    expect(page.locator("dl").get_by_text("并入试制有限公司")).to_be_visible()
    newcomer = person("新人", "xin.ren@example.org")
    newcomer.get_by_label("统一社会信用代码").fill(new_code(7))
    expect(newcomer.get_by_text("存续试制有限公司")).to_be_visible()
    expect(newcomer.get_by_role("button", name="提交申请")).to_have_count(0)


def test_a_forgotten_password_and_a_second_step(person: Person, desks: Desks) -> None:
    email = "zhou.ji@example.org"
    person("周记", email)
    page = desks.open()
    page.goto("/login")
    page.get_by_role("link", name="忘记密码").click()
    stands_at(page, "/forgot")
    page.get_by_label("邮箱").fill(email)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("验证码").fill(wait_for_letter(page, email, r"重设了?密码[\s\S]*?^\s+(\d{6})$"))
    page.get_by_label("新密码").fill(ANOTHER)
    page.get_by_role("button", name="设置新密码").click()
    stands_at(page, "/login")
    sign_in(page, email, ANOTHER)
    stands_at(page, "/join")
    page.goto("/account")
    page.get_by_role("button", name="开启两步验证").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.wait_for_load_state("networkidle")
    assert page.locator("main img").evaluate("image => image.naturalWidth > 0")
    shoot(page, "totp-setup")
    page.get_by_label("验证器上显示的 6 位数字").fill(totp(secret))
    page.get_by_role("button", name="开启", exact=True).click()
    prove(page)
    expect(page.get_by_text("请保存这些恢复码")).to_be_visible()
    spare = page.locator(".codes li").first.inner_text()
    shoot(page, "recovery-codes")
    page.get_by_role("button", name="退出").first.click()
    sign_in(page, email, ANOTHER)
    stands_at(page, "/login/second")
    page.get_by_label("验证码").fill(spare)
    page.get_by_role("button", name="登录", exact=True).click()
    stands_at(page, "/join")


def prove(page: Page) -> None:
    dialog = page.get_by_role("dialog", name="请再确认一次身份")
    dialog.get_by_label("密码").fill(ANOTHER)
    dialog.get_by_role("button", name="确定").click()


def test_a_phone_is_added_and_signs_in(person: Person, desks: Desks) -> None:
    page = person("钱多", "qian.duo@example.org")
    page.goto("/account")
    page.get_by_role("button", name="添加").click()  # the address is there, so this is the phone's
    page.get_by_label("手机号").fill("138 0013 8000")
    page.get_by_role("button", name="获取验证码").click()
    dialog = page.get_by_role("dialog", name="请再确认一次身份")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="确定").click()
    page.get_by_label("验证码").fill(wait_for_letter(page, "+8613800138000", r"验证码 (\d{6})"))
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("+8613800138000")).to_be_visible()
    other = desks.open()
    other.goto("/login/code")
    other.get_by_label("邮箱或已绑定的手机号").fill("13800138000")
    before = letters(other, "+8613800138000")
    other.get_by_role("button", name="获取验证码").click()
    expect(other.get_by_label("验证码")).to_be_visible()
    now = letters(other, "+8613800138000")
    assert len(now) == len(before) + 1
    other.get_by_label("验证码").fill(re.search(r"验证码 (\d{6})", now[0])[1])  # type: ignore[index]
    other.get_by_role("button", name="登录", exact=True).click()
    stands_at(other, "/join")


def test_a_forgotten_password_is_set_anew_by_phone(person: Person, desks: Desks) -> None:
    """E38: the number that is confirmed takes the code; a user name is told to be no address; wrong codes are told."""
    page, phone = person("孙手", "sun.shou@example.org"), "+8613900139000"
    page.goto("/account")
    page.get_by_role("button", name="添加").click()
    page.get_by_label("手机号").fill("139 0013 9000")
    page.get_by_role("button", name="获取验证码").click()
    dialog = page.get_by_role("dialog", name="请再确认一次身份")
    dialog.get_by_label("密码").fill(PASSWORD)
    dialog.get_by_role("button", name="确定").click()
    page.get_by_label("验证码").fill(wait_for_letter(page, phone, r"验证码 (\d{6})"))
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text(phone)).to_be_visible()
    other, before = desks.open(), len(letters(page, phone))
    other.goto("/forgot")
    address = other.get_by_label("邮箱或已绑定的手机号")
    address.fill("sunshou")
    other.get_by_role("button", name="获取验证码").click()
    expect(other.get_by_text("用户名不能接收验证码")).to_be_visible()
    address.fill("139-0013-9000")
    other.get_by_role("button", name="获取验证码").click()
    expect(other.get_by_label("新密码")).to_be_visible()
    sent = letters(other, phone)
    assert len(sent) == before + 1
    code = re.search(r"验证码 (\d{6})", sent[0])[1]  # type: ignore[index]
    other.get_by_label("新密码").fill(ANOTHER)
    other.get_by_label("验证码").fill("000000" if code != "000000" else "111111")
    other.get_by_role("button", name="设置新密码").click()
    expect(other.get_by_role("alert")).to_contain_text("验证码不对")
    other.get_by_label("验证码").fill(code)
    shoot(other, "forgot-by-phone")
    other.get_by_role("button", name="设置新密码").click()
    stands_at(other, "/login")
    sign_in(other, "13900139000", ANOTHER)
    stands_at(other, "/join")


@pytest.fixture(scope="module")
def imported(everybody: Desks) -> dict[str, str]:
    """A firm of Wuhan that came by the workbook and has nobody yet."""
    page = everybody.open("wuhan")
    own = ask(everybody.open("company"), "me")["organisation"]["name"]
    rows = ask(page, "assessments?size=200")["results"]
    found: dict[str, str] = next(row for row in rows if row["name"] != own)
    return found


def test_an_imported_firm_is_claimed_and_granted_by_its_office(
    person: Person, desks: Desks, imported: dict[str, str], tmp_path: Path
) -> None:
    email = "he.qing@example.org"
    page = person("何青", email)
    page.get_by_label("统一社会信用代码").fill(imported["uscc"].lower())
    expect(page.get_by_text("由所在地知识产权局答复", exact=False).first).to_be_visible()
    page.get_by_label("企业名称").fill(f"{imported['name']}（新名）")
    expect(page.get_by_text("答复人会看到")).to_be_visible()
    page.get_by_label("您与企业的关系").fill("我是本企业知识产权专员")
    fake = {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    page.locator("input[type=file]").set_input_files(fake)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("alert").first).to_contain_text("PDF、JPG 或 PNG")
    page.get_by_role("button", name="换一个文件").click()
    page.locator("input[type=file]").set_input_files({**fake, "buffer": PDF})
    shoot(page, "claim-form")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="办理进度")).to_be_visible()
    expect(page.get_by_text("申请在所在地知识产权局手里")).to_be_visible()
    shoot(page, "claim-mine")
    address = page.url
    yellow = desks.open("huanggang")
    yellow.goto(address)
    expect(yellow.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    officer = desks.open("wuhan")
    officer.goto("/claims")
    officer.get_by_role("link", name=imported["name"]).click()
    expect(officer.get_by_role("heading", name="答复")).to_be_visible()
    shoot(officer, "claim-office")
    officer.get_by_role("button", name="不通过").click()
    expect(officer.get_by_role("alert")).to_contain_text("理由")
    officer.get_by_role("button", name="通过", exact=True).click()
    expect(officer.get_by_text("已通过").first).to_be_visible()
    wait_for_letter(officer, email, "(您代表.*已通过)")
    page.goto("/home")
    assert ask(page, "me")["organisation"]["name"] == imported["name"]


def test_a_person_with_two_firms_chooses(founder: Page, person: Person, desks: Desks) -> None:
    email = "er.jia@example.org"
    page = person("尔佳", email)
    register(page, new_code(3), "武汉第三试制有限公司")
    founder.goto("/team")
    founder.get_by_label("邮箱").fill(email)
    founder.get_by_role("button", name="发出邀请").click()
    page.goto(wait_for_letter(page, email, r"(http\S+/invitations/\S+)"))
    page.get_by_role("button", name="接受邀请").click()
    stands_at(page, "/home")
    assert ask(page, "me")["role"] == "enterprise_filler"
    fresh = desks.open()
    sign_in(fresh, email)
    stands_at(fresh, "/choose")
    shoot(fresh, "choose")
    fresh.get_by_role("button", name="武汉第三试制有限公司").click()
    stands_at(fresh, "/home")
    assert ask(fresh, "me")["role"] == "enterprise_approver"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pages_hold_when_they_are_full(founder: Page, desks: Desks, width: int) -> None:
    """Nothing sticks out, is cut or unreadable to axe; empty they are looked at with all others."""
    officer, guest = desks.open("wuhan", width=width), desks.open(width=width)
    founder.set_viewport_size({"width": width, "height": 800})
    for page, address in (
        (founder, "/team"),
        (founder, "/team/firm"),
        (officer, "/changes?all=1"),
        (guest, "/dev/outbox"),
    ):
        page.goto(address)
        settle(page)
        shoot(page, f"full{address.split('?')[0].replace('/', '-')}")
        look = look_at(page, said=[])
        assert (look.sticks_out, look.axe, look.sticks_out_large, look.cut_large) == ([], [], [], []), address


def test_the_keyboard_alone_registers(person: Person) -> None:
    page = person("键盘", "jian.pan@example.org")
    page.locator("#uscc").focus()
    page.keyboard.type(new_code(4))
    expect(page.get_by_text("校验通过")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("键盘登记有限公司")
    page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stands_at(page, "/home")
    assert ask(page, "me")["organisation"]["region"] == "420500"
