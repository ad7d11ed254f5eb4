"""Files nobody should have written, outputs that take nothing: a sentence and the right status, no traceback (E13)."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from scoring.__main__ import main
from scoring.intake import Seen
from scoring.tables import FileError, read_table

ROOT = Path(__file__).parents[2]
ON = ["--on", "2026-05-01"]
Capture = pytest.CaptureFixture[str]


def assess(path: Path, capsys: Capture, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    status = main(["assess", str(path), *ON, *options])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


def has_han(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def jsonl(*rows: Any) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


BOM = b"\xef\xbb\xbf"
TWO = '{"id": "甲"}\n{"id": "乙", "revenue": 5}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", BOM + TWO.encode()),
        ("a.jsonl", TWO.encode("utf-16")),
        ("a.jsonl", TWO.encode("gb18030")),
        ("a.jsonl", TWO.replace("\n", "\r\n").encode()),
        ("a.jsonl", TWO.replace("\n", "\r").encode()),
        ("a.jsonl", ("\n\r\n \t\n" + TWO.rstrip()).encode()),
        ("a.json", BOM + b'[{"id": "\xe7\x94\xb2"},\r{"id": "\xe4\xb9\x99", "revenue": 5}]'),
        ("a.csv", BOM + "id,revenue\r\n甲,\n\r\n乙,5".encode()),
        ("a.csv", "id,revenue\r甲,\r乙,5".encode("utf-16")),
        ("a.csv", 'id,revenue,,\n甲,,,\n"乙","5",,\n'.encode("gb18030")),
    ],
)
def test_marks_encodings_and_newlines_of_every_kind_are_read(
    name: str, content: bytes, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / name).write_bytes(content)
    status, found, err = assess(tmp_path / name, capsys)
    assert (status, [one["id"] for one in found], err) == (0, ["甲", "乙"], "")


DEEP = "[" * 100_000 + "]" * 100_000
ROWS = [
    ("a.jsonl", jsonl({"id": "a", "revenue": 1e18}), 1, "a.jsonl：第1行 revenue列：1e+18超出范围0至1e+15"),
    ("a.jsonl", b'{"id": "a", "revenue": NaN}', 1, "第1行 revenue列：应为数字，得到nan"),
    ("a.jsonl", b'{"id": "a", "revenue": -Infinity}', 1, "第1行 revenue列：应为数字，得到-inf"),
    ("a.jsonl", b'{"id": "a", "revenue": {"a": [1]}}', 1, "第1行 revenue列：应为数字，得到{'a': [1]}"),
    ("a.jsonl", b'{"id": "a", "registered_on": "2026-13-01"}', 1, "应为形如2026-05-01的日期，得到“2026-13-01”"),
    ("a.jsonl", b'{"id": "a", "registered_on": "0001-01-01"}', 1, "第1行 registered_on列：0001-01-01早于1900-01-01"),
    ("a.jsonl", b'{"id": "a", "revenue": 1, "revenue": 2}', 1, "第1行：“revenue”出现两次，该行不参加评价"),
    ("a.jsonl", b'\n{"id": "a", }', 1, "第2行：不是有效的JSON，问题在第13个字符"),
    ("a.jsonl", DEEP.encode(), 1, "第1行：JSON嵌套过深"),
    ("a.jsonl", b'{"id": "a", "x": ' + b"1" * 5000 + b"}", 1, "第1行：JSON中的整数位数过多"),
    ("a.jsonl", b'{"id": "' + b"a" * 4_000_000 + b'"}', 1, "第1行：这一行过长"),
    ("a.jsonl", b'{"id": "a\\ud800"}', 1, "第1行 id列：没有可用的id"),
    ("a.jsonl", b'{"id": "a\\u0000"}', 1, "第1行 id列：没有可用的id"),
    ("a.jsonl", jsonl({"id": "a" * 201}), 1, "第1行 id列：没有可用的id"),
    ("a.jsonl", b'{"id": "a\0"}', 1, "第1行：不是有效的JSON，问题在第10个字符"),
    ("a.jsonl", jsonl([1], "x", 7), 1, "第2行：不是一个对象"),
    ("a.csv", b"id,revenue\na,1\nb,2,3\n", 1, "第3行：有3列，表头只有2列"),
    ("a.csv", b"id,revenue\na,12\0\n", 1, "第2行 revenue列：应为数字，得到“12�”"),
    ("a.csv", b"revenue\n12\n", 1, "第2行 id列：没有可用的id"),
    ("a.csv", b"id;revenue\na;1\n", 1, "第2行 id列：没有可用的id"),
    ("a.jsonl", b"", 0, "没有企业"),
    ("a.csv", b"", 0, "没有企业"),
    ("a.csv", b"id,revenue\n", 0, "没有企业"),
    ("a.json", b"[]", 0, "没有企业"),
    ("a.json", b"", 2, "不是有效的JSON，问题在第1个字符"),
    ("a.json", b'[{"id": "a"},\n{"id" 1}]', 2, "不是有效的JSON，问题在第2行第7个字符"),
    ("a.json", DEEP.encode(), 2, "JSON嵌套过深"),
    ("a.json", b'{"id": "a", "id": "b"}', 2, "“id”出现两次"),
    ("a.json", b"7", 1, "第1行：不是一个对象"),
    ("a.csv", b"id,revenue,revenue\na,1,2\n", 2, "“revenue”出现两次"),
    ("a.csv", b'id,revenue\na,"' + b"1" * 200_000, 2, "第2行不是有效的CSV，可能有引号没有成对"),
    ("a.csv", b"\xff\xff\xff", 2, "文件编码应为UTF-8或GB 18030"),
    ("a.jsonl", TWO.encode("utf-16")[2:], 2, "文件编码应为UTF-8或GB 18030"),
    ("a.jsonl", TWO.encode("utf-16")[:-1], 2, "文件编码应为UTF-8或GB 18030"),
    ("a.xlsx", b"", 2, "不是有效的Excel文件"),
    ("a.xlsx", b"PK\x03\x04" + b"\0" * 100, 2, "不是有效的Excel文件"),
    ("a.xls", b"", 2, "只能读取.jsonl、.json、.csv、.xlsx文件"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "status", "words"), ROWS)
def test_what_is_wrong_is_said_with_its_place(
    name: str, content: bytes, status: int, words: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / name).write_bytes(content)
    found, _, err = assess(tmp_path / name, capsys)
    assert found == status
    assert words in err
    assert all(has_han(line) and "(" in line for line in err.splitlines())


def test_the_other_rows_are_assessed(tmp_path: Path, capsys: Capture) -> None:
    rows = [b'{"id": "a"}', b'{"id": "' + b"x" * 9_000_000 + b'"}', DEEP.encode(), b'{"id": "b"}']
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(rows))
    status, found, err = assess(tmp_path / "a.jsonl", capsys)
    assert (status, [one["id"] for one in found]) == (1, ["a", "b"])
    assert [line.split("：")[1] for line in err.splitlines()] == ["第2行", "第3行"]


def test_an_id_that_comes_twice_is_told_and_both_are_assessed(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": "a"}, {"id": 7}, {"id": "7"}, {"id": "a"}))
    status, found, err = assess(tmp_path / "a.jsonl", capsys)
    assert (status, [one["id"] for one in found]) == (0, ["a", "7", "7", "a"])
    assert [line.split(" (")[0] for line in err.splitlines()] == [
        "a.jsonl：第3行 警告：id“7”在前面出现过",
        "a.jsonl：第4行 警告：id“a”在前面出现过",
    ]


def test_ids_seen_are_remembered_past_the_point_where_they_are_packed() -> None:
    seen = Seen()
    assert not any(seen.add(str(number)) for number in range(30_000))
    assert all(seen.add(str(number)) for number in (0, 9_999, 10_000, 10_001, 29_999))


def test_a_formula_is_an_id_like_any_other_text(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.csv").write_text('id\n"=HYPERLINK(""http://x"")"\n@SUM(1)\n')
    assert [one["id"] for one in assess(tmp_path / "a.csv", capsys)[1]] == ['=HYPERLINK("http://x")', "@SUM(1)"]


def test_names_of_unknown_columns_do_not_fill_the_screen(tmp_path: Path, capsys: Capture) -> None:
    rows = [
        {"id": str(row), **{f"x{row}_{column}": 1 for column in range(50)}, "\x1b[2J" + "y" * 999: 1}
        for row in range(9)
    ]
    (tmp_path / "a.jsonl").write_bytes(jsonl(*rows))
    status, _, err = assess(tmp_path / "a.jsonl", capsys)
    assert status == 0
    assert len(err) < 6000
    assert "\x1b" not in err


def test_a_folder_is_not_a_file(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").mkdir()
    assert assess(tmp_path / "a.jsonl", capsys)[::2] == (2, f"{tmp_path / 'a.jsonl'}：不是文件 (not a file)\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").touch(mode=0)
    status, _, err = assess(tmp_path / "a.jsonl", capsys)
    assert (status, "无法打开文件" in err) == (2, True)


def workbook(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """A workbook of one firm with the parts of its archive changed."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write_column(0, 0, ["id", "甲"])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))


