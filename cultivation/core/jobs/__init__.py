"""Jobs: long work as a row. Declare with `@job`, ask for with `enqueue`, run by `manage.py worker` or `run_now`.

What comes each day by itself is declared with `@daily`.
"""

from cultivation.core.jobs.context import JobCancelled, JobContext, LeaseLost
from cultivation.core.jobs.queue import cancel_job, enqueue, enqueue_daily
from cultivation.core.jobs.registry import daily, job
from cultivation.core.jobs.worker import run_now, work_once

__all__ = [
    "JobCancelled",
    "JobContext",
    "LeaseLost",
    "cancel_job",
    "daily",
    "enqueue",
    "enqueue_daily",
    "job",
    "run_now",
    "work_once",
]
