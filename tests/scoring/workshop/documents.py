"""Small rulebooks to edit."""

from typing import Any

from scoring import load_library

Document = dict[str, Any]


def shipped(key: str) -> Document:
    return load_library().get(key).document()


CAPABILITY = shipped("ip-capability/2026")
KEYS = sorted(load_library().rulebooks)
