"""``python -m scoring diff`` and ``simulate``: two rulebooks compared in words, and on the same firms (P02, P03)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .rulebook import Rulebook, RulebookError, load_library, parse_rulebook
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
    try:
        return parse_rulebook(Path(name).read_text("utf-8"), file=name)
    except (OSError, UnicodeDecodeError) as problem:
        keys = "、".join(known)
        raise FileError(
            f"{name}：没有这部规则书，也不能作为文件读取，有{keys} (neither a rulebook nor a file)"
        ) from problem
    except RulebookError as problem:
        raise FileError(str(problem)) from problem


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
    from .simulation.run import OWN_GROUPS

    old, new = find_rulebook(options.old), find_rulebook(options.new)
    broken: list[int] = []
    groups = options.by or OWN_GROUPS
    ask = {"on": options.on or date.today(), "kind": options.kind, "region": options.region, "groups": groups}
    try:
        found = simulate(_rows(options.file, broken), old, new, **ask)
    except ValueError as problem:
        raise FileError(str(problem)) from problem
    _say(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    return int(bool(found.bad_values or broken))


def _rows(path: Path, broken: list[int]) -> Iterator[Mapping[str, Any]]:
    for place in read_table(path):
        if place.error is None:
            yield place.cells
        else:
            broken.append(place.line)
            sys.stderr.write(f"{path.name}：第{place.line}行：{place.error}\n")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
