import signal
import time
from datetime import date
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from cultivation.core.audit import seal_events
from cultivation.core.jobs import enqueue_daily, work_once

SEAL_SECONDS = 20


class Command(BaseCommand):
    help = (
        "Take jobs from the database and run them; seal the audit trail; begin the jobs of each day. "
        "Stops after the job in hand on SIGTERM."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="stop when no job is waiting")

    def handle(self, *args: Any, until_idle: bool = False, **options: Any) -> None:
        self.stopping = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        self.seal_at = time.monotonic()
        self.day: date | None = None
        while not self.stopping:
            busy = self._step()
            if not busy and until_idle:
                break
            if not busy:
                time.sleep(settings.JOB_POLL_SECONDS)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _step(self) -> bool:
        """A database that went away is met by waiting, not by dying."""
        close_old_connections()
        try:
            self._seal_when_due()
            self._begin_day()
            return work_once()
        except OperationalError as problem:
            self.stderr.write(f"database: {problem}")
            return False

    def _begin_day(self) -> None:
        today = timezone.localdate()
        if today != self.day:
            enqueue_daily()
            self.day = today

    def _seal_when_due(self) -> None:
        if time.monotonic() >= self.seal_at:
            seal_events()
            self.seal_at = time.monotonic() + SEAL_SECONDS
