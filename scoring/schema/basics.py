"""Numbers, texts and values: the small pieces of which rulebooks are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

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
_PERCENT = re.compile(r"^-?\d+(\.\d+)?%$")


def read_number(raw: object) -> Decimal:
    """A number as written: ``0.05``, ``100`` or ``5%``; never through binary arithmetic."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise ValueError(f"not a number: {raw!r}")
    text = raw.strip() if isinstance(raw, str) else repr(raw) if isinstance(raw, float) else str(raw)
    scale = Decimal(100) if _PERCENT.match(text) else Decimal(1)
    try:
        number = Decimal(text.rstrip("%")) / scale
    except ArithmeticError as problem:
        raise ValueError(f"not a number: {raw!r}") from problem
    if not number.is_finite() or (text.endswith("%") and scale == 1):
        raise ValueError(f"not a number: {raw!r}")
    return number


def read_points(raw: object) -> object:
    """Points are one number, or a range ``[7, 8]`` within which a person gives the mark."""
    if isinstance(raw, (list, tuple)):
        return tuple(read_number(part) for part in raw)
    return (read_number(raw), read_number(raw))


def read_value(raw: object) -> object:
    """``revenue`` is a fact; ``{ratio: [rd_expense, revenue]}`` is a kind with its arguments."""
    if isinstance(raw, str):
        return {"op": "fact", "code": raw}
    if isinstance(raw, Mapping) and "op" not in raw:
        if len(raw) != 1:
            raise ValueError("a value is a fact code or one kind with its arguments")
        op, args = next(iter(raw.items()))
        if op not in VALUE_ARITY or op == "fact":
            raise ValueError(f"unknown kind of value {op!r}; known: {', '.join(sorted(VALUE_ARITY))}")
        return {"op": op, "args": [args] if isinstance(args, str) else args}
    return raw


Number = Annotated[Decimal, BeforeValidator(read_number)]
Points = Annotated[tuple[Decimal, Decimal], BeforeValidator(read_points)]


class Node(BaseModel):
    """Base of everything in a rulebook: immutable, and strict about unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


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
            raise ValueError(f"{self.op} takes {least} to {most} arguments, not {len(self.args)}")
        return self

    @property
    def key(self) -> str:
        """The value written out, unique per meaning: used for caching and for readable traces."""
        return self.code or f"{self.op}({', '.join(arg.key for arg in self.args)})"

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
