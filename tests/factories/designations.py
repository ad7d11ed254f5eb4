"""Lists of titles as offices send them, and titles on record brought there by the services that people use."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from cultivation.accounts.models import Enterprise
from cultivation.core.actors import SYSTEM, Actor
from cultivation.programmes.models import Designation, DesignationList
from cultivation.programmes.services import move_list, preview_list

HEAD = ("序号", "企业名称", "统一社会信用代码", "认定单位", "认定日期", "有效期至", "产业链")
BODY = "湖北省企业上市工作领导小组"


def list_file(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, *, above: Sequence[str] = ()) -> bytes:
    """A workbook with a list, some lines of title above it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("名单")
    for place, line in enumerate(above):
        sheet.write(place, 0, line)
    for place, row in enumerate([head, *rows], start=len(above)):
        for column, value in enumerate(row):
            sheet.write(place, column, value)
    book.close()
    return stream.getvalue()


def csv_file(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in [head, *rows]).encode(encoding)


def preview(
    data: bytes, actor: Actor = SYSTEM, *, kind: str = "gold-seed", name: str = "名单.xlsx", **head: Any
) -> DesignationList:
    return preview_list(actor, kind=kind, data=data, filename=name, **head)


def designate(
    firm: Enterprise,
    kind: str = "gold-seed",
    *,
    on: date = date(2025, 1, 1),
    until: date | None = date(2026, 12, 31),
    body: str = BODY,
    chain: str = "",
) -> Designation:
    """One title on record, by way of a list of one firm."""
    row = [1, firm.name, firm.uscc, body, on.isoformat(), until.isoformat() if until else "未定", chain]
    found = move_list(SYSTEM, found=preview(list_file([row]), kind=kind), name="confirm")
    entered: Designation = found.designations.get()
    return entered
