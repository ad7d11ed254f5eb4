"""Enterprises from .jsonl, .json, .csv and .xlsx files, each row with the place it was found at.

Nothing is interpreted here but the shape of the file; ``facts.parse_fact`` reads the values.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class FileError(ValueError):
    """A file that can't be read at all."""


@dataclass(frozen=True)
class Place:
    """A row as found. ``error`` says why it could not be read."""

    line: int
    cells: dict[str, Any] = field(default_factory=dict)
    error: str | None = None


def read_table(path: Path) -> Iterator[Place]:
    """Rows of a file in order.

    Raises
    ------
    FileError
        When the file is missing, of another kind, or broken as a whole.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise FileError(f"{path}：只能读取{'、'.join(_READERS)}文件 (expected one of {', '.join(_READERS)})")
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise FileError(f"{path}：无法打开文件 (can't open: {problem.strerror})") from problem
    return reader(content)


def _decode(content: bytes) -> str:
    """UTF-8 with or without a mark, else GB 18030 as Chinese Excel writes."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError("文件编码应为UTF-8或GB 18030 (expected UTF-8 or GB 18030)")


def _read_jsonl(content: bytes) -> Iterator[Place]:
    for number, line in enumerate(_decode(content).split("\n"), start=1):
        if line.strip():
            yield _from_json(line, number)


def _from_json(text: str, line: int) -> Place:
    try:
        return _object(json.loads(text), line)
    except (ValueError, RecursionError) as problem:
        return Place(line, error=f"不是有效的JSON：{problem} (not valid JSON)")


def _object(found: Any, line: int) -> Place:
    return Place(line, found) if isinstance(found, dict) else Place(line, error="不是一个对象 (not an object)")


def _read_json(content: bytes) -> Iterator[Place]:
    """A list of objects, or one object; lines are those on which the objects begin."""
    text = _decode(content)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise FileError(f"不是有效的JSON：{problem} (not valid JSON)") from problem
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


def _read_csv(content: bytes) -> Iterator[Place]:
    rows = csv.reader(io.StringIO(_decode(content), newline=""))
    try:
        header = [name.strip() for name in next(rows, [])]
        last = rows.line_num
        for row in rows:
            line, last = last + 1, rows.line_num
            if any(cell.strip() for cell in row):
                yield _from_cells(header, row, line)
    except csv.Error as problem:
        raise FileError(f"第{rows.line_num}行不是有效的CSV：{problem} (broken CSV)") from problem


def _from_cells(header: list[str], row: list[Any], line: int) -> Place:
    extra = [cell for cell in row[len(header) :] if cell not in ("", None)]
    if extra:
        return Place(line, error=f"有{len(row)}列，表头只有{len(header)}列 (more cells than the header)")
    return Place(line, {name: cell for name, cell in zip(header, row, strict=False) if name})


def _read_xlsx(content: bytes) -> Iterator[Place]:
    from python_calamine import CalamineError, load_workbook

    try:
        rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as problem:
        raise FileError(f"不是有效的Excel文件：{problem} (not a valid workbook)") from problem
    header = [str(name).strip() for name in rows[0]] if rows else []
    for line, row in enumerate(rows[1:], start=2):
        if any(cell not in ("", None) for cell in row):
            yield _from_cells(header, list(row), line)


_READERS: dict[str, Callable[[bytes], Iterator[Place]]] = {
    ".jsonl": _read_jsonl,
    ".json": _read_json,
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
}
