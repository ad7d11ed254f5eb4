"""Decided cases: what is known of a firm and what a panel gave it, with where the panel's word comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..assess import read_facts
from ..facts import Fact
from ..frame import Frame
from ..points import Floats
from ..present import plain_fact
from ..schema import Kind, SizeRow, Text
from ..sizes import set_table

T = TypeVar("T")
Origin = Literal["panel", "simulated", "formula"]
ORIGINS: Mapping[str, Text] = {
    "panel": Text(zh="专家组", en="expert panel"),
    "simulated": Text(zh="模拟专家组", en="simulated panel"),
    "formula": Text(zh="评分公式", en="scoring formula"),
}


@dataclass(frozen=True)
class Case:
    """One firm a panel has decided on.

    Attributes
    ----------
    id : str
        Of the firm. Cases of one firm never stand on both sides of a fold.
    facts : mapping
        By indicator code, raw or parsed. What can't be that fact counts as unknown.
    score : float, optional
        What the panel gave, on the scale of the expert scorecard.
    tier : str, optional
        The tier the panel decided; without it that of its score by the expert scorecard's thresholds.
    region : str, optional
        Code or name of the region, for the comparison by region only: it is no feature.
    on : date, optional
        Date of the assessment; without it that of the training.
    kind : "new" or "renewal"
    """

    id: str
    facts: Mapping[str, object]
    score: float | None = None
    tier: str | None = None
    region: str | None = None
    on: date | None = None
    kind: Kind = "new"

    def plain(self) -> dict[str, Any]:
        """As JSON, facts as they are read."""
        facts = {code: plain_fact(fact) for code, fact in sorted(read_facts(self.facts, 0)[0].items())}
        return {
            "id": self.id,
            "facts": facts,
            "score": None if self.score is None else float(self.score),
            "tier": self.tier,
            "region": self.region,
            "on": self.on and self.on.isoformat(),
            "kind": self.kind,
        }

    def text(self) -> str:
        """Canonical JSON: equal cases read alike, whatever the order of their facts."""
        return json.dumps(self.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sort_cases(cases: Sequence[Case]) -> list[Case]:
    """Cases in an order of their own, so that the order they come in decides nothing."""
    return sorted(cases, key=Case.text)


def fingerprint(cases: Sequence[Case]) -> str:
    """SHA-256 of the canonical JSON of some cases, hexadecimal; the order they come in does not matter."""
    whole = "[" + ",".join(case.text() for case in sort_cases(cases)) + "]"
    return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class Frames:
    """The facts of many cases, those of one date and kind in one frame.

    Attributes
    ----------
    size : int
        Number of cases.
    parts : sequence of (ndarray of int, Frame)
        Where the rows of each frame stand among the cases.
    """

    size: int
    parts: Sequence[tuple[NDArray[np.intp], Frame]] = field(repr=False)

    def collect(self, read: Callable[[Frame], Floats]) -> Floats:
        """One number for each case, read frame by frame."""
        found = np.full(self.size, np.nan)
        for places, frame in self.parts:
            found[places] = read(frame)
        return found

    def gather(self, read: Callable[[Frame], Sequence[T]]) -> list[T]:
        """One object for each case, read frame by frame."""
        found: dict[int, T] = {}
        for places, frame in self.parts:
            found.update(zip(places.tolist(), read(frame), strict=True))
        return [found[place] for place in range(self.size)]

    def facts(self) -> list[Mapping[str, Fact]]:
        return self.gather(lambda frame: frame.rows)


def make_frames(cases: Sequence[Case], on: date, table: Sequence[SizeRow]) -> Frames:
    """Frames of some cases, with the size table in force."""
    groups: dict[tuple[date, Kind], list[int]] = {}
    for place, case in enumerate(cases):
        groups.setdefault((case.on or on, case.kind), []).append(place)
    parts = []
    for (day, kind), places in groups.items():
        frame = Frame([read_facts(cases[place].facts, place)[0] for place in places], on=day, kind=kind)
        set_table(frame, tuple(table))
        parts.append((np.array(places, dtype=np.intp), frame))
    return Frames(len(cases), parts)
