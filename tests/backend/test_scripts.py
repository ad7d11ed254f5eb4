"""The small programs behind make: what they refuse, in one clear sentence."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contracts.source import ROOT


def run(script: str, *words: str, path: Path) -> "subprocess.CompletedProcess[str]":
    """With only this folder on the path, what a shell script needs, and what the test says is there."""
    for name in ("sh", "dirname", "grep"):
        found = shutil.which(name)
        assert found
        (path / name).symlink_to(found)
    return subprocess.run(
        [str(ROOT / "scripts" / script), *words],
        cwd=path,
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def fake(path: Path, name: str, script: str) -> None:
    program = path / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_no_node_is_told(tmp_path: Path) -> None:
    ended = run("node.sh", "ci", path=tmp_path)
    assert (ended.returncode, ended.stderr) == (
        1,
        "Zhiyu needs Node.js 20.19 or newer, with npm, to build its pages; please install it.\n",
    )


def test_an_old_node_is_told_with_its_version(tmp_path: Path) -> None:
    fake(tmp_path, "npm", "exit 0")
    fake(tmp_path, "node", '[ "$1" = --version ] && echo v18.20.4 || exit 1')
    ended = run("node.sh", "ci", path=tmp_path)
    assert (ended.returncode, ended.stderr) == (
        1,
        "Zhiyu needs Node.js 20.19 or newer to build its pages; this is v18.20.4.\n",
    )


@pytest.mark.parametrize("version", ["exit 1", None])
def test_a_wrong_python_is_told(tmp_path: Path, version: str | None) -> None:
    if version:
        fake(tmp_path, "python3", version)
    ended = run("python.sh", "requirements.txt", path=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "Zhiyu needs Python 3.11; please install it or name it: make PYTHON=/path/to/python3.11 …\n"
    )


def test_without_root_the_one_line_to_run_is_printed(tmp_path: Path) -> None:
    fake(tmp_path, "dpkg-query", '[ "$3" = there ] && echo "install ok installed"')
    fake(tmp_path, "id", "echo 1000")
    ended = run("system.sh", "there", "pango", "fonts", path=tmp_path)
    assert (ended.returncode, ended.stderr.splitlines()[-1]) == (
        1,
        "    sudo apt-get install -y --no-install-recommends pango fonts",
    )


def test_nothing_missing_is_silent(tmp_path: Path) -> None:
    fake(tmp_path, "dpkg-query", 'echo "install ok installed"')
    ended = run("system.sh", "pango", path=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_another_system_than_debian_is_told_what_it_needs(tmp_path: Path) -> None:
    ended = run("system.sh", "pango", "fonts", path=tmp_path)
    assert (ended.returncode, ended.stdout.rstrip().endswith("are installed: pango fonts")) == (0, True)
