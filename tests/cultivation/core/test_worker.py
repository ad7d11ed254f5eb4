"""Workers as real processes: killed outright, asked to stop, and put to work by the command."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from cultivation.core.actors import SYSTEM
from cultivation.core.jobs import enqueue
from cultivation.core.management.commands.worker import Command
from cultivation.core.models import Job
from tests.cultivation.core.slow_worker import LAST_STEPS

pytestmark = pytest.mark.django_db(transaction=True)

LEASE = 2
PATIENCE = 30


def database_url() -> str:
    """The test database, for a process that has only its environment."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{found['NAME']}"
    host = {"host": found["HOST"]} if found["HOST"] else {}
    port = f":{found['PORT']}" if found["PORT"] else ""
    return f"postgresql://{found['USER']}:{found['PASSWORD']}@{port}/{found['NAME']}?{urlencode(host)}"


class Workers:
    def __init__(self) -> None:
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *command: str) -> subprocess.Popen[str]:
        own = {"DATABASE_URL": database_url(), "JOB_LEASE_SECONDS": str(LEASE), "PYTHONPATH": "."}
        process = subprocess.Popen(
            [sys.executable, *command], env={**os.environ, **own}, stdout=subprocess.PIPE, text=True
        )
        self.started.append(process)
        return process

    def start_slow(self) -> subprocess.Popen[str]:
        process = self.start("tests/cultivation/core/slow_worker.py")
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process


@pytest.fixture
def workers() -> Iterator[Workers]:
    found = Workers()
    yield found
    for process in found.started:
        process.kill()
        process.communicate()


def wait_for_lines(path: Path, count: int) -> list[list[str]]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        lines = [line.split() for line in path.read_text().splitlines()]
        if len(lines) >= count:
            return lines
        time.sleep(0.02)
    raise AssertionError(f"{path.read_text()!r} has fewer than {count} lines after {PATIENCE} s")


def wait_for_state(job: Job, state: str) -> Job:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        job.refresh_from_db()
        if job.state == state:
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job is {job.state}, not {state}, after {PATIENCE} s: {job.error}")


def test_a_killed_workers_job_goes_on_within_lease_and_a_second(workers: Workers, tmp_path: Path) -> None:
    output = tmp_path / "steps"
    output.touch()
    doomed = workers.start_slow()
    job = enqueue(SYSTEM, "test.steps", label="走", file=str(output))
    wait_for_lines(output, 5)
    heir = workers.start_slow()
    doomed.kill()
    doomed.wait()
    killed_at = time.time()
    before = output.read_text().splitlines()
    lines = wait_for_lines(output, len(before) + LAST_STEPS)
    taken_over_at = next(float(at) for pid, at, _ in lines if int(pid) == heir.pid)
    assert taken_over_at - killed_at < LEASE + 1
    assert wait_for_state(job, "done").attempts == 2
    assert [int(step) for _, _, step in lines] == list(range(len(before) + LAST_STEPS))


def test_the_command_stops_on_sigterm_after_the_job_in_hand(workers: Workers) -> None:
    process = workers.start("manage.py", "worker")
    job = enqueue(SYSTEM, "test.unheard-of", label="？")
    wait_for_state(job, "failed")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_the_command_until_idle_empties_the_queue() -> None:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    jobs = [enqueue(SYSTEM, "test.unheard-of", label="？") for _ in range(3)]
    try:
        call_command("worker", "--until-idle")
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert [Job.objects.get(pk=job.pk).state for job in jobs] == ["failed"] * 3


def test_the_command_outlives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def seal() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr("cultivation.core.management.commands.worker.seal_events", seal)
    command = Command()
    command.seal_at = 0.0
    assert command._step() is False
    assert "database: gone" in capsys.readouterr().err
