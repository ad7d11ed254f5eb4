"""Panel scores, scorecards learned from them, and where these disagree with the expert scorecard (P06)."""

from .advising import advise_round, advise_scored, compare_firms, open_rounds
from .pages import advice_page, card_json, card_page, learning_page, rulebook_yaml, step_charts
from .panel import PanelFile, import_panel_scores, panel_workbook, store_panel_scores
from .training import keep_scorecard, request_training, scored_cases, train
from .workshop import send_to_workshop, why_not_send

__all__ = [
    "PanelFile",
    "advice_page",
    "advise_round",
    "advise_scored",
    "card_json",
    "card_page",
    "compare_firms",
    "import_panel_scores",
    "keep_scorecard",
    "learning_page",
    "open_rounds",
    "panel_workbook",
    "request_training",
    "rulebook_yaml",
    "scored_cases",
    "send_to_workshop",
    "step_charts",
    "store_panel_scores",
    "train",
    "why_not_send",
]
