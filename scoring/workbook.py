"""Rows of a workbook's first sheet, once it is known that they fit into memory.

A workbook of a few kilobytes can claim a sheet of seventeen thousand million cells, or unpack to many gigabytes. The
reader lays out the whole rectangle at once and can't be stopped, so the sheets are measured first, as a stream.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from .errors import ReasonError

MOST_CELLS = 20_000_000
MOST_BYTES = 1_000_000_000
CHUNK = 1 << 18
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_rows(path: Path) -> list[list[Any]]:
    """All rows of the first sheet, from the first row and column, blank ones included.

    Raises
    ------
    ReasonError
        The file is no workbook, or larger than can be read safely.
    """
    try:
        from python_calamine import CalamineError, load_workbook
    except ImportError as problem:
        zh, en = (
            "读取Excel文件需要安装python-calamine，或另存为CSV",
            "reading .xlsx needs python-calamine; or save as CSV",
        )
        raise ReasonError(zh, en) from problem
    try:
        refuse_bombs(path)
        with load_workbook(path) as book:
            return list(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, RuntimeError) as problem:
        raise ReasonError("不是有效的Excel文件", f"not a valid workbook: {problem}") from problem


def refuse_bombs(path: Path) -> None:
    """Raise ``ReasonError`` when a workbook unpacks to too much, or a sheet spans too many cells."""
    left = MOST_BYTES
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            extent = _Extent()
            with archive.open(entry) as part:
                left -= extent.measure(part, left, is_sheet=bool(_SHEET.fullmatch(entry.filename)))
            if left < 0:
                raise ReasonError("Excel文件解压后过大，请另存为CSV", "the workbook unpacks to too much, use CSV")


class _Extent:
    """The rectangle a sheet spans, from the references of its cells, and their order where they have none."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start

    def measure(self, part: IO[bytes], most: int, *, is_sheet: bool) -> int:
        """Bytes of one part, counted until there are too many."""
        size = 0
        while size <= most and (chunk := part.read(CHUNK)):
            size += len(chunk)
            if is_sheet:
                self.parser.Parse(chunk)
        return size

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "row":
            self.row, self.column = _whole(attributes.get("r"), self.row + 1), 0
        elif kind == "c":
            self._cell(attributes.get("r", ""))

    def _cell(self, reference: str) -> None:
        self.column += 1
        if found := _REFERENCE.fullmatch(reference):
            self.column, self.row = _column_number(found[1]), int(found[2])
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        if self.rows * self.columns > MOST_CELLS:
            zh = f"工作表跨{self.rows}行{self.columns}列，范围过大，请另存为CSV"
            raise ReasonError(zh, f"the sheet spans {self.rows} rows and {self.columns} columns, use CSV")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
