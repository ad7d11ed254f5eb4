"""Row 4: a million firms scored again after a change of weights, beside optbinning on twenty thousand."""

from functools import partial

import numpy as np

from benchmarks.lib.clock import race
from benchmarks.lib.report import Ratio, span
from benchmarks.lib.world import ON, SAMPLE, World
from scoring import evaluate, parse_rulebook
from scoring.arrays import ArrayFrame
from scoring.simulation import Binned

WHAT = "simulation after a weight change"


class Policy:
    """Firms put into bins once, under the old weights, and new weights to try."""

    def __init__(self, world: World) -> None:
        columns = {code: world.matrix[:, place] for place, code in enumerate(world.codes)}
        self.binned = Binned(ArrayFrame(columns, size=len(world.matrix), on=ON))
        self.old = self.binned.score(world.rulebook)
        self.rulebook = parse_rulebook(world.document(times=2))

    def try_weights(self) -> int:
        """How many firms change their tier."""
        new = self.binned.score(self.rulebook)
        return int(np.count_nonzero(new.level != self.old.level))


def check(world: World, policy: Policy) -> str:
    rows = world.matrix[:SAMPLE]
    columns = {code: rows[:, place] for place, code in enumerate(world.codes)}
    theirs = np.asarray(world.peer.score(world.sample))
    for end in policy.old.score:
        np.testing.assert_array_equal(end[:SAMPLE], theirs)
    result, new = (
        evaluate(policy.rulebook, ArrayFrame(columns, size=len(rows), on=ON)),
        policy.binned.score(policy.rulebook),
    )
    assert result.score is not None
    for ours, engine in zip(new.score, result.score, strict=True):
        np.testing.assert_array_equal(ours[:SAMPLE], engine)
    moved = policy.try_weights()
    return f"{SAMPLE:,} scores equal: old weights optbinning's, new weights the engine's; {moved:,} firms move"


def measure(world: World, policy: Policy) -> list[Ratio]:
    times = race({"ours": policy.try_weights, "peer": partial(world.peer.score, world.sample)}, rounds=10)
    ours = f"{len(world.matrix):,} firms in {span(times['ours'])}"
    return [Ratio(WHAT, ours, f"optbinning, {SAMPLE:,} in {span(times['peer'])}", times["peer"] / times["ours"], 1)]
