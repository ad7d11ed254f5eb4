"""What is wrong with the date of a piece of evidence, measured by its round (E17)."""

from collections.abc import Iterator
from dataclasses import dataclass

from cultivation.assessments.models import Evidence
from cultivation.programmes.models import Round


@dataclass(frozen=True, slots=True)
class Flag:
    kind: str
    text: str
    text_en: str


def flags_of(evidence: Evidence, round_: Round) -> list[Flag]:
    """The paper's own dates count, never the day it was uploaded."""
    return [*_of_date(evidence, round_), *_of_expiry(evidence, round_)]


def _of_date(evidence: Evidence, round_: Round) -> Iterator[Flag]:
    dated, on = evidence.dated_on, round_.assessed_on
    if dated is None:
        yield Flag("undated", "没有填写材料日期", "no date of the paper")
    elif dated > on:
        yield Flag(
            "future",
            f"材料日期 {dated:%Y-%m-%d} 晚于评价日期 {on:%Y-%m-%d}",
            f"dated {dated:%Y-%m-%d}, after the day of assessment {on:%Y-%m-%d}",
        )
    elif (first := round_.evidence_from) and dated < first:
        yield Flag(
            "out_of_period",
            f"材料日期 {dated:%Y-%m-%d} 早于本批次要求的 {first:%Y-%m-%d}",
            f"dated {dated:%Y-%m-%d}, before {first:%Y-%m-%d}, which this round asks for",
        )
    elif (last := round_.evidence_until) and dated > last:
        yield Flag(
            "out_of_period",
            f"材料日期 {dated:%Y-%m-%d} 晚于本批次要求的 {last:%Y-%m-%d}",
            f"dated {dated:%Y-%m-%d}, after {last:%Y-%m-%d}, which this round asks for",
        )


def _of_expiry(evidence: Evidence, round_: Round) -> Iterator[Flag]:
    expires, on = evidence.expires_on, round_.assessed_on
    if expires is not None and expires < on:
        yield Flag(
            "expired",
            f"已于 {expires:%Y-%m-%d} 到期，早于评价日期 {on:%Y-%m-%d}",
            f"expired on {expires:%Y-%m-%d}, before the day of assessment {on:%Y-%m-%d}",
        )
