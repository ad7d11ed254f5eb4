"""Train, choose the better form, compile it and write its card (P06)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from ..assess import HUBEI
from ..laws import find_breaches
from ..rulebook import Library, Rulebook
from ..words import Lang
from .card import write_card
from .cases import Case
from .document import to_yaml
from .forms import FORMS, Form, Learned
from .measures import agreement
from .readable import card_text
from .refusal import TrainingRefused
from .settings import TrainingSettings
from .standing import Standing, stand
from .study import Study, prepare


@dataclass(frozen=True)
class Trained:
    """A learned scorecard and its card.

    Attributes
    ----------
    rulebook : Rulebook
        In the file format of every rulebook; ``scoring.evaluate`` scores by it.
    card : dict
        Plain JSON: what it was learned from, and how well it agrees with the panel beside the expert scorecard.
    """

    rulebook: Rulebook
    card: Mapping[str, Any] = field(repr=False)

    def yaml(self) -> str:
        """The rulebook as text for a file."""
        return to_yaml(self.rulebook.document())

    def json(self) -> str:
        """The card as text for a file."""
        return json.dumps(self.card, ensure_ascii=False, indent=1) + "\n"

    def text(self, lang: Lang = "zh") -> str:
        """The card as Markdown."""
        return card_text(self.card, lang)


def train_scorecard(
    cases: Sequence[Case],
    *,
    expert: Rulebook,
    origin: str,
    on: date,
    scheme: str | None = None,
    region: str = HUBEI,
    library: Library | None = None,
    settings: TrainingSettings | None = None,
) -> Trained:
    """Learn a scorecard from decided cases.

    Additive gradient boosting, monotone wherever the expert scorecard is, over the facts and values that it reads. Two
    ordinal forms are trained on the same folds, one score with learned thresholds and one model for every threshold;
    the one that agrees better with the panel (quadratic weighted kappa, then mean tiers apart) is learned from all
    cases and compiled exactly. The same cases give the same document and card, in whatever order they come.

    Parameters
    ----------
    cases : sequence of Case
        Those without score and tier, and those under a known veto, are left out and counted.
    expert : Rulebook
        The scorecard it is compared with; vetoes and gates are taken over from it.
    origin : "panel", "simulated" or "formula"
        Who gave the labels. It is written into document and card; ``formula`` is refused.
    on : date
        Date of assessment of cases that name none, and of the size table.
    scheme : str, optional
        Id of the learned rulebook; that of the expert scorecard with ``-learned`` by default.
    region : str
        Six-digit code, for the size table.
    library : Library, optional
        Where the size table is; the shipped rulebooks by default.
    settings : TrainingSettings, optional
        Numbers of our own.

    Returns
    -------
    Trained

    Raises
    ------
    TrainingRefused
        Labels made by a formula or coinciding with the expert scorecard, too few cases, one tier, or bad labels.

    References
    ----------
    .. [1] J. H. Friedman, "Greedy function approximation: a gradient boosting machine", Annals of Statistics 29 (2001)
       1189-1232; trees of one feature each make it additive.
    .. [2] E. Frank, M. Hall, "A simple approach to ordinal classification", ECML 2001: one model for every threshold.
    .. [3] J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968) 213-220; here with quadratic weights.
    """
    study = prepare(
        cases,
        expert=expert,
        origin=origin,
        on=on,
        scheme=scheme,
        region=region,
        library=library,
        settings=settings or TrainingSettings(),
    )
    trials = _try_forms(study)
    form, learned, rulebook = _compile_best(study, trials)
    gap = largest_gap(study, learned, rulebook)
    return Trained(rulebook, write_card(study, trials, form, learned, rulebook, gap))


def _try_forms(study: Study) -> dict[Form, Standing]:
    """Cases as judged unseen by each form; one that can't be learned, with too few cases a fold, is left out."""
    trials: dict[Form, Standing] = {}
    refusals = []
    for form in FORMS:
        try:
            trials[form] = study.cross_validate(form)
        except TrainingRefused as refusal:
            refusals.append(refusal)
    if not trials:
        raise refusals[0]
    return trials


def _compile_best(study: Study, trials: Mapping[Form, Standing]) -> tuple[Form, Learned, Rulebook]:
    """The form that measures better and keeps every law."""
    reasons = []
    for form in sorted(trials, key=lambda form: _rank(study, trials[form])):
        learned = study.learn(form)
        rulebook = study.compile(learned)
        breaches = find_breaches(rulebook)
        if not breaches:
            return form, learned, rulebook
        reasons.append(breaches[0])
    raise TrainingRefused(
        f"学到的评分表不成立：{reasons[0].node}：{reasons[0].zh}",
        f"what was learned is no sound scorecard: {reasons[0].node}: {reasons[0].en}",
    )


def _rank(study: Study, trial: Standing) -> tuple[float, float]:
    found = agreement(study.tiers, trial.tiers, study.count)
    return -(found["kappa"] or 0.0), found["tier_error"]


def largest_gap(study: Study, learned: Learned, rulebook: Rulebook) -> float:
    """Furthest that the compiled scorecard lies from the models' own raw output, over all cases."""
    standing = stand(rulebook, study.frames)
    if learned.form == "score":
        return float(np.abs(standing.low - learned.outputs[0]).max())
    return float(max(np.abs(ours - own).max() for ours, own in zip(standing.lines.T, learned.outputs, strict=True)))
