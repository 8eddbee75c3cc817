"""The demo's worker: `news-alerts worker` as a process of its own, which ends with the demo."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from streams.errors import WorkerStalled
from streams.settings import Settings, flag

_BOUND = re.compile(rb"health and metrics on (http://[\d.]+:\d+)")
_SAMPLE = re.compile(r"^news_alerts_(\w+?)(?:_total)?(?:\{[^}]*\})? ([0-9.e+]+)$", re.MULTILINE)
_READY_S = 60.0
_STOP_S = 20.0
_PAUSE_S = 0.1
_LOG_TAIL = 2_000


class Worker:
    """One worker process.

    Args:
        settings: Broker and prefix are the worker's, too.
        log: File for what it logs.
    """

    def __init__(self, settings: Settings, log: Path) -> None:
        self._log = log
        own = {"broker": settings.broker, "prefix": settings.prefix, "http_port": 0, "log_format": "text",
               "session_timeout_s": 6, "heartbeat_s": 2}  # fmt: skip
        flags = [word for name, value in own.items() for word in (flag(name), str(value))]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_ALERTS_")}
        with log.open("wb") as out:
            self._process = subprocess.Popen(  # noqa: S603 our own command
                [sys.executable, "-m", "streams.demo.child", "worker", "--no-verify-topics", *flags],
                env=environ, stdin=subprocess.PIPE, stdout=out, stderr=out,
            )  # fmt: skip

    async def ready(self) -> None:
        """Wait until it is ready to work.

        Raises:
            WorkerStalled: When it ended, or is not ready in `_READY_S`.
        """
        give_up_at = asyncio.get_running_loop().time() + _READY_S
        while not await asyncio.to_thread(self._get, "/readyz"):
            self.check()
            if asyncio.get_running_loop().time() > give_up_at:
                raise WorkerStalled("the demo's worker does not get ready", hint=self._tail())
            await asyncio.sleep(_PAUSE_S)

    def check(self) -> None:
        """Raise WorkerStalled when it crashed; one that was told to stop is no fault."""
        if self._process.poll():
            raise WorkerStalled("the demo's worker crashed", hint=self._tail())

    async def totals(self) -> dict[str, int]:
        """Return its counters, summed over their labels: `articles`, `mentions`, `decisions`, ..."""
        totals: dict[str, int] = {}
        for name, value in _SAMPLE.findall(await asyncio.to_thread(self._get, "/metrics")):
            totals[name] = totals.get(name, 0) + int(float(value))
        return totals

    def stop(self) -> None:
        """Let it finish what it has begun, and end it."""
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _get(self, path: str) -> str:
        """Return what it answers; nothing before it answers well."""
        bound = _BOUND.search(self._log.read_bytes())
        if bound is None:
            return ""
        try:
            with urllib.request.urlopen(bound[1].decode() + path, timeout=5) as answer:  # noqa: S310 our own
                return str(answer.read().decode())
        except OSError:
            return ""

    def _tail(self) -> str:
        return "its log ends so:\n" + self._log.read_text("utf-8", "replace")[-_LOG_TAIL:]
