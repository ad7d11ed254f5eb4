"""Amounts in words: limits, bands, points and the values they are compared with, in their units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from .facts import read_indicators
from .once import once
from .points import border_goes_up, rising_bands
from .schema import Band, Bands, ByCase, Case, Lang, Limits, Points, Value

SHOWN = 3
FRACTIONS = ("ratio", "growth", "mean_growth", "hnte_growth", "compound_growth")


def number_label(number: Decimal, value: Value | None) -> str:
    """A limit in the unit of its value: ratios and growth in percent."""
    if value is not None and value.op in FRACTIONS:
        return f"{format((number * 100).normalize(), 'f')}%"
    return f"{number.normalize():,f}" + _percent_sign(value)


def _percent_sign(value: Value | None) -> str:
    return "%" if value is not None and value.code and read_indicators()[value.code].type == "percent" else ""


@once
def band_labels(part: Bands) -> list[str]:
    """``3%–5%``, ``≥5%``, ``<1%``: the bands as a reader expects them; an outer one says whose its border is."""
    rising = rising_bands(part)
    around = [None, *rising, None]
    labels = {
        band: _band_label(band, part.value, *near) for *near, band in zip(around, around[2:], rising, strict=False)
    }
    return [labels[band] for band in part.bands]


def _band_label(band: Band, value: Value, below: Band | None, above: Band | None) -> str:
    start, end = (None if edge is None else number_label(edge, value) for edge in (band.from_, band.to))
    if above is not None and below is None:
        return f"<{end}" if border_goes_up(band, above) else f"≤{end}"
    if below is not None and above is None:
        return f"≥{start}" if border_goes_up(below, band) else f">{start}"
    return f"{start}–{end}"


def limits_label(limits: Limits, value: Value | None) -> str:
    signs = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
    if limits.between is not None:
        return "–".join(number_label(end, value) for end in limits.between)
    name = next(name for name in signs if getattr(limits, name) is not None)
    return f"{signs[name]} {number_label(getattr(limits, name), value)}"


def exact_points_label(points: Points, lang: Lang) -> str:
    """Points as they are, to the last decimal place."""
    return _points_label(points, lang, lambda end: format(end.normalize(), "f"))


def points_label(points: Points, lang: Lang) -> str:
    """Points as people read them; long ones, as a trained model gives them, to three places."""
    return _points_label(points, lang, _short)


def _short(number: Decimal) -> str:
    exponent = number.normalize().as_tuple().exponent
    is_long = isinstance(exponent, int) and exponent < -SHOWN
    return f"{'≈' * is_long}{format(round(number, SHOWN) if is_long else number.normalize(), 'f')}"


def _points_label(points: Points, lang: Lang, write: Callable[[Decimal], str]) -> str:
    least, most = map(write, points)
    return (least if least == most else f"{least}–{most}") + ("分" if lang == "zh" else " points")


def value_unit(value: Value, lang: Lang) -> str:
    """The unit of an amount; ratios, percentages and what mixes units have none."""
    units = {read_indicators()[code].unit for code in value.facts()}
    if value.op in (*FRACTIONS, "years_since") or len(units) > 1:
        return ""
    unit = units.pop()
    return "" if unit == "%" else unit if lang == "zh" else _UNITS.get(unit, "")


_UNITS: Mapping[str, str] = {"万元": "×10⁴ CNY", "人": "people", "年": "years"}


def value_words(value: Value, lang: Lang, name: Callable[[str], str]) -> str:
    """A value as an expression over names, or over names with numbers."""
    if value.code:
        return name(value.code)
    args = [value_words(arg, lang, name) for arg in value.args]
    return _EXPRESSIONS[value.op][lang == "en"].format(
        *args, list=("、" if lang == "zh" else ", ").join(args), sum=" + ".join(args)
    )


_EXPRESSIONS: Mapping[str, tuple[str, str]] = {
    "ratio": ("{0} ÷ {1}", "{0} ÷ {1}"),
    "growth": ("{0} ÷ {1} − 1", "{0} ÷ {1} − 1"),
    "mean_growth": ("{list}的年均增长率（算术平均）", "mean yearly growth of {list}"),
    "hnte_growth": ("{list}的增长率", "growth of {list}"),
    "compound_growth": ("（{0} ÷ {1}）的平方根 − 1", "square root of ({0} ÷ {1}) − 1"),
    "sum": ("（{sum}）", "({sum})"),
    "mean": ("（{sum}）的平均值", "mean of ({sum})"),
    "difference": ("（{0} − {1}）", "({0} − {1})"),
    "first_known": ("{0}（未填时用{1}）", "{0} (or {1})"),
    "years_since": ("{0}至评价日的整年数", "full years since {0}"),
}


def bound_label(node: ByCase, case: Case, lang: Lang) -> str:
    """Where a case begins: ``≥ 40,000 万元``; the last takes what is left."""
    if case.from_ is None:
        return "其他" if lang == "zh" else "other"
    unit = value_unit(Value(op="fact", code=node.by), lang)
    return f"{'>' if case.exclusive else '≥'} {number_label(case.from_, None)} {unit}".rstrip()
