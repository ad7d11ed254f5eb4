"""Which indicator a column's header means: wordings are data, years are relative to the sheet's own year."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from .vocabulary import Column, Words, fold, load_words, read_data

_YEAR = re.compile(r"(?:截至|截止|fy)?(20\d\d)(?![\d.])(?:年12月31日|年12月底|年度末|年度|年末|年底|年)?")
_YEAR_RANGE = re.compile(r"(20\d\d)年?(?:度)?[-~至到—](20\d\d)年?(?:度)?")
_NUMBERING = re.compile(
    r"^(?:\(?\d{1,3}(?:\.\d{1,2})?(?:[、)]|\.(?!\d)|\.(?=20\d\d))|\(?[一二三四五六七八九十]{1,3}[、)]|[①-⑳])"
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_LATIN = re.compile(r"[a-z][a-z0-9/.,'&()\-]*")
_CHINESE_FIRST = re.compile(r"(.*?[\u4e00-\u9fff)])([a-z][a-z0-9/.,'&\-]{3,})")
_LATIN_FIRST = re.compile(r"([a-z][a-z0-9/.,'&\-]{3,}?)([\u4e00-\u9fff].*)")
_LEADS = re.compile(r"^(?:其中[:,、]?|注册地?[:])")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one header says: the column, how many years before last, and the unit it names."""

    column: Column
    years_back: int
    unit: str = ""

    @property
    def code(self) -> str | None:
        return self.column.code_for(self.years_back)


class HeaderBook:
    """All wordings of columns.yaml, compared with and without the words that say nothing."""

    def __init__(self, columns: Mapping[str, Mapping[str, object]], rules: Mapping[str, object], words: Words) -> None:
        self.words = words
        self.noise = sorted(map(str, _list(rules["noise"])), key=len, reverse=True)
        rewrite = [(fold(old), fold(str(new))) for old, new in _pairs(rules["rewrite"])]
        self.rewrite = sorted(rewrite, key=lambda pair: -len(pair[0]))
        self.year_words = sorted(
            ((fold(word), int(back)) for back, group in _pairs(rules["year_words"]) for word in map(str, _list(group))),
            key=lambda pair: -len(pair[0]),
        )
        self.qualifiers = [str(word) for word in _list(rules.get("qualifiers", ()))]
        self.remarks = {fold(str(word)) for word in _list(rules["remarks"])}
        self.columns = {code: self._column(code, data) for code, data in columns.items()}
        self.exact: dict[str, Column] = {}
        self.loose: dict[str, Column] = {}
        for code, data in columns.items():
            for name in _list(data["names"]):
                self._learn(str(name), self.columns[code])

    def meaning(self, levels: Sequence[str], *, last_year: int | None) -> Meaning | None:
        """What a header over several levels means; its leaf comes last. None when no wording fits."""
        parts = [self._read(level, last_year) for level in levels if level.strip()]
        if not parts:
            return None
        unit = next((part.unit for part in reversed(parts) if part.unit), "")
        if parts[-1].whole != parts[-1].text and (column := self._find(parts[-1].whole)) is not None:
            return Meaning(column, 0, unit)
        years_back = next((part.years_back for part in reversed(parts) if part.years_back is not None), 0)
        for text in _combinations([part.text for part in parts], self.qualifiers):
            if (column := self._find(text)) is not None:
                return Meaning(column, years_back, unit)
        return None

    def is_unit(self, text: str) -> bool:
        return bool(self._unit(fold(text).strip("()")))

    def suggestion(self, levels: Sequence[str]) -> str:
        """The nearest known wording, for the report on a column that can't be mapped."""
        text = self._read(levels[-1], None).text if levels else ""
        chinese = _LATIN.sub("", text)
        near = difflib.get_close_matches(chinese or text, self.exact, n=1, cutoff=0.6)
        return near[0] if near else ""

    def _column(self, code: str, data: Mapping[str, object]) -> Column:
        return Column(code, str(data["type"]), tuple(map(str, _list(data.get("years", ())))))

    def _learn(self, name: str, column: Column) -> None:
        text = self._rewritten(fold(name))
        self.exact.setdefault(text, column)
        if quiet := self._quiet(text):
            self.loose.setdefault(quiet, column)

    def _find(self, text: str) -> Column | None:
        if not text:
            return None
        for form in _languages(text):
            column = self.exact.get(form) or self.loose.get(self._quiet(form))
            if column is not None:
                return column
        return None

    def _read(self, header: str, last_year: int | None) -> "_Part":
        text = _NUMBERING.sub("", re.sub(r"[*＊★☆△▲#※:：]", "", fold(header)))
        text = _LEADS.sub("", text)
        text, unit = self._without_brackets(self._rewritten(text))
        whole = text
        text, years_back = self._without_year(text, last_year)
        return _Part(whole, self._rewritten(text), years_back, unit)

    def _without_brackets(self, text: str) -> tuple[str, str]:
        unit = ""

        def keep(match: re.Match[str]) -> str:
            nonlocal unit
            content = next(group for group in match.groups() if group is not None)
            found = self._unit(content)
            unit = found or unit
            is_remark = content in self.remarks or bool(re.match(r"(填|如|注|例|请|单位|格式|保留|精确)", content))
            return "" if found or is_remark or not content else f"({content})"

        text = _BRACKETS.sub(keep, text)
        for mark in ("/", ",", "、", "-"):
            head, found_mark, tail = text.rpartition(mark)
            if found_mark and self._unit(tail):
                return head, self._unit(tail)
        return ("", text) if self._unit(text) else (text, unit)

    def _unit(self, text: str) -> str:
        text = re.sub(r"^(金额)?单位:?", "", text)
        words = self.words
        known = text in words.money_units or text in words.count_units or text in words.percent_units
        return text if known or text in words.foreign_money else ""

    def _without_year(self, text: str, last_year: int | None) -> tuple[str, int | None]:
        if last_year is not None and (span := _YEAR_RANGE.search(text)):
            years = int(span[2]) - int(span[1]) + 1
            if int(span[2]) == last_year and years in (2, 3, 5):
                return f"近{'零一两三四五'[years]}年" + _tidy(_cut(text, span)), None
        if match := _YEAR.search(text):
            rest = _tidy(_cut(text, match))
            return rest, None if last_year is None else last_year - int(match[1])
        for word, back in self.year_words:
            if word in text:
                return _tidy(text.replace(word, "", 1)), back
        return _tidy(text), None

    def _rewritten(self, text: str) -> str:
        for old, new in self.rewrite:
            text = (
                re.sub(rf"(?<![a-z]){re.escape(old)}(?![a-z])", new, text) if old.isascii() else text.replace(old, new)
            )
        return text

    def _quiet(self, text: str) -> str:
        for word in self.noise:
            text = text.replace(word, "")
        return re.sub(r"[^\w%/+&]|_", "", text)


