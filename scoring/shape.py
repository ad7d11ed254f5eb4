"""What is wrong with the shape of a document, in the words of the person who writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .errors import ReasonError
from .schema import KINDS_WANTED
from .yamltext import Keys

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ZH: Mapping[str, str] = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "literal_error": "只能是{expected}",
    "kind": "要写明是哪一种：{kinds}",
    "string_type": "应为文字",
    "string_pattern_mismatch": "写法不对，应符合{pattern}",
    "bool_type": "应为true或false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "dict_type": "应为一组键和值",
    "model_type": "应为一组键和值",
    "too_short": "至少要有{min_length}个",
    "too_long": "最多只能有{max_length}个",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than_equal": "应不大于{le}",
    "date_type": "应为形如2026-05-01的日期",
    "date_parsing": "应为形如2026-05-01的日期",
    "date_from_datetime_parsing": "应为形如2026-05-01的日期",
}


def explain_error(error: ErrorDetails, path: Keys) -> tuple[str, str]:
    """One error of pydantic's with its place, in Chinese and English.

    Parameters
    ----------
    error : mapping
        An element of ``ValidationError.errors()``.
    path : tuple
        The part of its place that stands in the text.
    """
    kind, context = error["type"], error.get("ctx", {})
    steps = [*path, error["loc"][-1]] if kind == "missing" else path
    where = ".".join(str(step) for step in steps)
    reason = context.get("error")
    if isinstance(reason, ReasonError):
        zh, en = reason.zh, reason.en
    else:
        kinds = error["msg"].removeprefix(KINDS_WANTED)
        zh, en = _ZH.get(kind, "写法不对").format(**context, kinds=kinds), error["msg"]
    return (f"{where}：{zh}", f"{where}: {en}") if where else (zh, en)
