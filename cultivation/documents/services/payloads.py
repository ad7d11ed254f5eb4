"""What each kind of document needs to know, as plain data.

A payload holds finished words and exact numbers, never a database object: it is stored as the snapshot beside the PDF,
so that the same document can be made again, byte for byte, years later.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Number = int | float | Decimal
Outcome = Literal["met", "unmet", "unknown", "manual_review", "not_applicable"]
SourceStatus = Literal["official", "secondary", "calibrated", ""]
ValueState = Literal["known", "unknown", "not_applicable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What all documents share. `made_on` is the only clock the renderer knows."""

    made_on: date
    demonstration: bool
    trial: bool
    issuer: str = "湖北省知识产权局"


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    name: str
    uscc: str
    region: str
    zone: str = ""
    size_class: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInfo:
    """`kind` is 新申报 or 复核."""

    name: str
    assessed_on: date
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookRef:
    """Which rulebook applies, and why this one (`reason`)."""

    programme: str
    key: str
    title: str
    source_status: SourceStatus
    reason: str
    document_number: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A rung of the ladder; `threshold` is None for the lowest one, which has none."""

    code: Literal["starter", "growth", "advantage", "leading"]
    label: str
    threshold: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One scored indicator: the fact as it is printed, the band it falls in, its points [low, high] of `points_max`.

    `missing` is printed as it stands: what is missing, or why the points are what they are.
    """

    code: str
    label: str
    value: str
    state: ValueState
    band: str
    points_low: Number
    points_high: Number
    points_max: Number
    missing: str = ""
    source: SourceStatus = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    code: str
    label: str
    points_low: Number
    points_high: Number
    points_max: Number
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """One line of an explanation, in the order and depth in which the rulebook nests its clauses."""

    programme: str
    id: str
    parent: str
    depth: int
    title: str
    value: str
    outcome: Outcome
    points_low: Number | None = None
    points_high: Number | None = None
    points_max: Number | None = None
    note: str = ""
    source: str = ""
    status: SourceStatus = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessPath:
    """One way that another rulebook leaves open, with how many of its criteria are met."""

    title: str
    met: int
    total: int
    criteria: tuple[ClauseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What can be known before a body designates, and what waits for it; never the designation itself."""

    note: str
    rulebook: RulebookRef | None = None
    paths: tuple[ReadinessPath, ...] = ()
    awaits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeResult:
    """`rulebook` is None when none is in force; `reason` then says so."""

    code: str
    label: str
    rulebook: RulebookRef | None
    outcome: Outcome
    reason: str
    score: str = ""
    clauses: tuple[ClauseRow, ...] = ()
    readiness: Readiness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A fact that is missing, what hangs on it and where to get it."""

    label: str
    affects: str
    points: Number | None
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    title: str
    detail: str
    due: str = ""
    points: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisReport(Payload):
    """Vetoes and gates are clauses that should be met; a gate's `parent` is the code of its tier."""

    firm: Firm
    round: RoundInfo
    score_low: Number
    score_high: Number
    score_max: Number
    level: str
    level_possible: str
    tiers: tuple[Tier, ...]
    rulebook: RulebookRef
    dimensions: tuple[Dimension, ...]
    gates: tuple[ClauseRow, ...] = ()
    vetoes: tuple[ClauseRow, ...] = ()
    programmes: tuple[ProgrammeResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    number: str = ""
    check_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One service. `gap` is the indicator or clause it closes; `starts_on` and `due` place it on the timeline."""

    code: str
    title: str
    reason: str
    gap: str
    points: Number
    effort: Literal["低", "中", "高"]
    duration: str
    owner: str
    starts_on: date
    due: date
    deliverable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan(Payload):
    """`goal` is None for a firm that stands on the highest rung: then the plan holds the level.

    `expected_total` is what all items gain together under the rulebook; two that lift one indicator count it once.
    Without it the items are simply added up, and the document says that.
    """

    firm: Firm
    round: RoundInfo
    score_low: Number
    score_high: Number
    score_max: Number
    tiers: tuple[Tier, ...]
    level: str
    goal: str | None
    items: tuple[PlanItem, ...]
    rulebook: RulebookRef
    expected_total: Number | None = None
    notes: tuple[str, ...] = ()
    number: str = ""
    check_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Payload):
    """`check_url` holds a random token, so a number that is read off a wall tells nothing."""

    firm: Firm
    programme: str
    title: str
    title_en: str
    citation: str
    placement: str
    number: str
    issued_on: date
    expires_on: date
    check_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    name: str
    uscc: str
    tier: str
    tracks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CityGroup:
    city: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvantageList(Payload):
    """An official notice. `document_number` stays empty until the office gives one: the place is then kept open."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    groups: tuple[CityGroup, ...]
    issued_on: date
    annex_title: str
    document_number: str = ""
    contact: str = ""
    copies_to: str = ""
    printed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One answer as it was handed in."""

    label: str
    value: str
    state: ValueState
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    label: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One file that came with what was handed in; the dates are the paper's own."""

    title: str
    dated_on: str
    expires_on: str
    facts: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFile:
    """A list of rights that the ledger was made from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Payload):
    """What a firm handed in: the hash of the frozen data, who signed for it, and every answer."""

    firm: Firm
    round: RoundInfo
    number: str
    sha256: str
    pledge: str
    signed_by: str
    signed_at: str
    rights: int
    rulebooks: tuple[str, ...]
    sections: tuple[FormSection, ...]
    proofs: tuple[Proof, ...] = ()
    rights_files: tuple[RightsFile, ...] = ()
    check_url: str = ""


KINDS: dict[str, type[Payload]] = {
    "diagnosis_report": DiagnosisReport,
    "service_plan": ServicePlan,
    "certificate": Certificate,
    "advantage_list": AdvantageList,
    "receipt": Receipt,
}
