"""Run every test and end with what ran: front end, browser, Python on PostgreSQL, scoring branch by branch, SQLite."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from postgresql import find_postgresql, install_postgresql

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
PARALLEL = ["-n", "2", "--dist", "loadfile"]
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected)|no tests ran")
SCORING = "tests/scoring"
NO_DATABASE_NEEDED = [SCORING, "tests/contracts"]


@dataclass(frozen=True, slots=True)
class Part:
    """One run and the line its runner closed with."""

    name: str
    passed: bool
    closing: str
    seconds: float

    def __str__(self) -> str:
        verdict = "ok    " if self.passed else "FAILED"
        return f"{verdict}  {self.name:<22} {self.seconds:5.0f} s  {self.closing.strip('= ')}"


def run_part(name: str, command: list[str], *, env: Mapping[str, str] | None = None) -> Part:
    """Show the output as it comes, and keep the last line that counts tests."""
    print(f"\n== {name}", flush=True)
    began, closing = time.monotonic(), "ended without a count of tests"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            closing = line.strip() if COUNTS.search(line) else closing
    return Part(name, process.returncode == 0, closing, time.monotonic() - began)


def run_postgresql() -> Part:
    install_postgresql()
    with find_postgresql() as url:
        if not url:
            return Part(
                "Python on PostgreSQL", not _is_required(), "left out: no PostgreSQL answers or is installed", 0
            )
        leave_out = [f"--ignore={path}" for path in NO_DATABASE_NEEDED]
        command = [*PYTEST, *PARALLEL, "-m", "not e2e", *leave_out]
        return run_part("Python on PostgreSQL", command, env={"DATABASE_URL": url})


def _is_required() -> bool:
    return bool(os.environ.get("REQUIRE_POSTGRESQL"))


def add_up(parts: Sequence[Part]) -> str:
    """What some parts counted, in the words of their runner."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update({found[2]: int(found[1]) for found in COUNTS.finditer(part.closing) if found[1]})
    return ", ".join(f"{count} {word}" for word, count in counts.items()) or "no tests ran"


def main() -> int:
    began = time.monotonic()
    parts = [
        run_part("Front end", ["scripts/node.sh", "run", "--silent", "test"], env={"NO_COLOR": "1"}),
        run_part("Browser", [*PYTEST, "-m", "e2e", "tests/e2e"], env={"DATABASE_URL": ""}),
        run_postgresql(),
        run_part("Scoring, every branch", [*PYTEST, *PARALLEL, "--cov=scoring", SCORING], env={"DATABASE_URL": ""}),
        run_part(
            "Python on SQLite", [*PYTEST, *PARALLEL, "-m", "not e2e", f"--ignore={SCORING}"], env={"DATABASE_URL": ""}
        ),
    ]
    print(f"\n== Summary, {time.monotonic() - began:.0f} s")
    for part in parts:
        print(part)
    print(f"\n{add_up(parts[-2:])}")
    return 0 if all(part.passed for part in parts) else 1


if __name__ == "__main__":
    sys.exit(main())
