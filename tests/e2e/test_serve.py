"""`make run`: the supervisor brings back what dies, and leaves nothing behind when it goes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.source import ROOT
from tests.e2e.site import Site, are_gone, free_port


@pytest.fixture(scope="module")
def used_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site that ran before, without the demonstration province."""
    folder = tmp_path_factory.mktemp("used")
    first = Site(folder, demonstration=False)
    first.wait()
    assert first.stop() == 0
    return folder


@pytest.fixture
def bare_site(used_folder: Path, tmp_path: Path) -> Iterator[Site]:
    started = Site(shutil.copytree(used_folder, tmp_path / "data"), demonstration=False)
    try:
        started.wait()
        yield started
    finally:
        started.stop(signal.SIGTERM)


def worker_of(site: Site) -> int:
    return next(pid for pid, command in site.processes().items() if command.endswith("manage.py worker"))


def test_the_site_answers_and_ctrl_c_stops_everything(bare_site: Site) -> None:
    with urllib.request.urlopen(f"{bare_site.url}/healthz") as answer:
        assert answer.status == 200
    started = set(bare_site.processes())
    assert len(started) >= 4
    assert bare_site.stop(signal.SIGINT) == 0
    assert are_gone(started, seconds=1)


def test_idle_connections_do_not_hold_up_the_site(bare_site: Site) -> None:
    """As browsers open them ahead of need."""
    idle = [socket.create_connection(("127.0.0.1", bare_site.port)) for _ in range(6)]
    with urllib.request.urlopen(f"{bare_site.url}/healthz", timeout=10) as answer:
        assert answer.status == 200
    for connection in idle:
        connection.close()


def test_a_killed_worker_is_started_again(bare_site: Site) -> None:
    first = worker_of(bare_site)
    os.kill(first, signal.SIGKILL)
    bare_site.wait("The worker ended; starting it again.", seconds=10)
    assert worker_of(bare_site) != first


def test_a_killed_supervisor_leaves_no_orphans(bare_site: Site) -> None:
    started = set(bare_site.processes())
    bare_site.stop(signal.SIGKILL)
    assert are_gone(started, seconds=20)


def test_a_second_start_keeps_the_data(used_folder: Path, bare_site: Site) -> None:
    assert (bare_site.data / "secret-key").read_text() == (used_folder / "secret-key").read_text()
    assert (bare_site.data / "zhiyu.sqlite3").exists()


def test_a_port_in_use_is_told_in_one_sentence() -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        ended = subprocess.run(
            [sys.executable, "scripts/serve.py", "--check-port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    said = f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}\n"
    assert (ended.returncode, ended.stderr) == (1, said)
