from cultivation.programmes.models.draft import DraftEdit, RulebookDraft, RulebookImpact
from cultivation.programmes.models.round import PinnedRulebook, Round
from cultivation.programmes.models.rulebook import PublishedRulebook

__all__ = ["DraftEdit", "PinnedRulebook", "PublishedRulebook", "Round", "RulebookDraft", "RulebookImpact"]
