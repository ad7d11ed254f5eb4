"""The real site as `make run` starts it, with a data folder and a port of its own."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.contracts.source import ROOT

READY_SECONDS = 300
DATABASE = "zhiyu.sqlite3"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Site:
    """`url` answers from when `wait` returns until `stop`."""

    def __init__(self, data: Path, *, demonstration: bool) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        own = {"DATA_DIR": str(data), "DATABASE_URL": "", "DEMONSTRATION": str(demonstration).lower()}
        self.process = subprocess.Popen(
            [sys.executable, "scripts/serve.py", str(self.port)],
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output:
            for line in output:
                self.lines.append(line)

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def wait(self, text: str = "", *, seconds: float = READY_SECONDS) -> None:
        """Until the site has said the text; by default, that it is ready."""
        wanted, until = text or self.url, time.monotonic() + seconds
        while wanted not in self.output:
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the site did not say {wanted!r}:\n{self.output}")
            time.sleep(0.1)

    def processes(self) -> dict[int, str]:
        """Every process that this site started, with its command line."""
        parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        found = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return {pid: command for pid in found - {self.process.pid} if (command := _command(pid))}

    def copy(self, folder: Path) -> "Site":
        """Another site on a copy of this one's data, as if it had been stopped and started again."""
        folder.mkdir()
        with sqlite3.connect(self.data / DATABASE) as now, sqlite3.connect(folder / DATABASE) as then:
            now.backup(then)
        now.close()
        then.close()
        for name in ("files", "signing"):
            if (self.data / name).exists():
                shutil.copytree(self.data / name, folder / name)
        return Site(folder, demonstration=True)

    def stop(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(60)
        self._reader.join(30)
        return code


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def are_gone(pids: set[int], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(_command(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
