"""The card of a learned scorecard: what it was learned from, how well it agrees, and with what right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..points import Floats
from ..rulebook import Rulebook
from .boosting import Additive
from .document import FORM_TITLES, WARNINGS
from .fairness import compare_groups, group_labels
from .features import Feature
from .forms import Form, Learned
from .measures import Row, agreement, calibrate, calibrate_tiers, confusion, psi_by_chance, shown
from .settings import CHOICES_OF_OURS, SETTING_TITLES
from .stability import compare_features, compare_scores, split_cases
from .standing import Standing
from .study import Study

FORMAT = 1
SCORE: tuple[Form, ...] = ("score",)


@dataclass(frozen=True)
class Judged:
    """The cases under one scorecard, and whether its score is on the panel's scale."""

    standing: Standing
    is_score: bool

    def errors(self, study: Study) -> Floats | None:
        """Points above the panel's; from the middle of an interval."""
        return (self.standing.low + self.standing.high) / 2 - study.scores if self.is_score else None

    def agreement(self, study: Study, here: NDArray[Any] | slice = slice(None)) -> Row:
        errors = self.errors(study)
        return agreement(
            study.tiers[here], self.standing.tiers[here], study.count, None if errors is None else errors[here]
        )


def write_card(
    study: Study, trials: Mapping[Form, Standing], form: Form, learned: Learned, rulebook: Rulebook, gap: float
) -> dict[str, Any]:
    """The card as plain JSON.

    Every figure of the learned scorecard is of cases judged by models that had not seen them, and stands beside that of
    the expert scorecard on the same cases. Tiers are those the engine gives, gates included. In points the expert
    scorecard is taken at the middle of its interval; its tier goes by the lowest, as everywhere.

    Parameters
    ----------
    study : Study
    trials : mapping of form to Standing
        Cases as judged unseen, by each form.
    form, learned, rulebook
        What was chosen, and learned from all cases.
    gap : float
        Furthest that the compiled scorecard lies from the models it was made of.
    """
    judged = {form: Judged(trial, study.has_scores and form in SCORE) for form, trial in trials.items()}
    pair = {"expert": Judged(study.standing, study.has_scores), "learned": judged[form]}
    folds = range(study.settings.folds)
    return {
        "format": FORMAT,
        "rulebook": rulebook.key,
        "title": rulebook.body.title.model_dump(),
        "fingerprint": rulebook.fingerprint,
        "expert": {"rulebook": study.expert.key, "fingerprint": study.expert.fingerprint},
        "origin": study.label.origin,
        "origin_title": study.label.by.model_dump(),
        "simulated": study.label.origin == "simulated",
        "warning": WARNINGS[study.label.origin].model_dump(),
        "data": _data(study),
        "form": {
            "chosen": form,
            "title": FORM_TITLES[form].model_dump(),
            "measured": [
                {"form": name, "title": FORM_TITLES[name].model_dump(), **one.agreement(study)}
                for name, one in judged.items()
            ],
            "largest_gap": gap,
        },
        "agreement": {name: _agreement(study, one) for name, one in pair.items()},
        "folds": [_fold(study, pair, study.folds == fold) for fold in folds],
        "calibration": {name: _calibration(study, one) for name, one in pair.items()},
        "stability": _stability(study, pair),
        "fairness": _fairness(study, pair),
        "features": _features(study, learned),
        "unused": _unused(study, learned),
        "ours": _ours(study),
    }


def _names(study: Study) -> list[str]:
    return [tier.id for tier in study.expert.body.tiers]


def _data(study: Study) -> Row:
    return {
        "fingerprint": study.label.data,
        "cases": len(study.cases),
        "firms": len({case.id for case in study.cases}),
        "labels": "score" if study.has_scores else "tier",
        "tiers": [
            {"tier": tier.id, "title": tier.title.model_dump(), "cases": int((study.tiers == place).sum())}
            for place, tier in enumerate(study.expert.body.tiers)
        ],
        "left_out": {"vetoed": study.vetoed, "undecided": study.undecided},
    }


def _agreement(study: Study, judged: Judged) -> Row:
    table = confusion(study.tiers, judged.standing.tiers, study.count)
    return {**judged.agreement(study), "tiers": _names(study), "confusion": table}


def _fold(study: Study, pair: Mapping[str, Judged], here: NDArray[Any]) -> Row:
    return {"cases": int(here.sum()), **{name: judged.agreement(study, here) for name, judged in pair.items()}}


