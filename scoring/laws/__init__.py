"""The laws every rulebook keeps, and what breaks them, with the place and the reason in both languages (P04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..rulebook import Rulebook
from ..schema import Text
from ..yamltext import Keys
from .law import Law
from .naming import NAMING
from .points import POINTS
from .reach import REACH
from .rights import DECIDING, RIGHTS
from .tables import TABLES

# Each group is tried only when those before it hold: what can't be read can't be computed.
GROUPS: tuple[tuple[Law, ...], ...] = (NAMING, (*POINTS, *TABLES, *RIGHTS), (*REACH, *DECIDING))
_OTHERS: Mapping[str, Text] = {
    "text": Text(zh="文本可读", en="the text can be read"),
    "schema": Text(zh="格式正确", en="the document has the right shape"),
    "unique-key": Text(zh="版本唯一", en="each version is there once"),
    "file-name": Text(zh="文件名与编号一致", en="the file is named after its rulebook"),
    "one-count": Text(zh="同一指标只由一部规则书计数", en="an indicator is counted by one rulebook"),
    "one-in-force": Text(zh="同时只有一个版本有效", en="one version is in force at a time"),
    "cases": Text(zh="案例全部通过", en="all worked cases pass"),
}
LAW_TITLES: Mapping[str, Text] = {**{law.name: law.title for laws in GROUPS for law in laws}, **_OTHERS}


@dataclass(frozen=True)
class Breach:
    """One broken law.

    Attributes
    ----------
    law : str
        A key of ``LAW_TITLES``.
    node : str
        Id of the nearest named node, else the section of the document.
    zh, en : str
        What is wrong.
    path : tuple of str and int
        Keys and indexes that lead to the place in the document.
    line : int
        Line of the place in the text, from 1.
    """

    law: str
    node: str
    zh: str
    en: str
    path: Keys
    line: int


def find_breaches(rulebook: Rulebook) -> list[Breach]:
    """All breaches of the laws that one rulebook can keep by itself.

    Parameters
    ----------
    rulebook : Rulebook
        Valid in shape, as ``parse_rulebook`` gives it.

    Returns
    -------
    list of Breach
        Law by law. Sums, bands, tiers and sizes are tried only when names, facts and sources are in order, and what can
        be reached only when all of those are.
    """
    return next(filter(None, (list(_find(laws, rulebook)) for laws in GROUPS)), [])


def _find(laws: tuple[Law, ...], rulebook: Rulebook) -> Iterator[Breach]:
    yield from (
        Breach(
            law=law.name,
            node=rulebook.name_of(fault.node),
            zh=fault.zh,
            en=fault.en,
            path=rulebook.path_of(fault.node),
            line=rulebook.line_of(fault.node),
        )
        for law in laws
        for fault in law.find(rulebook)
    )
