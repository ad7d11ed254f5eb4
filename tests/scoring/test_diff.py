"""What changed between two rulebooks, in words (P02)."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring import Rulebook, diff_rulebooks, load_library, parse_rulebook
from scoring.__main__ import main
from scoring.diff import KINDS
from tests.scoring.test_simulate import CHANGES, OLD, changed

LIBRARY = load_library().rulebooks


def told(old: Rulebook, new: Rulebook) -> list[tuple[str, str, str]]:
    return [(change.path, change.kind, change.zh) for change in diff_rulebooks(old, new)]


@pytest.mark.parametrize("key", LIBRARY)
def test_a_rulebook_does_not_differ_from_itself(key: str) -> None:
    assert diff_rulebooks(LIBRARY[key], LIBRARY[key]) == []


WORDS = {
    "nothing": [],
    "points": [("score/creation/CR-1", "points", "第1档：7分 → 6.5分"),
               ("score/utilisation/UT-1", "points", "≥40%：9分 → 8.5分")],
    "choices": [("score/protection/PR-1", "points", "无：0分 → 1分"),
                ("score/protection/PR-1", "points", "不定期：4分 → 2分")],
    "a tier's line": [("growth", "threshold", "分数线：45 → 40"), ("advantage", "threshold", "分数线：65 → 70")],
    "bands": [("score/management/MG-1", "edges",
               "分档：≥4 5分；3–4 4分；2–3 3分；1–2 2分；<1 0分 → ≥5 5分；3–5 4分；2–3 3分；1–2 2分；<1 0分")],
    "a border's owner": [("score/management/MG-10", "edges",
                          "分档：≥80% 1分；50%–80% 0.5分；<50% 0分 → ≥80% 1分；50%–80% 0.5分；≤50% 0.8分")],
    "a gate": [("leading/leading-products", "rule",
                "条件：上年度专利产品销售收入 ÷ 上年度营业收入 ≥ 15% → 上年度专利产品销售收入 ÷ 上年度营业收入 ≥ 5%")],
    "best to sum": [("score/utilisation/UT-2", "rule", "计分方式：取最高 → 合计")],
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_change_is_told_in_words(name: str) -> None:
    assert told(OLD, changed(*CHANGES[name])) == WORDS[name]


def test_it_is_told_in_english_too() -> None:
    change = diff_rulebooks(OLD, changed(*CHANGES["points"]))[1]
    assert change.en == "≥40%: 9 points → 8.5 points"


def edit(document: dict[str, Any], **body: Any) -> Rulebook:
    return parse_rulebook({**copy.deepcopy(document), **body})


def test_what_is_added_or_removed_is_told_once_at_the_top() -> None:
    document = OLD.document()
    card = {**document["scorecard"], "parts": document["scorecard"]["parts"][1:]}
    less = edit(document, scorecard=card)
    assert told(OLD, less) == [("score/creation", "removed", "删除“创造”（30分）")]
    assert told(less, OLD) == [("score/creation", "added", "新增“创造”（30分）")]
    tierless = edit(document, tiers=document["tiers"][:-1])
    assert told(OLD, tierless) == [("leading", "removed", "删除“领军”")]


def test_a_part_that_moves_says_where_to() -> None:
    document = copy.deepcopy(OLD.document())
    parts = document["scorecard"]["parts"]
    parts[1]["parts"].append(parts[0]["parts"].pop())
    expected = ("score/utilisation/CR-8", "rule", "位置：score/creation/CR-8 → score/utilisation/CR-8")
    assert expected in told(OLD, parse_rulebook(document))


def test_gates_without_a_name_are_told_with_their_tier() -> None:
    document = OLD.document()
    tier = document["tiers"][1]
    one, two = (
        edit(document, tiers=[document["tiers"][0], {**tier, "gates": [{"fact": "own_brand", "is": wanted}]}])
        for wanted in (True, False)
    )
    assert told(one, two) == [
        ("growth", "rule", "准入条件：拥有直接面向市场的自主品牌：是 → 拥有直接面向市场的自主品牌：否")
    ]


def test_two_programmes_differ_in_head_and_clauses() -> None:
    changes = diff_rulebooks(LIBRARY["little-giant/2022"], LIBRARY["little-giant/2026"])
    kinds = {change.kind for change in changes}
    assert {"title", "source", "period", "added", "removed", "rule"} <= kinds <= KINDS.keys()


def test_two_size_tables_differ_by_their_bounds() -> None:
    document = copy.deepcopy(LIBRARY["size-class/2017"].document())
    document["sizes"][0]["large"] = [30000]
    changes = told(LIBRARY["size-class/2017"], parse_rulebook(document))
    assert changes == [("sizes/SZ-01", "threshold", "大型下限：20000 → 30000")]


def test_effort_classes_are_told() -> None:
    document = copy.deepcopy(OLD.document())
    document["effort"]["classes"][0]["cost"] = 3
    document["effort"]["facts"][0] |= {"each": 2, "direction": "down"}
    assert told(OLD, parse_rulebook(document)) == [
        ("", "effort", "工作量report：补报资料 1 → 补报资料 3"),
        ("", "effort", "开放许可声明专利数的工作量：weeks ↑ → weeks / 2 ↓"),
    ]


def leaves(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(raw, (dict, list)):
        for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
            yield from leaves(value, (*path, key))
    else:
        yield path, raw


def altered(raw: Any) -> Any:
    if isinstance(raw, bool):
        return not raw
    if isinstance(raw, (int, float)):
        return raw + 1
    return "7%" if str(raw).endswith("%") else f"{raw}x"


def with_leaf(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    other = copy.deepcopy(document)
    place = other
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return other


@pytest.mark.parametrize("key", ["ip-capability/2026", "little-giant/2022", "innovative-sme/2022", "size-class/2017"])
def test_no_change_of_content_goes_untold(key: str) -> None:
    """Every leaf altered, one at a time, wherever that still is a rulebook."""
    old = LIBRARY[key]
    tried = 0
    for path, value in list(leaves(old.document()))[:: 23 if key == "ip-capability/2026" else 5]:
        if path[0] in ("version",):
            continue
        try:
            new = parse_rulebook(json.loads(json.dumps(with_leaf(old.document(), path, altered(value)), default=str)))
            changes = diff_rulebooks(old, new)
        except (ValueError, KeyError):
            continue
        tried += 1
        assert changes, (path, value)
    assert tried > 20


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    return status, *capsys.readouterr()


def test_the_command_prints_a_line_a_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new.yaml"
    file.write_text(json.dumps(changed(*CHANGES["a tier's line"]).document(), ensure_ascii=False, default=str), "utf-8")
    status, out, _ = run(capsys, "diff", "ip-capability/2026", str(file))
    assert (status, out) == (0, "[分数线] growth 分数线：45 → 40\n[分数线] advantage 分数线：65 → 70\n")
    assert run(capsys, "diff", "hnte/2016", "hnte/2016")[1] == "没有差别\n"
    assert run(capsys, "diff", "hnte/2016", "hnte/2016", "--lang", "en")[1] == "no differences\n"
    head = run(capsys, "diff", "little-giant/2022", "little-giant/2026", "--lang", "en")[1].splitlines()[0]
    assert head.startswith("[title] title: Little-giant")


@pytest.mark.parametrize("text", [None, "id: [", "id: a", "\x00"])
def test_what_is_no_rulebook_is_refused_in_words(
    text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "broken.yaml"
    if text is not None:
        file.write_text(text)
    status, out, err = run(capsys, "diff", "ip-capability/2026", str(file))
    assert (status, out) == (2, "")
    assert "broken.yaml" in err
    assert "Traceback" not in err


def test_the_simulation_runs_on_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    firms = tmp_path / "firms.jsonl"
    new = tmp_path / "new.yaml"
    new.write_text(json.dumps(changed(("at_least: 45\n", "at_least: 1\n")).document(), default=str), "utf-8")
    rows = [{"id": "a", "city": "武汉", "valid_designs": 3}, {"id": "b", "city": "宜昌"}]
    firms.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    status, out, _ = run(
        capsys, "simulate", str(firms), "ip-capability/2026", str(new), "--on", "2026-05-01", "--by", "city"
    )
    found = json.loads(out)
    assert (status, found["moved"], found["risen"]) == (0, 1, 1)
    assert found["by"] == {"city": {"宜昌": {"starter→starter": 1}, "武汉": {"starter→growth": 1}}}
    assert [(row["id"], row["before"], row["after"]) for row in found["list"]] == [("a", "starter", "growth")]


def test_bad_rows_and_rulebooks_make_the_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    firms = tmp_path / "firms.jsonl"
    firms.write_text('{"id": "a"}\nnot json\n')
    status, out, err = run(capsys, "simulate", str(firms), "ip-capability/2026", "ip-capability/2026")
    assert (status, json.loads(out)["firms"]) == (1, 1)
    assert "第2行" in err
    status, _, err = run(capsys, "simulate", str(firms), "ip-capability/2026", "hnte/2016")
    assert status == 2
    assert "不是同一评分表或专项的两个版本" in err


def test_neither_command_loads_pandas() -> None:
    code = "import sys; from scoring.__main__ import main; main(['diff', 'hnte/2016', 'hnte/2016'])"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; assert 'pandas' not in sys.modules"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "没有差别\n")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"from": "2027-01-01"}, "自2027-01-01起，新申报、复核"),
        ({"from": "2027-01-01", "to": "2027-12-31", "kinds": ["new"]}, "2027-01-01至2027-12-31，新申报"),
        ({"to": "2027-12-31", "kinds": ["renewal"]}, "至2027-12-31止，复核"),
        ({"regions": ["4201", "4202"]}, "一直有效，新申报、复核，地区4201、4202"),
        (
            {"status": "calibrated", "reason": {"zh": "过渡", "en": "x"}},
            "一直有效，新申报、复核，来源状态calibrated，过渡",
        ),
    ],
)
def test_a_period_is_told_in_words(period: dict[str, Any], words: str) -> None:
    new = parse_rulebook({**OLD.document(), "applies": [period]})
    assert told(OLD, new) == [("", "period", f"适用1：自2026-01-01起，新申报、复核 → {words}")]


def test_what_a_version_replaces_is_told() -> None:
    new = parse_rulebook({**OLD.document(), "supersedes": ["ip-capability/2025"]})
    assert told(OLD, new) == [("", "period", "接替：— → ip-capability/2025")]
