from cultivation.programmes.models.round import PinnedRulebook, Round
from cultivation.programmes.models.rulebook import PublishedRulebook

__all__ = ["PinnedRulebook", "PublishedRulebook", "Round"]
