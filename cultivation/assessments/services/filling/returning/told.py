"""What a firm has told of one fact, handed in or as it stands now, and whether the two are the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Assessment, Submission
from cultivation.assessments.services.screen import display
from cultivation.core.canonical import fingerprint

from ..ledger.desk import ledger_of
from ..ledger.frozen import frozen_ledger
from ..lock import LEDGER
from ..snapshot import answers_of, proofs_of

if TYPE_CHECKING:
    from scoring import Indicator

Page = dict[str, Any]
UNANSWERED, NONE = "未填写", "没有"
UNSAID = ("confirmed", "source")


@dataclass(frozen=True, slots=True)
class Told:
    """Answers by code, the files, and the ledger by its version, number of rights, and what it says of them.

    The last is read only where two versions are compared.
    """

    answers: Mapping[str, Page]
    files: Sequence[Page]
    version: int
    rights: int
    ledger: Callable[[], list[str]]

    def proofs(self, code: str) -> list[Page]:
        return [
            {"title": one["title"], "sha256": one["sha256"], "note": one.get("notes", {}).get(code, "")}
            for one in self.files
            if code in one["codes"]
        ]

    def is_same(self, other: "Told", code: str) -> bool:
        """What a person would see: value, files with their places; of what the ledger gives, the ledger itself."""
        if self._seen(code) != other._seen(code):
            return False
        counted = LEDGER in {code, self._of(code).get("source"), other._of(code).get("source")}
        return not counted or self.version == other.version or self.ledger() == other.ledger()

    def words(self, code: str, indicator: "Indicator | None") -> str:
        if indicator is None:
            return f"{self.rights} 项"
        return words_of(indicator, self.answers.get(code))

    def _of(self, code: str) -> Page:
        return self.answers.get(code, {})

    def _seen(self, code: str) -> tuple[Any, ...]:
        answer = self._of(code)
        files = sorted((one["sha256"], one["note"]) for one in self.proofs(code))
        return answer.get("state"), answer.get("value"), files


def words_of(indicator: "Indicator", answer: Page | None) -> str:
    """An answer in print: none given, none there and unknown are three."""
    if answer is None:
        return UNANSWERED
    if answer["value"] is None and answer["state"] == "known":
        return NONE
    return display(indicator, answer["value"])


def told_in(submission: Submission) -> Told:
    frozen = submission.snapshot
    return Told(
        {answer["code"]: answer for answer in frozen["answers"]},
        frozen.get("evidence", ()),
        frozen.get("ledger", {}).get("version", 0),
        len(frozen["rights"]),
        lambda: _said_of(frozen["rights"]),
    )


def told_now(draft: Assessment) -> Told:
    answers = {answer["code"]: answer for answer in answers_of(draft)}
    version, rights = ledger_of(draft).version, draft.rights.count()
    return Told(answers, proofs_of(draft), version, rights, lambda: _said_of(frozen_ledger(draft)["rights"]))


def _said_of(rights: Iterable[Page]) -> list[str]:
    """Every right with its facts; that somebody confirmed them, or in which order they stand, changes nothing."""
    return sorted(fingerprint({key: fact for key, fact in right.items() if key not in UNSAID}) for right in rights)
