"""The shape of a table in the archive: which rows, which fields by which words, and which fields are left out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db.models import Model, QuerySet

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment
from cultivation.assessments.queries import AssessmentQuerySet
from cultivation.core.actors import Actor

Row = dict[str, Any]
Words = Mapping[str, str]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom, and of which firm; inside one assessment where the table is of one.

    `reports` are the papers that the firm may have whenever it asks for them, though nobody sent them.
    """

    actor: Actor
    enterprise: Enterprise
    assessment: Assessment | None = None
    reports: tuple[int, ...] = ()

    @property
    def assessments(self) -> AssessmentQuerySet:
        rows: AssessmentQuerySet = Assessment.objects.visible_to(self.actor)
        return rows.filter(enterprise=self.enterprise).select_related("round", "enterprise")

    @property
    def is_told(self) -> bool:
        """The result of the assessment in hand is announced, so its firm may see it."""
        if self.assessment is None:
            return False
        rows = Assessment.objects.visible_to(self.actor).with_result_for(self.actor)
        return bool(rows.filter(pk=self.assessment.pk).exists())


@dataclass(frozen=True, slots=True)
class Table:
    """One list of the archive. Every field of the model is in `fields` or, with the reason, in `hidden`.

    `told` are the fields of a result, there once it is announced; `more` computes what a reader needs besides.
    """

    name: str
    model: type[Model]
    rows: Callable[[Scope], QuerySet[Any]]
    fields: Words
    hidden: Words = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    more: Callable[[Any], Row] | None = None
    more_fields: Words = field(default_factory=dict)

    def titles(self) -> dict[str, str]:
        """Every column by its words, what it is about first; the word of a coded value stands beside it."""
        found: dict[str, str] = dict(self.more_fields)
        for name, title in self.fields.items():
            found[name] = title
            if self._has_words(name):
                found[f"{name}_label"] = f"{title}（文字）"
        return found

    def read(self, scope: Scope) -> Iterator[Row]:
        names = [name for name in self.fields if name not in self.told or scope.is_told]
        for row in self.rows(scope).iterator(chunk_size=CHUNK):
            yield self._row(row, names)

    def _row(self, row: Any, names: Iterable[str]) -> Row:
        page: Row = {}
        for name in names:
            page[name] = reduce(_step, name.split("."), row)
            if self._has_words(name):
                page[f"{name}_label"] = getattr(row, f"get_{name}_display")()
        return page | (self.more(row) if self.more else {})

    def _has_words(self, name: str) -> bool:
        return hasattr(self.model, f"get_{name}_display")


def _step(thing: Any, name: str) -> Any:
    return None if thing is None else getattr(thing, name)
