"""All data of a firm as one archive: JSON, files and an index in words (E36)."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, Evidence, LedgerImport
from cultivation.assessments.services.facts import facts_of
from cultivation.core.actors import Actor
from cultivation.core.files import clean_name, read_file
from cultivation.documents.models import Document

Page = dict[str, Any]


def archive_of(actor: Actor, enterprise: Enterprise) -> bytes:
    """What the firm's own people may see, and nothing else."""
    out = BytesIO()
    index = ["本压缩包由知育平台导出，包含本企业在平台上的全部资料。JSON 文件可用任何程序读取。", ""]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page, words in _pages(actor, enterprise):
            archive.writestr(name, json.dumps(page, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder))
            index.append(f"{name}　{words}")
        for one in _imports(actor, enterprise):
            name = f"台账/{one.pk}-{clean_name(one.file.name)}"
            archive.writestr(name, read_file(one.file))
            index.append(f"{name}　导入台账的清单，SHA-256 {one.file.sha256}")
        for document in Document.objects.visible_to(actor).filter(enterprise=enterprise).select_related("file"):
            name = f"文件/{document.pk}-{clean_name(document.file.name)}"
            archive.writestr(name, read_file(document.file))
            index.append(f"{name}　{document.get_kind_display()}，SHA-256 {document.sha256}")
        for evidence in Evidence.objects.visible_to(actor).filter(enterprise=enterprise).select_related("file"):
            name = f"证明材料/{evidence.pk}-{clean_name(evidence.file.name)}"
            archive.writestr(name, read_file(evidence.file))
            index.append(f"{name}　{evidence.title}，SHA-256 {evidence.sha256}")
        archive.writestr("目录.txt", "\n".join(index) + "\n")
    return out.getvalue()


def _pages(actor: Actor, enterprise: Enterprise) -> Iterator[tuple[str, Page, str]]:
    names = [{"name": row.name, "heard_on": row.heard_on} for row in enterprise.names.all()]
    profile = {key: getattr(enterprise, key) for key in ("uscc", "name", "region", "zone", "uscc_check_ok")}
    yield "企业.json", {**profile, "names": names}, "企业信息和曾用名"
    seen = Assessment.objects.visible_to(actor).filter(enterprise=enterprise).select_related("round")
    told = set(seen.with_result_for(actor).values_list("pk", flat=True))
    for assessment in seen.prefetch_related("answers", "rights", "submissions", "edits", "evidence_uses"):
        name = f"评估/{assessment.pk}-{clean_name(assessment.round.name)}.json"
        yield name, _assessment(assessment, with_result=assessment.pk in told), assessment.get_state_display()


def _imports(actor: Actor, enterprise: Enterprise) -> Iterable[LedgerImport]:
    """The lists that the firm took into its ledgers, as they came."""
    seen = Assessment.objects.visible_to(actor).filter(enterprise=enterprise)
    return LedgerImport.objects.filter(assessment__in=seen).select_related("file").order_by("pk")


def _assessment(assessment: Assessment, *, with_result: bool) -> Page:
    result = getattr(assessment, "result", None)
    return {
        "round": assessment.round.name,
        "assessed_on": assessment.round.assessed_on,
        "state": assessment.state,
        "answers": [_row(answer, _ANSWER) for answer in assessment.answers.all()],
        "edits": [_row(edit, _EDIT) for edit in assessment.edits.all()],
        "rights": [_row(right, _RIGHT) for right in assessment.rights.all()],
        "ledger": _ledger(assessment),
        "evidence": [
            {"code": use.code, "file": use.evidence_id, "note": use.note} for use in assessment.evidence_uses.all()
        ],
        "submissions": [_row(one, _SUBMISSION) for one in assessment.submissions.all()],
        "approved": facts_of(assessment) if with_result else None,
        "result": result.object if result and with_result else None,
    }


_ANSWER = ("code", "state", "declared", "typed", "source", "confirmed", "version", "changed_by", "changed_at")
_SUBMISSION = ("number", "sha256", "signed_by", "at", "snapshot")
_EDIT = ("code", "version", "outcome", "value", "source", "by", "at")
_RIGHT = (
    "number", "publication", "title", "kind", "filed_on", "granted_on", "legal_state", "holder_name", "facts", "source",
    "confirmed", "status", "notes", "counting",
)  # fmt: skip


def _ledger(assessment: Assessment) -> Page | None:
    ledger = getattr(assessment, "ledger", None)
    return _row(ledger, ("version", "counts", "open_above", "changed_by", "changed_at")) if ledger else None


def _row(row: Any, keys: tuple[str, ...]) -> Page:
    return {key: getattr(row, key) for key in keys}
