"""Pack all data of a firm: what the person who asks may see of it, and nothing of anybody else (E36)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO, Any
from zipfile import ZipFile

from cultivation.accounts.models import Claim
from cultivation.assessments.models import Assessment, Evidence, LedgerImport
from cultivation.assessments.services import diagnosis_draft, has_diagnosis
from cultivation.assessments.services.filling import receipt_draft
from cultivation.core.errors import DomainError
from cultivation.core.models import StoredFile
from cultivation.documents.services.issuing import Draft, issue_document

from .case_tables import CASE_TABLES
from .firm_tables import FIRM_TABLES, changes_of, papers_of
from .index import write_index
from .packing import Packer, entry_name
from .shape import Row, Scope, Table
from .trail import TITLES, trail_of

Progress = Callable[[int, int, str], None]
Kept = tuple[str, str, StoredFile]


def build_archive(scope: Scope, out: IO[bytes], progress: Progress) -> Packer:
    progress(0, 0, "正在清点，准备回执和报告")
    reports, problems = issue_papers(scope)
    scope = replace(scope, reports=reports)
    sizes = [file.size for _, _, file in kept_files(scope)]
    cases = list(scope.assessments.order_by("pk"))
    whole = len(sizes) + 2 * (len(FIRM_TABLES) + len(CASE_TABLES) * len(cases))
    with ZipFile(out, "w", allowZip64=True) as archive:
        packer = Packer(archive, lambda done, note: progress(min(done, whole), whole, note), sum(sizes))
        packer.missing += problems
        for table in FIRM_TABLES:
            _write(packer, "企业", table, scope)
        packer.table("企业/操作记录", "操作记录", TITLES, partial(trail_of, scope))
        for case in cases:
            for table in CASE_TABLES:
                _write(packer, _folder(case), table, replace(scope, assessment=case))
        for path, title, file in kept_files(scope):
            packer.file(path, title, file)
        write_index(packer, scope)
    return packer


def _folder(case: Assessment) -> str:
    return f"批次/{case.pk}-{entry_name(case.round.name)}"


def _write(packer: Packer, folder: str, table: Table, scope: Scope) -> None:
    packer.table(f"{folder}/{table.name}", table.name, table.titles(), partial(table.read, scope))


def issue_papers(scope: Scope) -> tuple[tuple[int, ...], list[Row]]:
    """Receipts and reports are printed when they are first asked for; whoever takes all asks for all.

    With what could not be printed, and why: that stops nothing else.
    """
    papers, problems = [], []
    for draft in _drafts(scope):
        try:
            papers.append(issue_document(scope.actor, draft).pk)
        except DomainError as problem:
            problems.append({"path": "文件/", "title": draft.title, "why": str(problem), "sha256": ""})
    return tuple(papers), problems


def _drafts(scope: Scope) -> Iterator[Draft]:
    for case in scope.assessments.filter(is_self_filled=True):
        for submission in case.submissions.select_related("assessment__round", "assessment__enterprise"):
            yield receipt_draft(submission)
    for case in scope.assessments.with_result_for(scope.actor).filter(result__isnull=False).select_related("result"):
        if has_diagnosis(case):
            yield diagnosis_draft(case)


def kept_files(scope: Scope) -> Iterator[Kept]:
    """Every file of the firm with its place in the archive and its title."""
    actor, firm = scope.actor, scope.enterprise
    for one in Evidence.objects.visible_to(actor).filter(enterprise=firm).select_related("file").iterator():
        yield f"证明材料/{one.pk}-{entry_name(one.file.name)}", one.title, one.file
    imports = LedgerImport.objects.filter(assessment__in=scope.assessments).select_related("file").order_by("pk")
    for listed in imports.iterator():
        yield f"台账清单/{listed.pk}-{entry_name(listed.file.name)}", "导入台账的清单", listed.file
    for paper in papers_of(scope).select_related("file").iterator():
        yield f"文件/{paper.pk}-{entry_name(paper.file.name)}", f"{paper.get_kind_display()}：{paper.title}", paper.file
    claims = Claim.objects.visible_to(actor).filter(enterprise=firm)
    asked: tuple[tuple[Any, str], ...] = ((claims, "认领申请的证明"), (changes_of(scope), "变更告知的证明"))
    for rows, words in asked:
        for row in rows.filter(proof__isnull=False).select_related("proof").iterator():
            yield f"附件/{row._meta.model_name}-{row.pk}-{entry_name(row.proof.name)}", words, row.proof