@dataclass(frozen=True, slots=True)
class _Part:
    """One level of a header: as it stands, without its year, the year it names, and its unit."""

    whole: str
    text: str
    years_back: int | None
    unit: str


@cache
def load_headers() -> HeaderBook:
    rules = read_data("columns.yaml")
    return HeaderBook(rules["columns"], rules, load_words())


@cache
def ledger_headers() -> HeaderBook:
    rules = read_data("ledger_columns.yaml")
    return HeaderBook(rules["columns"], rules, load_words())


def _combinations(texts: Sequence[str], qualifiers: Sequence[str]) -> Iterator[str]:
    """The leaf with the levels above it, then alone; with what a group says of it and the leaf does not."""
    said = [text for text in texts if text]
    if not said:
        return
    leaf, above = said[-1], said[:-1]
    for group in reversed(above):
        yield group + leaf
        yield leaf + group
    if len(above) > 1:
        yield "".join(said)
    missing = [word for word in qualifiers if word not in leaf and any(word in group for group in above)]
    yield "".join(missing) + leaf
    if not texts[-1]:
        yield re.sub(r"近[一二两三五]年", "", leaf)


def _languages(text: str) -> Iterator[str]:
    """The text, then its Chinese part and its Latin part, as headers in two languages need."""
    yield text
    for form in (_CHINESE_FIRST, _LATIN_FIRST):
        if match := form.fullmatch(text):
            yield from match.groups()
    chinese = _LATIN.sub("", text)
    if len(chinese) >= 2 and chinese != text:
        yield chinese


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + text[match.end() :]


def _tidy(text: str) -> str:
    return re.sub(r"\(\)|^[\-_/,、.]+|[\-_/,、.]+$", "", text)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []


def _pairs(value: object) -> list[tuple[str, object]]:
    return [(str(key), item) for key, item in value.items()] if isinstance(value, Mapping) else []
