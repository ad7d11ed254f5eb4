"""Labels and tiers that a plan speaks with, from the capability rulebook that the round has pinned."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.assessments.services import values_of
from cultivation.programmes.models import PublishedRulebook, Round
from cultivation.support.services.card import Tier
from cultivation.support.services.wording import Words

CAPABILITY = "ip-capability"


def capability_rulebook(round_: Round) -> PublishedRulebook | None:
    pin = round_.pinned.filter(programme=CAPABILITY).select_related("rulebook").first()
    return pin.rulebook if pin else None


def tiers_of(rulebook: PublishedRulebook) -> tuple[Tier, ...]:
    """Lowest first, as the rulebook lists them."""
    return tuple(
        Tier(tier["id"], tier["title"]["zh"], _number(tier.get("at_least"))) for tier in rulebook.document["tiers"]
    )


def words_of(assessment: Assessment, rulebook: PublishedRulebook) -> Words:
    values = values_of(assessment)
    return Words(
        rulebook=rulebook.key,
        labels={value["code"]: value["label"] for value in values},
        units={value["code"]: value["unit"] for value in values},
        present={value["code"]: value["display"] for value in values},
        lines={node["id"]: node["title"]["zh"] for node in _named(rulebook.document)},
    )


def _named(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "id" in node and "title" in node:
            yield node
        for child in node.values():
            yield from _named(child)
    elif isinstance(node, list):
        for child in node:
            yield from _named(child)


def _number(raw: Any) -> Decimal | None:
    return None if raw is None else Decimal(str(raw))
