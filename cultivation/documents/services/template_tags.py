"""The few filters that the document templates use."""

from datetime import date

from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from . import numerals, reasons
from .palette import OUTCOMES, SOURCES
from .payloads import Number

register = Library()
register.filter("plain", numerals.plain)
register.filter("score", numerals.score)
register.filter("why", reasons.why)
register.filter("situation", reasons.situation)


@register.filter
def clause_number(clause_id: str) -> str:
    """CX-1 is a number that a reader can look up; the names of headings are our own and stay inside."""
    return clause_id if clause_id[:1].isupper() else ""


@register.filter
def span(row: object) -> str:
    low, high = getattr(row, "points_low"), getattr(row, "points_high")  # noqa: B009
    return "" if low is None or high is None else numerals.span(low, high)


@register.filter
def long_date(value: date) -> str:
    return numerals.long_date(value)


@register.filter
def plus(value: Number | None) -> str:
    return "" if value is None else f"+{numerals.plain(value)}"


@register.filter
def outcome_word(outcome: str) -> str:
    return OUTCOMES[outcome][0]


@register.filter
def outcome_tone(outcome: str) -> str:
    return OUTCOMES[outcome][1]


@register.filter
def source_word(status: str) -> str:
    return SOURCES[status]


@register.filter
def drawing(svg: str) -> SafeString:
    """Drawings come from `charts` and `qr`, which escape every word they are given."""
    return mark_safe(svg)  # noqa: S308
