"""What a ledger of rights gives: a count with bounds for each indicator, and why each right counts or does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cultivation.assessments.services.workbook.model import RightRow

Outcome = Literal["counts", "excluded", "possible"]
Counting = Mapping[str, Mapping[str, str]]
RightKey = tuple[str, int, str | None]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one right counts, does not count, or may count under one rule of one rulebook."""

    code: str
    rulebook: str
    rule: str
    rule_en: str
    clause: str
    status: str
    outcome: Outcome
    reason: str
    reason_en: str

    def as_dict(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Counts:
    """Least and greatest number by indicator code.

    ``open_above`` names the codes whose greatest number this ledger can't close, because it does not list everything
    that they count; its value is the indicator that would close it, or "" when none would.
    """

    counts: Mapping[str, tuple[int, int]]
    reasons: Mapping[RightKey, tuple[Reason, ...]]
    open_above: Mapping[str, str]

    def reasons_of(self, right: RightRow) -> dict[str, dict[str, str]]:
        """The reasons for one right by indicator code, as JSON."""
        return {reason.code: reason.as_dict() for reason in self.reasons.get(key_of(right), ())}


def standing_of(counting: Counting) -> str:
    """A right counts when one rule at least takes it, and may count when one may."""
    outcomes = {reason["outcome"] for reason in counting.values()}
    return next((standing for standing in ("counts", "possible") if standing in outcomes), "excluded")


def key_of(right: RightRow) -> RightKey:
    return (right.sheet, right.row, right.holder)
