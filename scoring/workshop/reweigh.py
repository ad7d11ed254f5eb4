"""Weights put into a scorecard: maxima in their proportion, and all points below scaled so that the laws hold (P05)."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from ..errors import ReasonError
from ..schema import read_number
from .cells import Raw
from .clauses import kind_of
from .parts import PART_KINDS

STEP = Decimal("0.5")
FINER = (Decimal("0.1"), Decimal("0.05"), Decimal("0.01"))
WHOLE = ""
Weights = Mapping[str, float]


class WeightError(ReasonError):
    """Weights that a scorecard can't take."""


def weighed_parts(document: Raw, group: str = WHOLE) -> list[dict[str, Any]]:
    """The parts whose weights can be compared.

    Parameters
    ----------
    document : mapping
        Of a scorecard.
    group : str
        Id of a dimension; by default the dimensions themselves, without what is capped (a bonus).

    Returns
    -------
    list of dict
        As they stand in the document, not copied.

    Raises
    ------
    WeightError
        There is no such dimension, or it holds no parts that add up.
    """
    parts: list[dict[str, Any]] = list(document.get("scorecard", {}).get("parts", ()))
    if group == WHOLE:
        found = [part for part in parts if not part.get("capped")]
    else:
        found = [below for part in parts if part["id"] == group and _adds_up(part) for below in part["parts"]]
    if len(found) < 2:
        raise WeightError("这一组没有可以比较的两项", "there are no two parts here to compare")
    return found


def _adds_up(part: Raw) -> bool:
    return part.get("combine", "sum") == "sum" and not part.get("capped")


def reweigh(document: Raw, weights: Weights, *, group: str = WHOLE, step: Decimal = STEP) -> dict[str, Any]:
    """A scorecard with new weights for some parts, their sum as before.

    Maxima are whole multiples of a step, by largest remainders; what is below a part is scaled with it, in finer steps
    where points would fall together. Every law on sums, bands and maxima that held before holds again.

    Parameters
    ----------
    document : mapping
        A scorecard whose numbers can be read.
    weights : mapping of str to float
        A weight for every part of ``weighed_parts``; only their ratios matter.
    group : str
        As in ``weighed_parts``.
    step : Decimal
        0.5 points by default.

    Returns
    -------
    dict
        A new document; the given one stays as it is.

    Raises
    ------
    WeightError
        Parts without a weight, or weights so small that a part gets no points.
    """
    changed = copy.deepcopy(dict(document))
    parts = weighed_parts(changed, group)
    if {part["id"] for part in parts} != set(weights):
        raise WeightError("每一项都要有权重", "every part needs a weight")
    if any(not read_number(part["max"]) for part in parts):
        raise WeightError("有的项目满分为0，请先写明它的分值", "a part has a maximum of 0: state its points first")
    total = sum((read_number(part["max"]) for part in parts), Decimal(0))
    shares = [Decimal(repr(weights[part["id"]])) for part in parts]
    for part, most in zip(parts, apportion(total, shares, step), strict=True):
        _rescale(part, most, step)
    return changed


def apportion(total: Decimal, shares: Sequence[Decimal], step: Decimal = STEP) -> list[Decimal]:
    """Whole multiples of a step, none of them 0, that add up to a total, by largest remainders.

    Raises
    ------
    WeightError
        The total holds fewer steps than there are shares, or is no multiple of any.
    """
    size = next((one for one in (step, *FINER) if total % one == 0), None)
    units, whole = int(total / size) if size else 0, sum(shares, Decimal(0))
    if size is None or units < len(shares):
        zh = f"{total.normalize():f}分不够{len(shares)}项来分，请减少差距"
        raise WeightError(zh, f"{total.normalize():f} points are too few for {len(shares)} parts")
    quotas = [share / whole * units for share in shares]
    given = [max(1, int(quota.to_integral_value(ROUND_FLOOR))) for quota in quotas]
    while (left := units - sum(given)) != 0:
        sign = 1 if left > 0 else -1
        open_ = [place for place in range(len(given)) if given[place] + sign >= 1]
        given[max(open_, key=lambda place: sign * (quotas[place] - given[place]))] += sign
    return [one * size for one in given]


def _rescale(part: dict[str, Any], most: Decimal, step: Decimal) -> None:
    """A part with another maximum, and everything below it in proportion."""
    before, kind = read_number(part["max"]), kind_of(part, PART_KINDS)
    part["max"] = written(most)
    if kind == "parts":
        _rescale_group(part, before, most, step)
    elif kind == "items":
        each = read_number(part["each"]) * most / before
        part["each"] = written(_round(each, FINER[-1], ROUND_CEILING))
    elif kind != "mark":
        _rescale_points(part, before, most, step)


def _rescale_group(part: dict[str, Any], before: Decimal, most: Decimal, step: Decimal) -> None:
    below, maxima = part["parts"], [read_number(one["max"]) for one in part["parts"]]
    if part.get("combine") == "best":
        scaled = [max(step, _round(one * most / before, step)) for one in maxima]
        new = [most if one == max(maxima) else min(most, found) for one, found in zip(maxima, scaled, strict=True)]
    else:
        capped = _round(sum(maxima, Decimal(0)) * most / before, step, ROUND_CEILING)
        new = apportion(capped if part.get("capped") else most, maxima, step)
    for one, its_most in zip(below, new, strict=True):
        _rescale(one, its_most, step)


def _rescale_points(part: dict[str, Any], before: Decimal, most: Decimal, step: Decimal) -> None:
    """Points of bands, choices or rungs: different ones stay different, and in their order."""
    holders = _holders(part)
    values = sorted({number for holder, key in holders for number in _numbers(holder[key])})
    scale = _scale(values, before, most, step)
    for holder, key in holders:
        given = holder[key]
        if isinstance(given, list):
            holder[key] = [written(scale[read_number(end)]) for end in given]
        else:
            holder[key] = written(scale[read_number(given)])


def _holders(part: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    rows = [(row, "points") for key in ("bands", "ladder") for row in part.get(key, ())]
    choices = part.get("choices", {})
    return [*rows, *((choices, key) for key in choices), *([(part, "unknown")] if "unknown" in part else [])]


def _numbers(points: Any) -> Iterable[Decimal]:
    return [read_number(end) for end in points] if isinstance(points, list) else [read_number(points)]


def _scale(values: Sequence[Decimal], before: Decimal, most: Decimal, step: Decimal) -> dict[Decimal, Decimal]:
    for size in (step, *FINER):
        found = [most if value == before else _round(value * most / before, size) for value in values]
        if all(one < two for one, two in pairwise(found)):
            return dict(zip(values, found, strict=True))
    raise WeightError("分值太小，各档分不开", "the points are too few to tell the bands apart")


def _round(number: Decimal, step: Decimal, how: str = ROUND_HALF_UP) -> Decimal:
    return (number / step).to_integral_value(how) * step


def written(number: Decimal) -> int | float:
    """A number as JSON has it."""
    return int(number) if number == number.to_integral_value() else float(number)
