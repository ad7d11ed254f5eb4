"""How far the cells of .ods and .xlsb sheets reach, before calamine allocates everything up to the last one."""

from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat
from zipfile import ZipFile

from .errors import SheetError
from .scan import MAX_COLUMNS, MAX_ROWS, too_large

_ROW, _CELLS = 0, range(1, 12)


def check_ods(archive: ZipFile) -> None:
    """Repeated rows and cells take no room in the file; only those that hold something are counted."""
    with archive.open("content.xml") as stream:
        reach = _OdsReach()
        try:
            reach.parser.ParseFile(stream)
        except expat.ExpatError as error:
            raise SheetError("文件内容已损坏，无法读取。请用 Excel 打开后另存为 .xlsx 再上传。") from error


class _OdsReach:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._sheet = ""
        self._rows = self._row_repeat = self._columns = self._filled = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition("}")[2]
        found = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        if kind == "table":
            self._sheet, self._rows = found.get("name", ""), 0
        elif kind == "table-row":
            self._row_repeat, self._columns, self._filled = int(found.get("number-rows-repeated", 1)), 0, 0
        elif kind in ("table-cell", "covered-table-cell"):
            self._columns += int(found.get("number-columns-repeated", 1))
            if "value-type" in found:
                self._filled = self._columns

    def _end(self, tag: str) -> None:
        if tag.rpartition("}")[2] != "table-row":
            return
        self._rows += self._row_repeat
        if self._filled and (self._rows > MAX_ROWS or self._filled > MAX_COLUMNS):
            raise too_large(self._sheet)

    def _refuse(self, *_: object) -> None:
        raise SheetError("文件里有不该有的内容（实体声明），可能是恶意文件，未读取。请用 Excel 另存后再上传。")


def check_xlsb(archive: ZipFile) -> None:
    for path in archive.namelist():
        if path.startswith("xl/worksheets/") and path.endswith(".bin"):
            _check_binary_sheet(archive.read(path), path.rpartition("/")[2])


def _check_binary_sheet(data: bytes, name: str) -> None:
    for kind, content in _records(data):
        position = int.from_bytes(content[:4], "little")
        if (kind == _ROW and position >= MAX_ROWS) or (kind in _CELLS and position >= MAX_COLUMNS):
            raise too_large(name)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of [MS-XLSB] 2.1.4: type in one or two bytes, size in up to four, seven bits each."""
    at = 0
    while at < len(data):
        kind, at = data[at], at + 1
        if kind & 0x80 and at < len(data):
            kind, at = (kind & 0x7F) | (data[at] & 0x7F) << 7, at + 1
        size = 0
        for place, byte in enumerate(islice(data, at, at + 4)):
            size |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                break
        at += place + 1
        yield kind, data[at : at + 4]
        at += size
