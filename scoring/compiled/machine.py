"""Rows shared out among the processor's cores, and the loops turned into machine code where numba is installed."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

from . import kernel

# Fewer rows are not worth a thread of their own, nor half a minute's wait for a compiler.
WORTH_IT = 50_000
Work = Callable[[int, int], None]


@cache
def by_numba() -> Callable[..., None] | None:
    """``kernel.add_up`` as machine code; None without numba."""
    try:
        from numba import njit
        from numba.extending import register_jitable
    except ImportError:
        return None
    for part in (kernel.step, kernel.look_up, kernel.add, kernel.gather, kernel.close):
        register_jitable(part)
    return _compile(njit, kernel.add_up)


def _compile(njit: Any, loops: Callable[..., None]) -> Callable[..., None]:
    """Kept on disk for the next process, unless there is no place to write."""
    try:
        compiled: Callable[..., None] = njit(nogil=True, cache=True)(loops)
    except RuntimeError:
        compiled = njit(nogil=True)(loops)
    return compiled


def share_out(work: Work, size: int) -> None:
    """Call ``work`` with the begin and end of pieces that together are all rows, one piece a core."""
    cores = min(count_cores(), max(1, size // WORTH_IT))
    edges = [size * core // cores for core in range(cores + 1)]
    if cores == 1:
        work(0, size)
        return
    with ThreadPoolExecutor(cores) as pool:
        for done in [pool.submit(work, *piece) for piece in pairwise(edges)]:
            done.result()


def count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
