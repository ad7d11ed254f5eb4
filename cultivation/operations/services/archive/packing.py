"""Write a zip piece by piece, so that gigabytes of evidence never stand in memory."""

import hashlib
import html
import json
import re
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from cultivation.core.files import clean_name, read_pieces
from cultivation.core.models import StoredFile

Row = dict[str, Any]
MEGABYTE = 2**20
TELL_EVERY = 0.5
LONGEST = 80
PACKED = {".json", ".html", ".txt", ".csv"}
FORBIDDEN = re.compile(r'[<>:"|?*\\/]')


def entry_name(name: str) -> str:
    """A name that every system can unpack: no letter that Windows forbids, not too long, the extension kept."""
    plain = unicodedata.normalize("NFC", FORBIDDEN.sub("_", clean_name(name))).strip(" .") or "未命名"
    stem, suffix = PurePath(plain).stem, PurePath(plain).suffix[:12]
    return f"{stem[:LONGEST]}{suffix}"


@dataclass
class Packer:
    """One zip being written. `entries` is its index; `missing` what should be in it and could not be had."""

    archive: zipfile.ZipFile
    tell: Callable[[int, str], None]
    bytes_in_all: int
    entries: list[Row] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    moved: int = 0
    _told_at: float = 0.0

    def table(self, path: str, title: str, titles: dict[str, str], rows: Callable[[], Iterable[Row]]) -> int:
        """The same rows as JSON and as a page to read; nothing where there is none. Tells how many."""
        count = self._json(f"{path}.json", title, rows())
        if count:
            with self._entry(f"{path}.html", f"{title}（可直接阅读）", {"rows": count}) as out:
                write_page(out, title, titles, rows(), up="../" * path.count("/"))
        return count

    def _json(self, path: str, title: str, rows: Iterable[Row]) -> int:
        waiting = iter(rows)
        first = next(waiting, None)
        if first is None:
            return 0
        facts: Row = {"rows": 1}
        with self._entry(path, title, facts) as out:
            out.write(b"[\n" + _json_line(first))
            for row in waiting:
                out.write(b",\n" + _json_line(row))
                facts["rows"] += 1
            out.write(b"\n]\n")
        return int(facts["rows"])

    def text(self, path: str, title: str, text: str) -> None:
        with self._entry(path, title, {}) as out:
            out.write(text.encode())

    def file(self, path: str, title: str, file: StoredFile) -> None:
        """The bytes as they were stored. One that is gone or was altered is told in the index, and stops nothing."""
        pieces = read_pieces(file)
        try:
            first = next(pieces, b"")
        except OSError:
            self.missing.append({"path": path, "title": title, "why": "文件在存储中找不到", "sha256": file.sha256})
            return
        digest = hashlib.sha256(first)
        with self._entry(path, title, {"sha256": file.sha256}) as out:
            out.write(first)
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
                self._move(len(piece))
        self._move(len(first))
        if digest.hexdigest() != file.sha256:
            self.missing.append({"path": path, "title": title, "why": "内容与登记的哈希不一致", "sha256": file.sha256})

    @contextmanager
    def _entry(self, path: str, title: str, facts: Row) -> Iterator[IO[bytes]]:
        method = zipfile.ZIP_DEFLATED if PurePath(path).suffix in PACKED else zipfile.ZIP_STORED
        info = zipfile.ZipInfo(path, time.localtime()[:6])
        info.compress_type = method
        info.external_attr = 0o644 << 16
        with self.archive.open(info, "w", force_zip64=True) as out:
            yield out
        self.entries.append({"path": path, "title": title, "size": info.file_size, **facts})
        self._tell()

    def _move(self, count: int) -> None:
        self.moved += count
        self._tell()

    def _tell(self) -> None:
        """How far it is, twice a second at most."""
        if time.monotonic() - self._told_at < TELL_EVERY:
            return
        self._told_at = time.monotonic()
        done, whole = self.moved / MEGABYTE, self.bytes_in_all / MEGABYTE
        note = f"正在打包文件 {done:.1f} / {whole:.1f} MB" if whole >= 0.1 else "正在打包"
        self.tell(len(self.entries), note)


def _json_line(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder).encode()


STYLE = (
    "body{font:16px/1.6 system-ui,'Microsoft YaHei',sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;"
    "color:#10243a}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%;font-size:.875rem}"
    "th,td{border:1px solid #d8d5cc;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#f3f1ea;white-space:nowrap}td{min-width:5em}.wide{overflow-x:auto}"
    ".small{color:#5a6675;font-size:.875rem}code{font-size:.75rem}"
)
HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def head(title: str) -> str:
    """The beginning of a page that opens without a network and runs nothing."""
    safe = html.escape(title)
    return f"{HEAD}<title>{safe}</title><style>{STYLE}</style></head><body><h1>{safe}</h1>"


def write_page(out: IO[bytes], title: str, titles: dict[str, str], rows: Iterable[Row], *, up: str) -> None:
    """A table to read. Where a coded value has its word, the word is shown."""
    shown = [name for name in titles if f"{name}_label" not in titles]
    header = "".join(f"<th>{html.escape(titles[name].removesuffix('（文字）'))}</th>" for name in shown)
    back = f'<p><a href="{up}目录.html">← 目录</a></p>'
    out.write(f'{head(title)}{back}<div class="wide"><table><thead><tr>{header}</tr></thead><tbody>'.encode())
    for row in rows:
        cells = "".join(f"<td>{html.escape(show(row.get(name)))}</td>" for name in shown)
        out.write(f"<tr>{cells}</tr>\n".encode())
    out.write(b"</tbody></table></div></body></html>\n")


def show(value: Any) -> str:
    if value is None or value in ({}, []):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return f"{value:%Y-%m-%d %H:%M:%S}" if hasattr(value, "hour") else str(value)
