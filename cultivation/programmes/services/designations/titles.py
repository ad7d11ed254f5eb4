"""What the titles on record say of a firm on a day: a title on record decides, whatever was declared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cultivation.programmes.models import Designation
from cultivation.programmes.states import DESIGNATION_KINDS, DESIGNATION_STANDINGS, TITLE_FACTS

BATCH = 500


@dataclass(frozen=True, slots=True)
class Title:
    """What the records say of one indicator: whether the firm holds the title, and the record that says so."""

    fact: str
    is_held: bool
    standing: str
    record: Designation

    def basis(self) -> dict[str, Any]:
        """The record as it is kept with an answer, for screens, papers and the next examination."""
        record = self.record
        return {
            "designation": record.pk,
            "kind": record.kind,
            "label": DESIGNATION_KINDS[record.kind],
            "chain": record.chain,
            "body": record.body,
            "document": record.document,
            "designated_on": record.designated_on.isoformat(),
            "expires_on": record.expires_on.isoformat() if record.expires_on else None,
            "standing": self.standing,
            "standing_label": DESIGNATION_STANDINGS[self.standing],
            "revoked_on": record.revoked_on.isoformat() if record.revoked_on else None,
            "reason": record.revoke_reason,
        }


def find_titles(enterprises: Iterable[int], *, on: date) -> dict[int, dict[str, Title]]:
    """Titles by enterprise and indicator, of those firms that have any on record by that day.

    One record in force is enough; where all have ended, the one that ended last says why. A record that begins later
    says nothing yet.
    """
    found: dict[int, dict[str, Title]] = {}
    for record in _records(sorted(set(enterprises)), on):
        fact = TITLE_FACTS[record.kind]
        own = found.setdefault(record.enterprise_id, {})
        if fact not in own or _rank(record, on) > _rank(own[fact].record, on):
            standing = record.standing(on)
            own[fact] = Title(fact, standing == "in_force", standing, record)
    return found


def _records(enterprises: list[int], on: date) -> Iterable[Designation]:
    for start in range(0, len(enterprises), BATCH):
        chunk = enterprises[start : start + BATCH]
        yield from Designation.objects.on_record(on).filter(enterprise_id__in=chunk, kind__in=list(TITLE_FACTS))


def _rank(record: Designation, on: date) -> tuple[bool, date, int]:
    """In force before ended; then the latest end, an open one last of all."""
    ends = [day for day in (record.expires_on, record.revoked_on) if day is not None]
    return record.standing(on) == "in_force", min(ends, default=date.max), record.pk
