"""``python -m scoring rights``: what every right of a table counts for, and what is wrong with the table (E19)."""

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scoring.__main__ import main

HEAD = "企业,号码,类型,法律状态,申请日,授权日,取得方式,转入日期,权利人排名,与主导产品相关,已应用,海外同族"
GOOD = f"""{HEAD}
甲,ZL1,发明专利,有效,2015-01-01,2017-01-01,原始取得,,4,是,是,US10123456B2
甲,ZL2,实用新型,有效,2022-01-01,2024-05-01,受让,2025-05-01,1,,是,
乙,ZL3,发明,有效,2018-01-01,,,,,,,
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def command(content: str | bytes, *options: str, name: str = "rights.csv") -> tuple[int, list[str], str]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        status = main(["rights", str(path), *options])
        shown = capsys.readouterr()
        return status, shown.out.splitlines(), shown.err

    return command


def test_every_right_is_told_under_every_rulebook(run: Any) -> None:
    status, lines, errors = run(GOOD, "--on", "2026-05-01")
    assert (status, errors) == (0, "")
    assert [line for line in lines if line.startswith(("◆", "■"))] == [
        "◆ 甲", "■ 2  ZL1  发明专利", "■ 3  ZL2  实用新型", "◆ 乙", "■ 4  ZL3  发明专利",
    ]  # fmt: skip
    assert (
        "  ✗ 自主申请、前三权利人且已应用的Ⅰ类知识产权：不计入，权利人排名第 4，不在前三"
        "（《优质中小企业梯度培育管理办法》（2026 年） 附件“部分指标和要求说明”，rights-sme-2026/2026）"
    ) in lines
    assert "  Ⅱ类知识产权（科技型口径）：0–1，清单不全，可能更多（rights-tech/2017）" in lines


def test_in_english(run: Any) -> None:
    _, lines, _ = run(GOOD, "--on", "2026-05-01", "--lang", "en")
    assert (
        "  ✗ Class II: does not count, granted on 2024-05-01, kept not more than 2 years"
        " (工信部企业〔2022〕63号 附件“部分指标和要求说明”, rights-sme-2022/2022)"
    ) in lines
    assert "  Class II: 0, perhaps more than the list shows（rights-sme-2022/2022）" in lines


def test_as_json(run: Any) -> None:
    status, lines, _ = run(GOOD, "--on", "2026-05-01", "--json")
    found = [json.loads(line) for line in lines]
    assert (status, [(one["id"], one.get("line")) for one in found]) == (
        0, [("甲", 2), ("甲", 3), ("甲", None), ("乙", 4), ("乙", None)],
    )  # fmt: skip
    assert found[2]["counts"]["valid_invention_patents"] == {"least": 1, "most": 1, "rulebook": "rights-cnipa/2021"}
    assert found[2]["counts"]["class1_ip"]["most"] is None
    assert found[0]["verdicts"][0] == {
        "rulebook": "rights-cnipa/2021", "rule": "inventions", "code": "valid_invention_patents", "outcome": "counts",
        "zh": "发明专利；授权且有效", "en": "invention patent; granted and in force",
        "clause": "国家知识产权局专利统计口径", "status": "secondary",
    }  # fmt: skip


def test_english_columns_and_json_lines(run: Any) -> None:
    row = {
        "kind": "ic_layout",
        "state": "valid",
        "filed_on": "2020-01-01T00:00:00",
        "obtained": "original",
        "related": True,
        "overseas_revenue": "true",
        "holder_rank": 2.0,
        "family": ["US1B1"],
        "awards": "无",
        "pledge": "无",
        "title": 5,
    }
    status, lines, errors = run(json.dumps(row) + "\n", "--on", "2026-05-01", name="rights.jsonl")
    assert (status, errors, lines[0]) == (0, "", "■ 1  —  集成电路布图设计  5")
    assert any("Ⅰ类高价值知识产权：计入" in line for line in lines)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("申请日", "不是日期", "应为形如2026-05-01的日期，得到“不是日期”"),
        ("申请日", "2026-13-01", "应为形如2026-05-01的日期"),
        ("类型", "妙药", "应为invention | utility_model"),
        ("法律状态", "好", "应为valid | pending"),
        ("取得方式", "捡的", "应为original | transferred"),
        ("权利人排名", "0", "应为从1起的整数"),
        ("权利人排名", "1.5", "应为从1起的整数"),
        ("质押金额", "NaN", "应为0至10¹⁵的数字"),
        ("质押金额", "1e99", "应为0至10¹⁵的数字"),
        ("质押金额", "-1", "应为0至10¹⁵的数字"),
        ("质押金额", "很多", "应为0至10¹⁵的数字"),
        ("已应用", "也许", "应为是或否，得到“也许”"),
    ],
)
def test_a_bad_value_is_told_with_line_and_column_and_not_known(run: Any, column: str, value: str, reason: str) -> None:
    status, lines, errors = run(f"号码,{column}\nZL1,{value}\n", "--on", "2026-05-01")
    assert (status, errors.startswith(f"rights.csv：第2行 {column}列：{reason}"), "按未知处理" in errors) == (
        1,
        True,
        True,
    )
    assert lines[0].startswith("■ 2  ZL1")


@pytest.mark.parametrize(
    ("column", "value"), [("pledge", True), ("title", True), ("awards", 7.5), ("kind", ["invention"]), ("filed_on", {})]
)
def test_a_value_of_a_strange_type_is_told(run: Any, column: str, value: object) -> None:
    status, _, errors = run(json.dumps({column: value}), name="rights.jsonl")
    assert (status, f"{column}列" in errors) == (1, True)


def test_a_workbook_brings_dates_and_numbers_of_its_own(run: Any) -> None:
    sheet = Workbook()
    sheet.active.append(["号码", "类型", "法律状态", "申请日", "授权日", "权利人排名", "转入日期"])
    sheet.active.append([201811070331, "发明专利", "有效", datetime(2018, 9, 13, 10, 30), date(2020, 5, 1), 3, None])
    content = BytesIO()
    sheet.save(content)
    status, lines, errors = run(content.getvalue(), "--on", "2026-05-01", name="rights.xlsx")
    assert (status, errors, lines[0]) == (0, "", "■ 2  201811070331  发明专利")


def test_unknown_columns_are_named_once_and_broken_rows_left_out(run: Any) -> None:
    status, lines, errors = run("号码,怪列\nZL1,x\nZL2,y,z,w\nZL3,y\n", "--on", "2026-05-01")
    assert (status, errors.count("怪列"), "第3行" in errors) == (1, 2, True)
    assert [line.split()[2] for line in lines if line.startswith("■")] == ["ZL1", "ZL3"]


@pytest.mark.parametrize("content", ["", HEAD, HEAD + "\n"])
def test_an_empty_table_is_refused(run: Any, content: str) -> None:
    status, lines, errors = run(content)
    assert (status, lines, "没有一项权利" in errors) == (2, [], True)


def test_no_such_file_and_no_such_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rights", str(tmp_path / "none.csv")]) == 2
    assert main(["rights", str(tmp_path / "none.doc")]) == 2
    assert "none.doc" in capsys.readouterr().err
