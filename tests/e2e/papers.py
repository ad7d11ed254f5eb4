"""PDFs as a reader has them: their words, and what the square printed on them says."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import segno

Grid = np.ndarray
FINDER = np.array([1, 1, 3, 1, 1])


def words_of(pdf: Path) -> str:
    """The text that can be copied out, without spaces."""
    assert pdf.read_bytes()[:4] == b"%PDF"
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s", "", text)


def square_says(pdf: Path, address: str) -> bool:
    """Whether the QR square on the first page is one that encodes this address."""
    printed = _modules(_picture(pdf))
    wanted = (segno.make_qr(address, error=error, mask=mask) for error in "lmqh" for mask in range(8))
    return any(np.array_equal(printed, np.array(code.matrix, dtype=bool)) for code in wanted)


def _picture(pdf: Path) -> Grid:
    """True where the page is dark, at 300 dots an inch."""
    command = ["pdftoppm", "-r", "300", "-gray", "-singlefile", pdf]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    _, size, _, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width) < 128


def _modules(dark: Grid) -> Grid:
    """The square's modules, found by its three corners, whose lines run dark and light as 1:1:3:1:1."""
    hits = [hit for y in range(len(dark)) for hit in _corners(dark[y], y)]
    often = {x for x, times in Counter(round(hit[0]) for hit in hits).items() if times > 10}
    x, y, unit = np.array([hit for hit in hits if round(hit[0]) in often]).T
    is_top = y < (y.min() + y.max()) / 2
    left, right, top, bottom = x.min(), x.max(), y[is_top].mean(), y[~is_top].mean()
    count = round((right - left) / unit.mean()) + 7
    steps = (np.arange(count) - 3) / (count - 7)
    rows, columns = (np.rint(first + steps * (last - first)) for first, last in ((top, bottom), (left, right)))
    return dark[np.ix_(rows.astype(int), columns.astype(int))]


def _corners(row: Grid, y: int) -> list[tuple[float, int, float]]:
    """Centre, line and module width of each corner pattern in one line of the picture."""
    edges = np.flatnonzero(np.diff(row.astype(np.int8))) + 1
    if len(edges) < 6:
        return []
    runs = np.diff(edges)
    found = []
    for at in range(len(runs) - 4):
        five = runs[at : at + 5]
        unit = five.sum() / 7
        if row[edges[at]] and unit > 4 and np.all(np.abs(five - FINDER * unit) < unit * 0.4):
            found.append(((edges[at] + edges[at + 5]) / 2, y, unit))
    return found
