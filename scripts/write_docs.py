"""Write docs/generated from the code, or with --check tell what is out of date."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ROOT / "docs" / "generated"


def write_openapi(folder: Path) -> None:
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file"]
    subprocess.run([*command, str(folder / "openapi.yaml")], cwd=ROOT, check=True)


def write_rulebooks(folder: Path) -> None:
    from rulebook_tables import render_rulebooks

    (folder / "rulebooks.md").write_text(render_rulebooks())


def write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_openapi(folder)
    write_rulebooks(folder)


def find_drift() -> list[str]:
    with tempfile.TemporaryDirectory() as fresh:
        write_all(Path(fresh))
        names = sorted(path.name for path in Path(fresh).iterdir())
        return [name for name in names if _text(Path(fresh) / name) != _text(GENERATED / name)]


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    sys.path.insert(0, str(ROOT))
    if not parser.parse_args().check:
        write_all(GENERATED)
        return 0
    for name in (stale := find_drift()):
        print(f"docs/generated/{name} does not match the code; run `make docs` and commit it.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
