"""Write what is generated from the code (API document, typed client, rulebooks), or with --check tell what is stale."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "docs" / "generated" / "openapi.yaml"
CLIENT = ROOT / "frontend" / "src" / "shared" / "api" / "schema.d.ts"
RULEBOOKS = ROOT / "docs" / "generated" / "rulebooks.md"


def write_openapi(target: Path) -> None:
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", str(target)]
    subprocess.run(command, cwd=ROOT, check=True)


def write_client(target: Path, openapi: Path) -> None:
    command = ["scripts/node.sh", "exec", "--", "openapi-typescript", str(openapi), "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write_rulebooks(target: Path) -> None:
    from rulebook_tables import render_rulebooks

    target.write_text(render_rulebooks())


def write_all(openapi: Path, client: Path, rulebooks: Path) -> None:
    for path in (openapi, client, rulebooks):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_openapi(openapi)
    write_client(client, openapi)
    write_rulebooks(rulebooks)


def find_drift() -> list[Path]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = {path: Path(folder) / path.name for path in (OPENAPI, CLIENT, RULEBOOKS)}
        write_all(*fresh.values())
        return [path for path, new in fresh.items() if not path.exists() or path.read_text() != new.read_text()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    sys.path.insert(0, str(ROOT))
    if not parser.parse_args().check:
        write_all(OPENAPI, CLIENT, RULEBOOKS)
        return 0
    stale = find_drift()
    for path in stale:
        print(f"{path.relative_to(ROOT)} does not match the code; run `make docs` and commit it.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
