"""Anybody reads every rule and learns which rulebook applies, without an account (U07, E14)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cultivation.programmes.models import PublishedRulebook
from scoring import PROGRAMMES

pytestmark = pytest.mark.django_db
RULEBOOKS = "/api/v1/public/rulebooks"


def ask(api: APIClient, path: str = "", **headers: str) -> Any:
    answer = api.get(f"{RULEBOOKS}{path}", **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def answers(api: APIClient, scheme: str, query: str) -> Any:
    return next(one for one in ask(api, f"/applicable?{query}")["schemes"] if one["scheme"] == scheme)


def test_every_scheme_is_listed_with_all_its_versions(api: APIClient) -> None:
    schemes = ask(api)["schemes"]
    rights = ["rights-cnipa", "rights-sme-2022", "rights-sme-2026", "rights-tech"]
    assert [one["code"] for one in schemes] == ["ip-capability", *PROGRAMMES, *rights, "size-class"]
    listed = {version["key"] for one in schemes for version in one["versions"]}
    assert listed == set(PublishedRulebook.objects.values_list("key", flat=True))


def test_a_version_says_for_whom_it_is_in_force(api: APIClient) -> None:
    giants = next(one for one in ask(api, "?on=2026-05-01")["schemes"] if one["code"] == "little-giant")["versions"]
    assert [(one["version"], one["in_force"]) for one in giants] == [("2026", ["new"]), ("2022", ["renewal"])]


@pytest.mark.parametrize(
    "key",
    sorted(["ip-capability/2026", "little-giant/2022", "size-class/2017", "gold-seed/2023", "rights-sme-2022/2022"]),
)
def test_a_rulebook_is_read_in_full(api: APIClient, key: str) -> None:
    found = ask(api, f"/{key}")
    assert (found["key"], found["fingerprint"]) == (key, PublishedRulebook.objects.get(key=key).fingerprint)
    assert found["rows"] or found["sizes"]


def test_a_rulebook_is_read_in_english_too(api: APIClient) -> None:
    assert ask(api, "/little-giant/2026", HTTP_ACCEPT_LANGUAGE="en")["title"].startswith("Little-giant")


@pytest.mark.parametrize(
    "path", ["/little-giant/1999", "/no-such/2026", "/little-giant/%00", "/little-giant/" + "9" * 99]
)
def test_a_rulebook_that_is_none_is_not_found(api: APIClient, path: str) -> None:
    answer = api.get(RULEBOOKS + path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["", "/little-giant/2026", "/applicable?on=2026-05-01"])
def test_what_has_been_read_is_not_sent_again(api: APIClient, path: str) -> None:
    first = api.get(RULEBOOKS + path)
    again = api.get(RULEBOOKS + path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, "public" in again["Cache-Control"]) == (304, b"", True)


def test_the_mark_of_an_answer_is_the_rulebooks_and_the_languages(api: APIClient) -> None:
    fingerprint = PublishedRulebook.objects.get(key="little-giant/2026").fingerprint
    tags = [api.get(f"{RULEBOOKS}/little-giant/2026", HTTP_ACCEPT_LANGUAGE=lang)["ETag"] for lang in ("zh-hans", "en")]
    assert all(fingerprint[:16] in tag for tag in tags)
    assert tags[0] != tags[1]


def test_an_answer_is_the_same_for_all(api: APIClient) -> None:
    answer = api.get(f"{RULEBOOKS}/little-giant/2026")
    assert "Cookie" not in answer["Vary"]
    assert "Accept-Language" in answer["Vary"]


def test_new_and_renewal_differ_in_the_same_week(api: APIClient) -> None:
    """E14: one firm, one week, two rulebooks, each with its reason."""
    giant = answers(api, "little-giant", "on=2026-05-01")
    assert (giant["new"]["key"], giant["renewal"]["key"]) == ("little-giant/2026", "little-giant/2022")
    assert giant["differs"]
    assert "复核仍按2022年办法" in giant["renewal"]["reason"]


def test_they_were_one_before_the_new_measure(api: APIClient) -> None:
    giant = answers(api, "little-giant", "on=2026-03-31")
    assert (giant["new"]["key"], giant["renewal"]["key"], giant["differs"]) == (*["little-giant/2022"] * 2, False)


def test_lists_of_hubei_apply_in_hubei_alone(api: APIClient) -> None:
    found = [
        answers(api, "gold-seed", f"on=2026-05-01&region={region}")["new"]["key"] for region in ("420500", "110000")
    ]
    assert found == ["gold-seed/2023", None]


def test_none_in_force_is_told_in_the_readers_language(api: APIClient) -> None:
    ended = answers(api, "ip-advantage", "on=2026-05-01")["new"]
    assert (ended["key"], ended["reason"]) == (None, "2026-05-01没有适用于新申报的现行规则。")
    english = ask(api, "/applicable?on=2026-05-01", HTTP_ACCEPT_LANGUAGE="en")["schemes"]
    assert next(one for one in english if one["scheme"] == "little-giant")["new"]["reason"].startswith(
        "On 2026-05-01 new"
    )


@pytest.mark.parametrize(
    "query", ["on=yesterday", "on=2026-02-30", "region=42", "region=湖北省武汉市", "region=４２００００"]
)
def test_nonsense_is_refused_in_words(api: APIClient, query: str) -> None:
    answer = api.get(f"{RULEBOOKS}/applicable?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [f"/{query.split('=')[0]}"])


def test_indicators_say_what_a_form_needs(api: APIClient) -> None:
    found = {one["code"]: one for one in api.get("/api/v1/public/indicators").json()}
    assert (found["revenue"]["unit"], found["revenue"]["least"], found["revenue"]["most"]) == ("万元", 0, None)
    assert found["patent_navigation"]["choices"][0] == {"code": "none", "label": "无"}
    assert found["gold_seed_designated"]["schemes"] == ["gold-seed"]
    assert (found["chain_role_verdict"]["is_judgement"], found["fraud_ban_until"]["empty_is_none"]) == (True, True)
