"""Published rulebooks as anybody reads them: all of them, one in full, and which of them applies (U07, E14)."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere
from cultivation.programmes.models import PublishedRulebook
from cultivation.programmes.services.rounds import HUBEI
from cultivation.programmes.services.rulebooks import CAPABILITY, SIZES, parsed_rulebook, published_library
from cultivation.programmes.states import KINDS, Kind, Lang

if TYPE_CHECKING:
    from scoring import Library, Rulebook

Plain = dict[str, Any]


def list_rulebooks(*, on: date, lang: Lang = "zh") -> list[Plain]:
    """Every scheme with its versions, the newest first, each with the kinds it is in force for on a day."""
    library = published_library()
    return [{"code": code, "versions": _versions(code, library, on, lang)} for code in scheme_codes(library)]


def scheme_codes(library: "Library") -> list[str]:
    """The scorecard, the programmes in their fixed order, what else there is, and the size classes."""
    from scoring import PROGRAMMES

    known = {rulebook.body.id for rulebook in library.rulebooks.values()}
    first = [code for code in (CAPABILITY, *PROGRAMMES) if code in known]
    last = [SIZES] if SIZES in known else []
    return [*first, *sorted(known - {*first, *last}), *last]


def _versions(code: str, library: "Library", on: date, lang: Lang) -> list[Plain]:
    found = [rulebook for rulebook in library.rulebooks.values() if rulebook.body.id == code]
    found.sort(key=lambda rulebook: rulebook.body.version, reverse=True)
    return [_brief(rulebook, library, on, lang) for rulebook in found]


def _brief(rulebook: "Rulebook", library: "Library", on: date, lang: Lang) -> Plain:
    document = _described(rulebook.fingerprint, lang)
    head = ("key", "scheme", "version", "title", "issuer", "document", "status", "note", "periods", "fingerprint")
    in_force = [kind for kind in KINDS if is_in_force(rulebook, library, kind, on)]
    return {**{name: document[name] for name in head}, "shape": _shape(rulebook), "in_force": in_force}


def _shape(rulebook: "Rulebook") -> str:
    body = rulebook.body
    return "scorecard" if body.scorecard else "sizes" if body.sizes else "rights" if body.rights else "programme"


def is_in_force(rulebook: "Rulebook", library: "Library", kind: Kind, on: date) -> bool:
    """In Hubei or anywhere in it, and not ended by its successor."""
    if library.is_ended(rulebook, kind=kind, region=HUBEI, on=on):
        return False
    return any(
        kind in period.kinds and (period.from_ is None or period.from_ <= on) and (period.to is None or on <= period.to)
        for period in rulebook.body.applies
    )


def read_rulebook(actor: Actor, *, scheme: str, version: str, lang: Lang = "zh") -> Plain:
    """One published rulebook in full."""
    record = PublishedRulebook.objects.visible_to(actor).filter(programme=scheme, version=version).first()
    if record is None:
        raise NotHere("没有这份规则书，或者还没有发布。")
    return _described(record.fingerprint, lang)


@lru_cache(maxsize=256)
def _described(fingerprint: str, lang: Lang) -> Plain:
    """A published rulebook never changes, so it is put into words once a process; nobody may write into it."""
    from scoring import describe_document

    return describe_document(parsed_rulebook(fingerprint), lang)


def find_applicable(*, on: date, region: str, lang: Lang = "zh") -> list[Plain]:
    """For every scheme the rulebook that applies to new applications and the one for renewals, with the reasons."""
    library = published_library()
    return [_answers(code, library, on, region, lang) for code in scheme_codes(library)]


def _answers(code: str, library: "Library", on: date, region: str, lang: Lang) -> Plain:
    answers: Plain = {kind: _answer(code, library, kind, on, region, lang) for kind in KINDS}
    return {"scheme": code, **answers, "differs": len({answer["key"] for answer in answers.values()}) > 1}


def _answer(code: str, library: "Library", kind: Kind, on: date, region: str, lang: Lang) -> Mapping[str, Any]:
    match = library.find(code, kind=kind, region=region, on=on, lang=lang)
    if match.rulebook is None or match.period is None:
        return {
            **dict.fromkeys(("key", "version", "title", "document", "status", "from", "to")),
            "reason": match.reason,
        }
    body, period = match.rulebook.body, match.period
    return {
        "key": match.rulebook.key,
        "version": body.version,
        "title": getattr(body.title, lang),
        "document": body.document,
        "status": period.status or body.status,
        "from": period.from_,
        "to": period.to,
        "reason": match.reason,
    }


_APPLIES = ("key", "version", "title", "document", "status", "from", "to")


def list_indicators(*, lang: Lang = "zh") -> list[Plain]:
    """The catalogue of indicators as a form asks for them: units, choices in words, ranges, and who reads them."""
    from scoring import read_indicators

    readers = _readers()
    return [_indicator(indicator, readers.get(code, []), lang) for code, indicator in read_indicators().items()]


def _readers() -> dict[str, list[str]]:
    """Schemes by the indicator that they read."""
    library = published_library()
    found: dict[str, list[str]] = {}
    for code in scheme_codes(library):
        documents = [_described(r.fingerprint, "zh") for r in library.rulebooks.values() if r.body.id == code]
        for fact in {fact for document in documents for fact in document["facts"]}:
            found.setdefault(fact, []).append(code)
    return found


def _indicator(indicator: Any, readers: list[str], lang: Lang) -> Plain:
    return {
        "code": indicator.code,
        "group": indicator.group,
        "type": indicator.type,
        "unit": indicator.unit,
        "label": getattr(indicator, lang),
        "least": indicator.least,
        "most": indicator.most,
        "choices": [{"code": code, "label": words[lang == "en"]} for code, words in indicator.choices.items()],
        "is_judgement": indicator.is_judgement,
        "empty_is_none": indicator.empty_is_none,
        "schemes": readers,
    }
