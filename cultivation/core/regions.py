"""The divisions of Hubei: which six-digit code a wording of a place means. Pure data, no database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Self, TypeVar

import yaml

T = TypeVar("T")

UNPLACED = "属地未填"

SUFFIX = re.compile(r"(土家族苗族自治州|土家族自治县|林区|地区|[省市州区县])$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a firm is: the division (one of 17), and the county unit or functional zone when one was named."""

    division: str
    county: str | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    aliases: tuple[str, ...]
    counties: Mapping[str, str] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Zone:
    """A functional zone (功能区) with an office of its own; never a division of GB/T 2260."""

    name: str
    division: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class RegionTable:
    """Finds places by code or by any usual wording, and the division that a code belongs to."""

    def __init__(
        self,
        province: tuple[str, str],
        divisions: Iterable[Division],
        zones: Iterable[Zone],
        replaced: Mapping[str, str],
    ) -> None:
        self.province, self.province_name = province
        self.divisions = tuple(divisions)
        self.zones = tuple(zones)
        self.replaced = dict(replaced)
        self._names = {division.code: division.name for division in self.divisions} | {
            code: name for division in self.divisions for code, name in division.counties.items()
        }
        self._division = {code: code for code in (d.code for d in self.divisions)} | {
            code: division.code for division in self.divisions for code in division.counties
        }
        self._division_names = _longest_first((n, d.code) for d in self.divisions for n in d.names)
        self._zone_names = _longest_first((n, z) for z in self.zones for n in z.names)

    @classmethod
    def parse(cls, document: Mapping[str, Any]) -> Self:
        return cls(
            province=(document["province"]["code"], document["province"]["name"]),
            divisions=[
                Division(d["code"], d["name"], tuple(d["aliases"]), dict(d["counties"])) for d in document["divisions"]
            ],
            zones=[Zone(z["name"], z["division"], tuple(z["aliases"])) for z in document["zones"]],
            replaced=document["replaced"],
        )

    def find(self, text: str) -> Place | None:
        """The place that a code or a wording means; None when it is not known or contradicts itself."""
        wording = _fold(text)
        if wording.isdigit():
            return self._by_code(wording)
        wording = wording.removeprefix("中国").removeprefix(self.province_name).removeprefix("湖北")
        return self._by_name(wording) if wording else None

    def division_of(self, code: str) -> str | None:
        """The code of the division that a division's or county's code belongs to."""
        return self._division.get(self.replaced.get(code, code))

    def name_of(self, code: str) -> str | None:
        return self.province_name if code == self.province else self._names.get(self.replaced.get(code, code))

    def label_of(self, code: str) -> str:
        """What is shown for a firm's region: its name, or that none is known."""
        return self.name_of(code) or UNPLACED

    def _by_code(self, code: str) -> Place | None:
        code = code.ljust(6, "0") if len(code) == 4 else code
        code = self.replaced.get(code, code)
        division = self._division.get(code)
        if division is None:
            return None
        return Place(division, code if code in self._counties_of(division) else None)

    def _by_name(self, wording: str) -> Place | None:
        division, rest = self._take_division(wording)
        zone = next((zone for name, zone in self._zone_names for part in (wording, rest) if part == name), None)
        if zone is not None:
            return Place(zone.division, zone=zone.name) if division in (None, zone.division) else None
        if division is not None and rest == "":
            return Place(division, division if division in self._counties_of(division) else None)
        county = self._county(wording if division is None else rest, division) or self._county(wording, None)
        return None if county is None else Place(self._division[county], county)

    def _take_division(self, wording: str) -> tuple[str | None, str]:
        for name, code in self._division_names:
            if wording.startswith(name):
                return code, wording.removeprefix(name)
        return None, wording

    def _county(self, wording: str, division: str | None) -> str | None:
        within = [d for d in self.divisions if division in (None, d.code)]
        for form in (str, _stem):
            found = [c for d in within for c, name in d.counties.items() if form(name) == form(wording)]
            if len(found) == 1:
                return found[0]
        return None

    def _counties_of(self, division: str) -> Mapping[str, str]:
        return next(d.counties for d in self.divisions if d.code == division)


def _fold(text: str) -> str:
    return re.sub(r"[\s·・/\-—>()（）、,]", "", unicodedata.normalize("NFKC", text))


def _stem(name: str) -> str:
    return SUFFIX.sub("", name)


def _longest_first(pairs: Iterable[tuple[str, T]]) -> list[tuple[str, T]]:
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def load_regions() -> RegionTable:
    """The shipped table of Hubei."""
    text = files(__package__).joinpath("regions.yaml").read_text("utf-8")
    return RegionTable.parse(yaml.safe_load(text))
