"""Jobs: long work as a row. Declare with `@job`, ask for with `enqueue`, run by `manage.py worker` or `run_now`."""

from cultivation.core.jobs.context import JobCancelled, JobContext, LeaseLost
from cultivation.core.jobs.queue import cancel_job, enqueue
from cultivation.core.jobs.registry import job
from cultivation.core.jobs.worker import run_now, work_once

__all__ = ["JobCancelled", "JobContext", "LeaseLost", "cancel_job", "enqueue", "job", "run_now", "work_once"]
