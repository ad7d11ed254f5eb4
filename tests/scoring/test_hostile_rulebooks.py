"""Rulebooks nobody should have written: refused with file, line and law, in both languages, quickly (P04)."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    Frame,
    Rulebook,
    RulebookError,
    describe_rulebook,
    diff_rulebooks,
    evaluate,
    find_breaches,
    load_library,
    parse_rulebook,
)
from scoring.__main__ import main
from scoring.rulebook import read_files
from scoring.yamltext import MAX_CHARACTERS
from tests.scoring.test_rulebook_mutations import at, has_han, walk

ON = date(2026, 5, 1)
SHIPPED = load_library().rulebooks
TEXT = dict(read_files())["ip-advantage/2023.yaml"]
PAIRS = zip("abcdefgh", "bcdefghi", strict=True)
LAUGHS = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in PAIRS)
BOMBS = {
    "laughs": (LAUGHS, "不允许使用锚点引用", 2),
    "merge": ("a: &a {x: 1}\nb:\n  <<: *a", "不允许使用锚点引用", 3),
    "itself": ("a: &a [*a]", "不允许使用锚点引用", 1),
    "deep sequence": ("a:\n  " + "[" * 100_000, "嵌套过深", 2),
    "deep mapping": ("{a: " * 100_000, "嵌套过深", 1),
    "deep keys": ("? " * 100_000, "嵌套过深", 1),
    "deep json": (json.dumps(copy.deepcopy([[]])).replace("[]", "[" * 100_000 + "]" * 100_000), "嵌套过深", 1),
    "long": ("a: " + "x" * MAX_CHARACTERS, f"超过{MAX_CHARACTERS}个字符", 1),
    "huge key": ("a" * 1_000_000 + ": 1", "不是有效的YAML", 1),
    "huge text": ("id: " + "a" * 1_000_000, "", 1),
    "huge number": ("id: x\nversion: " + "1" * 1_000_000, "不是十进制数", 2),
    "huge exponent": ("id: x\nversion: 1e99999", "", 1),
    "object": ("a: !!python/object/apply:os.system [ls]", "不允许使用标签", 1),
    "name": ("a: !!python/name:os.system", "不允许使用标签", 1),
    "own tag": ("a: !secret x", "不允许使用标签", 1),
    "binary": ("a: !!binary aGk=", "不允许使用标签", 1),
    "set": ("a: !!set {x: }", "不允许使用标签", 1),
    "two documents": ("a: 1\n---\nb: 2", "不是有效的YAML", 2),
    "nul": ("a: \0", "含有不允许的字符", 1),
    "control": ("a: \x1b[2J", "含有不允许的字符", 1),
    "tab": ("a:\n\t- x", "不是有效的YAML", 2),
    "list": ("- a\n- b", "应为一组键和值", 1),
    "word": ("hello", "应为一组键和值", 1),
    "nothing": ("# only a comment\n", "文件是空的", 1),
    "infinity": ("a: .inf", "不是十进制数", 1),
    "not a number": ("a: .nan", "不是十进制数", 1),
    "sexagesimal": ("a: 190:20:30", "不是十进制数", 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_its_line(name: str) -> None:
    text, words, line = BOMBS[name]
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(text, file="x.yaml")
    assert words in caught.value.zh
    assert (caught.value.file, caught.value.line) == ("x.yaml", line)
    assert caught.value.law in ("text", "schema")
    assert has_han(caught.value.zh)
    assert not has_han(caught.value.en)
    assert len(str(caught.value)) < 700


def write(folder: Path, content: bytes, name: str = "2023.yaml") -> Path:
    (folder / "ip-advantage").mkdir(exist_ok=True)
    (folder / "ip-advantage" / name).write_bytes(content)
    return folder / "ip-advantage" / name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LAUGHS.encode(), "2: text: 不允许使用锚点引用 (aliases are not allowed)"),
        (TEXT.encode("utf-16"), "1: text: 文件编码应为UTF-8 (expected UTF-8)"),
        (TEXT.encode("gb18030"), "1: text: 文件编码应为UTF-8 (expected UTF-8)"),
        (b"", "1: text: 文件是空的 (the file is empty)"),
    ],
)
def test_the_commands_name_file_line_and_law(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, content)
    assert main(["check", str(tmp_path)]) == 1
    assert words in capsys.readouterr().err
    assert main(["diff", str(path), "ip-capability/2026"]) == 2
    err = capsys.readouterr().err
    assert str(path) in err
    assert words.split(": ")[2].split(" (")[0] in err


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, b"")
    with path.open("r+b") as file:
        file.truncate(100_000_000)
    assert main(["check", str(tmp_path)]) == 1
    assert f"超过{MAX_CHARACTERS}个字符" in capsys.readouterr().err
    assert main(["diff", "ip-capability/2026", str(path)]) == 2
    assert f"超过{MAX_CHARACTERS}个字符" in capsys.readouterr().err


def test_a_folder_in_place_of_a_rulebook_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ip-advantage" / "2023.yaml").mkdir(parents=True)
    assert main(["check", str(tmp_path)]) == 1
    assert "无法打开文件 (can't open: Is a directory)" in capsys.readouterr().err
    assert main(["diff", str(tmp_path), "ip-capability/2026"]) == 2
    assert "Is a directory" in capsys.readouterr().err


def test_a_rulebook_that_breaks_a_law_is_not_computed_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TEXT.replace("value: cnipa_assessment_score", "value: no_such_fact").encode())
    assert main(["diff", "ip-advantage/2023", str(path)]) == 2
    assert "known-facts" in capsys.readouterr().err


def test_no_rulebooks_at_all_is_no_success(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path)]) == 1


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert main(["diff", "ip-advantage/2023", str(path)]) == 0
    assert capsys.readouterr().out == "没有差别\n"


STRANGE: list[Any] = [None, object(), b"id: x", {"id": object()}, {"id": float("nan")}, {1, 2}, {"a": {"b": b"c"}}]
itself: list[Any] = []
itself.append(itself)
STRANGE += [itself, {"x": itself}]


@pytest.mark.parametrize("raw", STRANGE, ids=range(len(STRANGE)))
def test_what_is_no_document_is_refused(raw: Any) -> None:
    with pytest.raises(RulebookError) as caught:
        parse_rulebook(raw)
    assert has_han(caught.value.zh)


LETTERS = ["\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\x9f", "😀", "\t", "\n", '"', "\\u0041", "a\u3000b"]


@pytest.mark.parametrize("letters", LETTERS)
def test_a_stored_document_keeps_every_letter(letters: str) -> None:
    document = copy.deepcopy(SHIPPED["ip-advantage/2023"].document())
    document["title"]["zh"] = f"甲{letters}乙"
    stored = parse_rulebook(json.loads(json.dumps(document)))
    assert stored.body.title.zh == f"甲{letters}乙"
    assert parse_rulebook(stored.document()).fingerprint == stored.fingerprint


VALUES = [
    None, True, False, -1, 0, 1, 10**18, -1e300, 1e-300, 0.1, "", " ", "5%", "-5%", "%", "1e5", "1e999", "2026-02-30",
    "2026-05-01", "revenue", "own_brand", "registered_on", "no_such_fact", "score", "vetoes", "../x", "é", "a b", "new",
    "official", "met", [], {}, [[]], [{}], ["revenue"], {"zh": "甲"}, {"zh": "甲", "en": "a"}, {"sum": []},
    {"op": "exec"}, {"sum": ["revenue"]}, {"ratio": ["revenue"]}, {"all": []}, {"fact": "own_brand", "is": True},
    [7, 8], [8, 7], [1], [1, 2, 3], {"from": 5, "points": 1}, {"points": [1, "x"]}, {"awaits": {"zh": "甲", "en": "a"}},
]  # fmt: skip
KEYS = ["at_least", "points", "id", "kinds", "from", "x", "max", "parts", "mark"]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_rulebook_with_anything_anywhere_is_refused_told_or_sound(data: st.DataObject) -> None:
    """What is no rulebook is refused; what breaks a law is told; and what is left can be computed and compared."""
    old = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    document = copy.deepcopy(old.document())
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path, _ in walk(document) if path]))
        place = at(document, path[:-1])
        if data.draw(st.booleans()):
            place[path[-1]] = data.draw(st.sampled_from(VALUES))
        elif isinstance(place, dict):
            place[data.draw(st.sampled_from(KEYS))] = place.pop(path[-1])
        else:
            place.append(place[path[-1]])
    try:
        new = parse_rulebook(document)
    except RulebookError as problem:
        told(problem.zh, problem.en)
        return
    breaches = find_breaches(new)
    for breach in breaches:
        told(breach.zh, breach.en)
    if not breaches:
        sound(old, new)


def told(zh: str, en: str) -> None:
    assert has_han(zh)
    assert en.isprintable()
    assert len(en) < 700


def sound(old: Rulebook, new: Rulebook) -> None:
    result = evaluate(new, Frame([{}, {"revenue": 5.0}], on=ON))
    assert len(result.outcome) == 2
    assert describe_rulebook(new) or new.body.sizes
    assert diff_rulebooks(old, new) or old.fingerprint != new.fingerprint or old.document() == new.document()
