"""What a running job holds: its progress, its log, and the lease it keeps alive."""

import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from cultivation.core.actors import Actor
from cultivation.core.jobs.queue import lease_end
from cultivation.core.models import Job

LOG_LINES = 200
Watch = Callable[[int, int, str], None]


class JobCancelled(Exception):
    """Somebody asked the job to stop."""


class LeaseLost(Exception):
    """Another worker has taken the job over; this one must write nothing more."""


class JobContext:
    """Given to a handler. Every write names the worker, so one that lost its lease can't write."""

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.job = job
        self.watch = watch
        self.actor = Actor(**job.actor) if job.actor else Actor(name="系统", role="system")

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Tell how far it is; the place where a cancelled or lost job stops."""
        self._write(done=done, total=total, note=note[:300], lease_until=lease_end())
        if self.watch:
            self.watch(done, total, note)
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise JobCancelled

    def log(self, line: str) -> None:
        stamp = timezone.localtime().strftime("%H:%M:%S")
        self.job.log = [*self.job.log, f"{stamp} {line}"][-LOG_LINES:]
        self._write(log=self.job.log)

    def _write(self, **changes: Any) -> None:
        mine = Job.objects.filter(pk=self.job.pk, worker=self.job.worker, attempts=self.job.attempts, state="running")
        if not mine.update(**changes):
            raise LeaseLost


class Heartbeat:
    """Renews the lease from a thread of its own while the handler works."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(settings.JOB_LEASE_SECONDS / 3):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        """A busy database is no reason to give up: the next beat comes before the lease ends."""
        mine = Job.objects.filter(pk=self.job.pk, worker=self.job.worker, attempts=self.job.attempts, state="running")
        try:
            mine.update(lease_until=lease_end())
        except OperationalError:
            connection.close()
