"""What a firm has told of one fact, handed in or as it stands now, and whether the two are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cultivation.assessments.models import Assessment, Submission
from cultivation.assessments.services.screen import display

from ..ledger.desk import ledger_of
from ..lock import LEDGER
from ..snapshot import answers_of, proofs_of

if TYPE_CHECKING:
    from scoring import Indicator

Page = dict[str, Any]
UNANSWERED, NONE = "未填写", "没有"


@dataclass(frozen=True, slots=True)
class Told:
    """Answers by code, the files, and the ledger by its version and number of rights."""

    answers: Mapping[str, Page]
    files: Sequence[Page]
    version: int
    rights: int

    def proofs(self, code: str) -> list[Page]:
        return [
            {"title": one["title"], "sha256": one["sha256"], "note": one.get("notes", {}).get(code, "")}
            for one in self.files
            if code in one["codes"]
        ]

    def is_same(self, other: "Told", code: str) -> bool:
        """What a person would see: value, files with their places; of what the ledger gives, the ledger itself."""
        counted = LEDGER in {code, self._of(code).get("source"), other._of(code).get("source")}
        if counted and self.version != other.version:
            return False
        return self._seen(code) == other._seen(code)

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
    )


def told_now(draft: Assessment) -> Told:
    answers = {answer["code"]: answer for answer in answers_of(draft)}
    return Told(answers, proofs_of(draft), ledger_of(draft).version, draft.rights.count())
