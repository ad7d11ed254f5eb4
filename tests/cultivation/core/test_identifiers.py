"""E01: codes of firms; E18: numbers of patents. Vectors are those of the domain rules."""

import pytest

from cultivation.core.identifiers import BadIdentifier, other_right_kind, parse_patent_number, parse_uscc


@pytest.mark.parametrize(
    "code",
    [
        "914403001922038216",
        "91440300708461136T",
        "91330100799655058B",
        "91110000802100433B",
        "91310000132260250X",
        "91110108551385082Q",
        "91420100616400352X",
        "91420111178092678B",
        "91420106MA4KYJ51X1",
        "91420100781995775H",
    ],
)
def test_uscc_genuine_codes_pass(code: str) -> None:
    uscc = parse_uscc(code)
    assert (uscc.code, uscc.check_ok, uscc.changed) == (code, True, False)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91420100MA4K8P3Q7R", "C"),
        ("91350100M0001TGQXM", "1"),
        ("91350211M0000XUF46", "R"),
        ("91350203M0001FUE2P", "J"),
    ],
)
def test_uscc_failed_check_digit_is_no_error(code: str, expected: str) -> None:
    uscc = parse_uscc(code)
    assert (uscc.code, uscc.check_ok, uscc.expected) == (code, False, expected)


@pytest.mark.parametrize(
    "written",
    [
        "91420106ma4kyj51x1",
        " 91420106 MA4KYJ51X1\n",
        "９１４２０１０６ＭＡ４ＫＹＪ５１Ｘ１",
        "91420106-MA4KYJ51X1",
        "'91420106MA4KYJ51X1",
    ],
)
def test_uscc_is_normalised(written: str) -> None:
    uscc = parse_uscc(written)
    assert (uscc.code, uscc.changed) == ("91420106MA4KYJ51X1", True)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "统一社会信用代码为空"),
        ("9142010078199577H", "统一社会信用代码应为 18 位，此处为 17 位"),
        ("91420106MA4KYI51X1", "统一社会信用代码第 14 位“I”不是允许的字符（代码不使用字母 I、O、Z、S、V）"),
        ("91420106MA4KYJ51X*", "统一社会信用代码第 18 位“*”不是允许的字符"),
        ("914201A6MA4KYJ51X1", "统一社会信用代码第 7 位“A”应为数字（第 3 至 8 位是登记机关行政区划码）"),
    ],
)
def test_uscc_error_names_the_place(code: str, sentence: str) -> None:
    with pytest.raises(BadIdentifier) as error:
        parse_uscc(code)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("written", "canonical", "kind", "year"),
    [
        ("ZL201811070331.7", "ZL201811070331.7", "invention", 2018),
        ("2017106018623", "ZL201710601862.3", "invention", 2017),
        ("cn95115608.x", "ZL95115608.X", "invention", 1995),
        ("９７１０１７６５．４", "ZL97101765.4", "invention", 1997),
        ("ZL 2018 1 1070331.7 号", "ZL201811070331.7", "invention", 2018),
    ],
)
def test_patent_number_is_brought_to_one_form(written: str, canonical: str, kind: str, year: int) -> None:
    number = parse_patent_number(written)
    assert (number.canonical, number.kind, number.year, number.check_ok) == (canonical, kind, year, True)


def test_patent_number_failed_check_digit_says_which_was_expected() -> None:
    number = parse_patent_number("201811070331.8")
    assert (number.check_ok, number.expected) == (False, "7")


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "专利号为空"),
        ("CN109876543A", "“CN109876543A”是公开（公告）号，不是申请号"),
        ("20181107033.7", "专利号应为 13 位（2003 年 10 月以前为 9 位）含校验位，此处为 12 位"),
        ("201841070331.7", "专利号第 5 位“4”不是专利类型（1 发明、2 实用新型、3 外观设计、8 和 9 为 PCT）"),
        ("2018110703B1.7", "专利号第 11 位“B”应为数字"),
        ("201811070331.Y", "专利号校验位“Y”应为数字或 X"),
    ],
)
def test_patent_number_error_names_the_place(written: str, sentence: str) -> None:
    with pytest.raises(BadIdentifier) as error:
        parse_patent_number(written)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("2021SR1234567", "software"),
        ("BS.205001234", "ic_layout"),
        ("CNA20191001234", "plant_variety"),
        ("12345678", "trademark"),
        ("另附", None),
    ],
)
def test_other_rights_are_known_by_their_form(number: str, kind: str | None) -> None:
    assert other_right_kind(number) == kind