def _calibration(study: Study, judged: Judged) -> Row:
    """By tier, and by bins of the score; of models without a score, by bins of their chances."""
    standing, bins = judged.standing, study.settings.bins
    by_tier = calibrate_tiers(study.tiers, standing.tiers, _names(study))
    if judged.is_score:
        rows = calibrate((standing.low + standing.high) / 2, study.scores, bins)
        return {"by_tier": by_tier, "unit": "points", "by_bin": rows}
    if standing is study.standing:
        return {"by_tier": by_tier, "unit": None, "by_bin": []}
    chances = 1 / (1 + np.exp(-standing.lines))
    reached = study.tiers[:, None] >= np.arange(1, study.count)
    return {
        "by_tier": by_tier,
        "unit": "chance",
        "by_bin": calibrate(chances.ravel(), reached.ravel().astype(float), bins),
    }


def _stability(study: Study, pair: Mapping[str, Judged]) -> Row:
    second, how = split_cases(study.cases, study.on, study.folds)
    sizes = int((~second).sum()), int(second.sum())
    return {
        "split": how,
        "cases": list(sizes),
        "chance": shown(psi_by_chance(study.settings.bins, *sizes)),
        "scores": {
            name: compare_scores(judged.standing.low, second, study.folds, study.settings.bins)
            for name, judged in pair.items()
        },
        "features": compare_features(study.features, study.matrix, second),
    }


def _fairness(study: Study, pair: Mapping[str, Judged]) -> Row:
    selected = study.count // 2
    given = {name: judged.standing.tiers for name, judged in pair.items()}
    return {
        "selected": _names(study)[selected],
        "smallest": study.settings.smallest_group,
        **{
            by: compare_groups(
                labels, study.tiers, given, count=study.count, selected=selected, smallest=study.settings.smallest_group
            )
            for by, labels in group_labels(study.cases, study.frames).items()
        },
    }


def _models(study: Study, learned: Learned) -> Iterator[tuple[str | None, Additive]]:
    """Each model with the tier whose line it is for; one score is for all."""
    lines: Sequence[str | None] = [None] if learned.form == "score" else _names(study)[1:]
    yield from zip(lines, learned.models, strict=True)


def _features(study: Study, learned: Learned) -> list[Row]:
    """What each feature adds, in points above its lowest known value; what moves most comes first.

    ``better_silent`` is the share of firms that would get more by leaving it open: no learned scorecard may decide
    where that is a temptation.
    """
    rows = [
        _effect(feature, table, column, tier)
        for tier, model in _models(study, learned)
        for feature, table, column in zip(study.features, model.tables, study.matrix.T, strict=True)
        if np.ptp(table)
    ]
    return sorted(rows, key=lambda row: -row["effect"])


def _effect(feature: Feature, table: Floats, column: Floats, tier: str | None) -> Row:
    given = table[np.where(np.isnan(column), feature.size, column).astype(np.intp)]
    least, most = table[:-1].min(), table[:-1].max()
    return {
        "feature": feature.key,
        "part": feature.part,
        "title": feature.title.model_dump(),
        "tier": tier,
        "direction": feature.direction,
        "most": shown(most - least),
        "unknown": shown(table[-1] - least),
        "unknown_share": shown(float(np.isnan(column).mean())),
        "better_silent": shown(float((given < table[-1])[~np.isnan(column)].mean())),
        "effect": shown(float(np.abs(given - given.mean()).mean())),
    }


def _unused(study: Study, learned: Learned) -> list[Row]:
    """Features that are the same for all cases, and those that no tree reads."""
    moved = np.any([[np.ptp(table) > 0 for table in model.tables] for model in learned.models], axis=0)
    idle = [feature for feature, moves in zip(study.features, moved, strict=True) if not moves]
    return [
        {"feature": feature.key, "part": feature.part, "title": feature.title.model_dump(), "reason": reason}
        for reason, features in (("same", study.unused), ("idle", idle))
        for feature in features
    ]


def _ours(study: Study) -> list[Row]:
    """Everything here that no source prescribes."""
    numbers = study.settings.plain()
    rows = [{"key": key, "title": title.model_dump(), "value": numbers[key]} for key, title in SETTING_TITLES.items()]
    return [*rows, *({"key": key, "title": text.model_dump(), "value": None} for key, text in CHOICES_OF_OURS.items())]
