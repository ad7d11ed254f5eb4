"""What a person opens first: an index to read, the same as data, and words for every list and field."""

import html
import json
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from .case_tables import CASE_TABLES
from .firm_tables import FIRM_TABLES
from .left_out import LEFT_OUT
from .packing import Packer, head, show
from .shape import Row, Scope, Table
from .trail import TITLES

README = """{name}（{uscc}）在知育平台上的全部资料

打包时间：{at}
打包人：{who}

怎样看
  双击“目录.html”，用浏览器打开，不需要联网。每份清单都有一个可以直接阅读的网页（.html）
  和一份给程序读的同名数据（.json，UTF-8 编码）。“字段说明.json”逐项写明每个字段的意思。
  “目录.json”列出压缩包里的每个文件，文件后面的 SHA-256 可以用来核对有没有被改动。

里面有什么
  企业/        企业信息、人员和角色、邀请、认领、变更告知、称号、证书、操作记录
  批次/        每个批次一个文件夹：填报内容和每一次修改、台账、提交快照、公布后的结果、培育方案
  证明材料/    上传的证明材料原件
  台账清单/    导入台账的清单原件
  文件/        提交回执、诊断报告、培育方案、证书等 PDF
  附件/        认领和变更时交来的证明

没有收录的
{left_out}
  主管局人员的姓名和内部意见、其他企业的资料、您看不到的结果（公布以前）。
  登录密码和安全凭据从不导出。
{missing}"""


def write_index(packer: Packer, scope: Scope) -> None:
    at = timezone.localtime()
    packer.text("说明.txt", "怎样看这个压缩包", _readme(packer, scope, at))
    packer.text("字段说明.json", "每份清单、每个字段的意思", _pretty(_schema()))
    packer.text("目录.html", "目录", _page(packer, scope, at))
    packer.text("目录.json", "目录（数据）", _pretty(_index(packer, scope, at)))


def _readme(packer: Packer, scope: Scope, at: datetime) -> str:
    left_out = "\n".join(f"  {reason}。" for reason in LEFT_OUT.values())
    lost = "".join(f"  {one['path']}：{one['why']}。\n" for one in packer.missing)
    missing = f"\n没有取到的文件\n{lost}" if lost else ""
    firm = scope.enterprise
    return README.format(
        name=firm.name,
        uscc=firm.uscc,
        at=f"{at:%Y-%m-%d %H:%M:%S}",
        who=scope.actor.name,
        left_out=left_out,
        missing=missing,
    )


def _index(packer: Packer, scope: Scope, at: datetime) -> Row:
    return {
        "enterprise": {"name": scope.enterprise.name, "uscc": scope.enterprise.uscc},
        "made_at": at,
        "made_by": scope.actor.name,
        "entries": packer.entries,
        "missing": packer.missing,
        "left_out": list(LEFT_OUT.values()),
    }


def _schema() -> list[Row]:
    tables = [("企业", table) for table in FIRM_TABLES] + [("批次/…", table) for table in CASE_TABLES]
    lists = [_described(folder, table) for folder, table in tables]
    return [*lists, {"path": "企业/操作记录.json", "title": "操作记录", "fields": _fields(TITLES, {})}]


def _described(folder: str, table: Table) -> Row:
    choices = {
        field.name: dict(field.flatchoices)
        for field in table.model._meta.concrete_fields
        if field.name in table.fields and field.choices
    }
    return {
        "path": f"{folder}/{table.name}.json",
        "title": table.name,
        "fields": _fields(table.titles(), choices),
        "left_out": dict(table.hidden),
    }


def _fields(titles: dict[str, str], choices: dict[str, Any]) -> list[Row]:
    return [
        {"name": name, "title": title} | ({"values": choices[name]} if name in choices else {})
        for name, title in titles.items()
    ]


def _page(packer: Packer, scope: Scope, at: datetime) -> str:
    firm = scope.enterprise
    words = f"统一社会信用代码 {firm.uscc}。打包时间 {at:%Y-%m-%d %H:%M:%S}，打包人 {scope.actor.name}。"
    parts = [
        head(f"{firm.name}：全部资料"),
        f"<p>{html.escape(words)}</p>",
        '<p><a href="说明.txt">怎样看，没有收录什么</a></p>',
    ]
    if packer.missing:
        lost = "".join(f"<li>{html.escape(one['title'])}：{html.escape(one['why'])}</li>" for one in packer.missing)
        parts.append(f"<h2>没有取到的文件</h2><ul>{lost}</ul>")
    parts += [_section(folder, list(rows)) for folder, rows in groupby(_to_read(packer.entries), _folder)]
    return "".join([*parts, "</body></html>\n"])


def _to_read(entries: Iterable[Row]) -> list[Row]:
    """Pages and files; the data beside each page is a link of its own."""
    return sorted((row for row in entries if not row["path"].endswith(".json") and "/" in row["path"]), key=_folder)


def _folder(row: Row) -> str:
    return str(row["path"]).rpartition("/")[0]


def _section(folder: str, rows: list[Row]) -> str:
    lines = "".join(_line(row) for row in rows)
    titles = "<tr><th>内容</th><th>条数</th><th>字节数</th><th>SHA-256</th></tr>"
    return f'<h2>{html.escape(folder)}</h2><div class="wide"><table>{titles}{lines}</table></div>'


def _line(row: Row) -> str:
    path, title = str(row["path"]), str(row["title"]).removesuffix("（可直接阅读）")
    data = f' <a class="small" href="{quote(path[:-5])}.json">数据</a>' if path.endswith(".html") else ""
    cells = [show(row.get("rows")), show(row["size"]), f"<code>{row.get('sha256', '')}</code>"]
    return (
        f'<tr><td><a href="{quote(path)}">{html.escape(title)}</a>{data}</td>'
        + "".join(f"<td>{c}</td>" for c in cells)
        + "</tr>"
    )


def _pretty(page: Any) -> str:
    return json.dumps(page, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder) + "\n"
