"""Streams that take nothing, are closed or speak another encoding, and what is not installed (E13)."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import pytest

from scoring.__main__ import main
from tests.scoring.test_assess_command import write

ON = ["--on", "2026-05-01"]


@pytest.fixture
def firms(tmp_path: Path) -> str:
    return str(write(tmp_path, "a.jsonl", [{"id": f"企业{index}"} for index in range(20)]))


def full_disk() -> TextIO:
    return Path("/dev/full").open("w", encoding="utf-8")


def pipe_without_reader() -> TextIO:
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


@pytest.mark.parametrize(
    ("output", "status", "said"),
    [(full_disk, 2, "无法写出结果 (can't write the output: No space left on device)\n"), (pipe_without_reader, 1, "")],
)
def test_an_output_that_takes_nothing_ends_in_a_sentence(
    output: Callable[[], TextIO],
    status: int,
    said: str,
    firms: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with output() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["assess", firms, *ON]) == status
        stream.flush()  # what was left goes nowhere and fails no more
    assert capsys.readouterr().err == said


def test_a_closed_standard_output_refuses_what_is_written(
    firms: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["assess", firms, *ON]) == 2
    sys.stdout.close()
    assert "无法写出结果 (can't write the output: not writable)" in capsys.readouterr().err


def test_a_closed_standard_error_takes_what_is_said(
    firms: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(firms).write_text('{"id": "a", "revenue": "viel"}\n', "utf-8")
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["assess", firms, *ON]) == 1
    sys.stderr.close()
    assert capsys.readouterr().out.startswith('{"id":"a"')


def test_chinese_comes_out_of_a_stream_of_another_encoding(firms: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["assess", firms, *ON]) == 0
    assert raw.getvalue().decode("utf-8").startswith('{"id":"企业0"')


def test_an_output_file_in_no_folder_is_said(firms: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", firms, *ON, "--output", "/no/such/folder/x"]) == 2
    assert capsys.readouterr().err == "/no/such/folder/x：无法写入 (can't write: No such file or directory)\n"


def test_what_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "sklearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sklearn", None)
    decided = write(tmp_path, "decided.csv", [{"id": str(index), "revenue": index, "panel": index % 90}
                                              for index in range(400)])  # fmt: skip
    train = ["train", str(decided), "--labels", "panel", "--origin", "panel", "--output", str(tmp_path / "learned")]
    assert main(train) == 2
    assert "这项工作需要安装sklearn" in capsys.readouterr().err


def test_a_workbook_without_its_reader_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert main(["assess", str(write(tmp_path, "a.xlsx", [{"id": "a"}])), *ON]) == 2
    assert "读取Excel文件需要安装python-calamine，或另存为CSV" in capsys.readouterr().err
