"""``python -m scoring diff`` and ``simulate``: two rulebooks compared in words, and on the same firms (P02, P03)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .assess import read_facts
from .checks import check_laws
from .intake import Reporter
from .rulebook import Rulebook, RulebookError, load_library, parse_rulebook, read_text
from .tables import FileError, read_table

Commands = Any


def add_diff(commands: Commands) -> None:
    """The subcommand ``diff``."""
    diff = commands.add_parser("diff", help="what changed between two rulebooks, in words")
    _add_rulebooks(diff)
    diff.add_argument("--lang", choices=["zh", "en"], default="zh")
    diff.set_defaults(run=_diff)


def add_simulate(commands: Commands, add_input: Any) -> None:
    """The subcommand ``simulate``; ``add_input`` adds the file of firms, with date, kind and region."""
    simulate = commands.add_parser("simulate", help="the same firms under two rulebooks: who moves, as JSON")
    add_input(simulate)
    _add_rulebooks(simulate)
    simulate.add_argument("--by", action="append", metavar="COLUMN", help="count by size, track or a column of FILE")
    simulate.set_defaults(run=_simulate)


def _add_rulebooks(parser: argparse.ArgumentParser) -> None:
    for name in ("old", "new"):
        parser.add_argument(name, metavar=name.upper(), help="shipped rulebook such as ip-capability/2026, or a file")


def find_rulebook(name: str) -> Rulebook:
    """A shipped rulebook by its key, or one read from a file.

    Raises
    ------
    FileError
        There is neither, or the file is no rulebook.
    """
    known = load_library().rulebooks
    if name in known:
        return known[name]
    if not Path(name).exists():
        keys = "、".join(known)
        raise FileError(f"没有这部规则书，有{keys}", f"neither a rulebook nor a file; known: {keys}", file=name)
    try:
        rulebook = parse_rulebook(read_text(Path(name)), file=name)
        for fault in check_laws(rulebook):
            raise fault
    except RulebookError as problem:
        raise FileError(problem.zh, f"{problem.law}: {problem.en}", file=f"{name}:{problem.line}") from problem
    return rulebook


def _diff(options: argparse.Namespace) -> int:
    from .diff import KINDS, diff_rulebooks

    is_english = options.lang == "en"
    changes = diff_rulebooks(find_rulebook(options.old), find_rulebook(options.new))
    for change in changes:
        path = f"{change.path} " if change.path else ""
        _say(f"[{KINDS[change.kind][is_english]}] {path}{change.en if is_english else change.zh}")
    if not changes:
        _say("no differences" if is_english else "没有差别")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from .simulation import simulate
    from .simulation.run import OWN_GROUPS, UnlikeError

    old, new = find_rulebook(options.old), find_rulebook(options.new)
    reporter = Reporter(options.file.name, sys.stderr)
    groups = options.by or OWN_GROUPS
    ask = {"on": options.on or date.today(), "kind": options.kind, "region": options.region, "groups": groups}
    try:
        found = simulate(_rows(options.file, reporter), old, new, **ask)
    except UnlikeError as problem:
        raise FileError(problem.zh, problem.en, file=f"{options.old} {options.new}") from problem
    _say(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    return int(reporter.is_bad)


def _rows(path: Path, reporter: Reporter) -> Iterator[Mapping[str, Any]]:
    """Rows that can be read, with what is wrong in them reported."""
    for place in read_table(path):
        if place.error is not None:
            reporter.broken(place.line, *place.error)
            continue
        for problem in read_facts(place.cells, 0)[1]:
            reporter.bad(place.line, problem.column, problem.zh, problem.en)
        yield place.cells


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
