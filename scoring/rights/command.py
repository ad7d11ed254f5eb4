"""``python -m scoring rights``: a table of IP rights, and what each of them counts for under every rulebook (E19)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..intake import Reporter, read_id
from ..schema import Text
from ..tables import FileError, Place, read_table
from ..words import Lang, say
from .counting import RightCount, RightCounts, Verdict, count_rights
from .reading import COLUMNS, read_right
from .right import RIGHT_KINDS, Right
from .said import Outcome

SIGNS: Mapping[Outcome, str] = {"counts": "✓", "possible": "?", "excluded": "✗"}
WORDS: Mapping[Outcome, Text] = {
    "counts": Text(zh="计入", en="counts"),
    "possible": Text(zh="不能断定", en="undecided"),
    "excluded": Text(zh="不计入", en="does not count"),
}
ID = ("id", "企业")
HELP = f"""FILE is .jsonl, .json, .csv or .xlsx, one right a row. Columns, by either name; blank is not known:
{", ".join(f"{code} {zh}" for code, zh in {"id": "企业", **COLUMNS}.items())}."""


@dataclass(frozen=True)
class Listed:
    """A right with the firm and the line it stands in."""

    firm: str
    line: int
    right: Right


def add_rights(commands: Any, read_date: Any) -> None:
    """The subcommand ``rights``."""
    rights = commands.add_parser("rights", help="what every IP right counts for, and why", description=HELP)
    rights.add_argument("file", metavar="FILE", type=Path, help="a table of rights")
    rights.add_argument("--on", type=read_date, default=None, help="date of assessment, ISO (default: today)")
    rights.add_argument("--lang", choices=["zh", "en"], default="zh")
    rights.add_argument("--json", action="store_true", help="JSON lines: every right, then the counts of every firm")
    rights.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    reporter = Reporter(options.file.name, sys.stderr)
    listed = list(_read(options.file, reporter))
    if not listed:
        raise FileError("没有一项权利", "no rights", file=options.file)
    for firm in dict.fromkeys(one.firm for one in listed):
        own = [one for one in listed if one.firm == firm]
        counts = count_rights([one.right for one in own], on=options.on or date.today())
        lines = _json(firm, own, counts) if options.json else _text(firm, own, counts, options.lang)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return int(reporter.is_bad)


def _read(path: Path, reporter: Reporter) -> Iterator[Listed]:
    known = {*COLUMNS, *COLUMNS.values(), *ID}
    for place in read_table(path):
        if place.error is not None:
            reporter.broken(place.line, *place.error)
            continue
        reporter.columns([name for name in place.cells if name not in known])
        right, bad = read_right(place.cells)
        for name, problem in bad:
            reporter.bad(place.line, name, f"{problem.zh}，按未知处理", f"{problem.en}; counted as unknown")
        yield Listed(_firm(place), place.line, right)


def _firm(place: Place) -> str:
    return next((found for name in ID if (found := read_id(place.cells.get(name)))), "")


def _text(firm: str, listed: Sequence[Listed], counts: RightCounts, lang: Lang) -> Iterator[str]:
    if firm:
        yield f"◆ {firm}"
    for one, verdicts in zip(listed, counts.verdicts, strict=True):
        kind = say(RIGHT_KINDS[one.right.kind], lang)
        yield f"■ {one.line}  {one.right.number or '—'}  {kind}  {one.right.title}".rstrip()
        for verdict in verdicts:
            yield f"  {_verdict(verdict, lang)}"
    yield "合计" if lang == "zh" else "Counts"
    for count in counts.counts.values():
        yield f"  {_count(count, lang)}"


def _verdict(verdict: Verdict, lang: Lang) -> str:
    head = f"{SIGNS[verdict.outcome]} {say(verdict.title, lang)}"
    words = say(WORDS[verdict.outcome], lang)
    if lang == "zh":
        return f"{head}：{words}，{verdict.zh}（{verdict.clause}，{verdict.rulebook}）"
    return f"{head}: {words}, {verdict.en} ({verdict.clause}, {verdict.rulebook})"


def _count(count: RightCount, lang: Lang) -> str:
    least, most = count.least, count.most
    number = f"{least}" if least == most else f"{least}–{most}"
    if count.is_open:
        number += "，清单不全，可能更多" if lang == "zh" else ", perhaps more than the list shows"
    return f"{say(count.title, lang)}{'：' if lang == 'zh' else ': '}{number}（{count.rulebook}）"


def _json(firm: str, listed: Sequence[Listed], counts: RightCounts) -> Iterator[str]:
    for one, verdicts in zip(listed, counts.verdicts, strict=True):
        found = [
            {
                "rulebook": verdict.rulebook,
                "rule": verdict.rule,
                "code": verdict.code,
                "outcome": verdict.outcome,
                "zh": verdict.zh,
                "en": verdict.en,
                "clause": verdict.clause,
                "status": verdict.status,
            }
            for verdict in verdicts
        ]
        yield _line({"id": firm, "line": one.line, "number": one.right.number, "verdicts": found})
    bounds = {
        code: {"least": count.least, "most": None if count.is_open else count.most, "rulebook": count.rulebook}
        for code, count in counts.counts.items()
    }
    yield _line({"id": firm, "counts": bounds})


def _line(found: Mapping[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
