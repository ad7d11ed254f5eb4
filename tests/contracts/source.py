"""The product's own source, read as text and as syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("backend", "cultivation", "scoring")


def apps() -> list[Path]:
    return sorted(path.parent for path in (ROOT / "cultivation").glob("*/__init__.py"))


def modules(*folders: str) -> list[Path]:
    """Python files below the folders, without migrations, which Django writes."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports_at_module_level(tree: ast.Module) -> Iterator[str]:
    """Dotted names of what loading the module loads: not what functions import, nor what only type checkers read."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not _is_for_type_checkers(
            node
        ):
            waiting += ast.iter_child_nodes(node)


def _is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
