"""Numbers, texts and values: the small pieces of which rulebooks are made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from ..errors import ReasonError, as_text, shorten
from ..once import once
from ..yamltext import Keys

SourceStatus = Literal["official", "secondary", "calibrated"]
Kind = Literal["new", "renewal"]
Lang = Literal["zh", "en"]
SizeClass = Literal["large", "medium", "small", "micro"]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
FactCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

VALUE_ARITY: dict[str, tuple[int, int]] = {
    "fact": (0, 0),
    "ratio": (2, 2),
    "growth": (2, 2),
    "mean_growth": (3, 3),
    "hnte_growth": (3, 3),
    "compound_growth": (2, 2),
    "sum": (2, 9),
    "mean": (2, 9),
    "difference": (2, 2),
    "first_known": (2, 9),
    "years_since": (1, 1),
}
_WRITTEN = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(%|[eE][+-]?\d{1,3})?", re.ASCII)
LARGEST = Decimal(10) ** 15
SMALLEST = Decimal(10) ** -15


def read_number(raw: object) -> Decimal:
    """A number as written: ``0.05``, ``100`` or ``5%``; never through binary arithmetic."""
    text = repr(raw) if isinstance(raw, float) else as_text(raw).strip()
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)) or not _WRITTEN.fullmatch(text):
        raise ReasonError(f"{shorten(raw)}不是数", f"not a number: {shorten(raw)}")
    number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if number and not SMALLEST <= abs(number) < LARGEST:
        raise ReasonError(f"{shorten(raw)}太大或太小", f"{shorten(raw)} is too large or too small")
    return number


def read_points(raw: object) -> object:
    """Points are one number, or a range ``[7, 8]`` within which a person gives the mark."""
    if not isinstance(raw, (list, tuple)):
        return (read_number(raw), read_number(raw))
    numbers = tuple(read_number(part) for part in raw)
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        zh, en = "分值范围应为由小到大的两个数", "a range of points is two numbers, the lower first"
        raise ReasonError(zh, en)
    return numbers


def read_value(raw: object) -> object:
    """``revenue`` is a fact; ``{ratio: [rd_expense, revenue]}`` is a kind with its arguments."""
    if isinstance(raw, str):
        return {"op": "fact", "code": raw}
    if isinstance(raw, Mapping):
        if len(raw) != 1:
            raise ReasonError(
                "数值应是一个指标，或者一种算法和它的参数", "a value is a fact code or one kind with its arguments"
            )
        op, args = next(iter(raw.items()))
        if op not in VALUE_ARITY or op == "fact":
            kinds = sorted(VALUE_ARITY.keys() - {"fact"})
            raise ReasonError(
                f"没有算法“{op}”，有{'、'.join(kinds)}", f"unknown kind of value {op!r}; known: {', '.join(kinds)}"
            )
        return {"op": op, "args": [args] if isinstance(args, str) else args}
    return raw


Number = Annotated[Decimal, BeforeValidator(read_number)]
Points = Annotated[tuple[Decimal, Decimal], BeforeValidator(read_points)]


class Node(BaseModel):
    """Base of everything in a rulebook: immutable, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def walk_nodes(node: Node, path: Keys = (), name: str = "") -> Iterator[tuple[Node, Keys, str]]:
    """A node and everything in it, depth first, each with its keys and indexes and the id nearest around it."""
    name = getattr(node, "id", None) or name
    yield node, path, name
    for field, info in type(node).model_fields.items():
        yield from _walk_field(getattr(node, field), (*path, info.alias or field), name)


def _walk_field(found: object, path: Keys, name: str) -> Iterator[tuple[Node, Keys, str]]:
    if isinstance(found, Node):
        yield from walk_nodes(found, path, name)
    elif isinstance(found, tuple):
        for index, one in enumerate(found):
            yield from _walk_field(one, (*path, index), name)


class Text(Node):
    zh: str
    en: str


class Value(Node):
    """One number made of facts. ``args`` nest, so a ratio of two sums is a value too."""

    op: str
    args: tuple[ValueField, ...] = ()
    code: FactCode | None = None

    @model_validator(mode="after")
    def _has_its_arguments(self) -> Self:
        least, most = VALUE_ARITY[self.op]
        if not least <= len(self.args) <= most:
            raise ReasonError(
                f"{self.op}要{least}至{most}个参数，这里有{len(self.args)}个",
                f"{self.op} takes {least} to {most} arguments, not {len(self.args)}",
            )
        return self

    @property
    @once
    def key(self) -> str:
        """The value written out, unique per meaning: used for caching and for readable traces."""
        return self.code or f"{self.op}({', '.join(arg.key for arg in self.args)})"

    @once
    def facts(self) -> tuple[str, ...]:
        """Codes of the facts it reads, in order, each once."""
        found = [self.code] if self.code else [code for arg in self.args for code in arg.facts()]
        return tuple(dict.fromkeys(found))


ValueField = Annotated[Value, BeforeValidator(read_value)]


class Sourced(Node):
    """What a reader must be able to look up: title, clause of the document, status of the number."""

    id: Id | None = None
    title: Text | None = None
    source: str | None = None
    status: SourceStatus | None = None
    note: Text | None = None


Value.model_rebuild()
