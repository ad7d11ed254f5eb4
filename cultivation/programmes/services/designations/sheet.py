"""The rows of a list as an office sends it: an Excel workbook or a CSV file, each cell with its address."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from cultivation.core.sheets import Raw, SheetError, address, clean, open_grids, read_bytes

HEADER_WITHIN = 15
MOST_ROWS = 20_000
_NOISE = re.compile(r"[\s()（）\[\]【】:：*]")
Row = Mapping[str, "Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """One cell: what stands in it, and where."""

    raw: Raw
    cell: str

    @property
    def text(self) -> str:
        return clean(self.raw)


@dataclass(frozen=True, slots=True)
class Table:
    """A list's rows by column, and the columns that were recognised."""

    columns: frozenset[str]
    rows: Sequence[tuple[int, Row]]


def read_list(data: bytes) -> Table:
    """The first sheet that has a column of firms; raises `SheetError` for a file without one."""
    for rows in _sheets(data):
        header = _find_header(rows)
        if header is not None:
            return _table(rows, *header)
    raise SheetError("没有找到名单：表头里要有“企业名称”或“统一社会信用代码”一列。")


def _sheets(data: bytes) -> Iterator[list[list[Raw]]]:
    if data[:2] == b"PK" or b"\0" in data[:4096]:
        yield from (grid.rows for grid in open_grids(read_bytes(data)) if not grid.is_hidden)
    else:
        yield _read_csv(read_bytes(data))


def _read_csv(data: bytes) -> list[list[Raw]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
        except csv.Error as error:
            raise SheetError("这不是有效的 CSV 文件，请用 Excel 另存后再上传。") from error
    raise SheetError("文件不是能识别的表格，请上传 .xlsx 或 .csv 文件。")


def _find_header(rows: Sequence[Sequence[Raw]]) -> tuple[int, dict[str, int]] | None:
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        for column, raw in enumerate(row):
            code = _names().get(_fold(clean(raw)))
            if code is not None:
                columns.setdefault(code, column)
        if columns.keys() & {"name", "uscc"}:
            return place, columns
    return None


def _table(rows: Sequence[Sequence[Raw]], header: int, columns: dict[str, int]) -> Table:
    if len(rows) - header > MOST_ROWS:
        raise SheetError(f"名单超过 {MOST_ROWS} 行，请拆分后再上传。")
    found = []
    for place in range(header + 1, len(rows)):
        row = {code: _cell(rows[place], place, column) for code, column in columns.items()}
        if any(row[code].text for code in ("name", "uscc") if code in row):
            found.append((place + 1, row))
    return Table(frozenset(columns), found)


def _cell(row: Sequence[Raw], place: int, column: int) -> Found:
    return Found(row[column] if column < len(row) else "", address(place, column))


def _fold(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


@cache
def _words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    return found


@cache
def _names() -> dict[str, str]:
    return {_fold(name): code for code, names in _words().items() if code != "undecided" for name in names}


@cache
def undecided_words() -> frozenset[str]:
    return frozenset(_words()["undecided"])
