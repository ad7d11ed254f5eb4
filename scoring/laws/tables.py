"""Tiers, size tables and periods: rows in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..rulebook import Rulebook
from ..schema import Period, SizeRow, Text, Tier
from .law import Fault, Law


def has_rising_tiers(rulebook: Rulebook) -> Iterator[Fault]:
    """Thresholds on one sum rise from tier to tier, and exactly the lowest is without one."""
    tiers = rulebook.body.tiers
    for index, tier in enumerate(tiers):
        if (tier.at_least is None) != (index == 0):
            yield Fault(tier, "只有最低等级没有分数线", "exactly the lowest tier is without a threshold")
    yield from (_falls(lower, upper) for lower, upper in pairwise(tiers) if _is_falling(lower, upper))


def _is_falling(lower: Tier, upper: Tier) -> bool:
    is_same = lower.of == upper.of and lower.at_least is not None and upper.at_least is not None
    return is_same and (upper.at_least or 0) <= (lower.at_least or 0)


def _falls(lower: Tier, upper: Tier) -> Fault:
    return Fault(
        upper,
        f"分数线应高于“{lower.title.zh}”的{lower.at_least}分",
        f"the threshold must exceed the {lower.at_least} of {lower.title.en}",
    )


def has_rising_sizes(rulebook: Rulebook) -> Iterator[Fault]:
    """Bounds don't fall from small to large, and no industry stands in two rows."""
    seen: Counter[str] = Counter()
    for row in rulebook.body.sizes:
        if not _is_rising(row):
            yield Fault(row, "从小型到大型，下限不能变小", "the bounds must not fall from small to large")
        seen.update(row.industries)
        for code in row.industries:
            if seen[code] > 1:
                yield Fault(row, f"行业{code}出现两次", f"industry {code} stands twice")


def _is_rising(row: SizeRow) -> bool:
    return all(small <= medium <= large for small, medium, large in zip(row.small, row.medium, row.large, strict=True))


def has_ordered_periods(rulebook: Rulebook) -> Iterator[Fault]:
    """Each period begins before it ends."""
    for period in rulebook.body.applies:
        if _is_backward(period):
            yield Fault(period, f"{period.from_}晚于{period.to}", f"{period.from_} is after {period.to}")


def _is_backward(period: Period) -> bool:
    return period.from_ is not None and period.to is not None and period.from_ > period.to


TABLES: tuple[Law, ...] = (
    Law("tiers", Text(zh="等级分数线逐级升高", en="thresholds rise from tier to tier"), has_rising_tiers),
    Law("sizes", Text(zh="划型下限有序、行业不重复", en="size bounds rise, industries once"), has_rising_sizes),
    Law("periods", Text(zh="有效期先起后止", en="periods begin before they end"), has_ordered_periods),
)
