"""Hostile and mistaken files: each is refused with a sentence that says what to do."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from cultivation.assessments.services.workbook import WorkbookError, read_workbook
from cultivation.core.sheets import files
from tests.cultivation.assessments.offices import ALICE, FORM_LINE, IDENTITY, SHARED, table_file

GOOD = [[FORM_LINE], [*IDENTITY, "营业收入", "从业人数"], [*ALICE, 1, 2]]


def refused(data: bytes) -> str:
    with pytest.raises(WorkbookError) as error:
        read_workbook(data)
    return str(error.value)


def repacked(change: Callable[[str, bytes], bytes], data: bytes | None = None) -> bytes:
    """A workbook with its parts changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or table_file(GOOD))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return stream.getvalue()


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(old, new, 1) if name == "xl/worksheets/sheet1.xml" else data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        ("企业名称,统一社会信用代码\n".encode("gbk"), "文本（CSV）文件"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"<html><table></table></html>", "网页或 XML 文件"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "不是 Excel 工作簿"),
        (b"PK\x03\x04 nonsense", "文件已损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000, "无法作为 Excel 工作簿读取"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, sentence: str) -> None:
    assert sentence in refused(data)


def test_cut_off_file_is_refused() -> None:
    data = SHARED.read_bytes()
    assert "文件已损坏" in refused(data[: len(data) // 2])


def test_changed_bytes_are_refused() -> None:
    data = bytearray(SHARED.read_bytes())
    data[40_000:40_100] = b"\xff" * 100
    assert "文件已损坏" in refused(bytes(data))


def test_archive_that_is_no_workbook_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "无法作为 Excel 工作簿读取" in refused(stream.getvalue())


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered so that the test needs no gigabyte."""
    monkeypatch.setattr(files, "MAX_UNPACKED", 20_000_000)
    padding = b"<!--" + b" " * 21_000_000 + b"-->"
    assert "解压后过大" in refused(repacked(in_sheet(b"<sheetData>", padding + b"<sheetData>")))


def test_a_single_far_away_cell_does_not_fill_the_memory() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    assert "超过 100,000 行或 500 列" in refused(repacked(in_sheet(b"</sheetData>", far)))


def test_two_hundred_thousand_rows_are_refused() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 200_010))
    assert "超过 100,000 行" in refused(repacked(in_sheet(b"</sheetData>", rows + b"</sheetData>")))


def test_rows_without_addresses_are_counted_too() -> None:
    rows = b"<row><c><v>1</v></c></row>" * 100_001
    assert "超过 100,000 行" in refused(repacked(in_sheet(b"</sheetData>", rows + b"</sheetData>")))


def test_declared_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    assert "可能是恶意文件" in refused(repacked(in_sheet(b"<worksheet", bomb)))


def test_one_long_text_repeated_does_not_fill_the_memory() -> None:
    """A shared string is stored once and handed out to every cell that names it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        book.add_worksheet().write_string(0, 0, "x" * 30_000)
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(10, 80_010))
    assert "文字过多" in refused(repacked(in_sheet(b"</sheetData>", cells + b"</sheetData>"), stream.getvalue()))


def test_broken_sheet_is_refused() -> None:
    assert "已损坏" in refused(repacked(in_sheet(b"</sheetData>", b"</sheet")))


def test_empty_workbook_is_refused() -> None:
    assert "没有任何内容" in refused(table_file([]))


def test_workbook_without_a_summary_is_refused() -> None:
    assert "没有找到企业汇总表" in refused(table_file([["姓名", "电话"], ["张三", "123"]]))


@pytest.mark.parametrize(("missing", "label"), [(0, "企业名称"), (1, "统一社会信用代码")])
def test_summary_without_identity_is_refused(missing: int, label: str) -> None:
    rows = [[cell for place, cell in enumerate(row) if place != missing] for row in GOOD[1:]]
    assert f"没有“{label}”一列" in refused(table_file(rows))


def test_path_and_bytes_read_alike() -> None:
    assert read_workbook(str(SHARED)).sha256 == read_workbook(SHARED.read_bytes()).sha256


def ods(*rows: str) -> bytes:
    """The least that LibreOffice would write."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def ods_row(cells: list[object], repeat: str = "") -> str:
    texts = (
        f'<table:table-cell office:value-type="string"{repeat}><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{''.join(texts)}</table:table-row>"


def test_open_document_is_read_past_its_empty_end() -> None:
    """LibreOffice ends every sheet with a million blank rows."""
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    book = read_workbook(ods(*(ods_row(row) for row in GOOD), blank))
    assert [(firm.name, firm.values["employees"]) for firm in book.firms] == [(ALICE[0], 2)]


def test_open_document_with_endless_cells_is_refused() -> None:
    assert "超过 100,000 行或 500 列" in refused(ods(ods_row([1], ' table:number-columns-repeated="16384"')))


def test_binary_workbook_with_a_far_away_cell_is_refused() -> None:
    row = bytes([0, 4]) + (1_048_575).to_bytes(4, "little")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
        archive.writestr("xl/worksheets/sheet1.bin", row)
    assert "超过 100,000 行" in refused(stream.getvalue())
