"""The public names of scoring say what they take and give, section by section as numpydoc wants it, with sources."""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from types import FunctionType
from typing import Any

import pytest

PACKAGES = ["scoring", *(f"scoring.{name}" for name in (
    "compiled", "drift", "improve", "learn", "rights", "simulation", "workshop"))]  # fmt: skip
# What computes by a method that somebody has published says by which.
PUBLISHED = {
    "compare_groups", "compare_reviewers", "find_jumps", "measure_stability", "train_scorecard", "weigh_pairs",
}  # fmt: skip
HEADING = re.compile(r"^(\w[\w ]*)\n(-{3,})$", re.MULTILINE)
ENTRY = re.compile(r"^(\*{0,2}\w[\w*, ]*?)(?: : (\S.*))?$", re.MULTILINE)


def public() -> Iterator[Any]:
    seen: set[int] = set()
    for package in PACKAGES:
        module = importlib.import_module(package)
        for name in module.__all__:
            found = inspect.unwrap(getattr(module, name))
            if (inspect.isclass(found) or inspect.isfunction(found)) and id(found) not in seen:
                seen.add(id(found))
                yield pytest.param(found, id=f"{package}.{name}")


NAMES = list(public())
FUNCTIONS = [one for one in NAMES if inspect.isfunction(one.values[0])]
CLASSES = [one for one in NAMES if inspect.isclass(one.values[0])]


def sections(of: Any) -> dict[str, str]:
    """The sections of a docstring of its own; the text above them under the empty name."""
    text = inspect.cleandoc(vars(of).get("__doc__") or "") if inspect.isclass(of) else inspect.getdoc(of) or ""
    heads = list(HEADING.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    found = {head[1]: text[head.end() : end].strip("\n") for head, end in zip(heads, ends, strict=False)}
    return {"": text[: heads[0].start()] if heads else text, **found}


def entries(section: str) -> list[str]:
    """Names of what a section lists, each with its type and some words below."""
    return [name.strip() for entry in ENTRY.findall(section) for name in entry[0].split(",")]


def parameters(of: Any) -> list[str]:
    return [name for name in inspect.signature(of).parameters if name != "self"]


def raises(function: FunctionType) -> bool:
    return any(
        isinstance(node, ast.Raise) for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function))))
    )


@pytest.mark.parametrize("of", NAMES)
def test_it_begins_with_one_sentence(of: Any) -> None:
    summary, *rest = sections(of)[""].split("\n")
    assert re.match(r"^[A-Z].*[.:]$", summary), summary
    assert not rest or rest[0] == ""


@pytest.mark.parametrize("of", FUNCTIONS)
def test_a_function_says_what_it_takes_gives_and_refuses(of: FunctionType) -> None:
    found = sections(of)
    assert entries(found.get("Parameters", "")) == parameters(of)
    gives = of.__annotations__["return"] not in (None, "None")
    assert ("Returns" in found or "Yields" in found) == gives
    assert "Raises" in found or not raises(of)


@pytest.mark.parametrize("of", CLASSES)
def test_a_class_says_what_it_is_made_of_or_has(of: type) -> None:
    found = sections(of)
    said = entries(found.get("Attributes", "")) + entries(found.get("Parameters", ""))
    if is_dataclass(of):
        wanted = [field.name for field in fields(of) if not field.name.startswith("_") and field.init]
    elif issubclass(of, Enum) or (issubclass(of, Exception) and "__init__" not in vars(of)):
        wanted = []
    else:
        wanted = parameters(of.__init__)
    assert [name for name in wanted if name not in said] == []


@pytest.mark.parametrize("of", CLASSES)
def test_the_methods_of_a_class_are_told(of: type) -> None:
    methods = {name: one for name, one in vars(of).items() if not name.startswith("_")}
    silent = [name for name, one in methods.items()
              if isinstance(one, (FunctionType, classmethod, property)) and not inspect.getdoc(one)]  # fmt: skip
    assert silent == []


def test_published_methods_are_cited() -> None:
    uncited = [of.__name__ for of in (one.values[0] for one in FUNCTIONS)
               if of.__name__ in PUBLISHED and "References" not in sections(of)]  # fmt: skip
    assert uncited == []
    assert {one.values[0].__name__ for one in FUNCTIONS} >= PUBLISHED


def test_sections_are_those_of_numpydoc_in_its_order() -> None:
    order = ["", "Parameters", "Attributes", "Returns", "Yields", "Raises", "Notes", "References", "Examples"]
    for one in NAMES:
        found = list(sections(one.values[0]))
        assert [name for name in order if name in found] == found, one.id
