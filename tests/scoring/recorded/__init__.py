"""Cases as an earlier version of the program has scored them. They are never written again, only added to.

``python -m tests.scoring.recorded`` records the shape of today under the newest output version, once.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from scoring import OUTPUT_VERSION, assess
from tests.scoring.enterprises import random_enterprises

HERE = Path(__file__).parent
CALLS = ((date(2026, 5, 1), "new", 20), (date(2026, 5, 1), "renewal", 6), (date(2025, 6, 1), "new", 6))


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def record() -> None:
    path = HERE / f"version-{OUTPUT_VERSION}.jsonl.gz"
    with path.open("xb") as file, gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
        for number, (on, kind, count) in enumerate(CALLS):
            rows = json.loads(canonical(random_enterprises(number, count, on)))
            for row, found in zip(rows, assess(rows, on=on, kind=kind), strict=True):
                case = {"on": on, "kind": kind, "version": OUTPUT_VERSION, "row": row, "result": found}
                packed.write(canonical(case).encode() + b"\n")


def read_cases() -> Iterator[dict[str, Any]]:
    for path in sorted(HERE.glob("version-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
