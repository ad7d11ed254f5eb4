"""Rows of the table: what was measured, beside whom, and whether the target is met."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

PEERS = ("numpy", "numba", "scikit-learn", "optbinning")


@dataclass(frozen=True)
class Ratio:
    """One comparison.

    Attributes
    ----------
    what : str
        Row of the table.
    ours, beside : str
        Both sides in words.
    ratio, target : float
        How many times as fast as the other side; the target is the least.
    """

    what: str
    ours: str
    beside: str
    ratio: float
    target: float

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.target


def table(ratios: Sequence[Ratio]) -> str:
    """Markdown."""
    head = ["measured", "ours", "beside", "ratio", "target", ""]
    rows = [
        [r.what, r.ours, r.beside, _times(r.ratio), _times(r.target), "met" if r.is_met else "MISSED"] for r in ratios
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 20 else f"{ratio:.2f} ×"


def as_json(ratios: Sequence[Ratio], cores: int, checks: Mapping[str, str]) -> str:
    found: dict[str, Any] = {
        "machine": f"{cores} cores",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PEERS}},
        "checks": dict(checks),
        "ratios": [asdict(ratio) | {"met": ratio.is_met} for ratio in ratios],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def rate(rows: int, seconds: float) -> str:
    """Firms a second in words."""
    return f"{rows / seconds:,.0f} firms/s"


def span(seconds: float) -> str:
    """A time in words."""
    return f"{seconds * 1e6:,.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:,.1f} ms"
