"""What calamine does not tell: sizes before it allocates, percent formats, error values, formulas without a result.

calamine reads an error value and an uncalculated formula as blank and allocates every cell between the corners, so a
sheet with one value in its last cell would fill the memory. One pass over the XML guards against the three.
"""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from .errors import SheetError
from .strings import string_lengths

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_TEXT = 2_000_000_000
_PERCENT_IDS = {"9", "10"}
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Position = tuple[int, int]


@dataclass(slots=True)
class Marks:
    """Of one sheet: cells shown as percentages, and cells whose true content calamine reads as blank."""

    percent: set[Position] = field(default_factory=set)
    hidden: dict[Position, str] = field(default_factory=dict)


def scan_xlsx(archive: ZipFile) -> dict[str, Marks]:
    """Marks of every worksheet by its name; raises `SheetError` when a sheet is larger than we read."""
    percent_styles = _percent_styles(archive)
    try:
        longest = max(string_lengths(archive), default=0)
    except expat.ExpatError as error:
        raise _damaged("文件内容") from error
    return {
        name: _scan_sheet(archive, path, name, percent_styles, longest) for name, path in _sheet_paths(archive).items()
    }


def _sheet_paths(archive: ZipFile) -> dict[str, str]:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {
        item.get("Id", ""): item.get("Target", "")
        for item in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    paths = {}
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names and "worksheet" in path:
            paths[sheet.get("name", "")] = path
    return paths


def _percent_styles(archive: ZipFile) -> set[str]:
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats = set(_PERCENT_IDS)
    for item in _elements(archive, "xl/styles.xml", "numFmt"):
        if "%" in re.sub(r'"[^"]*"|\\.', "", item.get("formatCode", "")):
            formats.add(item.get("numFmtId", ""))
    cell_formats = next(iter(_elements(archive, "xl/styles.xml", "cellXfs")), None)
    if cell_formats is None:
        return set()
    return {str(place) for place, item in enumerate(cell_formats) if item.get("numFmtId") in formats}


def _elements(archive: ZipFile, path: str, tag: str) -> list[ElementTree.Element]:
    try:
        root = ElementTree.fromstring(_without_doctype(archive.read(path)))  # noqa: S314
    except ElementTree.ParseError as error:
        raise _damaged("文件内容") from error
    return [item for item in root.iter() if item.tag.rpartition("}")[2] == tag]


def _without_doctype(xml: bytes) -> bytes:
    """A workbook never declares entities; one that does is hostile."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise SheetError("文件里有不该有的内容（实体声明），可能是恶意文件，未读取。请用 Excel 另存后再上传。")
    return xml


def _scan_sheet(archive: ZipFile, path: str, name: str, percent_styles: set[str], longest: int) -> Marks:
    reader = _SheetReader(name, percent_styles)
    with archive.open(path) as stream:
        reader.read(stream)
    if reader.shared * longest > MAX_TEXT:
        raise SheetError(f"工作表“{name}”里的文字过多，可能是恶意文件，未读取。请删去大段文字后再上传。")
    return reader.marks


def _damaged(what: str) -> SheetError:
    return SheetError(f"{what}已损坏，无法读取。请用 Excel 打开后另存为 .xlsx 再上传。")


class _SheetReader:
    """Walks the cells of one worksheet; text is listened to only where it is wanted, which keeps the pass cheap."""

    def __init__(self, name: str, percent_styles: set[str]) -> None:
        self.name = name
        self.percent_styles = percent_styles
        self.marks = Marks()
        self.shared = 0
        self._row = -1
        self._column = -1
        self._error = False
        self._formula = ""
        self._has_value = False
        self._text: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = lambda *_: _without_doctype(b"<!DOCTYPE")

    def read(self, stream: IO[bytes]) -> None:
        try:
            self._parser.ParseFile(stream)
        except expat.ExpatError as error:
            raise _damaged(f"工作表“{self.name}”的内容") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition("}")[2]
        if kind == "c":
            self._start_cell(attributes)
        elif kind == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
        elif kind == "f" or (kind == "v" and (self._error or self._formula)):
            self._text = []
            self._parser.CharacterDataHandler = self._text.append

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = _ADDRESS.fullmatch(attributes.get("r", ""))
        self._column = _column_number(place[1]) if place else self._column + 1
        self._row = int(place[2]) - 1 if place else self._row
        self._error, self._formula, self._has_value = attributes.get("t") == "e", "", False
        if self._row >= MAX_ROWS or self._column >= MAX_COLUMNS:
            raise too_large(self.name)
        self.shared += attributes.get("t") == "s"
        if attributes.get("s") in self.percent_styles:
            self.marks.percent.add((self._row, self._column))

    def _end(self, tag: str) -> None:
        kind = tag.rpartition("}")[2]
        if kind == "f":
            self._formula = "=" + self._take_text()
        elif kind == "v" and (self._error or self._formula):
            self._take_value()
        elif kind == "c" and self._formula and not self._has_value:
            self.marks.hidden[self._row, self._column] = self._formula

    def _take_value(self) -> None:
        text = self._take_text()
        self._has_value = bool(text)
        if self._error and text:
            self.marks.hidden[self._row, self._column] = text

    def _take_text(self) -> str:
        self._parser.CharacterDataHandler = None
        return "".join(self._text).strip()


def too_large(name: str) -> SheetError:
    return SheetError(
        f"工作表“{name}”超过 {MAX_ROWS:,} 行或 {MAX_COLUMNS} 列，未读取。请删去表格以外的内容，或分成几个文件上传。"
    )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
