"""``check`` proves the laws and names file, line and law of what breaks one (P04)."""

from pathlib import Path

import pytest

from scoring.__main__ import main
from scoring.checks import check_files
from scoring.rulebook import read_files

FILES = dict(read_files())


def faults(name: str, old: str, new: str) -> list[tuple[str, int, str]]:
    text = FILES[name]
    assert old in text
    broken = {**FILES, name: text.replace(old, new, 1)}
    return [(fault.file, fault.line, fault.law) for fault in check_files(list(broken.items()))]


def line_of(name: str, text: str) -> int:
    return FILES[name][: FILES[name].index(text)].count("\n") + 1


def test_the_shipped_rulebooks_keep_every_law() -> None:
    assert [str(fault) for fault in check_files(list(FILES.items()))] == []


SME = "innovative-sme/2022.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "law", "node"),
    [
        (SME, "{from: 5%, points: 20}", "{from: 6%, points: 20}", "bands", "{from: 5%, points: 20}"),
        (SME, "{from: 5%, points: 20}", "{from: 4%, points: 20}", "bands", "{from: 5%, points: 20}"),
        (SME, "{to: 1%, points: 0}", "{from: 0%, to: 1%, points: 0}", "bands", "{to: 1%, points: 0}"),
        (SME, "{from: 1%, to: 2%, points: 5}", "{from: 1%, to: 2%, points: 12}", "monotone", "{from: 2%, to: 3%"),
        (SME, "{from: 5%, points: 20}", "{from: 5%, points: 19}", "maximum", "id: CX-2"),
        (SME, "max: 100", "max: 110", "adds-up", "id: score"),
        (SME, "at_least: 1}, points: 10", "at_least: 1}, points: 15", "reachable", "class1_ip, at_least: 1}"),
        (SME, "fact: product_field", "fact: product_key_field", "known-facts", "id: CX-5"),
        (SME, "value: new_equity_3y", "value: new_equity_9y", "known-facts", "id: D4"),
        (SME, "id: CX-3", "id: CX-2", "unique-ids", "id: CX-3"),
        ("little-giant/2022.yaml", "value: niche_market_share", "value: own_brand", "known-facts", "id: XJ-te-share"),
        ("srdi-sme/2022.yaml", "max: 25", "max: 26", "adds-up", "id: professional"),
        ("size-class/2017.yaml", "large: [20000]", "large: [400]", "sizes", "id: SZ-01"),
    ],
)  # fmt: skip
def test_a_broken_law_is_named_with_file_and_line(name: str, old: str, new: str, law: str, node: str) -> None:
    found = faults(name, old, new)
    assert (name, line_of(name, node), law) in found


def test_a_clause_without_any_source_is_named() -> None:
    found = faults("ip-advantage/2023.yaml", "source: 2023年度评定线, ", "")
    assert [fault[2] for fault in found] == ["sources"]


def test_two_versions_in_force_at_once_are_named() -> None:
    found = faults("srdi-sme/2026.yaml", "from: 2026-04-01", "from: 2026-03-31")
    assert [(fault[0], fault[2]) for fault in found] == [("srdi-sme/2026.yaml", "one-in-force")]


def test_a_case_that_fails_is_named() -> None:
    found = faults("ip-advantage/cases.yaml", '"54.9": unmet', '"54.9": met')
    assert [(fault[0], fault[2]) for fault in found] == [("ip-advantage/cases.yaml", "cases")]


def test_where_the_whole_has_no_source_each_of_its_leaves_is_named() -> None:
    name = "patent-industrialisation/2024.yaml"
    found = faults(name, "  source: 国统字〔2017〕213号\n", "")
    assert found == [(name, line_of(name, f"id: {node}") - 1, "sources") for node in ("scope-legal", "scope-size")]


def told(files: dict[str, str]) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.law) for fault in check_files(list(files.items()))]


def test_a_rulebook_in_a_file_of_another_name_is_named() -> None:
    assert told({"ip-advantage/2024.yaml": FILES["ip-advantage/2023.yaml"]}) == [
        ("ip-advantage/2024.yaml", 1, "file-name")
    ]


def test_a_key_that_stands_in_two_files_is_named() -> None:
    text = FILES["ip-advantage/2023.yaml"]
    assert told({"ip-advantage/2023.yaml": text, "old/2023.yaml": text}) == [
        ("old/2023.yaml", 1, "file-name"),
        ("old/2023.yaml", 1, "unique-key"),
    ]


def test_two_periods_of_one_rulebook_that_overlap_are_named() -> None:
    text = FILES["ip-advantage/2023.yaml"].replace("    to: 2025-08-31\n", "  - {kinds: [new], from: 2024-01-01}\n")
    (fault,) = check_files([("ip-advantage/2023.yaml", text)])
    assert (fault.law, fault.line, "两段适用期重叠" in fault.zh) == (
        "one-in-force",
        line_in(text, "from: 2024-01-01"),
        True,
    )


def line_in(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_cases_that_cannot_be_read_are_named() -> None:
    name = "ip-advantage/cases.yaml"
    assert told({**{n: t for n, t in FILES.items() if n.startswith("ip-advantage")}, name: "cases: [{x: 1}]"}) == [
        (name, 1, "schema")
    ]


def test_a_tier_that_no_firm_can_reach_is_named() -> None:
    text = FILES["ip-capability/2026.yaml"]
    threshold = next(line for line in text.splitlines() if line.strip().startswith("at_least: 80"))
    found = faults("ip-capability/2026.yaml", threshold, threshold.replace("80", "106"))
    assert {fault[2] for fault in found} == {"reachable-tiers"}


def test_the_command_names_the_broken_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "ip-advantage"
    folder.mkdir()
    broken = FILES["ip-advantage/2023.yaml"].replace("at_least: 55", "eval: 55")
    (folder / "2023.yaml").write_text(broken, "utf-8")
    assert main(["check", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "ip-advantage/2023.yaml:" in error
    assert "schema" in error


def test_the_command_passes_on_the_shipped_rulebooks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "all laws hold" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
