"""An answer about one right: yes, no, or "the ledger does not say", with its sentence and the clause it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal

from ..schema import SourceStatus, Text

Outcome = Literal["counts", "excluded", "possible"]
YES: Final = "counts"
NO: Final = "excluded"
UNSAID: Final = "possible"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, its sentences in both languages, and the source of the condition that gave it."""

    outcome: Outcome
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    source: str | None = None
    status: SourceStatus | None = None

    def resting_on(self, source: str | None, status: SourceStatus | None) -> Said:
        """The same, on a clause of its own where the condition names one."""
        if (self.source or not source) and (self.status or not status):
            return self
        return replace(self, source=self.source or source, status=self.status or status)


def silent() -> Said:
    """A yes that goes without saying."""
    return Said(YES)


def yes(zh: str, en: str) -> Said:
    return Said(YES, (zh,), (en,))


def no(zh: str, en: str) -> Said:
    return Said(NO, (zh,), (en,))


def unsaid(zh: str, en: str) -> Said:
    return Said(UNSAID, (zh,), (en,))


def all_of(said: Iterable[Said]) -> Said:
    """No by the first no; else open by all that is open; else yes by all."""
    found: list[Said] = []
    for item in said:
        if item.outcome == NO:
            return item
        found.append(item)
    open_ = _of(found, UNSAID)
    return _joined(UNSAID, open_) if open_ else _joined(YES, found)


def any_of(said: Iterable[Said], title: Text) -> Said:
    """Yes by all that say yes; else open by all that is open; else none of the cases."""
    found = list(said)
    met, open_ = _of(found, YES), _of(found, UNSAID)
    if met or open_:
        return _joined(YES, met) if met else _joined(UNSAID, open_)
    return no(f"{title.zh}均不具备", f"{title.en}: none applies")


def _of(found: Sequence[Said], outcome: Outcome) -> list[Said]:
    return [item for item in found if item.outcome == outcome]


def _joined(outcome: Outcome, given: Sequence[Said]) -> Said:
    """Their sentences, each once; the clause when one alone gave the answer."""
    zh, en = (
        tuple(dict.fromkeys(chain.from_iterable(texts))) for texts in ([i.zh for i in given], [i.en for i in given])
    )
    alone = given[0] if len(given) == 1 else Said(outcome)
    return Said(outcome, zh, en, alone.source, alone.status)
