from cultivation.programmes.models.designation import Designation, DesignationList
from cultivation.programmes.models.draft import DraftEdit, DraftWeighing, RulebookDraft, RulebookImpact
from cultivation.programmes.models.round import PinnedRulebook, Round
from cultivation.programmes.models.rulebook import PublishedRulebook

__all__ = [
    "Designation",
    "DesignationList",
    "DraftEdit",
    "DraftWeighing",
    "PinnedRulebook",
    "PublishedRulebook",
    "Round",
    "RulebookDraft",
    "RulebookImpact",
]
