"""Row 1: a million firms of 60 indicators, beside optbinning and beside reading the matrix once."""

from functools import partial

import numpy as np

from benchmarks.lib.clock import race
from benchmarks.lib.report import Ratio, rate
from benchmarks.lib.world import ON, SAMPLE, World
from scoring import evaluate
from scoring.arrays import ArrayFrame
from scoring.compiled import Card
from scoring.compiled.machine import share_out

WHAT = "batch, 60 indicators"


def check(world: World) -> str:
    """Ours by machine code and by numpy, the engine, and optbinning: equal scores."""
    card, rows = Card(world.rulebook, on=ON, columns=world.codes), world.matrix[:SAMPLE]
    theirs = np.asarray(world.peer.score(world.sample))
    for loops in ("numba", "numpy"):
        for end in card.score(rows, loops=loops):
            np.testing.assert_array_equal(end, theirs)
    frame = ArrayFrame({code: rows[:, place] for place, code in enumerate(world.codes)}, size=len(rows), on=ON)
    score = evaluate(world.rulebook, frame).score
    assert score is not None
    np.testing.assert_array_equal(score[0], theirs)
    return f"{SAMPLE:,} scores equal: optbinning, engine, compiled with and without numba"


def measure(world: World) -> list[Ratio]:
    card = Card(world.rulebook, on=ON, columns=world.codes)
    firms, flat = len(world.matrix), world.matrix.reshape(-1).view(np.int64)  # the fastest sum there is
    times = race(
        {
            "ours": partial(card.score, world.matrix, loops="numba"),
            "plain": partial(card.score, world.matrix[:SAMPLE], loops="numpy"),
            "read": lambda: share_out(lambda begin, end: flat[begin:end].sum(), len(flat)),
            "peer": partial(world.peer.score, world.sample),
        },
        rounds=30,
    )
    ours, plain, read, peer = (
        count / times[name] for name, count in (("ours", firms), ("plain", SAMPLE), ("read", firms), ("peer", SAMPLE))
    )
    said, theirs = rate(firms, times["ours"]), f"optbinning {rate(SAMPLE, times['peer'])}"
    return [
        Ratio(WHAT, f"numba {said}", theirs, ours / peer, 80),
        Ratio(WHAT, f"numba {said}", f"memory read {rate(firms, times['read'])}", ours / read, 0.15),
        Ratio(WHAT, f"numpy alone {rate(SAMPLE, times['plain'])}", theirs, plain / peer, 1),
    ]
