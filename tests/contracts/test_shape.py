"""Every app has the same shape, and what is heavy is loaded only when it is used."""

import ast
from pathlib import Path

import pytest

from tests.contracts.source import PRODUCT, apps, imports_at_module_level, modules, name_of

FILES = {
    "models", "states", "queries", "permissions", "effects", "flow", "services", "jobs", "events", "api", "apps",
    "migrations", "management", "locale", "templates",
}  # fmt: skip
OWN = {"accounts": {"adapters", "authentication"}}
HEAVY = {"sklearn", "weasyprint", "pandas"}
LONGEST_FILE = 340
# core knows no roles, so who may watch a job is decided in operations
OTHER_DOORS = {"cultivation/operations/api.py": ["Job.objects.filter"]}


@pytest.mark.parametrize("app", [app for app in apps() if app.name != "core"], ids=lambda app: app.name)
def test_an_app_has_only_the_known_files(app: Path) -> None:
    found = {path.stem for path in app.iterdir() if path.name not in {"__init__.py", "__pycache__"}}
    assert found <= FILES | OWN.get(app.name, set())


def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_nothing_heavy_is_loaded_with_a_module() -> None:
    loaded = {name_of(path): {*imports_at_module_level(syntax(path))} for path in modules("cultivation")}
    assert [path for path, names in loaded.items() if {name.split(".")[0] for name in names} & HEAVY] == []


def test_scoring_is_used_by_its_public_names() -> None:
    loaded = {name_of(path): {*imports_at_module_level(syntax(path))} for path in modules("cultivation", "backend")}
    assert [path for path, names in loaded.items() if any(name.startswith("scoring.") for name in names)] == []


def test_no_file_outgrows_its_reader() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in modules(*PRODUCT)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def direct_reads(tree: ast.Module) -> list[str]:
    """Uses of a manager that go round `visible_to`, as `Model.objects.filter`."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in {"objects", "_default_manager", "_base_manager"}
        and node.attr not in {"visible_to", "none"}
    ]


def test_the_api_reaches_rows_by_visible_to_only() -> None:
    api = [
        path for path in modules("cultivation") if "api" in {path.stem, path.parent.name} and "core" not in path.parts
    ]
    found = {name_of(path): direct_reads(syntax(path)) for path in api}
    assert {path: reads for path, reads in found.items() if reads} == OTHER_DOORS


@pytest.mark.parametrize(
    ("source", "loaded"),
    [
        ("import pandas as pd", {"pandas"}),
        ("if True:\n    from sklearn.tree import x", {"sklearn.tree"}),
        ("class A:\n    import weasyprint", {"weasyprint"}),
        ("try:\n    import pandas\nexcept ImportError: pass", {"pandas"}),
        ("def f():\n    import pandas", set()),
        ("if TYPE_CHECKING:\n    import pandas", set()),
    ],
)
def test_the_reader_of_imports_sees_what_loads(source: str, loaded: set[str]) -> None:
    assert set(imports_at_module_level(ast.parse(source))) == loaded


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Round.objects.filter(pk=1)", ["Round.objects.filter"]),
        ("Round.objects.visible_to(actor).filter(pk=1)", []),
        ("self.model._default_manager.all()", ["self.model._default_manager.all"]),
    ],
)
def test_the_reader_of_queries_sees_the_other_doors(source: str, found: list[str]) -> None:
    assert direct_reads(ast.parse(source)) == found
