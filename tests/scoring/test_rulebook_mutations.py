"""One thing broken in each shipped rulebook: exactly that law is named, with file, line and place (P04)."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scoring import LAW_TITLES, find_breaches, load_library, parse_rulebook, read_indicators
from scoring.checks import check_files, check_laws
from scoring.rights import RIGHT_KINDS
from scoring.rulebook import read_files

Keys = tuple[str | int, ...]
Document = dict[str, Any]
Broken = tuple[Keys, Callable[[Document], None]]
SHIPPED = load_library().rulebooks
TRIED = 4


def walk(found: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    yield path, found
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, one in inner:
        yield from walk(one, (*path, key))


def at(document: Document, path: Keys) -> Any:
    for key in path:
        document = document[key]
    return document


def nodes(document: Document, *keys: str) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """Places of the mappings that have some keys."""
    return ((path, found) for path, found in walk(document) if isinstance(found, dict) and set(keys) <= found.keys())


def put(path: Keys, key: str, value: Any) -> Callable[[Document], None]:
    return lambda document: at(document, path).__setitem__(key, value)


def take(path: Keys, key: str) -> Callable[[Document], None]:
    return lambda document: at(document, path).pop(key)


def number(written: object) -> float:
    text = str(written)
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def numbers(points: Any) -> list[float]:
    return [number(one) for one in (points if isinstance(points, list) else [points, points])]


def rising(bands: list[dict[str, Any]]) -> list[int]:
    return sorted(range(len(bands)), key=lambda index: number(bands[index].get("from", "-1e15")))


def sums_that_do_not_add_up(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "max"):
        if "parts" in node or "score" in node:
            yield path, put(path, "max", 999)


def gaps(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "bands"):
        for below, above in zip(rising(node["bands"]), rising(node["bands"])[1:], strict=False):
            place = (*path, "bands", above)
            border = number(node["bands"][above]["from"])
            end = number(node["bands"][above].get("to", border + 2))
            yield place, put(place, "from", border + (end - border) / 2)
            yield place, put((*path, "bands", below), "to", border + (end - border) / 2)


def closed_ends(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "bands"):
        first, *_, last = rising(node["bands"])
        yield (*path, "bands", first), put((*path, "bands", first), "from", number(node["bands"][first]["to"]) - 1)
        yield (*path, "bands", last), put((*path, "bands", last), "to", number(node["bands"][last]["from"]) + 1)


def empty_bands(document: Document) -> Iterator[Broken]:
    """Between two bands one that ends where it begins."""
    for path, node in nodes(document, "bands"):
        _, above, *_ = rising(node["bands"])
        border = node["bands"][above]["from"]
        empty = {"from": border, "to": border, "points": node["bands"][above]["points"]}
        place = (*path, "bands")
        yield (
            (*place, above),
            lambda document, place=place, above=above, empty=empty: at(document, place).insert(above, empty),
        )


def bands_open_in_the_middle(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "bands"):
        below, above, *_ = rising(node["bands"])
        yield (*path, "bands", above), take((*path, "bands", below), "to")


def fallen_points(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "bands", "monotone"):
        order = rising(node["bands"])
        order = order if node["monotone"] == "up" else order[::-1]
        worse, better = order[:2]
        most = numbers(node["bands"][better]["points"])[1]
        yield (*path, "bands", better), put((*path, "bands", worse), "points", most + 1)


def facts_that_do_not_exist(document: Document) -> Iterator[Broken]:
    for key in ("fact", "verdict", "not_barred", "not_expired", "by", "mark"):
        yield from ((path, put(path, key, "no_such_fact")) for path, node in nodes(document, key))
    yield from (
        (path, put(path, "value", {"sum": ["revenue", "no_such_fact"]})) for path, _ in nodes(document, "value")
    )
    yield from ((path, put(path, "of", "no_such_fact")) for path, _ in nodes(document, "class", "fact"))


def facts_of_another_type(document: Document) -> Iterator[Broken]:
    for key in ("verdict", "not_barred", "not_expired", "mark", "by"):
        yield from ((path, put(path, key, "address")) for path, _ in nodes(document, key))
    yield from ((path, put(path, "value", "own_brand")) for path, _ in nodes(document, "value"))
    yield from ((path, put(path, "fact", "revenue")) for path, _ in nodes(document, "fact", "is"))
    yield from ((path, put(path, "fact", "revenue")) for path, _ in nodes(document, "fact", "choices"))


def choices_that_do_not_exist(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "fact", "is"):
        if not isinstance(node["is"], bool):
            yield path, put(path, "is", ["no_such_choice"])
    for path, node in nodes(document, "fact", "choices"):
        yield path, take((*path, "choices"), next(iter(node["choices"])))


def choices_nobody_can_work_towards(document: Document) -> Iterator[Broken]:
    yield from ((path, put(path, "to", ["no_such_choice"])) for path, _ in nodes(document, "class", "to"))


def lines_on_parts_that_do_not_exist(document: Document) -> Iterator[Broken]:
    for path, _ in nodes(document, "pass"):
        place = (*path, "pass", 0)
        yield place, put(place, "of", ["no-such-part"])


def ids_used_twice(document: Document) -> Iterator[Broken]:
    named = [
        path for path, node in nodes(document, "id", "title") if path and "effort" not in path and "rights" not in path
    ]
    for path in named[1:]:
        yield path, put(path, "id", at(document, named[0])["id"])


def titles_left_out(document: Document) -> Iterator[Broken]:
    for path, _ in nodes(document, "id", "title"):
        if path and "effort" not in path:
            yield path, put((*path, "title"), "en", " ")


def sources_left_out(document: Document) -> Iterator[Broken]:
    """A leaf whose only source is its own."""
    for path, node in nodes(document, "source"):
        above = [at(document, path[:length]) for length in range(1, len(path))]
        is_alone = not any(isinstance(one, dict) and "source" in one for one in above)
        is_leaf = not {"all", "any", "by", "parts", "cases"} & node.keys()
        if is_alone and is_leaf and path[:1] in {("scope",), ("criteria",), ("vetoes",), ("tiers",), ("scorecard",)}:
            yield path, take(path, "source")


def bands_out_of_reach(document: Document) -> Iterator[Broken]:
    """The lowest band ends below what the value can be."""
    for path, node in nodes(document, "bands"):
        first, second, *_ = rising(node["bands"])
        least = read_indicators()[node["value"]].least if isinstance(node["value"], str) else None
        if least == 0 and numbers(node["bands"][first]["points"])[1] < numbers(node["bands"][second]["points"])[1]:

            def break_(document: Document, path: Keys = path, first: int = first, second: int = second) -> None:
                bands = at(document, (*path, "bands"))
                bands[first]["to"] = bands[second]["from"] = -1

            yield (*path, "bands", first), break_


def shares_beyond_the_whole(document: Document) -> Iterator[Broken]:
    """A percentage is 100 at most: no firm gets into the highest band from 200, nor into one from 150 to 200."""
    for path, node in nodes(document, "bands"):
        indicator = read_indicators().get(node["value"]) if isinstance(node["value"], str) else None
        if indicator is not None and indicator.type == "percent":
            place, last = (*path, "bands"), rising(node["bands"])[-1]
            points = node["bands"][last]["points"]

            def highest(document: Document, place: Keys = place, last: int = last, points: Any = points) -> None:
                at(document, place)[last]["to"] = 200
                at(document, place).append({"from": 200, "points": points})

            def middle(document: Document, place: Keys = place, last: int = last, points: Any = points) -> None:
                at(document, place)[last]["to"] = 150
                at(document, place).extend(
                    [{"from": 150, "to": 200, "points": points}, {"from": 200, "points": points}]
                )

            yield (*place, len(node["bands"])), highest
            yield (*place, len(node["bands"])), middle


def rungs_out_of_reach(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "ladder"):
        if len(node["ladder"]) > 1:
            place = (*path, "ladder", 1)
            yield place, put(place, "points", node["ladder"][0]["points"])


def parts_without_effect(document: Document) -> Iterator[Broken]:
    """The maximum whatever is said. A ratio still has effect: with nothing to divide by it gives none."""
    for path, node in nodes(document, "bands"):
        if not isinstance(node["value"], str):
            continue
        most = max(node["bands"], key=lambda band: numbers(band["points"])[1])["points"]

        def level(document: Document, path: Keys = path, most: Any = most) -> None:
            for band in at(document, (*path, "bands")):
                band["points"] = numbers(most)[1]

        yield path, level
    for path, node in nodes(document, "choices", "fact"):
        most = max(numbers(points)[1] for points in node["choices"].values())
        yield path, put(path, "choices", dict.fromkeys(node["choices"], most))


def maxima_out_of_reach(document: Document) -> Iterator[Broken]:
    for path, node in nodes(document, "bands"):
        best = max(numbers(band["points"])[1] for band in node["bands"])

        def lower(document: Document, path: Keys = path, best: float = best) -> None:
            for band in at(document, (*path, "bands")):
                if numbers(band["points"])[1] == best:
                    band["points"] = [min(numbers(band["points"])[0], best - 0.5), best - 0.5]

        points = [numbers(band["points"]) for band in node["bands"]]
        if "monotone" not in node or all(high <= best - 0.5 for _, high in points if high < best):
            yield path, lower
    for path, _ in nodes(document, "items", "each"):
        yield path, put(path, "each", 0.01)


def thresholds_out_of_order(document: Document) -> Iterator[Broken]:
    tiers = document.get("tiers", [])
    for index, _ in list(enumerate(tiers))[1:]:
        yield ("tiers", index), take(("tiers", index), "at_least")
        if index > 1:
            yield ("tiers", index), put(("tiers", index), "at_least", tiers[index - 1]["at_least"])
    if tiers:
        yield ("tiers", 0), put(("tiers", 0), "at_least", 1)


def tiers_out_of_reach(document: Document) -> Iterator[Broken]:
    if "tiers" in document:
        place = ("tiers", len(document["tiers"]) - 1)
        yield place, put(place, "at_least", document["scorecard"]["max"] + 1)
        never = {"all": [{"fact": "own_brand", "is": True}, {"value": "revenue", "less_than": 0}]}
        yield place, lambda document: at(document, place).setdefault("gates", []).append(never)


def vetoes_without_id(document: Document) -> Iterator[Broken]:
    for index, _ in enumerate(document.get("vetoes", [])):
        yield ("vetoes", index), take(("vetoes", index), "id")


def reserved_ids(document: Document) -> Iterator[Broken]:
    if "scorecard" in document:
        place = ("scorecard", "parts", 0)
        yield place, put(place, "id", "score")


def cases_out_of_order(document: Document) -> Iterator[Broken]:
    for path, _ in nodes(document, "by", "cases"):
        yield path, lambda document, path=path: at(document, (*path, "cases")).reverse()
        yield path, take((*path, "cases", 0), "from")


def sizes_that_fall(document: Document) -> Iterator[Broken]:
    for index, row in enumerate(document.get("sizes", [])):
        yield ("sizes", index), put(("sizes", index), "medium", [bound * 1000 for bound in row["large"]])
        if index:
            first = document["sizes"][0]["industries"][0]
            yield ("sizes", index), put(("sizes", index), "industries", [first])


def periods_that_end_before_they_begin(document: Document) -> Iterator[Broken]:
    place = ("applies", 0)
    yield place, lambda document: at(document, place).update({"from": "2026-05-02", "to": "2026-05-01"})


def counts_that_are_none(document: Document) -> Iterator[Broken]:
    for index, rule in enumerate(document.get("rights", [])):
        place = ("rights", index)
        yield place, put(place, "counts", "no_such_count")
        yield place, put(place, "counts", "employees")
        if index:
            yield place, put(place, "counts", document["rights"][0]["counts"])
        if "closed_by" in rule.get("unlisted", {}):
            yield place, put((*place, "unlisted"), "closed_by", "revenue")


def rules_without_source(document: Document) -> Iterator[Broken]:
    for index, _ in enumerate(document.get("rights", [])):
        yield ("rights", index), take(("rights", index), "source")


def taken(document: Document, rule: dict[str, Any]) -> list[str]:
    """The kinds of right a rule takes, its own or those of the rule it stands within."""
    return rule.get("kinds") or taken(document, next(one for one in document["rights"] if one["id"] == rule["within"]))


def kinds_the_rule_does_not_take(document: Document) -> Iterator[Broken]:
    for index, rule in enumerate(document.get("rights", [])):
        for path, node in nodes(rule, "for"):
            place = ("rights", index, *path)
            yield (
                place,
                put(
                    place,
                    "for",
                    [*node["for"], next(kind for kind in RIGHT_KINDS if kind not in taken(document, rule))],
                ),
            )


def terms_that_never_decide(document: Document) -> Iterator[Broken]:
    """The same term again, below the one that takes all its rights."""
    for path, node in nodes(document, "in_force"):
        place, last = (*path, "in_force"), copy.deepcopy(node["in_force"][-1])
        yield (*place, len(node["in_force"])), lambda document, place=place, last=last: at(document, place).append(last)


def conditions_that_never_decide(document: Document) -> Iterator[Broken]:
    """The same condition again: neither fails anything by itself."""
    for index, rule in enumerate(document.get("rights", [])):
        place = ("rights", index, "where")
        for condition in rule["where"]:
            if not {"all", "any"} & condition.keys():
                again = {key: value for key, value in condition.items() if key != "id"}
                yield (
                    (*place, len(rule["where"])),
                    lambda document, place=place, again=again: at(document, place).append(copy.deepcopy(again)),
                )


MUTATIONS: dict[str, tuple[Callable[[Document], Iterator[Broken]], ...]] = {
    "adds-up": (sums_that_do_not_add_up,),
    "bands": (gaps, closed_ends, empty_bands, bands_open_in_the_middle),
    "monotone": (fallen_points,),
    "known-facts": (
        facts_that_do_not_exist,
        facts_of_another_type,
        choices_that_do_not_exist,
        choices_nobody_can_work_towards,
    ),
    "known-parts": (lines_on_parts_that_do_not_exist,),
    "unique-ids": (ids_used_twice,),
    "titles": (titles_left_out,),
    "sources": (sources_left_out,),
    "reachable": (bands_out_of_reach, rungs_out_of_reach, shares_beyond_the_whole),
    "no-dead-parts": (parts_without_effect,),
    "maximum": (maxima_out_of_reach,),
    "tiers": (thresholds_out_of_order,),
    "reachable-tiers": (tiers_out_of_reach,),
    "named-vetoes": (vetoes_without_id, reserved_ids),
    "cases-in-order": (cases_out_of_order,),
    "sizes": (sizes_that_fall,),
    "periods": (periods_that_end_before_they_begin,),
    "counts": (counts_that_are_none,),
    "rule-sources": (rules_without_source,),
    "kinds": (kinds_the_rule_does_not_take, terms_that_never_decide),
    "decides": (conditions_that_never_decide,),
}
# An id that no longer is what a line names is a second fault by itself; so is a part of which nothing can be reached.
ALSO = {"unique-ids": {"known-parts"}, "reachable": {"no-dead-parts"}}


def spread(found: list[Broken]) -> list[Broken]:
    """A few, from the first to the last."""
    step = max(1, len(found) // TRIED)
    return found[::step]


def cases() -> Iterator[Any]:
    for law, kinds in MUTATIONS.items():
        for kind in kinds:
            for key, rulebook in SHIPPED.items():
                if found := spread(list(kind(rulebook.document()))):
                    yield pytest.param(law, key, found, id=f"{kind.__name__}-{key}")


CASES = list(cases())


@pytest.mark.parametrize(("law", "key", "broken"), CASES)
def test_the_law_and_the_place_are_named(law: str, key: str, broken: list[Broken]) -> None:
    for path, change in broken:
        document, file = SHIPPED[key].document(), f"{key}.yaml"
        change(document)
        rulebook = parse_rulebook(json.dumps(document, ensure_ascii=False, indent=1), file=file)
        faults = check_laws(rulebook)
        assert {fault.law for fault in faults} - ALSO.get(law, set()) == {law}, path
        assert (law, file, path, rulebook.source.lines[path]) in {
            (fault.law, fault.file, fault.path, fault.line) for fault in faults
        }
        assert all(has_han(fault.zh) and not has_han(fault.en) for fault in faults)


def has_han(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


FILES = dict(read_files())
SME, RIGHTS = "srdi-sme/2026.yaml", "rights-sme-2026/2026.yaml"
# Laws of files and of rulebooks side by side: what is changed, what is named, and the words on its line.
AMONG: dict[str, tuple[dict[str, str], str, str]] = {
    "text": ({SME: FILES[SME].replace("issuer:", "id: srdi-sme  # again\nissuer:")}, SME, "id: srdi-sme  # again"),
    "schema": ({SME: FILES[SME].replace("issuer:", "formula: 1\nissuer:")}, SME, "formula: 1"),
    "file-name": ({"srdi-sme/2027.yaml": FILES[SME], SME: ""}, "srdi-sme/2027.yaml", "id: srdi-sme"),
    "one-in-force": ({SME: FILES[SME].replace("from: 2026-04-01", "from: 2026-03-31")}, SME, "- kinds: [new]"),
    "one-count": (
        {
            RIGHTS: FILES[RIGHTS].replace("counts: class1_ip_self_applied_in_use", "counts: class1_ip_plain"),
            "rights-sme-2026/cases.yaml": "",
        },
        "rights-tech/2017.yaml",
        "- id: class1",
    ),
    "cases": (
        {"ip-advantage/cases.yaml": FILES["ip-advantage/cases.yaml"].replace('"54.9": unmet', '"54.9": met')},
        "ip-advantage/cases.yaml",
        "- {title: 测评得分线",
    ),
}


@pytest.mark.parametrize("law", AMONG)
def test_a_law_of_files_is_named_with_its_place(law: str) -> None:
    changed, name, words = AMONG[law]
    files = {name: text for name, text in {**FILES, **changed}.items() if text}
    line = files[name][: files[name].index(words)].count("\n") + 1
    assert [(fault.law, fault.file, fault.line) for fault in check_files(list(files.items()))] == [(law, name, line)]


def test_a_version_that_stands_in_two_files_is_named() -> None:
    """Both files can't have the right name, so the one law brings the other."""
    other = "old/2026.yaml"
    faults = list(check_files([*FILES.items(), (other, FILES[SME])]))
    assert {(fault.law, fault.file, fault.line) for fault in faults} == {
        ("file-name", other, 1),
        ("unique-key", other, 1),
    }


def test_every_law_is_broken_by_some_mutation_alone_and_has_a_title() -> None:
    tried = {case.values[0] for case in CASES}
    assert tried | AMONG.keys() | {"unique-key"} == LAW_TITLES.keys()
    assert all(has_han(title.zh) and title.en for title in LAW_TITLES.values())


def test_a_rulebook_as_shipped_breaks_nothing() -> None:
    assert {key: found for key, rulebook in SHIPPED.items() if (found := find_breaches(rulebook))} == {}
