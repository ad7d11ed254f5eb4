"""What a firm is asked: the sections of the form, and which facts must be answered under the round's rulebooks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cultivation.programmes.models import Round
from cultivation.programmes.services import CAPABILITY, SIZES, pinned_library

if TYPE_CHECKING:
    from scoring import Indicator, Library, Rulebook


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    zh: str
    en: str
    groups: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section("company", "基本情况", "The company", ("company",)),
    Section("finance", "研发与财务", "R&D and finance", ("finance", "people")),
    Section("market", "市场与产品", "Market and products", ("market", "quality")),
    Section("creation", "知识产权创造", "IP creation", ("ip",)),
    Section("use", "知识产权运用", "IP use", ("use",)),
    Section("protection", "知识产权保护", "IP protection", ("protection",)),
    Section("management", "知识产权管理", "IP management", ("management",)),
    Section("standing", "资质与信用", "Titles and standing", ("innovation", "honour", "title", "veto")),
)
_SECTION_OF = {group: section.code for section in SECTIONS for group in section.groups}


@dataclass(frozen=True, slots=True)
class Field:
    """One question. It must be answered when the capability scorecard or the size table reads it."""

    indicator: "Indicator"
    section: str
    is_required: bool
    readers: tuple[dict[str, Any], ...]

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def evidence(self) -> str:
        """What the rulebooks want as proof, in the words of the first that says."""
        return next((row["evidence"] for row in self.readers if row["evidence"]), "")


def fields_of(round_: Round, lang: str = "zh") -> list[Field]:
    """Every fact that one of the round's rulebooks reads and a firm can tell, section by section.

    What only a reviewer may give (verdicts, experts' marks) is never asked of a firm.
    """
    from scoring import read_indicators

    library = pinned_library(round_)
    readers = _readers(library, "en" if lang == "en" else "zh")
    needed = _needed(library)
    order = [section.code for section in SECTIONS]
    fields = [
        Field(one, _SECTION_OF[one.group], one.code in needed, tuple(readers.get(one.code, ())))
        for one in read_indicators().values()
        if not one.is_judgement and one.group in _SECTION_OF and (one.code in readers or one.code in needed)
    ]
    return sorted(fields, key=lambda field: order.index(field.section))


def _readers(library: "Library", lang: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for rulebook in _ordered(library):
        for code, rows in _described(rulebook, lang).items():
            found.setdefault(code, []).extend(rows)
    return found


@lru_cache(maxsize=256)
def _described(rulebook: "Rulebook", lang: Any) -> dict[str, list[dict[str, Any]]]:
    """A published rulebook never changes, so it is described once a process."""
    from scoring import describe_readers

    found = describe_readers(rulebook, lang)
    return {code: [_named(rulebook, row, lang) for row in rows] for code, rows in found.items()}


def _ordered(library: "Library") -> list["Rulebook"]:
    """The capability scorecard first: its bands are what the form draws."""
    return sorted(library.rulebooks.values(), key=lambda rulebook: rulebook.body.id != CAPABILITY)


def _named(rulebook: "Rulebook", row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    body = rulebook.body
    return {
        "programme": body.id,
        "rulebook": rulebook.key,
        "document": body.document,
        "rulebook_title": getattr(body.title, lang),
        **row,
    }


def _needed(library: "Library") -> frozenset[str]:
    return frozenset(code for rulebook in library.rulebooks.values() for code in _needs(rulebook))


def _needs(rulebook: "Rulebook") -> Iterator[str]:
    if rulebook.body.id == CAPABILITY:
        yield from _described(rulebook, "zh")
    if rulebook.body.id == SIZES:
        yield "industry_code"
        yield from (fact for row in rulebook.body.sizes for fact in row.facts)
