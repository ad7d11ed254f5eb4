"""The receipt of what was handed in: its hash, who signed, and the whole form in print (E21)."""

from typing import Any

from django.utils import timezone

from cultivation.assessments.models import Submission
from cultivation.assessments.states import ANSWER_SOURCES
from cultivation.core.regions import load_regions
from cultivation.documents.services import payloads
from cultivation.documents.services.issuing import Draft

from .catalogue import SECTIONS, fields_of
from .returning.told import words_of

MOMENT = "%Y年%m月%d日 %H:%M:%S"


def receipt_draft(submission: Submission) -> Draft:
    """Printed from the frozen snapshot alone, so that print and data are the same."""
    assessment = submission.assessment
    firm = assessment.enterprise
    title = f"提交回执_{firm.name}_{submission.number}"
    return Draft("receipt", receipt_payload(submission), submission, title, firm, release=True)


def receipt_payload(submission: Submission) -> payloads.Receipt:
    assessment, snapshot = submission.assessment, submission.snapshot
    round_ = assessment.round
    at = timezone.localtime(submission.at)
    return payloads.Receipt(
        made_on=at.date(),
        demonstration=round_.is_demonstration,
        trial=round_.is_trial,
        firm=payloads.Firm(
            name=snapshot["enterprise"]["name"],
            uscc=snapshot["enterprise"]["uscc"],
            region=load_regions().label_of(snapshot["enterprise"]["region"]),
            zone=snapshot["enterprise"]["zone"],
        ),
        round=payloads.RoundInfo(name=round_.name, assessed_on=round_.assessed_on, kind=round_.get_kind_display()),
        number=f"{assessment.pk:06d}-{submission.number}",
        sha256=submission.sha256,
        pledge=snapshot["pledge"],
        signed_by=submission.signed_by,
        signed_at=at.strftime(MOMENT),
        rights=len(snapshot["rights"]),
        rulebooks=tuple(pin["key"] for pin in snapshot["rulebooks"]),
        sections=tuple(_sections(submission)),
        rights_files=tuple(
            payloads.RightsFile(name=one["file"], sha256=one["sha256"])
            for one in snapshot.get("ledger", {}).get("imports", ())
        ),
        proofs=tuple(_proof(one) for one in snapshot.get("evidence", ())),
    )


def _proof(one: dict[str, Any]) -> payloads.Proof:
    return payloads.Proof(
        title=one["title"],
        dated_on=one["dated_on"] or "",
        expires_on=one["expires_on"] or "",
        facts=len(one["codes"]),
        sha256=one["sha256"],
    )


def _sections(submission: Submission) -> list[payloads.FormSection]:
    answers = {answer["code"]: answer for answer in submission.snapshot["answers"]}
    rows: dict[str, list[payloads.FormRow]] = {section.code: [] for section in SECTIONS}
    for field in fields_of(submission.assessment.round):
        rows[field.section].append(_row(field.indicator, answers.get(field.code)))
    return [payloads.FormSection(label=section.zh, rows=tuple(rows[section.code])) for section in SECTIONS]


def _row(indicator: Any, answer: dict[str, Any] | None) -> payloads.FormRow:
    if answer is None:
        return payloads.FormRow(label=indicator.zh, value=words_of(indicator, None), state="unknown")
    note = ANSWER_SOURCES[answer["source"]] if answer["source"] != "form" else ""
    if not answer["confirmed"]:
        note = f"{note}，未确认"
    state = {"unknown": "unknown", "not_applicable": "not_applicable"}.get(answer["state"], "known")
    return payloads.FormRow(label=indicator.zh, value=words_of(indicator, answer), state=state, note=note)  # type: ignore[arg-type]
