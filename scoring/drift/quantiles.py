"""Quantiles of the distributions that bounds are drawn from, to the few digits a bound is read to; without scipy."""

from __future__ import annotations

import math
from statistics import NormalDist

TWO_SIDED = 0.95


def normal_quantile(share: float) -> float:
    return NormalDist().inv_cdf(share)


def t_quantile(share: float, freedom: float) -> float:
    """Student's t.

    Parameters
    ----------
    share : float
        Below the quantile, 0.5 to 1.
    freedom : float
        Degrees of freedom, at least 3.

    Returns
    -------
    float
        Within 1 % for 0.975 and within 3 % for 0.999.

    References
    ----------
    .. [1] M. Abramowitz, I. A. Stegun, *Handbook of Mathematical Functions*, 26.7.5.
    """
    z = normal_quantile(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))


def chi_square_quantile(share: float, freedom: int) -> float:
    """Chi-square, by the cube-root transformation; within 1 % from 3 degrees of freedom at 0.95.

    References
    ----------
    .. [1] E. B. Wilson, M. M. Hilferty, "The distribution of chi-square", PNAS 17 (1931) 684-688.
    """
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + normal_quantile(share) * math.sqrt(spread)) ** 3)
