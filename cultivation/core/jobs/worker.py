"""Run jobs: claim, work under a heartbeat, and write down how it ended."""

import logging
import os
import socket
from contextlib import nullcontext
from typing import Any

from django.db import connection
from django.utils import timezone

from cultivation.core.errors import DomainError
from cultivation.core.jobs.context import Heartbeat, JobCancelled, JobContext, LeaseLost, Watch
from cultivation.core.jobs.queue import _take, claim_job, claimable
from cultivation.core.jobs.registry import handler_of
from cultivation.core.models import Job

logger = logging.getLogger(__name__)


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def work_once(worker: str = "") -> bool:
    """Run one job if there is one; tell whether there was."""
    found = claim_job(worker or worker_name())
    if found is None:
        return False
    run_claimed(found)
    return True


def run_now(job: Job, *, watch: Watch | None = None) -> Job:
    """Run a job that no worker has in this process, for commands that wait for it and show how far it is."""
    free = claimable().filter(pk=job.pk).first()
    if free and _take(free, worker_name()):
        free.refresh_from_db()
        run_claimed(free, watch=watch)
    job.refresh_from_db()
    return job


def run_claimed(job: Job, *, watch: Watch | None = None) -> None:
    if job.attempts > job.max_attempts:
        _finish(job, state="failed", error=f"已尝试 {job.max_attempts} 次仍未完成：处理进程多次中断。")
        return
    # A thread can't share the connection of an open transaction, which only tests have here.
    beat = nullcontext() if connection.in_atomic_block else Heartbeat(job)
    try:
        with beat:
            result = handler_of(job.kind)(JobContext(job, watch), **job.payload)
        _finish(job, state="done", result=result)
    except LeaseLost:
        logger.warning("job %s was taken over by another worker", job.pk)
    except JobCancelled:
        _finish(job, state="cancelled")
    except DomainError as refusal:
        _finish(job, state="failed", error=str(refusal))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(job, state="failed", error="处理时出现程序错误，已记入系统日志。请把任务编号告知管理员。")


def _finish(job: Job, *, state: str, result: Any = None, error: str = "") -> None:
    mine = Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state="running")
    mine.update(state=state, result=result, error=error, finished_at=timezone.now(), lease_until=None)
