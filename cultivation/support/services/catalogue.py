"""The services that a plan may hold, as data. Everything that moves points here is our own calibration."""

from functools import cache
from importlib.resources import files
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Effort = Literal["low", "medium", "high"]
Provider = Literal["P", "M", "B", "U"]
PlanKind = Literal["advance", "maintenance"]
Scalar = bool | int | str


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Change(_Data):
    """What one service does to one fact: exactly one of four ways. `from` names the values it starts from.

    `zh` is the label of the value set. `up_to` is the most a number can be; it also closes what is promised of a number
    that is unknown today.
    """

    indicator: str
    set: Scalar | None = None
    zh: str = ""
    start: tuple[Scalar, ...] = Field(default=(), alias="from")
    at_least: int | None = None
    add: int | None = None
    up_to: int | None = None
    years_on: int | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.set, self.at_least, self.add, self.years_on]
        if sum(way is not None for way in ways) != 1:
            raise ValueError(f"{self.indicator}: exactly one of set, at_least, add, years_on")
        if (self.set is not None) != bool(self.start):
            raise ValueError(f"{self.indicator}: `set` and `from` go together")
        return self


class Precondition(_Data):
    """Met when any of the facts reaches the number; a service whose precondition is known to fail is not offered."""

    any: tuple[str, ...]
    at_least: int


class Duration(_Data):
    zh: str
    weeks: tuple[int, int]


class Service(_Data):
    code: str
    zh: str
    en: str
    deliverable: str
    providers: tuple[Provider, ...]
    duration: Duration
    effort: Effort
    requires: tuple[Precondition, ...] = ()
    changes: tuple[Change, ...] = ()
    free_resource: str = ""
    note: str = ""

    @property
    def weeks(self) -> int:
        """Plans reckon with the longest usual duration."""
        return self.duration.weeks[1]


class Budget(_Data):
    """What a firm can take on: effort points, weeks to the last due date, services at the same time."""

    effort: int
    weeks: int
    parallel: int


class Rectification(_Data):
    """What stands against the firm, and what it must do first."""

    zh: str
    todo: str


class Catalogue(_Data):
    source_status: Literal["calibrated"]
    budgets: dict[PlanKind, Budget]
    paperwork_weeks: int
    effort_points: dict[Effort, int]
    packages: dict[str, tuple[str, ...]]
    services: tuple[Service, ...]
    rectifications: dict[str, Rectification]
    default_rectification: Rectification

    def effort_of(self, service: Service) -> int:
        return self.effort_points[service.effort]

    def rectification_of(self, veto: str) -> Rectification:
        return self.rectifications.get(veto, self.default_rectification)

    def package_of(self, tracks: tuple[str, ...]) -> frozenset[str]:
        return frozenset(code for track in tracks for code in self.packages.get(track, ()))


def parse_catalogue(text: str) -> Catalogue:
    return Catalogue.model_validate(yaml.safe_load(text))


@cache
def load_catalogue() -> Catalogue:
    return parse_catalogue(files(__package__).joinpath("catalogue.yaml").read_text("utf-8"))