def test_a_sheet_that_claims_all_cells_there_are_is_not_laid_out(tmp_path: Path, capsys: Capture) -> None:
    for cell in (b'<c r="XFD1048576"><v>1</v></c>', b'<c r="&#88;FD1048576"><v>1</v></c>'):
        row = b"<row>" + cell + b"</row></sheetData>"
        workbook(tmp_path / "a.xlsx", lambda name, part, row=row: part.replace(b"</sheetData>", row))
        status, found, err = assess(tmp_path / "a.xlsx", capsys)
        assert (status, found) == (2, [])
        assert "工作表跨1048576行16384列，范围过大，请另存为CSV" in err


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.workbook.MOST_BYTES", 10_000_000)
    workbook(tmp_path / "a.xlsx", lambda name, part: part + b" " * 20_000_000 if "sharedStrings" in name else part)
    assert (tmp_path / "a.xlsx").stat().st_size < 100_000
    status, _, err = assess(tmp_path / "a.xlsx", capsys)
    assert (status, "Excel文件解压后过大" in err) == (2, True)


def test_a_json_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.tables.MOST_JSON", 10)
    (tmp_path / "a.json").write_bytes(jsonl([{"id": "a"}]))
    status, _, err = assess(tmp_path / "a.json", capsys)
    assert (status, "JSON文件过大，请改用.jsonl" in err) == (2, True)


