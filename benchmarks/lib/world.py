"""Firms of 60 indicators, and the scorecard that optbinning fits to some of them, written as one of our rulebooks.

So both score by the same bins and the same points. Values lie on a grid of tenths or whole numbers, and our borders
half a step off it, where no value is; an unknown value has points of its own on both sides.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from optbinning import BinningProcess, Scorecard
from sklearn.linear_model import LogisticRegression

from scoring import Rulebook, parse_rulebook, read_indicators
from scoring.arrays import bounds

ON = date(2026, 5, 1)
INDICATORS, FIRMS, SAMPLE = 60, 1_000_000, 20_000
UNKNOWN_SHARE = 0.03
DIMENSION = 10
TIERS = ("foundation", "growth", "advantage", "leading")


def _indicators() -> tuple[str, ...]:
    """The first sixty that are numbers without a small upper limit."""
    known = read_indicators().values()
    numbers = [one.code for one in known if one.type in ("money", "number", "integer") and bounds(one)[1] > 1e6]
    return tuple(numbers[:INDICATORS])


@dataclass(frozen=True)
class World:
    """Made-up firms as a matrix, shape (n, 60), float32; NaN is unknown."""

    codes: tuple[str, ...]
    matrix: NDArray[np.float32]

    @classmethod
    def make(cls, firms: int = FIRMS, seed: int = 2026) -> "World":
        codes, rng = _indicators(), np.random.default_rng(seed)
        assert len(codes) == INDICATORS
        matrix = np.empty((firms, len(codes)), dtype=np.float32)
        for place, code in enumerate(codes):
            column = np.rint(rng.gamma(1.5, 40.0, firms) / grid(code)) * grid(code)
            column[rng.random(firms) < UNKNOWN_SHARE] = np.nan
            matrix[:, place] = column
        return cls(codes, matrix)

    @cached_property
    def sample(self) -> pd.DataFrame:
        """The first firms as the data frame of float64 that the peer takes, each number the decimal it was."""
        return pd.DataFrame(self.matrix[:SAMPLE].astype(np.float64).round(1), columns=list(self.codes))

    @cached_property
    def target(self) -> NDArray[np.float64]:
        """A number that all indicators have a say in, for models to learn."""
        rng = np.random.default_rng(1)
        weights = rng.uniform(0.2, 1.0, len(self.codes))
        noise = rng.normal(0, 1.0, SAMPLE)
        return np.asarray(np.log1p(self.sample.fillna(0).to_numpy()) @ weights + noise)

    @cached_property
    def peer(self) -> Any:
        """optbinning's scorecard in whole points, unknown values at their own weight of evidence."""
        card = Scorecard(
            binning_process=BinningProcess(list(self.codes), max_n_bins=6),
            estimator=LogisticRegression(max_iter=1000),
            scaling_method="min_max",
            scaling_method_params={"min": 0, "max": 1000},
            rounding=True,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return card.fit(self.sample, (self.target > np.median(self.target)).astype(int), metric_missing="empirical")

    @cached_property
    def rulebook(self) -> Rulebook:
        """The same scorecard as ours."""
        return parse_rulebook(self.document())

    def document(self, *, times: int = 1) -> dict[str, Any]:
        """Our document; every other indicator weighs so many times as much."""
        parts = [_part(code, self.peer, times if place % 2 else 1) for place, code in enumerate(self.codes)]
        groups = [
            _group(f"dimension-{at // DIMENSION}", parts[at : at + DIMENSION]) for at in range(0, len(parts), DIMENSION)
        ]
        most = sum(group["max"] for group in groups)
        scores = np.quantile(self.peer.score(self.sample), [0.25, 0.5, 0.75])
        lines: list[dict[str, Any]] = [{}, *({"at_least": round(float(line))} for line in scores)]
        said = {"issuer": "bench", "document": "bench", "source": "bench", "status": "calibrated"}
        return {
            **said,
            "id": "ip-capability",
            "version": f"bench-{times}",
            "title": _title("bench"),
            "applies": [{}],
            "scorecard": {"max": most, "parts": groups},
            "tiers": [{"id": tier, "title": _title(tier), **line} for tier, line in zip(TIERS, lines, strict=True)],
        }


def grid(code: str) -> float:
    """Step between the values an indicator may have."""
    return 1.0 if read_indicators()[code].type == "integer" else 0.1


def _title(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def _group(name: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": name, "title": _title(name), "max": sum(part["max"] for part in parts), "parts": parts}


def _part(code: str, peer: Any, times: int) -> dict[str, Any]:
    step, table = grid(code), peer.table(style="detailed")
    own = table[table.Variable == code]
    *points, _, missing = (int(number) * times for number in own.Points)
    splits = peer.binning_process_.get_binned_variable(code).splits
    borders = [round(float(np.ceil(round(split / step, 4)) - 0.5) * step, 3) for split in splits]
    assert len(borders) == len(points) - 1
    most = max(1, *points, missing)
    return {
        "id": code,
        "title": _title(code),
        "max": most,
        "value": code,
        "bands": [*_bands(borders, points)],
        "unknown": missing,
    }


def _bands(borders: list[float], points: list[int]) -> Iterator[dict[str, Any]]:
    for low, high, given in zip([None, *borders], [*borders, None], points, strict=True):
        yield {"points": given} | ({} if low is None else {"from": low}) | ({} if high is None else {"to": high})
