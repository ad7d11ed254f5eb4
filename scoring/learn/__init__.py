"""Learn a scorecard from decided cases, and say what it is worth: additive, monotone, compiled exactly (P06)."""

from .advice import Cause, Disagreement, advise
from .cases import Case
from .refusal import TrainingRefused
from .settings import TrainingSettings
from .train import Trained, train_scorecard

__all__ = [
    "Case",
    "Cause",
    "Disagreement",
    "Trained",
    "TrainingRefused",
    "TrainingSettings",
    "advise",
    "train_scorecard",
]
