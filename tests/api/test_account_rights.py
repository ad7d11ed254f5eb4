"""Every route of joining, team, claims and changes for every role: foreign firms are not found (E02, E37, O01)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from cultivation.accounts.models import Claim, EnterpriseChange, Invitation, Membership
from cultivation.accounts.services import invitation_link, invite_person
from cultivation.accounts.services.proofs import store_proof
from cultivation.accounts.states import ROLES
from tests.factories.accounts import (
    ClaimFactory,
    MembershipFactory,
    UserFactory,
    confirmed_person,
    person_of,
    valid_uscc,
)
from tests.people import People

pytestmark = pytest.mark.django_db

GROUPS = {
    "province": ("province_officer", "province_leader"),
    "city": ("city_officer", "city_leader"),
    "elsewhere": ("yichang",),
    "filler": ("enterprise_filler",),
    "approver": ("enterprise_approver", "enterprise_legal"),
    "foreign": ("foreign_approver",),
    "claimant": ("claimant",),
    "others": (
        "expert",
        "agency_manager",
        "agency_consultant",
        "system_admin",
        "security_admin",
        "audit_admin",
        "nobody",
    ),
    "stranger": ("stranger",),
}
Row = tuple[int, int, int, int, int, int, int, int, int]

# province, city office of the firm, another city office, filler, approver, another firm's approver, who asks to be let
# in, everybody else, and who is not signed in
READING: dict[str, Row] = {
    "firm": (404, 404, 404, 200, 200, 200, 404, 404, 401),
    "claims/{to_office}": (200, 200, 404, 404, 200, 404, 200, 404, 401),
    "claims/{to_office}/proof": (200, 200, 404, 404, 200, 404, 200, 404, 401),
    "claims/{to_approvers}": (404, 404, 404, 404, 200, 404, 200, 404, 401),
    "changes/{change}/proof": (200, 200, 404, 200, 200, 404, 404, 404, 401),
    "changes/{merger}/proof": (200, 200, 200, 200, 200, 200, 404, 404, 401),
    "public/invitations/{token}": (200,) * 9,
    "public/invitations/made.up": (404,) * 9,
    "public/regions": (200,) * 9,
    "public/outbox": (404,) * 9,
}
COUNTING: dict[str, tuple[int, int, int, int, int, int, int, int]] = {
    "claims": (1, 1, 0, 0, 2, 0, 2, 0),
    "claims?mine=1": (0, 0, 0, 0, 0, 0, 2, 0),
    "changes": (3, 3, 2, 3, 3, 1, 0, 0),
    "team/members": (0, 0, 0, 3, 3, 1, 0, 0),
    "team/invitations": (0, 0, 0, 0, 1, 0, 0, 0),
}
WRITING: dict[str, Row] = {
    "claims/{to_office}/actions/grant": (200, 200, 404, 404, 403, 404, 403, 404, 401),
    "claims/{to_office}/actions/withdraw": (403, 403, 404, 404, 403, 404, 200, 404, 401),
    "claims/{to_approvers}/actions/grant": (404, 404, 404, 404, 200, 404, 403, 404, 401),
    "claims/{to_approvers}/actions/fly": (404,) * 8 + (401,),
    "changes/{change}/actions/note": (200, 200, 404, 403, 403, 404, 404, 404, 401),
    "changes/{move}/actions/confirm_move": (200, 403, 200, 403, 403, 404, 404, 404, 401),
    "changes/{move}/actions/withdraw_move": (403, 403, 403, 403, 200, 404, 404, 404, 401),
    "changes/{merger}/actions/confirm_merger": (200, 403, 200, 403, 403, 200, 404, 404, 401),
    "changes/{merger}/actions/refuse_merger": (200, 403, 200, 403, 403, 200, 404, 404, 401),
    "changes/{merger}/actions/withdraw_merger": (403, 403, 403, 403, 200, 403, 404, 404, 401),
    "changes/{move}/actions/fly": (404, 404, 404, 404, 404, 404, 404, 404, 401),
    "team/members/{filler}/actions/make_approver": (404, 404, 404, 403, 200, 404, 404, 404, 401),
    "team/members/{filler}/actions/end": (404, 404, 404, 200, 200, 404, 404, 404, 401),
    "team/members/{filler}/actions/fly": (404,) * 8 + (401,),
    "team/members/{approver}/actions/leave": (404, 404, 404, 403, 200, 404, 404, 404, 401),
    "team/invitations/{invitation}/actions/take_back": (404, 404, 404, 404, 200, 404, 404, 404, 401),
    "team/invitations": (404, 404, 404, 403, 201, 201, 404, 404, 401),
    "invitations/{token}/accept": (200, 200, 200, 409, 409, 200, 200, 200, 401),
    "joining/find": (200,) * 8 + (401,),
    "joining/register": (403, 403, 403, 403, 403, 200, 200, 403, 401),
}
BODIES: dict[str, dict[str, str]] = {
    "claims/{to_office}/actions/withdraw": {},
    "changes/{merger}/actions/refuse_merger": {"reason": "没有合并这回事"},
    "team/invitations": {"email": "new@example.org", "role": "enterprise_filler"},
    "joining/find": {"uscc": valid_uscc(77)},
    "joining/register": {"uscc": valid_uscc(77), "name": "新企业有限公司", "region": "420100"},
}


@pytest.fixture
def clients(people: People) -> dict[str, APIClient]:
    yichang = people.organisation("宜昌市知识产权局", "city", "420500")
    known = {role: people.who(role) for role in ROLES} | {
        "yichang": MembershipFactory(role="city_officer", organisation=yichang).user,
        "foreign_approver": person_of(people.other_firm),
        "claimant": confirmed_person(),
        "nobody": UserFactory(),
    }
    found = {name: APIClient() for name in (*known, "stranger")}
    for name, user in known.items():
        found[name].force_login(user)
    return found


@pytest.fixture
def ids(people: People, clients: dict[str, APIClient]) -> dict[str, Any]:
    firm, claimant = people.firm, Membership._meta.get_field("user").related_model.objects.get(full_name="王兰")
    proof = store_proof(SimpleUploadedFile("proof.pdf", b"%PDF-1.4"))
    invitation = invite_person(
        people.who("enterprise_approver").actor, enterprise=firm, role="enterprise_filler", email="li@example.org"
    )
    change = EnterpriseChange.objects.create(
        enterprise=firm, kind="name", after=firm.name, happened_on="2026-05-01", told_by="江山", proof=proof
    )
    move = EnterpriseChange.objects.create(
        enterprise=firm, kind="region", after="420500", region_before="420100", state="asked", happened_on="2026-05-01"
    )
    merger = EnterpriseChange.objects.create(
        enterprise=firm, kind="merger", form="absorption", other=people.other_firm, other_uscc=people.other_firm.uscc,
        before=people.other_firm.name, after=firm.name, state="merging", happened_on="2026-05-01", proof=proof,
    )  # fmt: skip
    return {
        "to_office": ClaimFactory(enterprise=firm, claimant=claimant, proof=proof).pk,
        "to_approvers": _second_claim(firm, claimant),
        "change": change.pk,
        "move": move.pk,
        "merger": merger.pk,
        "filler": Membership.objects.get(role="enterprise_filler").pk,
        "approver": Membership.objects.get(role="enterprise_approver", enterprise=firm).pk,
        "invitation": invitation.pk,
        "token": invitation_link(invitation).rsplit("/", 1)[1],
    }


def _second_claim(firm: Any, claimant: Any) -> int:
    """A person has one open request at a firm; this one was answered, then opened again for the test."""
    made = ClaimFactory(enterprise=firm, claimant=claimant, decider="approvers", state="refused")
    return int(made.pk)


def statuses(table: dict[str, Row]) -> dict[str, dict[str, int]]:
    return {
        address: {name: status for names, status in zip(GROUPS.values(), row, strict=True) for name in names}
        for address, row in table.items()
    }


def test_what_everybody_reads(clients: dict[str, APIClient], ids: dict[str, Any]) -> None:
    found = {
        address: {
            name: clients[name].get(f"/api/v1/{address.format(**ids)}").status_code
            for names in GROUPS.values()
            for name in names
        }
        for address in READING
    }
    assert found == statuses(READING)


def test_how_much_everybody_sees(clients: dict[str, APIClient], ids: dict[str, Any]) -> None:
    groups = [names for group, names in GROUPS.items() if group != "stranger"]
    found = {
        address: {name: clients[name].get(f"/api/v1/{address}").json()["count"] for names in groups for name in names}
        for address in COUNTING
    }
    assert found == {
        address: {name: count for names, count in zip(groups, row, strict=True) for name in names}
        for address, row in COUNTING.items()
    }


@pytest.mark.parametrize("address", WRITING)
def test_what_everybody_may_do(clients: dict[str, APIClient], ids: dict[str, Any], address: str) -> None:
    if "{to_approvers}" in address:
        _reopen(ids)
    found = {name: _write(clients[name], address, ids) for names in GROUPS.values() for name in names}
    assert found == statuses(WRITING)[address]


def _reopen(ids: dict[str, Any]) -> None:
    Claim.objects.filter(pk=ids["to_office"]).update(state="withdrawn")
    Claim.objects.filter(pk=ids["to_approvers"]).update(state="filed")


class _Undo(Exception):
    """Each role finds the rows as they were."""


def _write(client: APIClient, address: str, ids: dict[str, Any]) -> int:
    try:
        with transaction.atomic():
            answer = client.post(f"/api/v1/{address.format(**ids)}", BODIES.get(address, {}), format="json")
            raise _Undo
    except _Undo:
        return int(answer.status_code)


def test_a_filed_invitation_is_shown_with_its_link_to_approvers_only(
    clients: dict[str, APIClient], ids: dict[str, Any]
) -> None:
    row = clients["enterprise_approver"].get("/api/v1/team/invitations").json()["results"][0]
    assert row["link"].endswith(ids["token"])
    Invitation.objects.update(state="revoked")
    row = clients["enterprise_approver"].get("/api/v1/team/invitations").json()["results"][0]
    assert (row["link"], row["actions"]) == (None, [])


def test_the_open_page_of_an_invitation_does_not_say_whom_it_is_for(api: APIClient, ids: dict[str, Any]) -> None:
    page = api.get(f"/api/v1/public/invitations/{ids['token']}").json()
    assert "li@example.org" not in str(page)


def test_a_write_sent_twice_is_done_once(clients: dict[str, APIClient], ids: dict[str, Any]) -> None:
    key = {"HTTP_IDEMPOTENCY_KEY": "one"}
    body = BODIES["team/invitations"]
    answers = [
        clients["enterprise_approver"].post("/api/v1/team/invitations", body, format="json", **key) for _ in range(2)
    ]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_joining_is_limited(clients: dict[str, APIClient]) -> None:
    tried = [clients["nobody"].post("/api/v1/joining/find", {"uscc": "x"}, format="json") for _ in range(61)]
    assert [answer.status_code for answer in tried[-2:]] == [422, 429]


def test_a_claim_comes_as_a_form_with_its_file(clients: dict[str, APIClient], people: People) -> None:
    Membership.objects.filter(enterprise=people.firm).delete()
    proof = SimpleUploadedFile("执照.png", b"\x89PNG\r\n\x1a\n")
    body = {"uscc": people.firm.uscc, "name": "别的名字", "reason": "我是本企业的专员", "proof": proof}
    answer = clients["claimant"].post("/api/v1/claims", body, format="multipart")
    told = answer.json()
    assert (answer.status_code, told["decider"], told["name_differs"], told["is_mine"]) == (201, "office", True, True)
    assert [move["name"] for move in told["actions"]] == ["withdraw"]
    file = clients["city_officer"].get(told["proof_url"])
    assert (file["Content-Type"], file["Content-Disposition"][:10]) == ("image/png", "attachment")
