"""A worker process of its own for the tests: each step of its job appends who and when to a file."""

import os
import sys
import time
from itertools import count
from pathlib import Path

import django

django.setup()

from cultivation.core.jobs import JobContext, job, work_once  # noqa: E402

LAST_STEPS = 5


@job("test.steps")
def take_steps(context: JobContext, *, file: str) -> None:
    """The first attempt never ends by itself; the next goes on where it stopped, by its own output, and ends soon."""
    path = Path(file)
    first = len(path.read_text().splitlines())
    for step in count(first) if context.job.attempts == 1 else range(first, first + LAST_STEPS):
        with path.open("a") as output:
            output.write(f"{os.getpid()} {time.time()} {step}\n")
        context.progress(step + 1, step + 1)
        time.sleep(0.05)


if __name__ == "__main__":
    print("ready", flush=True)
    while True:
        if not work_once():
            time.sleep(0.1)
        elif sys.argv[1:] == ["--once"]:
            break
