"""Enterprises from .jsonl, .json, .csv and .xlsx files, each row with the place it was found at.

Nothing is interpreted here but the shape of the file; ``facts.parse_fact`` reads the values. Files of lines are read as
they come, so that memory does not grow with them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from .encoding import find_encoding
from .errors import ReasonError, as_text, shorten

MOST_JSON = 200_000_000
LONGEST_LINE = 4_000_000


class FileError(ReasonError):
    """A file that can't be read or written at all."""

    def __init__(self, zh: str, en: str, *, file: Path | str) -> None:
        super().__init__(zh, en)
        self.file = file

    def __str__(self) -> str:
        return f"{self.file}：{super().__str__()}"


@dataclass(frozen=True)
class Place:
    """A row as found. ``error`` says in Chinese and English why it could not be read."""

    line: int
    cells: dict[str, Any] = field(default_factory=dict)
    error: tuple[str, str] | None = None


def read_table(path: Path) -> Iterator[Place]:
    """Rows of a file in order.

    Parameters
    ----------
    path : Path
        The kind of file is told by the end of its name.

    Yields
    ------
    Place
        A row, or what is wrong with it.

    Raises
    ------
    FileError
        When the file is missing, of another kind, or broken as a whole; also after some rows, when it breaks there.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kinds = list(_READERS)
        raise FileError(f"只能读取{'、'.join(kinds)}文件", f"expected one of {', '.join(kinds)}", file=path)
    try:
        if path.exists() and not path.is_file():
            raise ReasonError("不是文件", "not a file")
        yield from reader(path)
    except ReasonError as problem:
        raise FileError(problem.zh, problem.en, file=path) from problem
    except OSError as problem:
        raise FileError("无法打开文件", f"can't open: {problem.strerror or problem}", file=path) from problem


def _open(path: Path, newline: str | None) -> TextIO:
    encoding = find_encoding(path)
    if encoding is None:
        raise ReasonError("文件编码应为UTF-8或GB 18030", "expected UTF-8 or GB 18030")
    return path.open(encoding=encoding, newline=newline)


def _read_jsonl(path: Path) -> Iterator[Place]:
    with _open(path, newline=None) as lines:
        number = 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                yield Place(number, error=("这一行过长", "the line is too long"))
                _skip_line(lines)
            elif line.strip():
                yield _from_json(line, number)


def _skip_line(lines: TextIO) -> None:
    while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith("\n"):
        pass


def _from_json(text: str, line: int) -> Place:
    try:
        return _object(_parse_json(text), line)
    except ReasonError as problem:
        return Place(line, error=(problem.zh, problem.en))


def _parse_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as problem:
        row_zh, row = (f"第{problem.lineno}行", f"line {problem.lineno}, ") if problem.lineno > 1 else ("", "")
        zh = f"不是有效的JSON，问题在{row_zh}第{problem.colno}个字符"
        raise ReasonError(zh, f"not valid JSON: {problem.msg}, {row}character {problem.colno}") from problem
    except RecursionError as problem:
        raise ReasonError("JSON嵌套过深", "JSON is nested too deeply") from problem
    except ReasonError:
        raise
    except ValueError as problem:
        raise ReasonError("JSON中的整数位数过多", "a whole number in the JSON has too many digits") from problem


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object each of whose keys stands once: of two values nobody could say which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _twice([name for name, _ in pairs])
    return found


def _twice(names: Sequence[str]) -> ReasonError:
    known = Counter(name for name in names if name)
    twice = [shorten(name) for name, count in known.items() if count > 1][:5]
    return ReasonError(f"{'、'.join(twice)}出现两次", f"{', '.join(twice)} is there twice")


def _object(found: Any, line: int) -> Place:
    return Place(line, found) if isinstance(found, dict) else Place(line, error=("不是一个对象", "not an object"))


def _read_json(path: Path) -> Iterator[Place]:
    """A list of objects, or one object; lines are those on which the objects begin."""
    if path.stat().st_size > MOST_JSON:
        raise ReasonError("JSON文件过大，请改用.jsonl", "the JSON file is too large, use .jsonl instead")
    with _open(path, newline="") as file:
        text = file.read()
    whole = _parse_json(text)
    if not isinstance(whole, list):
        yield _object(whole, 1)
        return
    decoder, at, counted, line = json.JSONDecoder(), text.index("[") + 1, 0, 1
    for _ in whole:
        while text[at] in " \t\r\n,":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        found, at = decoder.raw_decode(text, at)
        yield _object(found, line)


def _read_csv(path: Path) -> Iterator[Place]:
    with _open(path, newline="") as lines:
        yield from _from_rows(_csv_rows(lines))


def _csv_rows(lines: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Rows with the lines they begin on."""
    rows = csv.reader(lines)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as problem:
            reason = f"broken CSV at line {line}: {problem}"
            raise ReasonError(f"第{line}行不是有效的CSV，可能有引号没有成对", reason) from problem
        if row is None:
            return
        yield line, row


def _from_rows(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[Place]:
    """Rows under a header; blank ones are passed over."""
    _, names = next(rows, (1, []))
    header = [as_text(name).strip() for name in names]
    if len(set(filter(None, header))) < len(list(filter(None, header))):
        raise _twice(header)
    for line, row in rows:
        if any(not _is_blank(cell) for cell in row):
            yield _from_cells(header, row, line)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _from_cells(header: list[str], row: list[Any], line: int) -> Place:
    if any(not _is_blank(cell) for cell in row[len(header) :]):
        zh, en = f"有{len(row)}列，表头只有{len(header)}列", f"{len(row)} cells, the header has {len(header)}"
        return Place(line, error=(zh, en))
    return Place(line, {name: cell for name, cell in zip(header, row, strict=False) if name})


def _read_xlsx(path: Path) -> Iterator[Place]:
    from .workbook import read_rows

    yield from _from_rows(iter(enumerate(read_rows(path), start=1)))


_READERS: dict[str, Callable[[Path], Iterator[Place]]] = {
    ".jsonl": _read_jsonl,
    ".json": _read_json,
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
}
