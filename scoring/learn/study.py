"""Cases made ready to be learned from, and judged by models that have not seen them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..assess import HUBEI, SIZES
from ..points import Floats
from ..rulebook import Library, Rulebook, load_library, parse_rulebook
from .cases import Case, Frames, Origin, fingerprint, make_frames, sort_cases
from .document import Label, write_document
from .features import Feature, find_features
from .forms import Form, Learned, Tiers, learn
from .refusal import TrainingRefused, require_enough, require_independence, require_labels, require_origin
from .settings import TrainingSettings
from .standing import NO_TIER, Standing, panel_tiers, stand

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Study:
    """Everything training and its card work on.

    Attributes
    ----------
    cases : list of Case, length n
        Those that take part, in an order of their own.
    features, matrix : list of Feature and ndarray of shape (n, features)
        Those that differ between cases.
    unused : list of Feature
        Those that don't.
    scores : ndarray, shape (n,)
        What a score is learned from: the panel's, or where it gave none the number of its tier.
    tiers, folds : ndarray of int, shape (n,)
    vetoed, undecided : int
        Cases left out, for a veto or for want of a decision.
    """

    expert: Rulebook
    label: Label
    settings: TrainingSettings
    on: date
    cases: list[Case]
    frames: Frames
    features: list[Feature]
    unused: list[Feature]
    matrix: Floats
    scores: Floats
    has_scores: bool
    tiers: Tiers
    folds: Places
    standing: Standing
    vetoed: int
    undecided: int

    @property
    def count(self) -> int:
        """Number of tiers."""
        return len(self.expert.body.tiers)

    def learn(self, form: Form, here: NDArray[Any] | slice = slice(None)) -> Learned:
        """Train one form on some of the cases."""
        chosen = self.matrix[here], self.scores[here], self.tiers[here]
        return learn(form, self.features, *chosen, self.count, self.settings)

    def compile(self, learned: Learned) -> Rulebook:
        return parse_rulebook(write_document(self.expert, self.features, learned, self.label))

    def cross_validate(self, form: Form) -> Standing:
        """Every case as judged by a scorecard that was learned without it, and without its firm."""
        found = [np.full(len(self.cases), np.nan) for _ in range(2)]
        tiers, lines = np.zeros(len(self.cases), dtype=np.intp), np.zeros((len(self.cases), self.count - 1))
        for fold in range(self.settings.folds):
            here = np.flatnonzero(self.folds == fold)
            judged = stand(self.compile(self.learn(form, self.folds != fold)), self.frames).at(here)
            found[0][here], found[1][here], tiers[here], lines[here] = (
                judged.low,
                judged.high,
                judged.tiers,
                judged.lines,
            )
        return Standing(found[0], found[1], tiers, lines)


def prepare(
    cases: Sequence[Case],
    *,
    expert: Rulebook,
    origin: str,
    on: date,
    scheme: str | None,
    region: str = HUBEI,
    library: Library | None,
    settings: TrainingSettings,
) -> Study:
    """Choose cases and features, deal folds, and refuse what can't be learned from."""
    kind = require_origin(origin)
    decided = sort_cases([case for case in cases if case.score is not None or case.tier is not None])
    require_labels(decided, expert)
    sizes = (library or load_library()).find(SIZES, kind="new", region=region, on=on).rulebook
    table = sizes.body.sizes if sizes else ()
    everyone = stand(expert, make_frames(decided, on, table)) if decided else None
    free = [] if everyone is None else np.flatnonzero(everyone.tiers != NO_TIER).tolist()
    kept = [decided[place] for place in free]
    tiers = panel_tiers(kept, expert)
    require_enough(kept, tiers, expert.body.tiers, settings)
    assert everyone is not None
    standing = everyone.at(np.array(free))
    _require_independence(kept, tiers, standing, settings)
    frames = make_frames(kept, on, table)
    every = find_features(expert, frames, settings.most_cuts)
    columns = [frames.collect(partial(feature.codes, expert)) for feature in every]
    usable = [len(np.unique(column[~np.isnan(column)])) > 1 for column in columns]
    if not any(usable):
        raise TrainingRefused("所有指标在各案例中都相同或未知，没有可学的内容", "no fact differs between the cases")
    has_scores = all(case.score is not None for case in kept)
    return Study(
        expert=expert,
        label=_label(kept, kind, scheme or f"{expert.body.id}-learned"),
        settings=settings,
        on=on,
        cases=kept,
        frames=frames,
        features=[feature for feature, use in zip(every, usable, strict=True) if use],
        unused=[feature for feature, use in zip(every, usable, strict=True) if not use],
        matrix=np.column_stack([column for column, use in zip(columns, usable, strict=True) if use]),
        scores=np.array([case.score for case in kept], dtype=float) if has_scores else tiers.astype(float),
        has_scores=has_scores,
        tiers=tiers,
        folds=deal_folds(kept, tiers, settings),
        standing=standing,
        vetoed=len(decided) - len(kept),
        undecided=len(cases) - len(decided),
    )


def _label(cases: Sequence[Case], origin: Origin, scheme: str) -> Label:
    return Label(scheme, origin, fingerprint(cases), len(cases))


def _require_independence(cases: Sequence[Case], tiers: Tiers, standing: Standing, settings: TrainingSettings) -> None:
    """Compare what the panel itself gave; a tier that only follows from a score is not looked at again."""
    scored = np.array([case.score is not None for case in cases])
    named = np.array([case.tier is not None for case in cases])
    scores = np.array([case.score for case in cases if case.score is not None])
    if scored.any():
        own = standing.at(scored)
        require_independence(scores, None, own.low, own.high, own.tiers, settings)
    if named.any():
        own = standing.at(named)
        require_independence(None, tiers[named], own.low, own.high, own.tiers, settings)


def deal_folds(cases: Sequence[Case], tiers: Tiers, settings: TrainingSettings) -> Places:
    """The fold of each case: tiers alike in all, a firm in one only."""
    from sklearn.model_selection import StratifiedGroupKFold

    dealer = StratifiedGroupKFold(settings.folds, shuffle=True, random_state=settings.seed)
    folds = np.zeros(len(cases), dtype=np.intp)
    firms = [case.id for case in cases]
    for fold, (seen, judged) in enumerate(dealer.split(np.zeros(len(cases)), tiers, firms)):
        folds[judged] = fold
        if len(set(tiers[seen])) < len(set(tiers)):
            raise TrainingRefused(
                "有的等级集中在少数企业，无法分成互不相同的几折",
                "some tier belongs to too few firms to be dealt into folds",
            )
    return folds
