"""Photographs and scans: whole to the end, and of a size that a person can look at. Nothing is decoded."""

import re

from .kinds import JPEG, PNG, cut_short, refused

MOST_PIXELS = 150_000_000  # a telephone's largest photographs have 108 million
LEAST_SIDE = 50
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_END = 0xD9
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
MOST_SEGMENTS = 50_000


def require_whole_jpeg(data: bytes) -> None:
    """From marker to marker up to the end of the picture; what a telephone lays behind it is left alone."""
    size, at = None, 2
    for _ in range(MOST_SEGMENTS):
        found = _MARKER.search(data, at)
        if found is None:
            break
        mark, at = found[1][0], found.end()
        if mark == _END and size:
            return _require_size(*size)
        if mark in _FRAMES:
            size = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 3 : at + 5])
        if mark not in _BARE:
            at += max(int.from_bytes(data[at : at + 2]), 2)
    raise cut_short(JPEG)


def require_whole_png(data: bytes) -> None:
    if data[12:16] != b"IHDR":
        raise cut_short(PNG)
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    at = 8
    for _ in range(MOST_SEGMENTS):
        if data[at + 4 : at + 8] == b"IEND":
            return _require_size(width, height)
        at += 12 + int.from_bytes(data[at : at + 4])
    raise cut_short(PNG)


def _require_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        millions = f"{width * height / 1_000_000:,.0f}"
        raise refused(f"图片有 {width}×{height} 像素（{millions} 百万），太大，浏览器打不开。请缩小后再上传。")
    if min(width, height) < LEAST_SIDE:
        raise refused(f"图片只有 {width}×{height} 像素，看不清。请上传清楚的照片或扫描件。")
