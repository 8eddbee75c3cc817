"""Child processes: started in a session of their own, stopped by their id, and what they cost, from /proc."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import Self

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
SAMPLE_S = 0.02


class BenchFailure(Exception):
    """The benchmark cannot go on; the message says what did not happen."""


class Child:
    """One Python program of the benchmark.

    Args:
        arguments: What follows `python`.
        log: File for its stdout and stderr.
        environ: Variables on top of ours; `NEWS_ALERTS_*` of ours are not handed on.
    """

    def __init__(self, arguments: list[str], log: Path, environ: Mapping[str, str]) -> None:
        self.log = log
        ours = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_ALERTS_")}
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, *arguments], env=ours | dict(environ), cwd=log.parent,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.pid = self._process.pid

    def text(self) -> str:
        """Return what it printed."""
        return self.log.read_text("utf-8", "replace")

    def check(self) -> None:
        """Raise BenchFailure when it has ended."""
        if (code := self._process.poll()) is not None:
            raise BenchFailure(f"{self.log.stem} ended with {code}:\n{self.text()[-3000:]}")

    def stop(self, within_s: float = 30) -> None:
        """SIGTERM, and SIGKILL when that does not end it."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(within_s)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


class Meter:
    """Notes the CPU time of processes all the time, so that it can be told for any window afterwards.

    Args:
        pids: Name to process id.
    """

    def __init__(self, **pids: int) -> None:
        self._pids = pids
        self._samples: list[tuple[float, dict[str, float]]] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def cpu_s(self, name: str, start: float, end: float) -> float:
        """Return the CPU seconds (user and system) of a process between two moments (epoch seconds)."""
        return self._at(name, end) - self._at(name, start)

    def others(self, start: float, end: float) -> float:
        """Return how many cores everything else on the machine used between two moments."""
        noted = sum(self.cpu_s(name, start, end) for name in self._pids)
        return max(0.0, (self.cpu_s("machine", start, end) - noted) / (end - start))

    def _at(self, name: str, moment: float) -> float:
        index = bisect_left(self._samples, moment, key=lambda sample: sample[0])
        if index == 0 or index == len(self._samples):
            return self._samples[min(index, len(self._samples) - 1)][1][name]
        (before, low), (after, high) = self._samples[index - 1], self._samples[index]
        return low[name] + (high[name] - low[name]) * (moment - before) / (after - before)

    def _run(self) -> None:
        while not self._end.wait(SAMPLE_S):
            last = self._samples[-1][1] if self._samples else dict.fromkeys(self._pids, 0.0)
            noted = {name: _process_cpu_s(pid, last[name]) for name, pid in self._pids.items()}
            self._samples.append((time.time(), noted | {"machine": _machine_cpu_s()}))


def peak_mb(pid: int) -> float:
    """Return the largest resident size of a process so far."""
    return _status_mb(pid, "VmHWM")


def resident_mb(pid: int) -> float:
    """Return the resident size of a process."""
    return _status_mb(pid, "VmRSS")


def _status_mb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise BenchFailure(f"no {name} for process {pid}")


def _process_cpu_s(pid: int, last: float) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return last
    return (int(fields[11]) + int(fields[12])) * TICK_S


def _machine_cpu_s() -> float:
    with Path("/proc/stat").open() as lines:
        user, nice, system, _, _, irq, softirq, *_ = map(int, lines.readline().split()[1:])
    return (user + nice + system + irq + softirq) * TICK_S
