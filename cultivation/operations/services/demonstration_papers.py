"""Evidence of the demonstration company: fictitious papers, each of them marked as such on every page (E16, E17)."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment, Evidence
from cultivation.assessments.services.evidence import change_evidence, receive_piece, start_upload, use_evidence
from cultivation.assessments.services.filling import start_assessment
from cultivation.core.actors import Actor
from cultivation.programmes.models import Round
from cultivation.programmes.services import why_not_filling

PHOTOGRAPH = Path(settings.BASE_DIR) / "demo" / "certificate-photo.jpg"
MARK = "演示数据"
STYLE = """
@page { size: A4; margin: 30mm 25mm; @top-center { content: "演示数据 不是真实材料"; color: #a31515; font-size: 11pt } }
body { font: 12pt/1.9 "Noto Serif CJK SC", serif }
section + section { break-before: page }
h1 { font-size: 20pt; text-align: center; margin: 20mm 0 10mm }
"""


@dataclass(frozen=True, slots=True)
class Paper:
    """`uses` names the facts it proves, and where in it each proof is. Without pages it is the photograph."""

    name: str
    dated: timedelta
    uses: dict[str, str]
    pages: tuple[tuple[str, str], ...] = ()
    valid: timedelta | None = None


PAPERS: tuple[Paper, ...] = (
    Paper(
        "上年度审计报告",
        timedelta(days=150),
        {"revenue": "第 2 页，营业收入", "total_costs": "第 2 页，成本费用合计", "rd_expense": "第 3 页，研发费用"},
        (
            ("上年度审计报告", "我们审计了上年度的财务报表，认为其在所有重大方面公允反映了企业的财务状况和经营成果。"),
            ("利润表（摘要）", "营业收入、成本费用合计等各项金额，与企业填报的数据一致。"),
            ("研发费用专项说明", "研发费用按项目归集，合计金额与企业填报的数据一致。"),
        ),
    ),
    Paper(
        "专利登记簿副本",
        timedelta(days=20),
        {"valid_invention_patents": "全文"},
        (("专利登记簿副本", "所列专利在登记日处于专利权维持状态，权利人为本企业。"),),
    ),
    Paper(
        "知识产权管理体系认证证书",
        timedelta(days=1130),
        {"gbt29490_edition": ""},
        valid=timedelta(days=1095),
    ),
)


def begin_draft(actor: Actor, *, round_: Round, firm: Enterprise) -> None:
    """The company's draft with its papers, once; what people make of it stays."""
    begun = Assessment.objects.filter(round=round_, enterprise=firm).exists()
    if why_not_filling(round_) or begun or Evidence.objects.filter(enterprise=firm).exists():
        return
    draft = start_assessment(actor, round_=round_, enterprise=firm)
    for paper in PAPERS:
        _add(actor, draft, paper)


def _add(actor: Actor, draft: Assessment, paper: Paper) -> None:
    data = _pdf(paper) if paper.pages else PHOTOGRAPH.read_bytes()
    name = f"{paper.name}（{MARK}）"
    upload = start_upload(actor, draft=draft, name=f"{name}{'.pdf' if paper.pages else '.jpg'}", size=len(data))
    evidence = receive_piece(actor, upload=upload, offset=0, data=data)
    assert evidence is not None
    dated = draft.round.assessed_on - paper.dated
    expires = dated + paper.valid if paper.valid else None
    change_evidence(actor, evidence=evidence, draft=draft, title=name, dated_on=dated, expires_on=expires)
    for code, place in paper.uses.items():
        use_evidence(actor, draft=draft, evidence=evidence, code=code, note=place)


def _pdf(paper: Paper) -> bytes:
    from weasyprint import HTML

    pages = "".join(f"<section><h1>{title}</h1><p>{text}</p></section>" for title, text in paper.pages)
    data: bytes = HTML(string=f"<meta charset=utf-8><style>{STYLE}</style>{pages}").write_pdf()
    return data
