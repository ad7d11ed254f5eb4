"""The word for each kind of node, as a rulebook names it."""

from __future__ import annotations

from collections.abc import Mapping

from .basics import Sourced
from .document import Tier
from .limits import Threshold
from .nodes import (
    AllOf,
    AnyOf,
    AssessedBy,
    Awaits,
    Bands,
    ByCase,
    Choices,
    Compare,
    FactIs,
    Group,
    Items,
    Ladder,
    Mark,
    NotBarred,
    NotExpired,
    ScoreClause,
    SizeIn,
    Verdict,
)
from .rights import (
    Awarded,
    EveryOf,
    FamilyGranted,
    FiledWithin,
    Flagged,
    GrantedWithin,
    HolderRank,
    InForce,
    NotObtainedBy,
    ObtainedBy,
    OneOf,
    Pledged,
    RightRule,
    SinceFiling,
    SinceGrant,
    SinceTransfer,
)

# The key that names a node in a rulebook; what has none gathers others.
_KINDS: Mapping[type[Sourced], str] = {
    AllOf: "all",
    AnyOf: "any",
    ByCase: "by",
    ScoreClause: "score",
    Compare: "value",
    FactIs: "fact",
    Verdict: "verdict",
    NotBarred: "not_barred",
    NotExpired: "not_expired",
    AssessedBy: "assessed_by",
    SizeIn: "size_in",
    Awaits: "awaits",
    Bands: "bands",
    Choices: "choices",
    Ladder: "ladder",
    Items: "items",
    Mark: "mark",
    Threshold: "pass",
    Tier: "tier",
    RightRule: "counts",
    EveryOf: "all",
    OneOf: "any",
    InForce: "in_force",
    SinceTransfer: "since_transfer",
    SinceGrant: "since_grant",
    SinceFiling: "since_filing",
    FiledWithin: "filed_within",
    GrantedWithin: "granted_within",
    ObtainedBy: "obtained",
    NotObtainedBy: "not_obtained",
    HolderRank: "holder_rank_at_most",
    Flagged: "flag",
    FamilyGranted: "family_granted",
    Pledged: "pledged",
    Awarded: "awarded",
}


def kind_of(node: Sourced) -> str:
    """What kind of node it is: a key of the rulebook language, ``parts``, ``best``, or ``section``."""
    if isinstance(node, Group):
        return "best" if node.combine == "best" else "parts"
    return _KINDS.get(type(node), "section")
