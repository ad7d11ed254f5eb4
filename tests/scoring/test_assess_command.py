"""The command line contract that outside tools speak (E09, E12, E13)."""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from scoring import PROGRAMMES
from scoring.__main__ import main

FIRM = {"id": "甲", "rd_expense": 400, "revenue": 8000, "own_brand": False, "registered_on": "2020-02-29"}


def write(folder: Path, name: str, rows: list[Any]) -> Path:
    path = folder / name
    if name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    elif name.endswith(".json"):
        path.write_text(json.dumps(rows, indent=1), "utf-8")
    elif name.endswith(".csv"):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
            table.writeheader()
            table.writerows(rows)
    else:
        _write_xlsx(path, rows)
    return path


def _write_xlsx(path: Path, rows: list[dict[str, Any]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, list(rows[0]))
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.values()):
                is_date = isinstance(cell, str) and cell[:2] == "20"
                sheet.write(line, column, date.fromisoformat(cell) if is_date else cell, dates if is_date else None)


def run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[dict[str, Any]], str]:
    status = main(["assess", str(path), "--on", "2026-05-01", *options])
    captured = capsys.readouterr()
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


@pytest.mark.parametrize("name", ["firms.jsonl", "firms.json", "firms.csv", "firms.xlsx"])
def test_every_format_says_the_same(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, found, err = run(write(tmp_path, name, [FIRM]), capsys)
    expected = run(write(tmp_path, "reference.jsonl", [FIRM]), capsys)[1]
    assert (status, err) == (0, "")
    assert found == expected


def test_all_thirteen_programmes_always_appear(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(write(tmp_path, "a.jsonl", [{"id": "a"}]), capsys)[1][0]
    assert tuple(found["programmes"]) == PROGRAMMES
    assert found["programmes"]["ip-advantage"]["rulebook"] is None
    assert found["programmes"]["ip-advantage"]["outcome"] == "not_applicable"


def test_rows_come_out_in_input_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": str(index)} for index in (3, 1, 2)]
    assert [found["id"] for found in run(write(tmp_path, "a.jsonl", rows), capsys)[1]] == ["3", "1", "2"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xlsx"])
def test_a_bad_value_is_reported_counts_as_unknown_and_makes_the_status_1(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": "a", "revenue": 8000}, {"id": "b", "revenue": "many"}]
    status, found, err = run(write(tmp_path, name, rows), capsys)
    line = 2 if name == "a.jsonl" else 3
    assert status == 1
    assert f"line {line}, column revenue" in err
    score = next(row for row in found[1]["programmes"]["innovative-sme"]["clauses"] if row["id"] == "CX-2")
    assert score["facts"]["revenue"] is None


def test_the_line_of_a_json_object_is_where_it_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text('[\n {"id": "a"},\n {"id": "b",\n  "revenue": "x"}\n]', "utf-8")
    assert "line 3, column revenue" in run(path, capsys)[2]


def test_a_mark_outside_its_band_is_a_bad_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "a", "class1_ip_plain": 1, "ip_quantity_score": 3}
    status, found, err = run(write(tmp_path, "a.jsonl", [row]), capsys)
    clause = next(row for row in found[0]["programmes"]["hnte"]["clauses"] if row["id"] == "GQ-1c")
    assert (status, clause["points"]) == (1, [7, 8])
    assert "column ip_quantity_score" in err


@pytest.mark.parametrize("row", [{"revenue": 1}, {"id": ""}, {"id": None}, {"id": True}, {"id": [1]}])
def test_a_row_without_a_usable_id_is_left_out(
    row: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, err = run(write(tmp_path, "a.jsonl", [row, {"id": 7}]), capsys)
    assert [one["id"] for one in found] == ["7"]
    assert "line 1, column id" in err
    assert status == 1


def test_unknown_columns_are_named_once_and_ignored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": "a", "colour": 1}, {"id": "b", "colour": 2, "shape": 3}]
    status, found, err = run(write(tmp_path, "a.jsonl", rows), capsys)
    assert (status, len(found), err.count("colour")) == (0, 2, 2)
    assert len(err.splitlines()) == 1


def test_contradictions_are_warned_about_and_still_assessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "a", "class1_ip": 0, "class1_ip_high_value": 2}
    status, found, err = run(write(tmp_path, "a.jsonl", [row]), capsys)
    clause = next(row for row in found[0]["programmes"]["innovative-sme"]["clauses"] if row["id"] == "CX-1")
    assert (status, clause["points"]) == (0, [20, 20])
    assert "line 1, warning" in err
    assert found[0]["warnings"][0]["facts"] == ["class1_ip_high_value", "class1_ip"]


def test_a_broken_line_leaves_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a"}\n{"id": \n[1]\n{"id": "b"}\n', "utf-8")
    status, found, err = run(path, capsys)
    assert (status, [row["id"] for row in found]) == (1, ["a", "b"])
    assert "line 2" in err
    assert "line 3" in err


def test_an_output_file_is_written_in_place_of_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.jsonl"
    status, found, _ = run(write(tmp_path, "a.jsonl", [FIRM]), capsys, "--output", str(output))
    assert (status, found) == (0, [])
    assert json.loads(output.read_text("utf-8"))["id"] == "甲"


@pytest.mark.parametrize("name", ["missing.jsonl", "firms.txt"])
def test_a_file_that_cannot_be_read_is_said_without_a_traceback(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found, err = run(tmp_path / name, capsys)
    assert (status, found) == (2, [])
    assert name in err


@pytest.mark.parametrize(
    ("name", "content"), [("a.json", b"{"), ("a.xlsx", b"no workbook"), ("a.jsonl", b"\xff\xfe\xff")]
)
def test_a_broken_file_is_said_without_a_traceback(
    name: str, content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    status, found, err = run(tmp_path / name, capsys)
    assert (status, found, "Traceback" in err) == (2, [], False)


def test_a_gb18030_table_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes("id,revenue\n武汉甲公司,100\n".encode("gb18030"))
    assert run(tmp_path / "a.csv", capsys)[1][0]["id"] == "武汉甲公司"


def test_kind_and_date_choose_the_rulebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.jsonl", [{"id": "a"}])
    new, renewal = run(path, capsys)[1][0], run(path, capsys, "--kind", "renewal")[1][0]
    keys = [found["programmes"]["little-giant"]["rulebook"] for found in (new, renewal)]
    assert keys == ["little-giant/2026", "little-giant/2022"]


def test_it_runs_as_a_module_without_django(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", [FIRM])
    check = "import sys; from scoring.__main__ import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    for command in (["-m", "scoring"], ["-c", check]):
        call = [sys.executable, *command, "assess", str(path)]
        done = subprocess.run(call, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["on"] == date.today().isoformat()


def test_pandas_is_not_loaded_for_an_assessment() -> None:
    code = "import sys, scoring; assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True)
