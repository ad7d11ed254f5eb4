"""Dated titles and designations: lists read and shown before they are entered, titles revoked, and what they say."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cultivation.accounts.models import Enterprise, EnterpriseName
from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.errors import BadInput, NotAllowed, WrongState
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import Designation, DesignationList
from cultivation.programmes.services import find_titles, move_designation, move_list
from cultivation.programmes.services.designations import sheet
from cultivation.programmes.states import DESIGNATION_KINDS, TITLE_FACTS
from scoring import read_indicators
from tests.factories.accounts import EnterpriseFactory
from tests.factories.designations import BODY, HEAD, csv_file, designate, list_file, preview
from tests.people import People

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


@pytest.fixture
def firm(people: People) -> Enterprise:
    return people.firm


def line(firm: Enterprise | None = None, **changed: Any) -> list[Any]:
    """A row of a list, some cells of it changed."""
    row = dict(zip(HEAD, [1, firm.name if firm else "", "", BODY, "2025-01-01", "2026-12-31", ""], strict=True))
    return list((row | changed).values())


def problems(found: DesignationList) -> list[tuple[str, str, str]]:
    return [(one["severity"], one["cell"], one["problem"]) for one in found.problems]


def states(found: DesignationList) -> list[str]:
    return [row["state"] for row in found.rows]


class TestReading:
    def test_a_list_is_shown_before_anything_is_entered(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm)], above=["省级金种子企业名单"]), source="省局官网")
        assert (states(found), found.problems, found.state) == (["new"], [], "previewed")
        row = found.rows[0]
        assert (row["known_as"], row["uscc"], row["cell"], row["designated_on"], row["expires_on"]) == (
            firm.name, firm.uscc, "B3", "2025-01-01", "2026-12-31",
        )  # fmt: skip
        assert not Designation.objects.exists()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_a_csv_file_is_read_too(self, firm: Enterprise, encoding: str) -> None:
        found = preview(csv_file([line(firm)], encoding=encoding), name="名单.csv")
        assert states(found) == ["new"]

    def test_the_code_outweighs_the_name_and_a_difference_is_told(self, firm: Enterprise) -> None:
        found = preview(list_file([line(**{"企业名称": "别的名字", "统一社会信用代码": firm.uscc.lower()})]))
        assert (states(found), found.rows[0]["known_as"]) == (["new"], firm.name)
        assert problems(found) == [
            ("warning", "B2", f"名称与平台登记的“{firm.name}”不同，按统一社会信用代码认定，请核对")
        ]

    def test_a_former_name_and_other_brackets_are_recognised(self) -> None:
        firm = EnterpriseFactory(name="武汉新名（湖北）有限公司")
        EnterpriseName.objects.create(enterprise=firm, name="武汉旧名有限公司", heard_on=date(2020, 1, 1))
        found = preview(list_file([line(**{"企业名称": "武汉旧名有限公司"})]))
        again = preview(list_file([line(**{"企业名称": "武汉新名(湖北)有限公司"})]))
        assert [row["uscc"] for row in (*found.rows, *again.rows)] == [firm.uscc, firm.uscc]
        by_code = preview(list_file([line(**{"企业名称": "武汉旧名有限公司", "统一社会信用代码": firm.uscc})]))
        assert by_code.problems == []

    def test_a_firm_that_the_platform_does_not_know_is_told(self, firm: Enterprise) -> None:
        strangers = [line(**{"企业名称": "查无此企业"}), line(**{"统一社会信用代码": "914403001922038216"})]
        found = preview(list_file([line(firm), *strangers]))
        assert (states(found), found.problems) == (["new", "stranger", "stranger"], [])

    def test_the_head_of_the_list_stands_in_for_its_columns(self, firm: Enterprise) -> None:
        data = list_file([[firm.name]], ["企业名称"])
        found = preview(data, body=BODY, document="鄂上市〔2025〕1号", designated_on=date(2025, 5, 1))
        row = found.rows[0]
        assert (row["body"], row["document"], row["designated_on"], row["expires_on"], row["state"]) == (
            BODY, "鄂上市〔2025〕1号", "2025-05-01", "", "new",
        )  # fmt: skip

    def test_an_undecided_expiry_of_a_row_outweighs_the_head(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm, 有效期至="未定")]), expires_on=date(2027, 12, 31))
        assert found.rows[0]["expires_on"] == ""

    @pytest.mark.parametrize(
        ("changed", "cell", "problem"),
        [
            ({"统一社会信用代码": "123"}, "C2", "统一社会信用代码应为 18 位，此处为 3 位"),
            ({"认定日期": "2025年"}, "E2", "认定日期：只写到年或月，缺少具体日期"),
            ({"有效期至": "2025-13-01"}, "F2", "有效期至：日历上没有这一天"),
            ({"有效期至": "2024-12-31"}, "F2", "有效期至早于认定日期 2025-01-01"),
            ({"认定单位": ""}, "D2", "缺认定单位，请在表中填写或在上传时统一填写"),
            ({"认定日期": ""}, "E2", "缺认定日期，请在表中填写或在上传时统一填写"),
            ({"认定单位": "长" * 121}, "D2", "认定单位不能超过 120 个字"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_cell(
        self, firm: Enterprise, changed: dict[str, str], cell: str, problem: str
    ) -> None:
        found = preview(list_file([line(firm, **changed)]))
        assert (problems(found), states(found)) == ([("error", cell, problem)], ["error"])

    def test_a_failed_check_digit_is_a_warning(self) -> None:
        firm = EnterpriseFactory(uscc="91350100M0001TGQXM", uscc_check_ok=False)
        found = preview(list_file([line(firm, 统一社会信用代码=firm.uscc)]))
        assert (states(found), problems(found)) == (["new"], [("warning", "C2", "校验位不符（应为 1），请核对")])

    def test_a_chain_leader_needs_its_chain(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm)]), kind="chain-leader")
        assert problems(found) == [("error", "G2", "链主企业要写明产业链")]
        assert states(preview(list_file([line(firm, 产业链="光电子信息")]), kind="chain-leader")) == ["new"]

    def test_a_firm_that_stands_twice_is_told(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm), line(firm, 统一社会信用代码=firm.uscc)]))
        assert (states(found), problems(found)) == (["new", "error"], [("error", "B3", "与第 2 行重复")])

    def test_namesakes_need_their_code(self, firm: Enterprise) -> None:
        EnterpriseFactory(name=firm.name)
        assert problems(preview(list_file([line(firm)]))) == [("error", "B2", "平台上有同名企业，请补统一社会信用代码")]

    def test_a_date_cell_and_a_date_in_words_are_read(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm, 认定日期=45658, 有效期至="2026年12月31日")]))
        assert (found.rows[0]["designated_on"], found.rows[0]["expires_on"]) == ("2025-01-01", "2026-12-31")

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "文件是空的。请确认上传的是填好的表格。"),
            (list_file([["张三"]], ["姓名"]), "没有找到名单：表头里要有“企业名称”或“统一社会信用代码”一列。"),
            (list_file([]), "名单里没有一家企业。"),
            (b"%PDF-1.7\0", "这是 PDF 文件，不是 Excel 工作簿。请上传 .xlsx 原件。"),
            (b"PK\x03\x04broken", "文件已损坏，无法打开。请用 Excel 打开并另存为 .xlsx 后再上传。"),
            (b"\xff\xfe\xfa\xc3\x28", "文件不是能识别的表格，请上传 .xlsx 或 .csv 文件。"),
        ],
    )
    def test_a_file_that_is_no_list_is_refused(self, data: bytes, sentence: str) -> None:
        with pytest.raises(BadInput) as refusal:
            preview(data)
        assert (str(refusal.value), DesignationList.objects.count()) == (sentence, 0)

    def test_a_list_that_is_too_long_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheet, "MOST_ROWS", 2)
        with pytest.raises(BadInput, match="超过 2 行"):
            preview(list_file([line() for _ in range(4)]))

    def test_a_broken_csv_is_refused(self) -> None:
        with pytest.raises(BadInput, match="不是有效的 CSV 文件"):
            preview(b"name\n" + b'"' + b"x" * 200_000, name="x.csv")

    @pytest.mark.parametrize(
        ("head", "field"),
        [
            ({"kind": "nobel"}, "/kind"),
            ({"body": "长" * 121}, "/body"),
            ({"designated_on": date(2026, 1, 1), "expires_on": date(2025, 1, 1)}, "/expires_on"),
            ({"designated_on": date(1066, 1, 1)}, "/designated_on"),
            ({"expires_on": date(9999, 1, 1)}, "/expires_on"),
        ],
    )
    def test_a_head_that_can_not_be_is_refused(self, firm: Enterprise, head: dict[str, Any], field: str) -> None:
        with pytest.raises(BadInput) as refusal:
            preview(list_file([line(firm)]), **head)
        assert list(refusal.value.fields) == [field]

    def test_a_file_that_is_too_large_is_refused(self, settings: Any) -> None:
        settings.UPLOAD_MAX_BYTES = 10
        with pytest.raises(BadInput) as refusal:
            preview(list_file([]))
        assert refusal.value.code == "too_large"


class TestEntering:
    def test_a_confirmed_list_enters_its_firms_with_their_dates(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm), line(**{"企业名称": "查无此企业"})]), source="省局官网", document="1号")
        move_list(SYSTEM, found=found, name="confirm")
        entered = Designation.objects.get()
        assert (entered.enterprise, entered.kind, entered.body, entered.document, entered.source, entered.state) == (
            firm, "gold-seed", BODY, "1号", "省局官网", "standing",
        )  # fmt: skip
        assert (entered.designated_on, entered.expires_on, entered.origin) == (
            date(2025, 1, 1),
            date(2026, 12, 31),
            found,
        )

    def test_each_entry_and_the_list_leave_a_line_in_the_audit_trail(self, firm: Enterprise) -> None:
        move_list(SYSTEM, found=preview(list_file([line(firm)])), name="confirm")
        assert list(AuditEvent.objects.filter(action__startswith="designation").values_list("action", flat=True)) == [
            "designationlist.preview", "designation.enter", "designationlist.confirm",
        ]  # fmt: skip

    def test_nothing_is_entered_while_a_row_is_wrong(self, firm: Enterprise) -> None:
        found = preview(list_file([line(firm), line(firm, 认定日期="昨天", 产业链="别的")]))
        with pytest.raises(WrongState) as refusal:
            move_list(SYSTEM, found=found, name="confirm")
        assert (str(refusal.value), Designation.objects.exists()) == ("还有 1 处错误，请改正文件后重新上传。", False)

    def test_a_list_of_strangers_enters_nobody(self) -> None:
        with pytest.raises(WrongState, match="没有可以登记的企业"):
            move_list(SYSTEM, found=preview(list_file([line(**{"企业名称": "查无此企业"})])), name="confirm")

    def test_the_same_list_again_changes_nothing_and_says_what_differs(self, firm: Enterprise) -> None:
        designate(firm)
        again = preview(list_file([line(firm, 有效期至="2027-12-31")]))
        assert (states(again), again.rows[0]["notes"]) == (
            ["known"],
            ["有效期至在册为 2026-12-31，表中为 2027-12-31，未改动"],
        )
        assert Designation.objects.get().expires_on == date(2026, 12, 31)

    def test_of_two_previews_of_one_list_the_second_enters_nothing_twice(self, firm: Enterprise) -> None:
        one, two = (preview(list_file([line(firm)])) for _ in range(2))
        for found in (one, two):
            move_list(SYSTEM, found=found, name="confirm")
        assert Designation.objects.count() == 1

    def test_a_list_is_confirmed_once(self, firm: Enterprise) -> None:
        found = move_list(SYSTEM, found=preview(list_file([line(firm)])), name="confirm")
        with pytest.raises(WrongState):
            move_list(SYSTEM, found=found, name="confirm")

    def test_a_discarded_list_enters_nothing(self, firm: Enterprise) -> None:
        found = move_list(SYSTEM, found=preview(list_file([line(firm)])), name="discard")
        with pytest.raises(WrongState):
            move_list(SYSTEM, found=found, name="confirm")
        assert not Designation.objects.exists()

    @pytest.mark.parametrize("role", ["city_officer", "city_leader", "expert", "enterprise_filler", "audit_admin"])
    def test_only_the_province_keeps_titles(self, people: People, firm: Enterprise, role: str) -> None:
        actor = people.who(role).actor
        record = designate(firm)
        with pytest.raises(NotAllowed):
            preview(list_file([line(firm)]), actor)
        with pytest.raises(NotAllowed):
            move_designation(actor, designation=record, name="revoke", data={"reason": "名单更正", "on": "2026-01-01"})

    def test_the_database_refuses_what_can_not_be(self, firm: Enterprise) -> None:
        record = designate(firm)
        for change in (
            {"expires_on": date(2024, 1, 1)}, {"state": "revoked"}, {"revoked_on": ON}, {"body": ""}, {"kind": "nobel"},
            {"chain": "光电子信息"}, {"state": "gone"},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                Designation.objects.filter(pk=record.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_officers_confirming_at_once_enter_a_firm_once(people: People) -> None:
    lists = [preview(list_file([line(people.firm)])) for _ in range(2)]

    def confirm(found: DesignationList) -> None:
        try:
            move_list(SYSTEM, found=found, name="confirm")
        except Exception:
            pass
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=(found,)) for found in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Designation.objects.count() == 1


class TestRevoking:
    def revoke(self, record: Designation, **data: Any) -> Designation:
        return move_designation(SYSTEM, designation=record, name="revoke", data=data)

    def test_a_revoked_title_ends_on_its_day(self, firm: Enterprise) -> None:
        record = self.revoke(designate(firm), reason="弄虚作假，鄂上市〔2026〕3号", on="2026-02-01")
        assert [record.standing(day) for day in (date(2026, 1, 31), date(2026, 2, 1))] == ["in_force", "revoked"]
        event = AuditEvent.objects.get(action="designation.revoke")
        assert (event.before, event.after, event.detail["reason"]) == (
            "standing", "revoked", "弄虚作假，鄂上市〔2026〕3号",
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"on": "2026-02-01"}, "/reason"),
            ({"reason": "太短", "on": "2026-02-01"}, "/reason"),
            ({"reason": "长" * 501, "on": "2026-02-01"}, "/reason"),
            ({"reason": "弄虚作假", "on": "昨天"}, "/on"),
            ({"reason": "弄虚作假", "on": "2024-12-31"}, "/on"),
        ],
    )
    def test_it_needs_a_reason_and_a_day(self, firm: Enterprise, data: dict[str, str], field: str) -> None:
        with pytest.raises(BadInput) as refusal:
            self.revoke(designate(firm), **data)
        assert list(refusal.value.fields) == [field]

    def test_a_title_entered_by_mistake_is_voided_and_can_be_entered_again(self, firm: Enterprise) -> None:
        record = move_designation(SYSTEM, designation=designate(firm), name="void", data={"reason": "企业录错"})
        assert record.standing(ON) == "voided"
        assert find_titles([firm.pk], on=ON) == {}
        assert designate(firm).pk != record.pk


class TestTitles:
    """What the records say of a firm on a day."""

    def said(self, firm: Enterprise, on: date, fact: str = "gold_seed_designated") -> tuple[bool, str] | None:
        title = find_titles([firm.pk], on=on).get(firm.pk, {}).get(fact)
        return None if title is None else (title.is_held, title.standing)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2024, 12, 31), None),
            (date(2025, 1, 1), (True, "in_force")),
            (date(2026, 12, 31), (True, "in_force")),
            (date(2027, 1, 1), (False, "lapsed")),
        ],
    )
    def test_the_first_and_the_last_day_count(
        self, firm: Enterprise, day: date, expected: tuple[bool, str] | None
    ) -> None:
        designate(firm)
        assert self.said(firm, day) == expected

    def test_an_undecided_expiry_is_no_end(self, firm: Enterprise) -> None:
        designate(firm, until=None)
        assert self.said(firm, date(2090, 1, 1)) == (True, "in_force")

    def test_one_record_in_force_is_enough(self, firm: Enterprise) -> None:
        designate(firm, on=date(2020, 1, 1), until=date(2021, 12, 31))
        designate(firm, on=date(2025, 1, 1))
        designate(firm, on=date(2022, 1, 1), until=date(2023, 12, 31))
        assert self.said(firm, ON) == (True, "in_force")
        assert self.said(firm, date(2024, 6, 1)) == (False, "lapsed")

    def test_of_ended_records_the_last_says_why(self, firm: Enterprise) -> None:
        first = designate(firm, on=date(2024, 1, 1))
        designate(firm, on=date(2020, 1, 1), until=date(2021, 12, 31))
        data = {"reason": "企业注销", "on": "2025-06-01"}
        move_designation(SYSTEM, designation=first, name="revoke", data=data)
        title = find_titles([firm.pk], on=ON)[firm.pk]["gold_seed_designated"]
        assert (title.record, title.standing, title.basis()["reason"]) == (first, "revoked", "企业注销")

    def test_a_firm_of_which_nothing_is_recorded_has_no_entry(self, firm: Enterprise, people: People) -> None:
        designate(firm)
        assert set(find_titles([firm.pk, people.other_firm.pk], on=ON)) == {firm.pk}

    def test_a_target_of_the_new_route_is_no_title(self, firm: Enterprise) -> None:
        designate(firm, "ip-demonstration-target")
        assert find_titles([firm.pk], on=ON) == {}

    def test_every_fact_is_a_title_of_the_catalogue(self) -> None:
        known = {code for code, one in read_indicators().items() if one.group == "title" and one.type == "boolean"}
        assert set(TITLE_FACTS.values()) == known
        assert set(TITLE_FACTS) <= set(DESIGNATION_KINDS)

    @pytest.mark.parametrize("standing", ["in_force", "lapsed", "future", "revoked", "voided"])
    @pytest.mark.parametrize("day", [date(2024, 1, 1), date(2025, 1, 1), date(2026, 2, 1), ON, date(2027, 1, 1)])
    def test_the_filter_and_the_record_say_the_same(self, firm: Enterprise, standing: str, day: date) -> None:
        designate(firm)
        designate(firm, "silver-seed", until=None)
        data = {"reason": "名单更正", "on": "2026-02-01"}
        move_designation(SYSTEM, designation=designate(firm, "hnte"), name="revoke", data=data)
        move_designation(SYSTEM, designation=designate(firm, "srdi-sme"), name="void", data={"reason": "企业录错"})
        found = set(Designation.objects.all().with_standing(standing, day))
        assert found == {one for one in Designation.objects.all() if one.standing(day) == standing}


class TestVisibility:
    @pytest.mark.parametrize(
        ("role", "sees"),
        [
            ("province_officer", 2), ("province_leader", 2), ("city_officer", 1), ("enterprise_filler", 1),
            ("expert", 0), ("agency_manager", 0), ("audit_admin", 0),
        ],
    )  # fmt: skip
    def test_who_sees_titles(self, people: People, role: str, sees: int) -> None:
        designate(people.firm)
        designate(people.other_firm)
        assert Designation.objects.visible_to(people.who(role).actor).count() == sees

    def test_lists_are_the_provinces_own(self, people: People) -> None:
        preview(list_file([line(people.firm)]))
        seen = {role: DesignationList.objects.visible_to(people.who(role).actor).count() for role in ROLES}
        assert seen == {"province_officer": 1, "city_leader": 0, "enterprise_approver": 0}

    def test_the_actions_are_the_provinces_own(self, people: People) -> None:
        from cultivation.programmes.flow import designation_flow

        record = designate(people.firm)
        names = {
            role: [one["name"] for one in designation_flow.available(record, actor(people, role))] for role in ROLES
        }
        assert names == {"province_officer": ["revoke", "void"], "city_leader": [], "enterprise_approver": []}


ROLES = ("province_officer", "city_leader", "enterprise_approver")


def actor(people: People, role: str) -> Actor:
    return people.who(role).actor
