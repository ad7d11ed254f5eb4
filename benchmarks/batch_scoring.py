"""How fast all thirteen programmes and the scorecard assess a batch, beside the same firms one at a time.

One run, the same rows, the same answers (checked). Processor time is taken, so that a busy machine does not count.
Ratios say more than rates.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scoring import assess
from tests.scoring.firms import random_firm

ON = date(2026, 5, 1)
BATCH = 2_000
ALONE = 20
Answer = list[dict[str, Any]]


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.process_time()
    answer = work()
    return time.process_time() - began, answer


def main() -> None:
    rng = Random(2026)
    firms = [{"id": str(index), **random_firm(rng, ON)} for index in range(BATCH)]
    assess(firms[:1], on=ON)
    batch_seconds, together = timed(lambda: assess(firms, on=ON))
    alone_seconds, one_by_one = timed(lambda: [assess([firm], on=ON)[0] for firm in firms[:ALONE]])
    assert one_by_one == together[:ALONE]
    batch, alone = BATCH / batch_seconds, ALONE / alone_seconds
    print(f"assess, {BATCH:,} firms together   {batch:10,.0f} firms per processor second")
    print(f"assess, one firm a call       {alone:10,.0f} firms per processor second")
    print(f"together : alone              {batch / alone:10.1f} ×")


if __name__ == "__main__":
    main()
