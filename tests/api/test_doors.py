"""Every address of the API: who is not signed in gets no further than the public pages (O01, O02)."""

import re
from typing import Any

import pytest
import yaml
from rest_framework.test import APIClient

from tests.contracts.source import ROOT

DOCUMENT = yaml.safe_load((ROOT / "docs" / "generated" / "openapi.yaml").read_text())
OPERATIONS = sorted((path, method) for path, item in DOCUMENT["paths"].items() for method in item)
PUBLIC = {path for path, _ in OPERATIONS if path.startswith("/api/v1/public/")} | {
    "/api/v1/site",
    "/api/v1/openapi",
    "/api/v1/try",
}


def filled(path: str) -> str:
    """Words where the address wants words; every other gap takes a number."""
    words = {"name": "score", "token": "abc", "kind": "diagnosis_report", "key": "00000000-0000-4000-8000-000000000000"}
    return re.sub(r"\{(\w+)\}", lambda gap: words.get(gap[1], "1"), path)


def ask(api: APIClient, path: str, method: str) -> Any:
    return getattr(api, method)(filled(path), **({} if method == "get" else {"data": {}, "format": "json"}))


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), [o for o in OPERATIONS if o[0] not in PUBLIC], ids=str)
def test_a_stranger_is_asked_to_sign_in(api: APIClient, path: str, method: str) -> None:
    answer = ask(api, path, method)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), [o for o in OPERATIONS if o[0] in PUBLIC], ids=str)
def test_a_public_page_answers_a_stranger(api: APIClient, path: str, method: str) -> None:
    assert ask(api, path, method).status_code in {200, 404, 415, 422}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [DOCUMENT["paths"][path][method]["operationId"] for path, method in OPERATIONS]
    assert sorted(names) == sorted(set(names))


def test_the_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
