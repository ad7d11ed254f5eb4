"""Rulebooks: read, validate, fingerprint, and find the one in force.

A fingerprint is the SHA-256 of the document's canonical JSON, so it is the same from a file and from a database.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import ValidationError

from .errors import ReasonError, shorten
from .schema import Kind, Lang, Node, Period, RulebookDocument, walk_nodes
from .shape import explain_error
from .succession import in_force, is_ended
from .yamltext import MAX_CHARACTERS, Document, Keys, TextError, as_text, read_yaml


class RulebookError(ReasonError):
    """A rulebook that breaks a law; says where and which.

    Attributes
    ----------
    zh, en : str
        What is wrong.
    law : str
        A key of ``LAW_TITLES``: ``text`` (broken YAML), ``schema``, or another law that ``check`` proves.
    line : int
        Line in the file, from 1.
    file : str
        Name of the file, where there is one.
    path : tuple of str and int
        Keys and indexes that lead to the place in the document.
    """

    def __init__(self, zh: str, en: str, *, law: str, line: int = 1, file: str = "", path: Keys = ()) -> None:
        super().__init__(zh, en)
        self.law = law
        self.line = line
        self.file = file
        self.path = path

    def __str__(self) -> str:
        return f"{self.file + ':' if self.file else ''}{self.line}: {self.law}: {super().__str__()}"


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One dated document, validated.

    Attributes
    ----------
    body : RulebookDocument
        What it says.
    source : Document
        The plain data it was read from, with lines.
    file : str
        Where it was read, for messages.
    """

    body: RulebookDocument
    source: Document = field(repr=False)
    file: str = ""

    @property
    def key(self) -> str:
        """Scheme and version, as in ``ip-capability/2026``."""
        return f"{self.body.id}/{self.body.version}"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, hexadecimal."""
        text = json.dumps(self.source.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def document(self) -> dict[str, Any]:
        """The plain document as written, a new copy each time: what is stored, fingerprinted and edited."""
        document: dict[str, Any] = deepcopy(self.source.data)
        return document

    @cached_property
    def places(self) -> int:
        """Decimal places of a scorecard's points; sums of them have no more. Programmes count in few."""
        numbers = self.body.scorecard.numbers() if self.body.scorecard else ()
        return max((-int(number.as_tuple().exponent) for number in numbers), default=0)

    @property
    def validity_years(self) -> int | None:
        """How many years a title under it lasts, where it says so."""
        return self.body.validity.years if self.body.validity else None

    @cached_property
    def _places(self) -> dict[int, tuple[Node, Keys, str]]:
        return {id(node): (node, path, name) for node, path, name in walk_nodes(self.body)}

    def nodes(self) -> list[Node]:
        """Everything in the document, the small pieces included, in its order."""
        return [node for node, _, _ in self._places.values()]

    def name_of(self, node: Node) -> str:
        """Id of a node, or of the nearest one around it."""
        return self._places[id(node)][2]

    def path_of(self, node: Node) -> Keys:
        """Keys and indexes that lead to a node in the document as written."""
        return self.source.locate(self._places[id(node)][1])

    def line_of(self, node: Node) -> int:
        """Line of a node in the text, from 1."""
        return self.source.line_of(self._places[id(node)][1])

    def __deepcopy__(self, memo: object) -> Rulebook:
        return self


@dataclass(frozen=True)
class Match:
    """What is in force, or nothing, and why.

    Attributes
    ----------
    rulebook : Rulebook or None
    reason : str
        In a sentence.
    period : Period or None
        That of the rulebook which the date lies in.
    """

    rulebook: Rulebook | None
    reason: str
    period: Period | None = None


def twice(rulebook: Rulebook) -> RulebookError:
    zh, en = f"{rulebook.key}出现两次", f"{rulebook.key} is there twice"
    return RulebookError(zh, en, law="unique-key", file=rulebook.file)


class Library:
    """Rulebooks by scheme.

    At most one is in force for a kind, region and date: the law ``one-in-force``. Where it is broken, the one that
    began last is found.

    Parameters
    ----------
    rulebooks : iterable of Rulebook
        From files or from a database; each key once.
    """

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        self.rulebooks: dict[str, Rulebook] = {}
        for rulebook in rulebooks:
            if rulebook.key in self.rulebooks:
                raise twice(rulebook)
            self.rulebooks[rulebook.key] = rulebook

    def get(self, key: str) -> Rulebook:
        """A rulebook by its key, such as ``ip-capability/2026``.

        Raises
        ------
        KeyError
            There is no such rulebook.
        """
        return self.rulebooks[key]

    def is_ended(self, rulebook: Rulebook, *, kind: Kind, region: str, on: date) -> bool:
        """Whether a version that supersedes a rulebook has begun for a kind and region."""
        bodies = (other.body for other in self.rulebooks.values())
        return is_ended(rulebook.body, bodies, kind=kind, region=region, on=on)

    def find(self, programme: str, *, kind: Kind, region: str, on: date, lang: Lang = "zh") -> Match:
        """The rulebook in force, with its reason in one language.

        Parameters
        ----------
        programme : str
            Id of a scheme; one that no rulebook has gives no match.
        kind : "new" or "renewal"
            Kind of application.
        region : str
            Six-digit division code.
        on : date
            Date of application.
        lang : "zh" or "en"

        Returns
        -------
        Match
            Its rulebook is None when none is in force.

        Raises
        ------
        ReasonError
            No such kind, no six digits, or no date.
        """
        _refuse_nonsense(kind, region, on)
        found = [
            (rulebook, period)
            for rulebook in self.rulebooks.values()
            if rulebook.body.id == programme and not self.is_ended(rulebook, kind=kind, region=region, on=on)
            for period in rulebook.body.applies
            if in_force(period, kind=kind, region=region, on=on)
        ]
        if found:
            rulebook, period = max(found, key=lambda one: one[1].from_ or date.min)
            return Match(rulebook, _why(rulebook, period, kind, on, lang), period)
        return Match(None, _NOTHING[lang].format(on=on.isoformat(), kind=_KINDS[lang][kind]))


