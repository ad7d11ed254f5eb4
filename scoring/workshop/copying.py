"""A new version begun from another one (P02)."""

from __future__ import annotations

import copy
import re
from datetime import date
from typing import Any

from ..errors import ReasonError
from .cells import Raw

LONGEST_VERSION = 20
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class VersionError(ReasonError):
    """A text that can't name a version."""


def begin_version(document: Raw, version: str, *, starts: date, is_published: bool = True) -> dict[str, Any]:
    """The document of a new version: the same rules, in force from a day on in place of the one it is copied from.

    Parameters
    ----------
    document : mapping
        What to copy.
    version : str
        Letters, digits, ``.``, ``_`` and ``-``, at most 20.
    starts : date
        Its periods begin then; those that are over by that day are left out.
    is_published : bool
        Whether the copied one is a published version, which the new one then supersedes.

    Returns
    -------
    dict
        A draft; the copied one stays as it is.

    Raises
    ------
    VersionError
        The version is no such text.
    """
    if not _VERSION.fullmatch(version) or len(version) > LONGEST_VERSION:
        zh = f"版本号只能用字母、数字、点、下划线和连字符，最多{LONGEST_VERSION}个字符"
        raise VersionError(zh, f"a version is letters, digits, . _ and -, at most {LONGEST_VERSION}")
    begun = copy.deepcopy(dict(document))
    begun["version"] = version
    begun["applies"] = [_period(period, starts) for period in _running(document, starts)]
    if is_published:
        begun["supersedes"] = [f"{document['id']}/{document['version']}"]
    return begun


def _running(document: Raw, starts: date) -> list[Raw]:
    """Periods that are not over by a day; the last one where all are."""
    periods: list[Raw] = list(document["applies"])
    return [period for period in periods if _lasts(period, starts)] or periods[-1:]


def _lasts(period: Raw, day: date) -> bool:
    return period.get("to") is None or str(period["to"]) >= day.isoformat()


def _period(period: Raw, starts: date) -> dict[str, Any]:
    """One that would begin later on still does."""
    begins = max(str(period.get("from") or ""), starts.isoformat())
    kept = {key: value for key, value in period.items() if key != "to" or _lasts(period, starts)}
    return {**kept, "from": begins}
