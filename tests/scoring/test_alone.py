"""``scoring`` in an empty folder, with only its own dependencies: no Django, no scikit-learn, nothing beside it."""

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest

from scoring.rulebook import read_files
from tests.scoring.learn.small import TEXT, cases
from tests.scoring.test_assess_command import FIRM, write
from tests.scoring.test_rights_command import GOOD

ROOT = Path(__file__).parents[2]
OWN = ("numpy", "pandas", "pydantic", "PyYAML")
TABLES = "python_calamine"

# Refuses every top-level module that is neither standard, nor scoring, nor one of the names given.
RUNNER = """
import json, sys
from importlib.abc import MetaPathFinder

allowed, commands = json.loads(sys.argv[1])
known = {*allowed, *sys.stdlib_module_names, "scoring", "__main__"}

class Nothing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in known and not top.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Nothing())
sys.path[0] = "."
from scoring.__main__ import main
for command in commands:
    print(json.dumps({"command": command}), flush=True)
    print(json.dumps({"status": main(command)}), flush=True)
import scoring
assert all(hasattr(scoring, name) for name in scoring.__all__)
print(json.dumps({"file": scoring.__file__, "loaded": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(names: tuple[str, ...]) -> set[str]:
    """Distributions and what they require, without extras."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if normal(name) not in found:
            found.add(normal(name))
            waiting += [re.match(r"[\w.-]+", line)[0] for line in requires(name) or [] if "extra ==" not in line]
    return found


def modules(names: tuple[str, ...]) -> list[str]:
    """Top-level modules of distributions and of what they require."""
    wanted = needed(names)
    return sorted(top for top, owners in packages_distributions().items() if wanted & {normal(name) for name in owners})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the library and some files of firms, and nothing else."""
    empty = tmp_path_factory.mktemp("empty")
    shutil.copytree(ROOT / "scoring", empty / "scoring", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("firms.jsonl", "firms.json", "firms.csv", "firms.xlsx"):
        write(empty, name, [FIRM])
    decided = [FIRM | {"id": str(index), "revenue": 1000 + index, "panel": 20 + index * 7 % 80} for index in range(160)]
    write(empty, "decided.csv", decided)
    (empty / "rights.csv").write_text(GOOD, "utf-8")
    (empty / "small.yaml").write_text(TEXT, "utf-8")
    write(empty, "panel.jsonl", [{"id": case.id, "mark": case.score, **case.facts} for case in cases()])
    card = dict(read_files())["ip-capability/2026.yaml"]
    (empty / "new.yaml").write_text(card.replace("at_least: 45\n", "at_least: 40\n"), "utf-8")
    return empty


def run(folder: Path, allowed: list[str], *commands: list[str]) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-c", RUNNER, json.dumps([allowed, commands])]
    return subprocess.run(call, cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)


def statuses(done: "subprocess.CompletedProcess[str]") -> list[int]:
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"')]
    return [line["status"] for line in found if line.keys() == {"status"}]


def test_every_command_works_with_its_own_dependencies_alone(folder: Path) -> None:
    old, new = "ip-capability/2026", "new.yaml"
    commands = [
        ["assess", "firms.jsonl"],
        ["assess", "firms.json", "--output", "out.jsonl"],
        ["assess", "firms.csv", "--on", "2026-05-01"],
        ["explain", "firms.jsonl"],
        ["diff", old, new, "--lang", "en"],
        ["simulate", "firms.csv", old, new],
        ["rights", "rights.csv", "--on", "2026-05-01"],
        ["check"],
    ]
    done = run(folder, modules(OWN), *commands)
    assert (done.stderr, statuses(done), done.returncode) == ("", [0] * len(commands), 0)
    last = json.loads(done.stdout.splitlines()[-1])
    assert Path(last["file"]).parent == folder / "scoring"
    assert not {"django", "rest_framework", "sklearn", "scipy", "weasyprint", "cultivation"} & set(last["loaded"])
    assert json.loads((folder / "out.jsonl").read_text("utf-8"))["id"] == FIRM["id"]


def test_workbooks_are_read_where_their_reader_is_installed(folder: Path) -> None:
    done = run(folder, [*modules(OWN), TABLES], ["assess", "firms.xlsx"])
    assert (done.stderr, statuses(done)) == ("", [0])


def test_a_scorecard_is_learned_where_scikit_learn_is_installed_and_scores_without_it(folder: Path) -> None:
    """P06: what was learned is a rulebook like any other, so nothing but the library is needed to use it."""
    train = ["train", "panel.jsonl", "--labels", "mark", "--origin", "simulated", "--expert", "small.yaml"]
    done = run(folder, modules((*OWN, "scikit-learn")), [*train, "--on", "2026-05-01", "--output", "learned"])
    assert (done.stderr, statuses(done)) == ("", [0])
    (learned,) = (path.relative_to(folder) for path in folder.glob("learned/*/*.yaml"))
    used = run(folder, modules(OWN), ["check", "learned"], ["simulate", "panel.jsonl", "small.yaml", str(learned)])
    assert (used.stderr, statuses(used)) == ("", [0, 0])


def test_what_is_not_installed_is_named(folder: Path) -> None:
    train = ["train", "decided.csv", "--labels", "panel", "--origin", "panel", "--output", "learned"]
    done = run(folder, modules(OWN), ["assess", "firms.xlsx"], train)
    assert statuses(done) == [2, 2]
    assert [line.split(" (")[0] for line in done.stderr.splitlines()] == [
        "firms.xlsx：读取Excel文件需要安装python-calamine，或另存为CSV",
        "这项工作需要安装sklearn",
    ]