_KINDS: Mapping[Lang, Mapping[Kind, str]] = {
    "zh": {"new": "新申报", "renewal": "复核"},
    "en": {"new": "new applications", "renewal": "renewals"},
}
_NOTHING: Mapping[Lang, str] = {
    "zh": "{on}没有适用于{kind}的现行规则。",
    "en": "On {on} no rulebook is in force for {kind}.",
}


def _refuse_nonsense(kind: object, region: object, on: object) -> None:
    if kind not in ("new", "renewal"):
        raise ReasonError(f"没有申报类型{shorten(kind)}", f"no such kind of application: {shorten(kind)}")
    if not isinstance(region, str) or not re.fullmatch("[0-9]{6}", region):
        raise ReasonError(f"{shorten(region)}不是六位行政区划代码", f"not a six-digit division code: {shorten(region)}")
    if not isinstance(on, date) or isinstance(on, datetime):
        raise ReasonError(f"{shorten(on)}不是日期", f"not a date: {shorten(on)}")


def _why(rulebook: Rulebook, period: Period, kind: Kind, on: date, lang: Lang) -> str:
    body, day, whose = rulebook.body, on.isoformat(), _KINDS[lang][kind]
    if lang == "en":
        reason = f"On {day} {whose} follow “{body.title.en}” ({body.document})"
        return f"{reason}: {period.reason.en}" if period.reason else f"{reason}."
    reason = f"{day}的{whose}适用《{body.title.zh}》（{body.document}）"
    return f"{reason}：{period.reason.zh}" if period.reason else f"{reason}。"


def parse_rulebook(raw: str | Mapping[str, Any], *, file: str = "") -> Rulebook:
    """Read and validate one rulebook from YAML text, or from a stored document.

    Parameters
    ----------
    raw : str or mapping
        Text of at most two million characters, or plain data as ``Rulebook.document`` gives it.
    file : str
        Its name, for messages.

    Returns
    -------
    Rulebook
        Valid in shape; ``find_breaches`` proves the laws.

    Raises
    ------
    RulebookError
        With line and law.
    """
    body, source = read_document(RulebookDocument, raw, file=file)
    return Rulebook(body, source, file)


Model = TypeVar("Model", bound=Node)


def read_document(model: type[Model], raw: object, *, file: str = "") -> tuple[Model, Document]:
    """A document of some shape, with the places of everything in it.

    Raises
    ------
    RulebookError
        For the first thing that is wrong with the text or its shape.
    """
    try:
        source = read_yaml(raw if isinstance(raw, str) else as_text(raw))
        return model.model_validate(source.data), source
    except TextError as problem:
        raise RulebookError(problem.zh, problem.en, law="text", line=problem.line, file=file) from problem
    except ValidationError as problem:
        first = problem.errors()[0]
        path = source.locate(first["loc"])
        zh, en = explain_error(first, path)
        raise RulebookError(zh, en, law="schema", line=source.line_of(path), file=file, path=path) from problem


@cache
def load_library() -> Library:
    """The shipped rulebooks, read and validated once.

    Returns
    -------
    Library
        The same object each time.
    """
    return Library(parse_rulebook(text, file=name) for name, text in read_files() if not name.endswith("cases.yaml"))


def read_text(file: Traversable) -> str:
    """The text of a rulebook's file.

    Raises
    ------
    RulebookError
        It can't be read, is no UTF-8, or is longer than any rulebook.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(4 * MAX_CHARACTERS + 1)
        if len(content) <= 4 * MAX_CHARACTERS:
            return content.decode("utf-8-sig")
        zh, en = f"超过{MAX_CHARACTERS}个字符", f"longer than {MAX_CHARACTERS} characters"
    except OSError as problem:
        zh, en = "无法打开文件", f"can't open: {problem.strerror}"
    except UnicodeDecodeError:
        zh, en = "文件编码应为UTF-8", "expected UTF-8"
    raise RulebookError(zh, en, law="text", file=str(file))


def read_files(root: Traversable | None = None) -> list[tuple[str, str]]:
    """Name and text of every YAML file under the rulebooks, in order of name."""
    root = root or files("scoring").joinpath("rulebooks")
    folders = sorted((folder for folder in root.iterdir() if folder.is_dir()), key=lambda folder: folder.name)
    return [
        (f"{folder.name}/{file.name}", read_text(file))
        for folder in folders
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yaml")
    ]
