"""The shape of what ``assess`` answers, by version, so that an old case is compared in the shape of its own day (P07).

A result is kept for ever with the version it was made under. A later program may say more, never otherwise: a new key
is a new version and stands in ``ADDED``; no key is taken away, and none changes its meaning. What a rulebook gives is
held by the recorded cases in ``tests/scoring/recorded``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OUTPUT_VERSION = 1
ADDED: Mapping[int, tuple[str, ...]] = {}
"""Keys that came with each version, as dotted paths from an assess object; ``*`` is every key or element."""


def as_version(
    found: Mapping[str, Any],
    version: int,
    *,
    newest: int = OUTPUT_VERSION,
    added: Mapping[int, tuple[str, ...]] = ADDED,
) -> dict[str, Any]:
    """An assess object as an earlier version of the program gave it.

    Parameters
    ----------
    found : mapping
        One element of what ``assess`` returns now.
    version : int
        The version wanted, 1 to ``newest``.
    newest : int
        The version of ``found``.
    added : mapping of int to tuple of str
        What each version added.

    Returns
    -------
    dict
        A new object without the keys that later versions added; what is left is shared with ``found``.

    Raises
    ------
    ValueError
        No such version, or one of a newer program.
    """
    if not 1 <= version <= newest:
        raise ValueError(f"output version {version} is not one of 1 to {newest}")
    later = [path.split(".") for number, paths in added.items() if number > version for path in paths]
    return {key: _without(value, _below(later, key)) for key, value in found.items() if [key] not in later}


def _below(paths: list[list[str]], key: str) -> list[list[str]]:
    return [path[1:] for path in paths if len(path) > 1 and path[0] in (key, "*")]


def _without(value: Any, paths: list[list[str]]) -> Any:
    if not paths:
        return value
    if isinstance(value, list):
        return [_without(element, _below(paths, "*")) for element in value]
    if isinstance(value, Mapping):
        return {key: _without(part, _below(paths, key)) for key, part in value.items() if [key] not in paths}
    return value
