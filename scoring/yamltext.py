"""YAML read safely: plain data only, with the line of everything, and no surprises.

Aliases (and with them YAML bombs), tags and duplicate keys are refused; dates stay text, so the data is plain JSON.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from .errors import ReasonError, shorten

Keys = tuple[str | int, ...]
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 60
_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_PLAIN = {"null", "bool", "int", "float", "str", "timestamp"}


class TextError(ReasonError):
    """YAML that can't be accepted; ``line`` counts from 1."""

    def __init__(self, zh: str, en: str, line: int) -> None:
        super().__init__(zh, en)
        self.line = line


@dataclass(frozen=True)
class Document:
    """Plain data, and the line of each path into it."""

    data: Any
    lines: dict[Keys, int]

    def locate(self, path: Keys) -> Keys:
        """The longest known beginning of ``path``; steps that aren't in the text are passed over."""
        here: Keys = ()
        for step in path:
            if (*here, step) in self.lines:
                here = (*here, step)
        return here

    def line_of(self, path: Keys) -> int:
        """Line of a place, or of what stands around it."""
        return self.lines[self.locate(path)]


def read_yaml(text: str) -> Document:
    """Parse one document.

    Raises
    ------
    TextError
        With the line, for broken syntax, an alias, a tag, a duplicate key, or a text too long or too deep.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextError(f"超过{MAX_CHARACTERS}个字符", f"longer than {MAX_CHARACTERS} characters", 1)
    try:
        _refuse_bombs(text)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        raise TextError("不是有效的YAML", f"broken YAML: {problem.problem}", line) from problem
    except yaml.YAMLError as problem:
        raise TextError("含有不允许的字符", str(problem).splitlines()[0], 1) from problem
    if root is None:
        raise TextError("文件是空的", "the file is empty", 1)
    reader = _Reader()
    return Document(reader.read(root, ()), reader.lines)


def _refuse_bombs(text: str) -> None:
    """Aliases and depth, seen event by event: composing a node tree first would use up the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise TextError("不允许使用锚点引用", "aliases are not allowed", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise TextError("嵌套过深", "nested too deeply", line)


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Keys, int] = {}

    def read(self, node: yaml.Node, path: Keys) -> Any:
        line = node.start_mark.line + 1
        self.lines[path] = line
        if not isinstance(node, yaml.ScalarNode) and node.tag not in _COLLECTIONS:
            raise _strange_tag(node, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*path, index)) for index, child in enumerate(node.value)]
        return _scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, path: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise TextError("键必须是文字", "a key must be text", line)
            key = str(key_node.value)
            if key in found:
                raise TextError(f"键{shorten(key)}出现两次", f"the key {shorten(key)} stands twice", line)
            found[key] = self.read(value_node, (*path, key))
        return found


def _scalar(node: yaml.Node, line: int) -> Any:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind not in _PLAIN:
        raise _strange_tag(node, line)
    text = str(node.value)
    if kind in ("str", "timestamp"):
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return _boolean(text)
    return _number(text, line)


def _strange_tag(node: yaml.Node, line: int) -> TextError:
    return TextError(f"不允许使用标签{shorten(node.tag)}", f"the tag {shorten(node.tag)} is not allowed", line)


def _boolean(text: str) -> bool | str:
    """Only true and false: ``yes``, ``no``, ``on`` and ``off`` stay the words they are."""
    return {"true": True, "false": False}.get(text.lower(), text)


def _number(text: str, line: int) -> int | float:
    try:
        number = int(text) if text.lstrip("+-").isdigit() else float(text)
        if math.isfinite(number):
            return number
    except (ValueError, OverflowError):
        pass
    raise TextError(f"{shorten(text)}不是十进制数", f"not a decimal number: {shorten(text)}", line)


_FOLDED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def as_text(raw: object) -> str:
    """Plain data as text that ``read_yaml`` reads back: JSON, with what YAML would fold or refuse written as escapes.

    Raises
    ------
    TextError
        It is not plain data.
    """
    try:
        text = json.dumps(raw, ensure_ascii=False, allow_nan=False, indent=1)
    except (TypeError, ValueError, RecursionError) as problem:
        raise TextError("不是一份JSON文档", f"not a JSON document: {problem}", 1) from problem
    return _FOLDED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