def test_a_whole_number_names_an_enterprise_however_it_is_written(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 7.0}\n{"id": 7.5}\n{"id": 1e400}\n')
    status, found, err = assess(tmp_path / "a.jsonl", capsys)
    assert (status, [one["id"] for one in found], err.count("没有可用的id")) == (1, ["7"], 2)


def test_cells_without_references_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = b"".join(b"<row><c/><c/><c/></row>" for _ in range(10))
    sheet = b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
    sheet += rows.replace(b"<", b"<x:").replace(b"<x:/", b"</x:") + b"</x:sheetData></x:worksheet>"
    monkeypatch.setattr("scoring.workbook.MOST_CELLS", 29)
    workbook(tmp_path / "a.xlsx", lambda name, part: sheet if "sheet1" in name else part)
    with pytest.raises(FileError, match="工作表跨10行3列"):
        list(read_table(tmp_path / "a.xlsx"))


def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path) -> None:
    """Some bytes changed at random: rows or a reason, never anything else."""
    workbook(tmp_path / "a.xlsx", lambda name, part: part)
    whole, rng = (tmp_path / "a.xlsx").read_bytes(), Random(2026)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        (tmp_path / "b.xlsx").write_bytes(broken[: rng.choice([None, None, rng.randrange(len(broken))])])
        found = read_or_reason(tmp_path / "b.xlsx")
        assert has_han(found.zh) if isinstance(found, FileError) else found


def read_or_reason(path: Path) -> list[int] | FileError:
    try:
        return [place.line for place in read_table(path)]
    except FileError as problem:
        return problem


