"""A flow is one table of transitions: the only way to change a state."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere, WrongState
from cultivation.core.rights import Right

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Transition:
    """One move. `stage` names the round's stage it belongs to; a round that leaves the stage out has no such move.

    `ready(obj)` answers why the move must wait, or nothing. `effect(obj, actor=…, **data)` does what the move means;
    `needs` names the data that the person must give with it.
    """

    name: str
    label: str
    source: tuple[str, ...]
    target: str
    allow: Right
    effect: Callable[..., None] | None = None
    ready: Callable[[Any], str] | None = None
    stage: str = ""
    confirm: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow(Generic[M]):
    """The transitions of one model. `stages(obj)` tells which stages the object's round has; None means all."""

    model: type[M]
    transitions: tuple[Transition, ...]
    labels: dict[str, str]
    stages: Callable[[M], Collection[str] | None] = field(default=lambda obj: None)
    state_field: str = "state"

    def run(self, obj: M, name: str, *, actor: Actor, **data: Any) -> M:
        """Lock, check state and right, run the effect, set the state, write the audit line: one transaction."""
        with transaction.atomic():
            locked = self.model._default_manager.select_for_update().get(pk=obj.pk)
            move = self._find(locked, name, self._state(locked))
            move.allow.require(actor, locked)
            self._require_ready(move, locked)
            before = self._state(locked)
            if move.effect:
                move.effect(locked, actor=actor, **data)
            setattr(locked, self.state_field, move.target)
            locked.save()
            audit.record(actor, f"{self._noun}.{name}", locked, before=before, after=move.target, detail=_plain(data))
        obj.refresh_from_db()
        return obj

    def available(self, obj: M, actor: Actor) -> list[dict[str, Any]]:
        """The moves out of the present state that the actor may make, each with the reason it must wait, if any."""
        return [self._describe(move, obj) for move in self._open(obj) if move.allow.holds(actor, obj)]

    def label(self, obj: M) -> str:
        return self.labels[self._state(obj)]

    @property
    def _noun(self) -> str:
        return self.model._meta.model_name or ""

    def _state(self, obj: M) -> str:
        return str(getattr(obj, self.state_field))

    def _open(self, obj: M) -> Iterator[Transition]:
        present = self.stages(obj)
        for move in self.transitions:
            if self._is_present(move, present) and self._state(obj) in self._sources(move, present):
                yield move

    def _is_present(self, move: Transition, present: Collection[str] | None) -> bool:
        return not move.stage or present is None or move.stage in present

    def _sources(self, move: Transition, present: Collection[str] | None) -> set[str]:
        """The sources of a move; where a source can only be reached by a stage that is left out, what led there."""
        found: set[str] = set()
        waiting = list(move.source)
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            found.add(state)
            arriving = [m for m in self.transitions if m.target == state and m.source != (state,)]
            if not any(self._is_present(m, present) for m in arriving):
                waiting += [source for m in arriving for source in m.source]
        return found

    def _find(self, obj: M, name: str, state: str) -> Transition:
        named = [move for move in self.transitions if move.name == name]
        if not named:
            raise NotHere(f"没有“{name}”这个操作。", code="no_such_action")
        for move in self._open(obj):
            if move.name == name:
                return move
        raise WrongState(f"当前状态是“{self.labels[state]}”，不能{named[0].label}。", code="wrong_state")

    def _require_ready(self, move: Transition, obj: M) -> None:
        reason = move.ready(obj) if move.ready else ""
        if reason:
            raise WrongState(reason, code="not_ready")

    def _describe(self, move: Transition, obj: M) -> dict[str, Any]:
        reason = move.ready(obj) if move.ready else ""
        return action(move.name, move.label, reason=reason, confirm=move.confirm, needs=move.needs)


def action(name: str, label: str, *, reason: str = "", confirm: str = "", needs: Sequence[str] = ()) -> dict[str, Any]:
    """What the front end draws a button from; a reason disables it, and what it needs is asked for first."""
    return {
        "name": name,
        "label": label,
        "enabled": not reason,
        "reason": reason,
        "confirm": confirm,
        "needs": list(needs),
    }


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, str | int | bool | None) else str(value) for key, value in data.items()}
