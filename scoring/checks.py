"""``check``: read every rulebook and worked case, prove the laws, and name file, line and law of a breach (P04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import TextIO

from .cases import read_cases, read_right_cases, run_case
from .laws import find_breaches
from .rights.cases import Differences, run_right_case
from .rulebook import Library, Rulebook, RulebookError, load_library, parse_rulebook, read_files, twice
from .schema import Period
from .succession import find_overlaps, meet
from .tables import FileError

Files = list[tuple[str, str]]


def check_all(folder: Path | None, out: TextIO, err: TextIO) -> int:
    """Check the shipped rulebooks, or those in a folder of folders; 0 when all laws hold, else 1."""
    if folder is not None and not folder.is_dir():
        raise FileError("不是文件夹", "not a folder", file=folder)
    try:
        files = read_files(folder)
    except RulebookError as problem:
        print(problem, file=err)
        return 1
    faults = list(check_files(files))
    for fault in faults:
        print(fault, file=err)
    rulebooks = sum(not name.endswith("cases.yaml") for name, _ in files)
    texts = [text for name, text in files if name.endswith("cases.yaml")] if not faults else []
    cases = sum(len(read_cases(text)) + len(read_right_cases(text)) for text in texts)
    if not faults:
        print(
            f"{rulebooks}部规则书、{cases}个案例全部通过 ({rulebooks} rulebooks, {cases} cases: all laws hold)",
            file=out,
        )
    return int(bool(faults) or not rulebooks)


def check_files(files: Files) -> Iterator[RulebookError]:
    """Everything wrong with some files, each with file, line and law."""
    rulebooks, faults = _parse(files)
    yield from faults
    broken = [fault for rulebook in rulebooks for fault in check_laws(rulebook)]
    yield from broken
    yield from _check_overlaps(rulebooks)
    yield from _check_counts(rulebooks)
    if not faults and not broken:
        yield from _check_cases(files, rulebooks)


def check_laws(rulebook: Rulebook) -> list[RulebookError]:
    """The breaches of one rulebook by itself."""
    return [
        RulebookError(
            f"{breach.node}：{breach.zh}",
            f"{breach.node}: {breach.en}",
            law=breach.law,
            line=breach.line,
            file=rulebook.file,
            path=breach.path,
        )
        for breach in find_breaches(rulebook)
    ]


def _parse(files: Files) -> tuple[list[Rulebook], list[RulebookError]]:
    rulebooks: dict[str, Rulebook] = {}
    faults = []
    for name, text in files:
        if name.endswith("cases.yaml"):
            continue
        try:
            rulebook = parse_rulebook(text, file=name)
        except RulebookError as fault:
            faults.append(fault)
            continue
        faults += _check_name(rulebook, name)
        if rulebook.key in rulebooks:
            faults.append(twice(rulebook))
        rulebooks[rulebook.key] = rulebook
    return list(rulebooks.values()), faults


def _check_name(rulebook: Rulebook, name: str) -> list[RulebookError]:
    if name == f"{rulebook.key}.yaml":
        return []
    zh, en = f"{rulebook.key}应放在{rulebook.key}.yaml", f"{rulebook.key} must stand in {rulebook.key}.yaml"
    return [RulebookError(zh, en, law="file-name", line=rulebook.source.line_of(("id",)), file=name)]


def _check_overlaps(rulebooks: Iterable[Rulebook]) -> Iterator[RulebookError]:
    """one-in-force: never two versions for the same kind, region and date."""
    known = {id(rulebook.body): rulebook for rulebook in rulebooks}
    for overlap in find_overlaps([rulebook.body for rulebook in known.values()]):
        yield overlapping(known[id(overlap.one[0])], known[id(overlap.two[0])], overlap.two[1])


def _check_counts(rulebooks: Iterable[Rulebook]) -> Iterator[RulebookError]:
    """one-count: what two rulebooks in force together count is not the same indicator."""
    counts = [(rulebook, rule) for rulebook in rulebooks for rule in rulebook.body.rights]
    bodies = [rulebook.body for rulebook in rulebooks]
    for (one, first), (two, second) in combinations(counts, 2):
        pairs = product(one.body.applies, two.body.applies) if first.counts == second.counts else ()
        if one.body.id != two.body.id and any(meet((one.body, a), (two.body, b), bodies) for a, b in pairs):
            zh, en = f"{one.key}已计{first.counts}", f"{one.key} counts {first.counts} already"
            line, path = two.line_of(second), two.path_of(second)
            yield RulebookError(zh, en, law="one-count", line=line, file=two.file, path=path)


def overlapping(one: Rulebook, two: Rulebook, period: Period) -> RulebookError:
    """What is wrong with a period of the second."""
    zh, en = "两段适用期重叠", "two of its periods overlap"
    if one is not two:
        zh, en = f"与{one.key}同时有效", f"in force together with {one.key}"
    line, path = two.line_of(period), two.path_of(period)
    return RulebookError(zh, en, law="one-in-force", line=line, file=two.file, path=path)


def _check_cases(files: Files, rulebooks: list[Rulebook]) -> Iterator[RulebookError]:
    library = Library(rulebooks)
    if not any(rulebook.body.sizes for rulebook in rulebooks):
        library = Library([*rulebooks, *(known for known in load_library().rulebooks.values() if known.body.sizes)])
    for name, text in files:
        if not name.endswith("cases.yaml"):
            continue
        try:
            for title, line, differences in _run_cases(name, text, library):
                for zh, en in differences:
                    yield RulebookError(f"{title}：{zh}", f"{title}: {en}", law="cases", line=line, file=name)
        except RulebookError as fault:
            yield fault


def _run_cases(name: str, text: str, library: Library) -> Iterator[tuple[str, int, Differences]]:
    for named in read_cases(text, file=name):
        yield named.case.title, named.line, run_case(named, library)
    for right in read_right_cases(text, file=name):
        yield right.case.title, right.line, run_right_case(right, library)
