"""Hubei's 17 divisions and 103 county units, in the wordings that offices use."""

import pytest

from cultivation.core.regions import Place, load_regions


def test_table_has_the_whole_province() -> None:
    table = load_regions()
    counties = [code for division in table.divisions for code in division.counties]
    assert (len(table.divisions), len(counties), len(set(counties))) == (17, 103, 103)


@pytest.mark.parametrize(
    "wording", ["黄冈市", "黄冈", "湖北省黄冈市", "湖北黄冈", "421100", "4211", " 黄 冈 市 ", "４２１１００"]
)
def test_one_division_in_any_wording(wording: str) -> None:
    assert load_regions().find(wording) == Place("421100")


@pytest.mark.parametrize(
    ("wording", "place"),
    [
        ("恩施州", Place("422800")),
        ("恩施土家族苗族自治州", Place("422800")),
        ("恩施市", Place("422800", "422801")),
        ("神农架林区", Place("429021", "429021")),
        ("仙桃", Place("429004", "429004")),
        ("大冶市", Place("420200", "420281")),
        ("黄石市大冶市", Place("420200", "420281")),
        ("宜昌市长阳县", Place("420500", "420528")),
        ("荆州区", Place("421000", "421003")),
        ("武汉市东湖高新区", Place("420100", zone="东湖高新区")),
        ("东湖新技术开发区", Place("420100", zone="东湖高新区")),
        ("武汉经开区", Place("420100", zone="武汉经开区")),
        ("鄂州市葛店经开区", Place("420700", zone="葛店经开区")),
        ("420321", Place("420300", "420304")),
        ("襄樊市", Place("420600")),
    ],
)
def test_counties_zones_and_old_codes(wording: str, place: Place) -> None:
    assert load_regions().find(wording) == place


@pytest.mark.parametrize("wording", ["", "长沙市", "429999", "420000", "湖北省", "黄冈市大冶市", "宜昌市东湖高新区"])
def test_what_is_no_place_of_hubei_or_contradicts_itself_is_unknown(wording: str) -> None:
    assert load_regions().find(wording) is None


@pytest.mark.parametrize(
    ("code", "division", "name"),
    [
        ("420281", "420200", "大冶市"),
        ("421100", "421100", "黄冈市"),
        ("429004", "429004", "仙桃市"),
        ("421023", "421000", "监利市"),
        ("110000", None, None),
    ],
)
def test_division_and_name_of_a_code(code: str, division: str | None, name: str | None) -> None:
    table = load_regions()
    assert (table.division_of(code), table.name_of(code)) == (division, name)
