"""Run the site and the worker until told to stop: bring back what dies, leave nothing behind."""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
STOP_SECONDS = 15
TOO_OFTEN = 5
WITHIN_SECONDS = 60
DIE_WITH_PARENT = 1


def manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


def site(port: int) -> list[str]:
    """With threads: browsers open connections ahead of need, and each idle one would hold a single-threaded worker."""
    bind = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "8", "--preload", "--timeout", "120"]
    return [sys.executable, "-m", "gunicorn", "backend.wsgi", *bind, "--log-level", "warning", "--no-control-socket"]


def die_with_parent() -> None:
    """Linux: the child gets SIGTERM even when this process is killed outright."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


@dataclass
class Service:
    """One process and its own group, started again when it ends."""

    name: str
    command: list[str]
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=TOO_OFTEN))
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.starts.append(time.monotonic())
        prepare = die_with_parent if sys.platform == "linux" else None
        self.process = subprocess.Popen(self.command, cwd=ROOT, start_new_session=True, preexec_fn=prepare)

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    @property
    def ends_too_often(self) -> bool:
        return len(self.starts) == TOO_OFTEN and time.monotonic() - self.starts[0] < WITHIN_SECONDS

    def signal(self, number: int) -> None:
        """Tell the process; tell its whole group when it is to be killed, so that its own children go too."""
        if self.process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def stop(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not stop in time and is killed.", flush=True)
        self.signal(signal.SIGKILL)
        self.process.wait()


class Supervisor:
    def __init__(self, services: list[Service]) -> None:
        self.services = services
        self.stopping = False

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def run(self, ready: str) -> int:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self.ask_to_stop)
        try:
            for service in self.services:
                service.start()
            return self._watch(ready)
        finally:
            self._stop_all()

    def _watch(self, ready: str) -> int:
        said = False
        while not self.stopping:
            for service in self.services:
                if service.has_ended and not self._revive(service):
                    return 1
            if not said and is_healthy():
                print(ready, flush=True)
                said = True
            time.sleep(0.3)
        return 0

    def _revive(self, service: Service) -> bool:
        service.signal(signal.SIGKILL)
        if self.stopping:
            return True
        if service.ends_too_often:
            print(f"{service.name} ended {TOO_OFTEN} times within {WITHIN_SECONDS} s; giving up.", flush=True)
            return False
        print(f"{service.name} ended; starting it again.", flush=True)
        service.start()
        return True

    def _stop_all(self) -> None:
        for service in self.services:
            service.signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for service in self.services:
            service.stop(until)
        print("Stopped.", flush=True)


def is_healthy() -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{os.environ['PORT']}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT={port + 1}")


def prepare() -> str:
    """Bring the database up to date and, when asked for, load the demonstration province; its accounts as text."""
    steps = ["from django.core.management import execute_from_command_line as run", "run(['', 'migrate', '-v0'])"]
    if os.environ.get("DEMONSTRATION", "").lower() in {"1", "true", "yes", "on"}:
        print("Seeing that the demonstration province is there; the first time takes a minute or two.", flush=True)
        steps.append("run(['', 'load_demonstration'])")
    command = [sys.executable, "-c", "; ".join(steps)]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--check-port", action="store_true", help="only see whether the port is free")
    options = parser.parse_args()
    require_free(options.port)
    if options.check_port:
        return 0
    os.environ |= {"PORT": str(options.port), "DJANGO_SETTINGS_MODULE": "backend.settings"}
    try:
        accounts = prepare()
    except subprocess.CalledProcessError as problem:
        return int(problem.returncode)
    services = [Service("The site", site(options.port)), Service("The worker", manage("worker"))]
    address = f"\n知育 Zhiyu: http://{HOST}:{options.port}   (Ctrl-C stops it)"
    return Supervisor(services).run("\n".join(filter(None, [accounts, address])))


if __name__ == "__main__":
    sys.exit(main())
