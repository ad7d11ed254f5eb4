"""One byte form of a value, so that a fingerprint means the same on every machine."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def canonical_json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return text.encode()


def fingerprint(value: Any) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()


NOTHING = object()
Difference = tuple[str, Any, Any]


def first_difference(one: Any, two: Any, path: str = "") -> Difference | None:
    """Where two JSON values first part, with what stands there in each; `NOTHING` where one of them has no such place.

    Elements of a list are named by their `id` where they have one.
    """
    if isinstance(one, dict) and isinstance(two, dict):
        places = (
            (f"{path}.{key}".lstrip("."), one.get(key, NOTHING), two.get(key, NOTHING)) for key in _keys(one, two)
        )
        return next(_differences(places), None)
    if isinstance(one, list) and isinstance(two, list):
        pairs = enumerate(zip_longest(one, two, fillvalue=NOTHING))
        return next(_differences((f"{path}[{_name(index, *pair)}]", *pair) for index, pair in pairs), None)
    if one is NOTHING or two is NOTHING or canonical_json(one) != canonical_json(two):
        return path, one, two
    return None


def _keys(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    return sorted(one.keys() | two.keys())


def _name(index: int, *pair: Any) -> Any:
    return next((element["id"] for element in pair if isinstance(element, dict) and "id" in element), index)


def _differences(places: Iterable[Difference]) -> Iterator[Difference]:
    for path, one, two in places:
        if found := first_difference(one, two, path):
            yield found
