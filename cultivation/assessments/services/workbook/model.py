"""What a city office's workbook says, as plain data; no Django, so that a command, a job and a test read it alike."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from cultivation.core.sheets.errors import SheetError as WorkbookError

__all__ = ["NOT_APPLICABLE", "Fact", "FirmRow", "Problem", "RightRow", "Severity", "Workbook", "WorkbookError"]

NOT_APPLICABLE: Final = "n/a"
"""A fact that does not apply to the firm; None is a fact that nobody gave."""

Fact = Decimal | int | bool | str | date | None
Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where it stands, what is wrong, what was done about it, and what the office should do."""

    sheet: str
    cell: str
    value: str
    severity: Severity
    code: str
    problem: str
    done: str
    todo: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(slots=True)
class FirmRow:
    """One firm of the summary sheet. ``region`` is one of the 17 divisions; county and zone say more when named."""

    uscc: str
    uscc_check_ok: bool
    name: str
    region: str | None
    zone: str
    county: str | None
    sheet: str
    row: int
    values: dict[str, Fact] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RightRow:
    """One right of the ledger as it stood in the sheet; ``None`` is a fact that the ledger lacks.

    ``reasons`` are what keeps it from counting at once, ``said`` what the list says of it beyond these facts.
    """

    number: str
    number_ok: bool
    title: str
    kind: str
    filed_on: date | None
    granted_on: date | None
    holder: str | None
    holder_name: str
    legal_state: str
    sheet: str
    row: int
    state: str = "unknown"
    family: list[str] | None = None
    pledge: Decimal | None = None
    awards: list[str] | None = None
    ipc: str = ""
    obtained: str = "unknown"
    transferred_on: date | None = None
    holder_rank: int | None = None
    related: bool | None = None
    in_use: bool | None = None
    emerging: bool | None = None
    used_in_hnte: bool | None = None
    overseas_revenue: bool | None = None
    publication: str = ""
    status: str = "counted"
    reasons: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    title: str
    filled_on: date | None
    firms: list[FirmRow]
    rights: list[RightRow]
    problems: list[Problem]
    sha256: str
    has_ledger: bool = False

    def rights_of(self, uscc: str) -> list[RightRow]:
        return [right for right in self.rights if right.holder == uscc]

    def __iter__(self) -> Iterator[FirmRow]:
        return iter(self.firms)
