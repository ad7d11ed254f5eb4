"""Opens the file an office sends: checks that it is a workbook of sane size, then gives its sheets as grids."""

import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .cells import Cell, Raw
from .errors import SheetError
from .scan import MAX_COLUMNS, MAX_ROWS, Marks, scan_xlsx, too_large
from .scan_others import check_ods, check_xlsb

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SEND_XLSX = "请用 Excel 打开并另存为 .xlsx 后再上传。"


@dataclass
class Grid:
    """One sheet: rows of raw values from A1 on, all as wide as the sheet."""

    name: str
    rows: list[list[Raw]]
    merged: list[tuple[int, int, int, int]]
    marks: Marks
    is_hidden: bool

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        values = self.rows[row] if row < len(self.rows) else []
        raw = values[column] if column < len(values) else ""
        place = (row, column)
        return Cell(self.name, row, column, raw, place in self.marks.percent, self.marks.hidden.get(place, ""))

    def anchored(self, row: int, column: int) -> Cell:
        """The cell, or for one merged with those above it the cell that holds their value."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.cell(top, left)
        return self.cell(row, column)

    def cells(self, row: int) -> Iterator[Cell]:
        return (self.cell(row, column) for column in range(len(self.rows[row])))


def read_bytes(source: str | Path | bytes) -> bytes:
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if not data:
        raise SheetError("文件是空的。请确认上传的是填好的表格。")
    if len(data) > MAX_BYTES:
        raise SheetError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。请删去图片等无关内容，或分成几个文件上传。")
    return data


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def open_grids(data: bytes) -> list[Grid]:
    """The worksheets in their order; raises `SheetError` for whatever can't be read safely."""
    marks = _inspect(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            grids = list(_grids(book, marks))
    except PasswordError as error:
        raise _locked() from error
    except CalamineError as error:
        raise SheetError(f"文件无法作为 Excel 工作簿读取，可能已损坏。{_SEND_XLSX}") from error
    if not any(grid.rows for grid in grids):
        raise SheetError("工作簿里没有任何内容。请确认上传的是填好的表格。")
    return grids


def _grids(book: CalamineWorkbook, marks: dict[str, Marks]) -> Iterator[Grid]:
    for sheet_info in book.sheets_metadata:
        if sheet_info.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(sheet_info.name)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise too_large(sheet_info.name)
        rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
        merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
        hidden = sheet_info.visible != SheetVisibleEnum.Visible
        yield Grid(sheet_info.name, rows, merged, marks.get(sheet_info.name, Marks()), hidden)


def _inspect(data: bytes) -> dict[str, Marks]:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        return {}
    if not data.startswith(b"PK"):
        raise _not_a_workbook(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
            return _scan(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise SheetError(f"文件已损坏，无法打开。{_SEND_XLSX}") from error


def _scan(archive: ZipFile) -> dict[str, Marks]:
    parts = set(archive.namelist())
    if "content.xml" in parts:
        check_ods(archive)
    if "xl/workbook.bin" in parts:
        check_xlsb(archive)
    return scan_xlsx(archive)


def _check_archive(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise SheetError("文件解压后过大，可能是恶意文件，未读取。请重新从 Excel 另存一份再上传。")
    if archive.testzip() is not None:
        raise SheetError(f"文件已损坏，无法打开。{_SEND_XLSX}")


def _not_a_workbook(data: bytes) -> SheetError:
    if data.startswith(b"%PDF"):
        return SheetError("这是 PDF 文件，不是 Excel 工作簿。请上传 .xlsx 原件。")
    if data.lstrip()[:1] == b"<":
        return SheetError(f"这是网页或 XML 文件，只是扩展名像 Excel。{_SEND_XLSX}")
    if b"\0" not in data[:4096]:
        return SheetError(f"这是文本（CSV）文件，只是扩展名像 Excel。{_SEND_XLSX}")
    return SheetError("这不是 Excel 工作簿。请上传 .xlsx 文件。")


def _locked() -> SheetError:
    return SheetError("工作簿设有打开密码，无法读取。请在 Excel 中取消密码后再上传。")
