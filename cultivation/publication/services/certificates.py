"""Certificates: numbered first, printed after, so that a killed job leaves no gap and makes no duplicate (P14)."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import WrongState
from cultivation.core.jobs import enqueue
from cultivation.core.jobs.queue import is_busy
from cultivation.core.models import Job
from cultivation.core.numbering import next_number
from cultivation.core.regions import load_regions
from cultivation.documents.models import Certificate, Document
from cultivation.documents.services.issuing import Draft, Issued, issue_documents
from cultivation.documents.services.payloads import Certificate as CertificatePayload
from cultivation.documents.services.payloads import Firm
from cultivation.documents.services.snapshots import freeze, thaw
from cultivation.pools.models import Placement
from cultivation.programmes.events import RoundPublished
from cultivation.programmes.models import Round
from cultivation.programmes.services import validity_years
from cultivation.publication.permissions import can_issue
from cultivation.publication.states import LISTED_TIERS, TITLES

Progress = Callable[[int, int, str], None]


def series_of(round_: Round) -> str:
    return f"programmes.round:{round_.pk}"


def is_out(round_: Round) -> bool:
    """Its list is published."""
    return round_.state in {"published", "closed"}


def why_not_issue(round_: Round) -> str:
    """What issuing must wait for, or nothing."""
    if not is_out(round_):
        return "名单发布后才能发证。"
    if is_busy(round_):
        return "有任务正在进行，完成后再发证。"
    listed = Placement.objects.filter(round=round_, tier__in=LISTED_TIERS).count()
    if listed == 0:
        return "本批次没有企业达到优势级，无证可发。"
    printed = Certificate.objects.filter(series=series_of(round_), document__isnull=False).count()
    return "证书已全部签发。" if printed >= listed else ""


def request_certificates(actor: Actor, *, round_: Round) -> Job:
    """The round's row is locked: a second click finds the first one's job."""
    can_issue.require(actor, round_)
    with transaction.atomic():
        if reason := why_not_issue(Round.objects.select_for_update().get(pk=round_.pk)):
            raise WrongState(reason, code="not_ready")
        return enqueue(actor, "publication.issue_certificates", label="签发证书", subject=round_, round_id=round_.pk)


def number_certificates(actor: Actor, *, round_: Round) -> int:
    """Give each listed firm that has none its number and token, all in one transaction.

    A trial may be printed before its list is out; what it prints is released with the list.
    """
    can_issue.require(actor, round_)
    if not is_out(round_) and not (actor.is_system and round_.is_trial):
        raise WrongState("名单发布后才能发证。", code="not_ready")
    holders = Certificate.objects.filter(subject_type="assessments.assessment", series=series_of(round_))
    rows = Placement.objects.filter(round=round_, tier__in=LISTED_TIERS).select_related("enterprise", "assessment")
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=round_.pk)
        known = set(holders.values_list("subject_id", flat=True))
        new = [row for row in rows.order_by("pk") if str(row.assessment_id) not in known]
        for placement in new:
            _number(actor, round_, placement, timezone.localdate())
    return len(new)


def issue_certificates(actor: Actor, *, round_: Round, progress: Progress = lambda *at: None) -> list[Certificate]:
    """Print and sign what is numbered and not printed yet, a batch at a time."""
    number_certificates(actor, round_=round_)
    rows = Certificate.objects.filter(series=series_of(round_))
    total = rows.count()
    waiting = list(rows.filter(document__isnull=True).select_related("enterprise").order_by("pk"))
    drafts = [_draft(certificate, release=is_out(round_)) for certificate in waiting]
    issued = issue_documents(actor, drafts, processes=settings.RENDER_PROCESSES)
    for place, (certificate, answer) in enumerate(zip(waiting, issued, strict=True), start=total - len(waiting) + 1):
        _attach(certificate, answer)
        progress(place, total, certificate.enterprise_name)
    return list(rows.select_related("document__file", "enterprise"))


def release_certificates(event: RoundPublished) -> None:
    """What was printed while the round was on trial becomes its holders' once the list is out."""
    rows = Certificate.objects.filter(series=series_of(Round.objects.get(pk=event.round_id)))
    Document.objects.filter(certificate__in=rows).update(is_released=True)


def _draft(certificate: Certificate, *, release: bool) -> Draft:
    return Draft(
        "certificate",
        thaw("certificate", certificate.payload),
        certificate,
        f"{certificate.title}证书_{certificate.enterprise_name}",
        certificate.enterprise,
        release=release,
        token=certificate.token,
    )


def _attach(certificate: Certificate, answer: Issued) -> None:
    """What can't be printed keeps its number and says why; the others go on."""
    certificate.document, certificate.problem = answer.document, answer.problem
    certificate.save(update_fields=["document", "problem"])


def _number(actor: Actor, round_: Round, placement: Placement, today: date) -> Certificate:
    prefix = "鄂知试" if round_.is_trial else "鄂知优"
    number = f"{prefix}〔{today.year}〕{next_number(f'certificate:{prefix}:{today.year}'):04d}号"
    payload = _payload(round_, placement, number, today)
    certificate = Certificate.objects.create(
        number=number,
        title=payload.title,
        tier=placement.tier,
        enterprise=placement.enterprise,
        enterprise_name=placement.enterprise.name,
        subject_type="assessments.assessment",
        subject_id=str(placement.assessment_id),
        series=series_of(round_),
        payload=freeze(payload),
        issued_on=payload.issued_on,
        expires_on=payload.expires_on,
        is_trial=round_.is_trial,
        is_demonstration=round_.is_demonstration,
    )
    audit.record(actor, "certificate.number", certificate, after="issued", detail={"number": number})
    return certificate


def _payload(round_: Round, placement: Placement, number: str, today: date) -> CertificatePayload:
    title, title_en = TITLES[placement.tier]
    tracks = [track.get_track_display() for track in placement.tracks.all() if track.standing == "holder"]
    return CertificatePayload(
        made_on=today,
        demonstration=round_.is_demonstration,
        trial=round_.is_trial,
        firm=_firm(placement),
        programme="湖北省知识产权企业培育库",
        title=title,
        title_en=title_en,
        citation=_citation(round_, title),
        placement="级 · ".join([placement.get_tier_display(), "、".join(tracks or ["综合"]) + "类"]),
        number=number,
        issued_on=today,
        expires_on=_last_day(today, validity_years(round_)),
        check_url="",
    )


def _citation(round_: Round, title: str) -> str:
    """Says what was done and no more: an imported round had no filling, no experts and no publicity."""
    trial = "（试运行）" if round_.is_trial else ""
    return f"经市州汇总报送、按规则书评分，列为{round_.year}年度湖北省{title}{trial}，"


def _firm(placement: Placement) -> Firm:
    enterprise = placement.enterprise
    region = load_regions().name_of(enterprise.region) or ""
    return Firm(name=enterprise.name, uscc=enterprise.uscc, region=region, zone=enterprise.zone)


def _last_day(first: date, years: int) -> date:
    try:
        end = first.replace(year=first.year + years)
    except ValueError:
        end = date(first.year + years, 3, 1)
    return end - timedelta(days=1)
