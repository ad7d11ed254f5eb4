"""Row 2: one firm moves one fact; score and contributions of all parts, beside optbinning and scikit-learn."""

from functools import partial
from itertools import cycle

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.learned import Model
from benchmarks.lib.clock import race, repeated
from benchmarks.lib.report import Ratio, span
from benchmarks.lib.world import ON, World
from scoring.assess import read_facts
from scoring.compiled import Card, Firm

WHAT = "what-if of one firm, all contributions"
TIMES = 1_000


class Slider:
    """One firm, and the values that one of its facts takes in turn."""

    def __init__(self, world: World) -> None:
        row = {str(code): number for code, number in world.sample.iloc[0].items() if not np.isnan(number)}
        self.fact = world.codes[1]
        self.rows = world.sample.iloc[[0] * 100].assign(
            **{self.fact: world.sample[self.fact].dropna().head(100).to_numpy()}
        )
        self.changes = [{self.fact: float(number)} for number in self.rows[self.fact]]
        self.firm = Firm(Card(world.rulebook, on=ON, columns=world.codes), read_facts(row, 0)[0])
        self._turn = cycle(self.changes)

    def move(self) -> object:
        return self.firm.change(next(self._turn))


def check(world: World) -> str:
    slider, theirs = Slider(world), []
    for place in range(len(slider.rows)):
        theirs.append(float(world.peer.score(slider.rows.iloc[place : place + 1])[0]))
    ours = [slider.firm.change(change) for change in slider.changes]
    assert [points.score for points in ours] == [(score, score) for score in theirs]
    for points in ours:
        assert sum(points.parts[code][0] for code in world.codes) == points.score[0]
    return f"{len(ours)} moves of one fact: score equal to optbinning's, contributions add up to it"


def measure(world: World, model: Model) -> list[Ratio]:
    slider = Slider(world)
    one, codes = slider.rows.iloc[:1], model.codes[:1]
    with threadpool_limits(1):  # a single row is predicted faster so
        times = race(
            {
                "ours": repeated(slider.move, TIMES),
                "peer": partial(world.peer.score, one),
                "sklearn": repeated(partial(model.fitted.predict, codes), 5),
            },
            rounds=20,
        )
    ours, sklearn = times["ours"] / TIMES, times["sklearn"] / 5
    return [
        Ratio(WHAT, span(ours), f"optbinning {span(times['peer'])}", times["peer"] / ours, 1000),
        Ratio(WHAT, span(ours), f"scikit-learn predict {span(sklearn)}", sklearn / ours, 100),
    ]
