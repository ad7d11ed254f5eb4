"""Numbers that people can read, where any number of a range will do."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

DIGITS = 2


def round_between(below: float, at: float) -> Decimal:
    """The roundest number above one number and not above another: the largest multiple of the largest power of ten."""
    low, high = Decimal(repr(below)), Decimal(repr(at))
    for place in range(max(number.adjusted() for number in (low, high) if number), -18, -1):
        step = Decimal(1).scaleb(place)
        number = (high / step).to_integral_value(ROUND_FLOOR) * step
        if low < number and below < float(number):
            return number.normalize()
    return high


def round_off(number: float) -> Decimal:
    """A number to two significant digits."""
    exact = Decimal(repr(number))
    if not exact:
        return Decimal(0)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - DIGITS + 1), ROUND_HALF_EVEN).normalize()
