"""How hard it is to change a fact: classes with whole costs, and the class of every fact a firm can work on."""

from __future__ import annotations

from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator

from ..errors import ReasonError
from .basics import FactCode, Id, Node, Number, SourceStatus, Text


class EffortClass(Node):
    """A kind of effort and what one step of it costs, in whole units of our own."""

    id: Id
    title: Text
    cost: int = Field(ge=1, le=1000)


class FactEffort(Node):
    """What changing one fact takes.

    A step is the whole change, or with ``each`` every so much of it begun: so many units, a share of another fact
    (``of``), or choices. ``direction`` is the better side of a number or a yes/no, ``to`` the choices that can be
    worked towards. Facts that are not listed stay as they are.
    """

    fact: FactCode
    class_: Id = Field(alias="class")
    each: Number | None = Field(default=None, gt=0)
    of: FactCode | None = None
    direction: Literal["up", "down"] = "up"
    to: tuple[str, ...] = ()


class Effort(Node):
    """Effort classes of a scorecard; ``report`` is the class of stating a fact that has not been given."""

    source: str
    status: SourceStatus
    note: Text | None = None
    classes: tuple[EffortClass, ...] = Field(min_length=1)
    report: Id
    facts: tuple[FactEffort, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        twice = [name for names in self._names() for name, count in Counter(names).items() if count > 1]
        if twice:
            raise ReasonError(f"{'、'.join(twice)}出现两次", f"{', '.join(twice)}: there twice")
        known = {row.id for row in self.classes}
        unknown = sorted({self.report, *(row.class_ for row in self.facts)} - known)
        if unknown:
            raise ReasonError(
                f"没有工作量级别{'、'.join(unknown)}，有{'、'.join(sorted(known))}",
                f"no effort class {', '.join(unknown)}; known: {', '.join(sorted(known))}",
            )
        return self

    def _names(self) -> tuple[list[str], list[str]]:
        return [row.id for row in self.classes], [row.fact for row in self.facts]

    def class_of(self, name: str) -> EffortClass:
        return next(row for row in self.classes if row.id == name)
