"""A worker process of its own for the tests: each step of its job appends who and when to a file."""

import os
import sys
import time
from pathlib import Path

import django

django.setup()

from cultivation.core.jobs import JobContext, job, work_once  # noqa: E402

STEPS = 60


@job("test.steps")
def take_steps(context: JobContext, *, file: str) -> None:
    """Goes on where it stopped: what is done is read from its own output, as every long job does."""
    path = Path(file)
    for step in range(len(path.read_text().splitlines()), STEPS):
        with path.open("a") as output:
            output.write(f"{os.getpid()} {time.time()} {step}\n")
        context.progress(step + 1, STEPS)
        time.sleep(0.05)


if __name__ == "__main__":
    print("ready", flush=True)
    while True:
        if not work_once():
            time.sleep(0.1)
        elif sys.argv[1:] == ["--once"]:
            break
