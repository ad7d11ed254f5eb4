"""``python -m scoring train`` (P06)."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring.__main__ import main
from scoring.intake import Reporter
from scoring.learn.command import write_trained
from scoring.learn.reading import Columns, read_cases
from scoring.tables import FileError
from tests.scoring.learn.small import EXPERT, TEXT, cases, trained


@pytest.fixture
def expert(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(TEXT, "utf-8")
    return path


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def rows() -> list[dict[str, Any]]:
    return [{"id": case.id, "mark": case.score, "city": case.region, **case.facts} for case in cases()]


def train(folder: Path, found: list[dict[str, Any]], expert: Path, *options: str, origin: str = "simulated") -> int:
    place = ["--labels", "mark", "--origin", origin, "--expert", str(expert), "--output", str(folder / "out")]
    return main(["train", str(write(folder, found)), "--on", "2026-05-01", *place, *options])


def test_it_writes_rulebook_and_card(tmp_path: Path, expert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path, rows(), expert, "--region-column", "city") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    paths = [Path(line) for line in captured.out.splitlines()]
    assert [path.suffixes[-2:] for path in paths] == [[".yaml"], [".card", ".json"], [".zh", ".md"], [".en", ".md"]]
    card = json.loads(paths[1].read_text("utf-8"))
    assert card["data"]["fingerprint"] == trained().card["data"]["fingerprint"]
    assert yaml.safe_load(paths[0].read_text("utf-8"))["id"] == "small-card-learned"
    assert "模拟专家组" in paths[2].read_text("utf-8")
    assert "simulated panel" in paths[3].read_text("utf-8")
    assert main(["check", str(tmp_path / "out")]) == 0


def test_a_refusal_is_said_and_is_status_1(tmp_path: Path, expert: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(tmp_path, rows()[:20], expert) == 1
    assert "不予训练：可用案例只有20家企业，至少需要100家" in capsys.readouterr().err
    assert train(tmp_path, rows(), expert, origin="formula") == 1
    assert "循环论证" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_file_that_can_not_be_read_is_status_2(tmp_path: Path, expert: Path) -> None:
    options = ["--labels", "mark", "--origin", "panel", "--output", str(tmp_path)]
    assert main(["train", str(tmp_path / "none.csv"), *options]) == 2
    assert main(["train", str(write(tmp_path, rows())), *options, "--expert", "none"]) == 2


def test_a_folder_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(FileError, match="无法写入"):
        write_trained(trained(), tmp_path / "out")


def test_a_bad_row_is_reported_and_the_rest_learned_from(
    tmp_path: Path, expert: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = {"id": "坏", "mark": "好", "valid_invention_patents": 3}
    assert train(tmp_path, [bad, *rows()[:150]], expert, "--region-column", "city") == 1
    captured = capsys.readouterr()
    assert "第1行 mark列：“好”不是评分，也不是等级，该行不参加训练" in captured.err
    assert len(captured.out.splitlines()) == 4


class Told:
    """A reporter that keeps what it is told."""

    def __init__(self, path: Path) -> None:
        self.stream = StringIO()
        self.reporter = Reporter(path.name, self.stream)


def read(folder: Path, *found: dict[str, Any], **columns: str) -> tuple[list[Any], str]:
    path = write(folder, list(found))
    told = Told(path)
    some = read_cases(path, Columns("mark", **columns), EXPERT, "renewal", told.reporter)
    return some, told.stream.getvalue()


@pytest.mark.parametrize(
    ("label", "score", "tier"),
    [(12.5, 12.5, None), ("12.5", 12.5, None), ("成长", None, "growth"), ("Growth", None, "growth"),
     ("advantage", None, "advantage"), (None, None, None), (" ", None, None)],
)  # fmt: skip
def test_a_label_is_a_score_or_a_tier(label: object, score: float | None, tier: str | None, tmp_path: Path) -> None:
    (case,), told = read(tmp_path, {"id": "甲", "mark": label})
    assert (case.score, case.tier, case.kind, told) == (score, tier, "renewal", "")


def test_dates_and_regions_are_read_from_their_columns(tmp_path: Path) -> None:
    columns = {"on": "day", "region": "city"}
    found, told = read(
        tmp_path,
        {"id": "甲", "mark": 1, "day": "2025-03-01", "city": 420100},
        {"id": "乙", "mark": 1, "day": None, "city": ""},
        {"id": "丙", "mark": 1, "day": "soon"},
        **columns,
    )
    assert [str(case.on) for case in found] == ["2025-03-01", "None", "None"]
    assert [case.region for case in found] == ["420100", None, None]
    assert "第3行 day列：“soon”不是日期，按训练日期处理" in told


def test_rows_without_id_and_broken_lines_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, [{"mark": 3}, {"id": "甲", "mark": 3, "revenue": "many", "colour": 1}])
    path.write_text(path.read_text("utf-8") + "{broken\n", "utf-8")
    told = Told(path)
    (case,) = read_cases(path, Columns("mark"), EXPERT, "new", told.reporter)
    words = told.stream.getvalue()
    assert case.id == "甲"
    assert "第1行 id列：没有可用的id，该行不参加训练" in words
    assert "第2行 revenue列" in words
    assert "不认识的列，已忽略：colour" in words
    assert "第3行：" in words
