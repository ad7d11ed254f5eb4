"""Lists of rights as databases and registers export them."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

OWN = "武汉光谷精密仪器有限公司"
HEADS = (
    "公开(公告)号", "申请号", "标题", "申请日", "授权日", "专利类型", "简单法律状态", "当前权利人", "简单同族", "质押",
    "与主导产品相关",
)  # fmt: skip
INVENTION = (
    "CN109123456B", "CN201811070331.7", "一种装置", "2018-09-13", "2020-05-01", "发明授权", "有效", OWN, "无", "否",
    "是",
)  # fmt: skip
MODEL = (
    "CN208123456U", "ZL201821070331.2", "一种夹具", "2018-09-13", "2019-05-01", "实用新型", "有效", OWN, "无", "否",
    "是",
)  # fmt: skip
LAPSED = (
    "CN105123456B", "2015101234561", "一种方法", "2015-03-20", "2017-06-01", "发明授权", "失效", OWN, "无", "否",
    "是",
)  # fmt: skip
MARKS = (
    ("注册号", "商标名称", "国际分类", "注册公告日期", "专用期限"),
    ("22345678", "光谷", 9, "2017-01-14", "2017-01-14 至 2027-01-13"),
)
SOFTWARE = (("登记号", "软件名称", "登记日期", "著作权人"), ("2020SR0123456", "光谷软件V1.0", "2020-03-01", OWN))

Rows = Iterable[Sequence[Any]]


def patents(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> list[Sequence[Any]]:
    return [heads, *(rows or (INVENTION, MODEL, LAPSED))]


def changed(row: Sequence[Any], **cells: Any) -> list[Any]:
    """A row with some cells otherwise, named by the letter of their column."""
    found = list(row)
    for letter, value in cells.items():
        found[ord(letter) - ord("A")] = value
    return found


def book(**sheets: Rows) -> bytes:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def ledger_book() -> bytes:
    """Three patents, a mark and a copyright, a sheet for each kind."""
    return book(专利=patents(), 商标=MARKS, 软件著作权=SOFTWARE)
