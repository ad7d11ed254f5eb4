"""What is wrong with the date of a piece of evidence, measured on the day of assessment (E17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cultivation.assessments.models import Evidence


@dataclass(frozen=True, slots=True)
class Flag:
    kind: str
    text: str
    text_en: str


def flags_of(evidence: Evidence, on: date) -> list[Flag]:
    """The paper's own dates count, never the day it was uploaded."""
    return list(_flags(evidence, on))


def _flags(evidence: Evidence, on: date) -> Iterator[Flag]:
    dated, expires = evidence.dated_on, evidence.expires_on
    if dated is None:
        yield Flag("undated", "没有填写材料日期", "no date of the paper")
    elif dated > on:
        yield Flag(
            "future",
            f"材料日期 {dated:%Y-%m-%d} 晚于评价日期 {on:%Y-%m-%d}",
            f"dated {dated:%Y-%m-%d}, after the day of assessment {on:%Y-%m-%d}",
        )
    if expires is not None and expires < on:
        yield Flag(
            "expired",
            f"已于 {expires:%Y-%m-%d} 到期，早于评价日期 {on:%Y-%m-%d}",
            f"expired on {expires:%Y-%m-%d}, before the day of assessment {on:%Y-%m-%d}",
        )
