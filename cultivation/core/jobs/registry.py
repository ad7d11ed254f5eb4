"""Which function does which kind of job. Apps register theirs in `jobs.py`, imported from `ready`."""

from collections.abc import Callable
from typing import Any

Handler = Callable[..., Any]
_handlers: dict[str, Handler] = {}
_daily: dict[str, str] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def daily(kind: str, *, label: str) -> Callable[[Handler], Handler]:
    """A job that the worker asks for by itself, once a day."""
    _daily[kind] = label
    return job(kind)


def daily_jobs() -> dict[str, str]:
    return dict(_daily)


def handler_of(kind: str) -> Handler:
    return _handlers[kind]
