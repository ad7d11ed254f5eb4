"""Numbers to be reached or kept below."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from ..errors import ReasonError
from .basics import Id, Node, Number, Sourced


class Limits(Node):
    """Exactly one comparison, or ``between`` with both ends included."""

    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    between: tuple[Number, Number] | None = None

    @model_validator(mode="after")
    def _compares_once(self) -> Self:
        names = list(Limits.model_fields)
        if sum(getattr(self, name) is not None for name in names) != 1:
            raise ReasonError(f"只能写一种比较：{'、'.join(names)}", f"exactly one of {', '.join(names)}")
        return self


class Threshold(Sourced, Limits):
    """A line the score, or the sum of the named parts, must reach."""

    of: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _is_reached_from_below(self) -> Self:
        if self.at_least is None and self.more_than is None:
            raise ReasonError("分数线只能用at_least或more_than", "a line takes at_least or more_than")
        return self
