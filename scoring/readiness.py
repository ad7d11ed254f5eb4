"""How ready a firm is for a designation that no number decides: what is met, what is open, what waits for the body.

A designation (chain leader, gold seed, silver seed) is a fact on record. What can be known beforehand is read from the
clauses of another rulebook that the firm is assessed by anyway, so nothing of it is stored with the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from .schema import Lang, Text
from .words import say
from .yamltext import read_yaml

Rows = Sequence[Mapping[str, Any]]
_STRICT = ConfigDict(extra="forbid", frozen=True)


class Awaited(BaseModel):
    """What only the designating body can say, and where that is written."""

    model_config = _STRICT
    title: Text
    source: str = Field(min_length=1)
    status: Literal["secondary", "awaiting"]


class Preparation(BaseModel):
    """What is known of one designation: the programme whose clauses tell something, and what waits for its body."""

    model_config = _STRICT
    reads: str | None = None
    status: Literal["calibrated"]
    note: Text
    awaits: tuple[Awaited, ...] = Field(min_length=1)


@cache
def read_preparations() -> Mapping[str, Preparation]:
    """What is known of each designation.

    Returns
    -------
    mapping of str to Preparation
        By programme code.
    """
    data = read_yaml(files("scoring").joinpath("readiness.yaml").read_text("utf-8")).data
    return TypeAdapter(dict[str, Preparation]).validate_python(data)


def describe_readiness(
    found: Mapping[str, Any], rows: Mapping[str, Rows], *, lang: Lang = "zh"
) -> dict[str, dict[str, Any]]:
    """Readiness for every designation.

    Parameters
    ----------
    found : mapping
        One element of what ``assess`` returns, also after a trip through JSON.
    rows : mapping of str to rows
        Its programmes as ``explain_clauses`` words them.
    lang : "zh" or "en"

    Returns
    -------
    dict
        By programme code: ``reads`` (the programme read, or None), its ``outcome``, ``paths``, ``awaits``, ``note``
        and ``status``. A path is one of the ways the rulebook leaves open: id, title, outcome, ``counts`` of its
        criteria by outcome, and the ``criteria`` as rows. No rulebook in force leaves no path.
    """
    return {
        code: {
            "reads": one.reads,
            "outcome": found["programmes"][one.reads]["outcome"] if one.reads else None,
            "paths": _paths(rows[one.reads]) if one.reads else [],
            "awaits": [
                {"title": say(each.title, lang), "source": each.source, "status": each.status} for each in one.awaits
            ],
            "note": say(one.note, lang),
            "status": one.status,
        }
        for code, one in read_preparations().items()
    }


def _paths(rows: Rows) -> list[dict[str, Any]]:
    """The ways that are open to a firm: the branches of an alternative at the top, or the whole."""
    tops = [row for row in rows if row["parent"] is None]
    ways = [way for top in tops for way in (_below(rows, top) if top["kind"] == "any" else [top])]
    return [_path(way, _below(rows, way) or [way]) for way in ways]


def _below(rows: Rows, above: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["parent"] == above["id"]]


def _path(way: Mapping[str, Any], criteria: Rows) -> dict[str, Any]:
    return {
        "id": way["id"],
        "title": way["title"],
        "outcome": way["outcome"],
        "counts": dict(Counter(row["outcome"] for row in criteria)),
        "criteria": list(criteria),
    }
