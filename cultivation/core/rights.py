"""A right is a predicate with the reason that is told when it fails."""

from dataclasses import dataclass

from django.db.models import Model
from rules.predicates import Predicate

from cultivation.core.actors import Actor
from cultivation.core.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Right:
    """`predicate(actor, obj)` decides; `code` and `reason` explain a refusal."""

    code: str
    reason: str
    predicate: Predicate

    def holds(self, actor: Actor, obj: Model | None = None) -> bool:
        return bool(self.predicate.test(actor, obj))

    def require(self, actor: Actor, obj: Model | None = None) -> None:
        if not self.holds(actor, obj):
            raise NotAllowed(self.reason, code=self.code)
