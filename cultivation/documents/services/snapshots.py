"""Payloads as stored JSON, and back, so that a document can be made again."""

import types
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from cultivation.documents.services.payloads import KINDS, Payload


def freeze(value: Any) -> Any:
    """Plain JSON of a payload."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [freeze(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def thaw(kind: str, snapshot: dict[str, Any]) -> Payload:
    """The payload that a snapshot was made of."""
    payload: Payload = _build(KINDS[kind], snapshot)
    return payload


def _build(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _build(next((arg for arg in args if is_dataclass(arg)), type(value)), value)
    if origin is tuple:
        return tuple(_build(args[0], item) for item in value)
    return date.fromisoformat(value) if kind is date else value
