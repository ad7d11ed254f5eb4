"""Titles that lapse within 90, 60 or 30 days stand on the firm's first page (E32)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cultivation.core.files import store_file
from cultivation.documents.models import Certificate, Document
from cultivation.operations.services import home
from cultivation.operations.services.expiring import expiring_titles, renewal_round
from cultivation.programmes.models import Designation
from tests.factories.filling import open_round
from tests.people import People

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


def entitle(people: People, days: int, *, mine: bool = True, kind: str = "hnte", on: date = TODAY) -> Designation:
    return Designation.objects.create(
        enterprise=people.firm if mine else people.other_firm,
        kind=kind,
        body="湖北省科学技术厅",
        designated_on=on - timedelta(days=900),
        expires_on=on + timedelta(days=days),
    )


def certificate(people: People, expires_on: date) -> Certificate:
    """One that was handed to the firm."""
    paper = Document.objects.create(
        kind="certificate",
        title="证书",
        subject_type="pools.placement",
        subject_id="1",
        enterprise=people.firm,
        payload={},
        fingerprint="",
        file=store_file(b"%PDF-1.7", name="a.pdf", media_type="application/pdf"),
        sha256="",
        is_released=True,
    )
    return Certificate.objects.create(
        number="鄂知试〔2026〕0001号",
        title="知识产权优势企业",
        tier="advantage",
        enterprise=people.firm,
        enterprise_name=people.firm.name,
        subject_type="pools.placement",
        subject_id="1",
        series="试",
        payload={},
        document=paper,
        issued_on=TODAY,
        expires_on=expires_on,
    )


@pytest.mark.parametrize(("days", "within"), [(0, 30), (30, 30), (31, 60), (60, 60), (61, 90), (90, 90)])
def test_it_falls_under_the_next_reminder(people: People, days: int, within: int) -> None:
    entitle(people, days)
    (page,) = expiring_titles(people.who("enterprise_filler").actor, TODAY)
    assert (page["days"], page["within"], page["title"]) == (days, within, "高新技术企业")


@pytest.mark.parametrize("days", [-1, 91])
def test_what_has_lapsed_or_is_far_off_is_not_told(people: People, days: int) -> None:
    entitle(people, days)
    assert expiring_titles(people.who("enterprise_filler").actor, TODAY) == []


def test_another_firms_title_is_not_told(people: People) -> None:
    entitle(people, 10, mine=False)
    assert expiring_titles(people.who("enterprise_filler").actor, TODAY) == []


def test_certificates_stand_among_them_nearest_first(people: People) -> None:
    entitle(people, 40)
    certificate(people, TODAY + timedelta(days=5))
    found = expiring_titles(people.who("enterprise_filler").actor, TODAY)
    assert [(page["kind"], page["within"]) for page in found] == [("certificate", 30), ("designation", 60)]


def test_the_first_page_has_them_and_leads_to_an_open_renewal(people: People) -> None:
    actor = people.who("enterprise_filler").actor
    entitle(people, 20, on=timezone.localdate())
    assert renewal_round(actor) is None
    round_ = open_round(name="复核批次")
    round_.kind = "renewal"
    round_.save(update_fields=["kind"])
    page = home.page_of(actor)
    assert ([one["days"] for one in page["expiring"]], page["renewal_round"]) == ([20], round_.pk)
