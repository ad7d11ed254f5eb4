"""The words of the two data files, folded once: what headers and cell contents mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from cultivation.core.sheets.cells import clean

AMOUNTS = frozenset({"money", "integer", "number", "percent"})


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The form in which words are compared: half-width, lower case, no blanks."""
    return re.sub(r"\s", "", clean(text)).lower()


def read_data(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """What cell contents mean (words.yaml)."""

    unknown: frozenset[str]
    not_applicable: frozenset[str]
    zero: frozenset[str]
    booleans: Mapping[str, bool]
    column_booleans: Mapping[str, Mapping[str, bool]]
    levels: Mapping[str, int]
    choices: Mapping[str, Mapping[str, str]]
    approximate: tuple[str, ...]
    money_units: Mapping[str, Decimal]
    foreign_money: frozenset[str]
    count_units: frozenset[str]
    percent_units: frozenset[str]

    def boolean(self, code: str, word: str) -> bool | None:
        own = self.column_booleans.get(code, {})
        return own.get(word, self.booleans.get(word))


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of column: its code for last year and the years before, and how its cells are read."""

    code: str
    type: str
    years: tuple[str, ...] = field(default=())

    def code_for(self, years_back: int) -> str | None:
        if not self.years:
            return self.code if years_back <= 0 or self.type not in AMOUNTS else None
        return self.years[years_back] if 0 <= years_back < len(self.years) else None


@cache
def load_words() -> Words:
    data = read_data("words.yaml")
    return Words(
        unknown=_folded(data["unknown"]),
        not_applicable=_folded(data["not_applicable"]),
        zero=_folded(data["zero"]),
        booleans=_truths(data),
        column_booleans={code: _truths(words) for code, words in data["booleans"].items()},
        levels=_levels(data),
        choices={code: _by_wording(meanings) for code, meanings in data["choices"].items()},
        approximate=tuple(data["approximate"]),
        money_units={fold(unit): Decimal(factor) for unit, factor in data["money_units"].items()},
        foreign_money=_folded(data["foreign_money"]),
        count_units=_folded(data["count_units"]),
        percent_units=_folded(data["percent_units"]),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in words)


def _truths(data: Mapping[Any, Any]) -> dict[str, bool]:
    truths = {}
    for truth in (True, False):
        for word in data.get(str(truth).lower(), data.get(truth, ())):
            truths[fold(str(word))] = truth
    return truths


def _levels(data: Mapping[str, Any]) -> dict[str, int]:
    numerals = {str(number): number for number in range(10)} | data["levels"]
    return {form.format(word): number for word, number in numerals.items() for form in data["level_forms"]}


def _by_wording(meanings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    own = {fold(str(meaning)): str(meaning) for meaning in meanings}
    return own | {fold(str(word)): str(meaning) for meaning, words in meanings.items() for word in words}
