"""What nobody should have written gets the same sentence from the library, the command and the API (E13, U07)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from rest_framework.test import APIClient

from scoring import BadValue, parse_fact
from scoring.__main__ import main

pytestmark = pytest.mark.django_db
HOSTILE: list[tuple[str, Any, str]] = [
    ("revenue", 1e18, "超出范围"),
    ("revenue", 10**18, "超出范围"),
    ("revenue", 1e300, "超出范围"),
    ("revenue", -5, "超出范围"),
    ("revenue", "NaN", "应为数字"),
    ("revenue", "Infinity", "应为数字"),
    ("revenue", "1e999", ""),
    ("revenue", True, "应为数字"),
    ("revenue", [1], "应为数字"),
    ("revenue", {"a": 1}, "应为数字"),
    ("revenue", "9" * 5000, ""),
    ("employees", 1.5, "整数"),
    ("own_brand", 2, ""),
    ("ip_department", "everywhere", "everywhere"),
    ("industry_code", "C3912", ""),
    ("registered_on", "0001-01-01", "早于1900-01-01"),
    ("registered_on", "2026-02-30", "日期"),
    ("registered_on", 1746057600, "日期"),
    ("registered_on", "2026-05-01\u0000", ""),
]


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> Iterator[None]:
    caches["local"].clear()
    yield
    caches["local"].clear()


def ask(api: APIClient, facts: Any) -> Any:
    answer = api.post("/api/v1/try", {"facts": facts, "on": "2026-05-01"}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize(("code", "raw", "words"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_bad_value_is_told_alike_at_every_door(
    code: str, raw: Any, words: str, api: APIClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BadValue) as caught:
        parse_fact(code, raw)
    sentence = caught.value.zh
    assert words in sentence
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", code: raw}), "utf-8")
    assert main(["assess", str(tmp_path / "a.jsonl"), "--on", "2026-05-01"]) == 1
    captured = capsys.readouterr()
    assert f"第1行 {code}列：{sentence}，按未知处理" in captured.err
    found = ask(api, {code: raw})
    assert [(one["code"], one["sentence"]) for one in found["problems"]] == [(code, sentence)]
    unknown = json.loads(captured.out)
    assert [found["score"]["low"], found["score"]["high"]] == unknown["capability"]["score"] == [0, 105]


def test_a_code_that_is_none_is_told_at_every_door(
    api: APIClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyError):
        parse_fact("no_such_fact", 1)
    (tmp_path / "a.jsonl").write_text('{"id": "a", "no_such_fact": 1}', "utf-8")
    assert main(["assess", str(tmp_path / "a.jsonl"), "--on", "2026-05-01"]) == 0
    assert "不认识的列，已忽略：no_such_fact" in capsys.readouterr().err
    assert [one["code"] for one in ask(api, {"no_such_fact": 1})["problems"]] == ["no_such_fact"]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_json_has_no_word_for_is_refused_or_told(
    word: str, api: APIClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = f'{{"facts": {{"revenue": {word}}}}}'.encode()
    answer = api.post("/api/v1/try", data=body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    (tmp_path / "a.jsonl").write_text(f'{{"id": "a", "revenue": {word}}}', "utf-8")
    assert main(["assess", str(tmp_path / "a.jsonl"), "--on", "2026-05-01"]) == 1
    assert "第1行 revenue列：应为数字" in capsys.readouterr().err
