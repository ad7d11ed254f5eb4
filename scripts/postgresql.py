"""A PostgreSQL for the tests: the one that answers, else a private one started here and removed afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

SOCKETS = "/var/run/postgresql"
DATABASE = f"zhiyu_{os.getpid()}"


@contextmanager
def find_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a database that does not exist yet, or an empty text where there is no server to be had."""
    answering = next((url for url in _candidates() if _may_create(url)), "")
    if answering or not _server_programs():
        yield answering
        return
    with _private_server() as url:
        yield url


def install_postgresql() -> None:
    """The Debian package, where we may; its own cluster is left as it is."""
    if os.geteuid() == 0 and not _server_programs():
        subprocess.run(["scripts/system.sh", "postgresql"], check=False)


def _candidates() -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if urlsplit(given).scheme in {"postgres", "postgresql"}:
        yield urlsplit(given)._replace(path=f"/{DATABASE}").geturl()
    me = pwd.getpwuid(os.geteuid()).pw_name
    for user in dict.fromkeys([me, "postgres"]):
        yield f"postgresql://{user}@/{DATABASE}?{urlencode({'host': SOCKETS})}"
        yield f"postgresql://{user}@127.0.0.1:5432/{DATABASE}"


def _may_create(url: str) -> bool:
    maintenance = urlsplit(url)._replace(path="/postgres").geturl()
    try:
        with psycopg.connect(maintenance, connect_timeout=3) as connection:
            found = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(found and found[0])


def _server_programs() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def _private_server() -> Iterator[str]:
    """A cluster in a temporary folder, reached by a socket there. PostgreSQL refuses root, so root lends it a user."""
    programs = _server_programs()
    assert programs
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="zhiyu-pg-") as folder:
        if user:
            shutil.chown(folder, user, user)
        data = f"{folder}/data"

        def run(*command: str) -> None:
            subprocess.run(command, check=True, user=user, group=user, cwd=folder, stdout=subprocess.DEVNULL)

        run(
            f"{programs}/initdb",
            "-D",
            data,
            "-U",
            "zhiyu",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run(f"{programs}/pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://zhiyu@/{DATABASE}?{urlencode({'host': folder})}"
        finally:
            run(f"{programs}/pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
