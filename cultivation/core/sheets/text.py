"""A table as text (CSV), as databases export it: UTF-8, UTF-16 or GB 18030; comma, semicolon or tab."""

import codecs
import csv
import io
import re

from .cells import NUL
from .errors import SheetError
from .files import Grid, open_grids, read_bytes
from .scan import MAX_COLUMNS, MAX_ROWS, Marks, too_large

NAME = "CSV"
MAX_CELLS = 10_000_000
DELIMITERS = ",;\t"
_BINARY = (b"PK", b"%PDF", b"<", bytes.fromhex("d0cf11e0a1b11ae1"))
_UNICODE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_TEXT = re.compile(r'^="(.*)"$')


def open_tables(data: bytes) -> list[Grid]:
    """The sheets of a workbook, or the one table of a text file; raises `SheetError`."""
    data = read_bytes(data)
    if data.startswith(_UNICODE):
        return [_read_text(data)]
    if data.startswith(_BINARY) or b"\0" in data or data.lstrip().startswith(b"<"):
        return open_grids(data)
    return [_read_text(data)]


def _read_text(data: bytes) -> Grid:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([_plain(cell) for cell in row])
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise too_large(NAME)
    except csv.Error as error:
        raise SheetError("文本（CSV）文件有一格过长或引号不成对，无法读取。请用 Excel 打开后另存为 .xlsx。") from error
    if not any(cell.strip() for row in rows for cell in row):
        raise SheetError("文件里没有任何内容。请确认上传的是导出的表格。")
    width = max(map(len, rows))
    if width * len(rows) > MAX_CELLS:
        raise too_large(NAME)
    return Grid(NAME, [[*row, *[""] * (width - len(row))] for row in rows], [], Marks(), is_hidden=False)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data.startswith(_UNICODE) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("文本文件的编码既不是 UTF-8 也不是 GBK，无法读取。请用 Excel 打开后另存为 .xlsx。")


def _plain(cell: str) -> str:
    """A number that an export wrapped as ="2018…", so that Excel would keep all its digits."""
    return _AS_TEXT.sub(r"\1", cell.replace(NUL, "").strip())
