"""Times that can be compared: contestants take turns, and the best of many rounds counts, busy moments left out."""

import gc
from collections.abc import Callable, Mapping
from time import perf_counter

Work = Callable[[], object]


def race(contestants: Mapping[str, Work], *, rounds: int) -> dict[str, float]:
    """Least wall-clock seconds of each, over rounds in which all take their turn; the first round is not counted."""
    best = dict.fromkeys(contestants, float("inf"))
    gc.collect()
    for number in range(rounds + 1):
        for name, work in contestants.items():
            began = perf_counter()
            work()
            taken = perf_counter() - began
            if number:
                best[name] = min(best[name], taken)
    return best


def repeated(work: Work, times: int) -> Work:
    """The same work over and over, for what is too short to time alone."""

    def again() -> None:
        for _ in range(times):
            work()

    return again
