"""Row 4: a million firms scored again after a change of weights, beside optbinning on twenty thousand."""

from functools import partial

import numpy as np

from benchmarks.lib.clock import race
from benchmarks.lib.report import Ratio, span
from benchmarks.lib.world import ON, SAMPLE, World
from scoring import Rulebook, evaluate, parse_rulebook
from scoring.arrays import ArrayFrame
from scoring.simulation import Binned, Standing

WHAT = "simulation after a weight change"
ROUNDS = 10


class Policy:
    """Firms put into bins once, under the old weights, and new weights to try."""

    def __init__(self, world: World) -> None:
        columns = {code: world.matrix[:, place] for place, code in enumerate(world.codes)}
        self.binned = Binned(ArrayFrame(columns, size=len(world.matrix), on=ON))
        self.old = self.binned.score(world.rulebook)
        self._tries = iter([parse_rulebook(world.document(times=times)) for times in range(2, 4 + ROUNDS)])

    def try_weights(self) -> tuple[Rulebook, Standing, int]:
        """Weights that were never tried before, and how many firms change their tier by them."""
        rulebook = next(self._tries)
        new = self.binned.score(rulebook)
        return rulebook, new, int(np.count_nonzero(new.level != self.old.level))


def check(world: World, policy: Policy) -> str:
    rows = world.matrix[:SAMPLE]
    columns = {code: rows[:, place] for place, code in enumerate(world.codes)}
    theirs = np.asarray(world.peer.score(world.sample))
    for end in policy.old.score:
        np.testing.assert_array_equal(end[:SAMPLE], theirs)
    rulebook, new, moved = policy.try_weights()
    result = evaluate(rulebook, ArrayFrame(columns, size=len(rows), on=ON))
    assert result.score is not None
    for ours, engine in zip(new.score, result.score, strict=True):
        np.testing.assert_array_equal(ours[:SAMPLE], engine)
    assert 0 < moved < len(world.matrix)
    return f"{SAMPLE:,} scores equal: old weights optbinning's, new weights the engine's; {moved:,} firms move"


def measure(world: World, policy: Policy) -> list[Ratio]:
    times = race({"ours": policy.try_weights, "peer": partial(world.peer.score, world.sample)}, rounds=ROUNDS)
    ours = f"{len(world.matrix):,} firms in {span(times['ours'])}"
    return [Ratio(WHAT, ours, f"optbinning, {SAMPLE:,} in {span(times['peer'])}", times["peer"] / times["ours"], 1)]
