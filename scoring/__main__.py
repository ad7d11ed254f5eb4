"""``python -m scoring assess | explain | check | diff | simulate | rights | train``."""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from .assess import HUBEI, assess_facts, attach
from .commands import add_diff, add_simulate
from .errors import shorten
from .intake import Reporter, read_batches
from .learn.command import add_train
from .rights.command import add_rights
from .tables import FileError


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 for bad input or a broken law, 2 when it can't be run."""
    _open_streams()
    options = _parser().parse_args(argv)
    gc.disable()  # assessments hold no cycles, and looking for them takes a third of the time
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except FileError as problem:
        print(problem, file=sys.stderr)
        return 2
    except ModuleNotFoundError as missing:
        print(f"这项工作需要安装{missing.name} (this needs {missing.name}, which is not installed)", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _drop_output()
        return 1
    except OSError as problem:
        _drop_output()
        print(f"无法写出结果 (can't write the output: {problem.strerror or problem})", file=sys.stderr)
        return 2
    finally:
        gc.enable()
    return status


def _open_streams() -> None:
    """Chinese in any locale; and what is closed takes nothing, or refuses it, rather than being absent."""
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def _drop_output() -> None:
    """What is left in the buffer goes nowhere, so that nothing fails again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scoring", description="Assess enterprises under the rulebooks in force."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    assess = commands.add_parser("assess", help="one JSON line an enterprise")
    _add_input(assess)
    assess.add_argument("--output", type=Path, help="file to write in place of standard output")
    assess.set_defaults(run=_assess)
    explain = commands.add_parser("explain", help="why, in sentences")
    _add_input(explain)
    explain.add_argument("--id", help="only this enterprise")
    explain.add_argument("--lang", choices=["zh", "en"], default="zh")
    explain.set_defaults(run=_explain)
    check = commands.add_parser("check", help="prove the laws of every rulebook")
    check.add_argument("folder", nargs="?", type=Path, help="folder of rulebooks in place of the shipped ones")
    check.set_defaults(run=_check)
    add_diff(commands)
    add_simulate(commands, _add_input)
    add_train(commands, _add_input)
    add_rights(commands, _date)
    return parser


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=".jsonl, .json, .csv or .xlsx, one enterprise a row")
    parser.add_argument("--on", type=_date, default=None, help="date of application, ISO (default: today)")
    parser.add_argument("--kind", choices=["new", "renewal"], default="new")
    parser.add_argument("--region", type=_region, default=HUBEI, help="six-digit division code (default: 420000)")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        zh, en = f"{shorten(text)}不是形如2026-05-01的日期", "not an ISO date such as 2026-05-01"
        raise argparse.ArgumentTypeError(f"{zh} ({en})") from problem


def _region(text: str) -> str:
    if not re.fullmatch("[0-9]{6}", text):
        raise argparse.ArgumentTypeError(f"{shorten(text)}不是六位行政区划代码 (not a six-digit division code)")
    return text


def _assess(options: argparse.Namespace) -> int:
    reporter = Reporter(options.file.name, sys.stderr)
    objects = _objects(options, reporter)
    with ExitStack() as stack:
        output: TextIO = sys.stdout
        if options.output:
            output = stack.enter_context(_open(options.output))
        for found in objects:
            output.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
    return int(reporter.is_bad)


def _open(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as problem:
        raise FileError("无法写入", f"can't write: {problem.strerror}", file=path) from problem


def _objects(options: argparse.Namespace, reporter: Reporter) -> Iterator[dict[str, Any]]:
    """The objects of a file in input order; problems are reported as they are met."""
    on = options.on or date.today()
    for batch in read_batches(options.file, reporter):
        objects, bad = assess_facts(batch.facts, on=on, kind=options.kind, region=options.region)
        batch.report(bad, reporter)
        for identifier, line, found in zip(batch.ids, batch.lines, attach(objects, batch.problems), strict=True):
            for warning in found["warnings"]:
                reporter.warn(line, warning["zh"], warning["en"])
            yield {"id": identifier, **found}


def _explain(options: argparse.Namespace) -> int:
    from .explain import explain_text

    reporter = Reporter(options.file.name, sys.stderr)
    count = 0
    for found in _objects(options, reporter):
        if options.id in (None, found["id"]):
            count += 1
            print(explain_text(found, options.lang))
    if options.id and not count:
        reporter.say(f"没有id为{options.id}的企业 (no enterprise with this id)")
    return int(reporter.is_bad or not count)


def _check(options: argparse.Namespace) -> int:
    from .checks import check_all

    return check_all(options.folder, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