def test_lines_are_read_as_they_come(tmp_path: Path) -> None:
    """The beginning of a file is there before its end is looked at; only its encoding is."""
    for name, line in (("a.jsonl", '{"id": "a"}\n'), ("a.csv", "id,revenue\n")):
        with (tmp_path / name).open("w") as file:
            file.writelines(line for _ in range(200_000))
        places = read_table(tmp_path / name)
        assert next(places).cells["id"] in ("a", "id")
        (tmp_path / name).write_bytes(b"")
        assert len(list(places)) < 100_000


def command(*arguments: str, before: str = "", **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run through a shell that has done something to the streams."""
    line = f'{before} "{sys.executable}" -m scoring "$@"'
    return subprocess.run(
        ["bash", "-c", f"{line} {options.pop('after', '')}", "-", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("after", "status", "words"),
    [
        ("> /dev/full", 2, "无法写出结果 (can't write the output: No space left on device)"),
        (">&-", 2, "无法写出结果 (can't write the output: not writable)"),
        ("| head -c 1 > /dev/null; exit ${PIPESTATUS[0]}", 1, ""),
        ("--output /dev/full", 2, "无法写出结果 (can't write the output: No space left on device)"),
        ("--output /no/such/folder", 2, "/no/such/folder：无法写入 (can't write: No such file or directory)"),
        ("2>&- > /dev/null", 0, ""),
    ],
)
def test_an_output_that_takes_nothing_is_said(after: str, status: int, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(*({"id": str(index)} for index in range(40))))
    done = command("assess", str(tmp_path / "a.jsonl"), after=after)
    assert (done.returncode, done.stderr.decode().strip()) == (status, words)


def test_chinese_comes_out_whatever_the_locale_says(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": "甲", "revenue": "多"}))
    done = command("assess", str(tmp_path / "a.jsonl"), before="PYTHONIOENCODING=ascii LC_ALL=C")
    assert (done.returncode, json.loads(done.stdout)["id"]) == (1, "甲")
    assert "应为数字，得到“多”" in done.stderr.decode()


@pytest.mark.parametrize(
    "options", [["--on", "2026-02-30"], ["--on", "31.12.2026"], ["--on", ""], ["--region", "42"], ["--kind", "old"]]
)
def test_an_option_that_is_none_is_refused(options: list[str], tmp_path: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["assess", str(tmp_path / "a.jsonl"), *options])
    assert caught.value.code == 2
    assert options[0] in capsys.readouterr().err


@pytest.mark.parametrize("on", ["0001-01-01", "1949-10-01", "9999-12-31"])
def test_any_date_there_is_can_be_asked_about(on: str, tmp_path: Path, capsys: Capture) -> None:
    row = {
        "id": "a",
        "registered_on": "2020-01-01",
        "gbt29490_valid_until": "9999-12-31",
        "fraud_ban_until": "2026-01-01",
    }
    (tmp_path / "a.jsonl").write_bytes(jsonl(row))
    assert main(["assess", str(tmp_path / "a.jsonl"), "--on", on]) == 0
    assert json.loads(capsys.readouterr().out)["on"] == on


@pytest.mark.parametrize("command", ["explain", "simulate"])
def test_the_other_commands_say_the_same(command: str, tmp_path: Path, capsys: Capture) -> None:
    more = ["ip-capability/2026", "ip-capability/2026"] if command == "simulate" else []
    (tmp_path / "a.jsonl").write_bytes(b'{"id": "a", "revenue": NaN}\n{"id": \n')
    assert main([command, str(tmp_path / "a.jsonl"), *more]) == 1
    err = capsys.readouterr().err
    assert "第1行 revenue列：应为数字，得到nan" in err
    assert "第2行：不是有效的JSON" in err
    assert main([command, str(tmp_path / "b.jsonl"), *more]) == 2
    assert "b.jsonl：无法打开文件" in capsys.readouterr().err


def test_a_table_with_a_field_over_many_lines_keeps_its_places(tmp_path: Path, capsys: Capture) -> None:
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["id", "note"], ["a", "1\n2\r3"], ["b", "x"]])
    (tmp_path / "a.csv").write_bytes((tmp_path / "a.csv").read_bytes() + b"c,1,2\n")
    assert "第6行：有3列" in assess(tmp_path / "a.csv", capsys)[2]
