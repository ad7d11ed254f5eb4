"""The import contracts hold, and each of them would fail on a violation: nobody keeps them by good will alone."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.contracts.source import PRODUCT, ROOT, apps

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
ASKS_SCORING = {"programmes", "assessments", "pools"}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FOLDERS, TESTS, APPS, INSIDE, ASKING, DJANGO = (contract["name"] for contract in CONTRACTS)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for folder in PRODUCT:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(house: Path) -> list[str]:
    """Names of the contracts that do not hold in this copy of the product."""
    lint = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "COLUMNS": "300", "DJANGO_SETTINGS_MODULE": "backend.settings"},
    )
    assert "Contracts:" in lint.stdout, lint.stdout + lint.stderr
    return [contract["name"] for contract in CONTRACTS if f"{contract['name']} BROKEN" in lint.stdout]


def plant(house: Path, module: str, line: str) -> None:
    path = house / f"{module.replace('.', '/')}.py"
    path = path if path.exists() else house / module.replace(".", "/") / "__init__.py"
    path.write_text(f"{path.read_text()}\n{line}\n" if path.exists() else f"{line}\n")


def test_the_contracts_hold(house: Path) -> None:
    assert broken_contracts(house) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("scoring", "import cultivation.core.errors", FOLDERS),
        ("cultivation.core.errors", "import backend.env", FOLDERS),
        ("cultivation.core.errors", "import tests.people", TESTS),
        ("scoring", "import tests.people", TESTS),
        ("cultivation.core.errors", "import cultivation.accounts.states", APPS),
        ("cultivation.programmes.states", "import cultivation.assessments.states", APPS),
        ("cultivation.assessments.states", "def late():\n    import cultivation.pools.states", APPS),
        ("cultivation.accounts.queries", "import cultivation.accounts.models", INSIDE),
        ("cultivation.accounts.states", "import cultivation.accounts.queries", INSIDE),
        ("cultivation.programmes.flow", "import cultivation.programmes.services", INSIDE),
        ("cultivation.assessments.services", "import cultivation.assessments.jobs", INSIDE),
        ("cultivation.publication.services", "import cultivation.publication.api", INSIDE),
        ("cultivation.core.canonical", "import scoring", ASKING),
        ("cultivation.publication.services", "import scoring", ASKING),
        ("cultivation.operations.services", "import scoring", ASKING),
        ("scoring", "import django", DJANGO),
        ("scoring", "def late():\n    from rest_framework import views", DJANGO),
    ],
)
def test_a_planted_violation_breaks_its_contract(house: Path, module: str, line: str, contract: str) -> None:
    plant(house, module, line)
    assert contract in broken_contracts(house)


def test_siblings_may_not_see_each_other(house: Path) -> None:
    """`documents` and `notices` stand side by side; the second comes with a later issue, the contract is here now."""
    (house / "cultivation" / "notices").mkdir(exist_ok=True)
    plant(house, "cultivation.notices", "import cultivation.documents.states")
    assert APPS in broken_contracts(house)


def test_an_app_without_a_place_in_the_order_breaks_the_contract(house: Path) -> None:
    (house / "cultivation" / "surprise").mkdir()
    plant(house, "cultivation.surprise", "")
    assert APPS in broken_contracts(house)


def test_every_app_is_covered_by_the_order_inside_an_app() -> None:
    covered = next(contract["containers"] for contract in CONTRACTS if contract["name"] == INSIDE)
    assert sorted(covered) == [f"cultivation.{app.name}" for app in apps() if app.name != "core"]


def test_every_app_that_may_not_ask_scoring_is_named() -> None:
    named = next(contract["source_modules"] for contract in CONTRACTS if contract["name"] == ASKING)
    expected = {f"cultivation.{app.name}" for app in apps() if app.name not in ASKS_SCORING}
    assert set(named) == expected | {"backend"}
