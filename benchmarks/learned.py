"""Row 3: a learned scorecard, compiled, beside the gradient boosting of scikit-learn that it was made of."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.lib.clock import race
from benchmarks.lib.report import Ratio, rate
from benchmarks.lib.world import ON, SAMPLE, World
from scoring import Rulebook, TrainingSettings, parse_rulebook
from scoring.arrays import ArrayFrame
from scoring.compiled import Card
from scoring.learn.boosting import fit, tabulate
from scoring.learn.cases import Frames
from scoring.learn.document import Label, write_document
from scoring.learn.features import find_features
from scoring.learn.forms import Learned, choose_lines
from scoring.points import Floats

WHAT = "learned scorecard, 60 indicators"
CUTS, ROWS = 16, 200_000


@dataclass(frozen=True)
class Model:
    """A fitted model, the scorecard made of it, and the numbers it takes for some firms."""

    fitted: Any
    rulebook: Rulebook
    codes: Floats

    @classmethod
    def train(cls, world: World) -> "Model":
        """On the sample; then its numbers for the first rows."""
        frames = _frames(world, ROWS)
        learn = _frames(world, SAMPLE)
        features = find_features(world.rulebook, learn, CUTS)
        matrix, sample = (
            np.column_stack([found.collect(partial(feature.codes, world.rulebook)) for feature in features])
            for found in (frames, learn)
        )
        settings = TrainingSettings(rounds=300)
        fitted = fit(sample, world.target, [feature.direction for feature in features], settings, is_score=True)
        table = tabulate(fitted, [feature.size for feature in features])
        tiers = np.searchsorted(np.quantile(world.target, [0.25, 0.5, 0.75]), world.target)
        lines = choose_lines(fitted.predict(sample), tiers, 4)
        label = Label("learned", "simulated", "0" * 64, SAMPLE)
        learned = Learned("score", (table,), lines, ())
        return cls(fitted, parse_rulebook(write_document(world.rulebook, features, learned, label)), matrix)


def _frames(world: World, rows: int) -> Frames:
    columns = {code: world.matrix[:rows, place] for place, code in enumerate(world.codes)}
    return Frames(rows, [(np.arange(rows), ArrayFrame(columns, size=rows, on=ON))])


def check(world: World, model: Model) -> str:
    card, theirs = Card(model.rulebook, on=ON, columns=world.codes), model.fitted.predict(model.codes)
    for loops in ("numba", "numpy"):
        low, high = card.score(world.matrix[:ROWS], loops=loops)
        np.testing.assert_array_equal(low, high)
        gap = float(np.abs(low - theirs).max())
        assert gap < 1e-12, gap
    return f"{ROWS:,} compiled scores within {gap:.1e} of the model's own"


def measure(world: World, model: Model) -> list[Ratio]:
    card, rows = Card(model.rulebook, on=ON, columns=world.codes), world.matrix[:ROWS]
    ours, predict = partial(card.score, rows, loops="numba"), partial(model.fitted.predict, model.codes)
    times = race({"ours": ours, "predict": predict}, rounds=10)
    with threadpool_limits(1):  # whichever is faster on this machine
        theirs = min(times["predict"], race({"predict": predict}, rounds=5)["predict"])
    said = f"its own predict {rate(ROWS, theirs)}"
    return [Ratio(WHAT, rate(ROWS, times["ours"]), said, theirs / times["ours"], 8)]
