"""The same unusual values in two firms: two forms that may have been written from one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from ..facts import Fact

FEWEST_SHARED = 4
MOST_HOLDERS = 5
SHARE_OF_ALL = 0.01
DIGITS = 3


@dataclass(frozen=True)
class Shared:
    """One value in both firms.

    Attributes
    ----------
    code : str
        The fact.
    value : Fact
    holders : int
        How many firms have it in all.
    """

    code: str
    value: Fact
    holders: int


@dataclass(frozen=True)
class Copied:
    """Two firms and the unusual values they share.

    Attributes
    ----------
    firms : (str, str)
    shared : tuple of Shared
        In the order of the first firm's facts.
    """

    firms: tuple[str, str]
    shared: tuple[Shared, ...]


def find_copies(firms: Mapping[str, Mapping[str, Fact]]) -> list[Copied]:
    """Pairs of firms that share four or more unusual values.

    A value is unusual when it has three significant digits or more, or is a date, and no more firms hold it than two or
    one in a hundred, five at the most. Round numbers, counts of a few, yes/no and choices coincide by themselves.

    Parameters
    ----------
    firms : mapping of str to mapping of str to Fact
        Facts of each firm.

    Returns
    -------
    list of Copied
        Those with most values first.
    """
    most = min(MOST_HOLDERS, max(2, int(len(firms) * SHARE_OF_ALL)))
    holders: dict[tuple[str, Fact], list[str]] = defaultdict(list)
    for firm in sorted(firms):
        for code, fact in firms[firm].items():
            if is_specific(fact):
                holders[code, fact].append(firm)
    pairs: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for (code, fact), names in holders.items():
        for pair in combinations(names, 2) if len(names) <= most else ():
            pairs[pair].append(Shared(code, fact, len(names)))
    found = [Copied(pair, tuple(shared)) for pair, shared in pairs.items() if len(shared) >= FEWEST_SHARED]
    return sorted(found, key=lambda copied: (-len(copied.shared), copied.firms))


def is_specific(fact: Fact) -> bool:
    """Whether two firms hardly have it by chance."""
    if isinstance(fact, date):
        return fact > date.min
    if isinstance(fact, bool) or not isinstance(fact, (int, float)):
        return False
    return len(Decimal(repr(float(fact))).normalize().as_tuple().digits) >= DIGITS
