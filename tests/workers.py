"""Real workers as processes of their own, for tests that read as a timeline."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

# A worker that ends with its standard input, so that a killed test leaves none behind.
COMMAND = ("streams.demo.child", "worker", "--log-format", "json", "--http-port", "0")
READY = re.compile(r"health and metrics on http://([\d.]+):(\d+)")


class Worker:
    """One `news-alerts worker` in a process of its own.

    Args:
        log: File that its stderr is appended to.
        environ: `NEWS_ALERTS_*` variables.
    """

    def __init__(self, log: Path, **environ: object) -> None:
        self.log = log
        self.environ = {f"NEWS_ALERTS_{name.upper()}": str(value) for name, value in environ.items()}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start it; it is not ready yet."""
        self._from = self.log.stat().st_size if self.log.exists() else 0
        environ = {key: value for key, value in os.environ.items() if not key.startswith("NEWS_ALERTS_")}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *COMMAND],
                env=environ | self.environ,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        return self

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self.process is not None
        self.process.send_signal(number)

    def wait(self, timeout_s: float | None = 30) -> int:
        """Return its exit code; None waits for as long as it takes."""
        assert self.process is not None
        assert self.process.stdin is not None
        code = self.process.wait(timeout_s)
        self.process.stdin.close()
        return code

    def kill(self) -> None:
        """Kill -9, and wait for the end."""
        self.send(signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.send(signal.SIGTERM)
        return self.wait(60)

    def text(self) -> str:
        """Return what it logged since its last start."""
        return self.log.read_bytes()[self._from :].decode("utf-8", "replace")

    def url(self, path: str) -> str | None:
        """Return the URL of a path of its HTTP server; None before it is bound."""
        found = READY.search(self.text())
        return f"http://{found[1]}:{found[2]}{path}" if found else None

    def get(self, path: str) -> tuple[int, str]:
        """Ask its HTTP server; (0, "") when it does not answer."""
        url = self.url(path)
        if url is None:
            return 0, ""
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    async def ready(self, within_s: float = 40) -> Self:
        """Wait until /readyz says yes."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"worker ended with {self.process.returncode}: {self.text()[-3000:]}")
            if (await asyncio.to_thread(self.get, "/readyz"))[0] == 200:
                return self
            await asyncio.sleep(0.1)
        raise AssertionError(f"worker not ready: {self.get('/readyz')} {self.text()[-3000:]}")

    def metric(self, name: str, **labels: str) -> float:
        """Return the sum of a metric's samples that carry these labels; 0 where there are none."""
        total = 0.0
        for line in self.get("/metrics")[1].splitlines():
            if line.startswith((name + "{", name + " ")) and all(
                f'{k}="{v}"' in line for k, v in labels.items()
            ):
                total += float(line.rsplit(" ", 1)[1])
        return total


class Restarter:
    """Restarts a worker whenever it ends with another code than 0, as a service manager does."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.codes: list[int] = []

    async def __aenter__(self) -> Self:
        self.worker.start()
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.codes.append(await asyncio.to_thread(self.worker.stop))

    async def _watch(self) -> None:
        while True:
            code = await asyncio.to_thread(self.worker.wait, None)
            if code == 0:
                return
            self.codes.append(code)
            await asyncio.sleep(0.5)
            self.worker.start()


async def read_topic(broker: str, topic: str, **options: object) -> list:
    """Return all records of a topic, in order per partition, by a plain client; [] without a topic."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=broker,
        group_id=None,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        **options,
    )
    await consumer.start()
    try:
        found: list = []
        ends = await consumer.end_offsets(consumer.assignment())
        while any([await consumer.position(tp) < end for tp, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=500)).values():
                found += batch
        return found
    finally:
        await consumer.stop()


async def until(broker: str, topic: str, enough, within_s: float = 60, **options: object) -> list:
    """Read a topic again and again until `enough(records)`; return them."""
    end = time.monotonic() + within_s
    while True:
        found = await read_topic(broker, topic, **options)
        if enough(found):
            return found
        assert time.monotonic() < end, f"{topic}: {len(found)} records, not enough after {within_s} s"
        await asyncio.sleep(0.3)


def bodies(records: list) -> list[dict]:
    """Return the JSON bodies of records."""
    return [json.loads(record.value) for record in records]


def publish(broker: str, topic: str, *messages: tuple[bytes, bytes | None, list[tuple[str, bytes]]]) -> None:
    """Write (key, value, headers) into a topic, as somebody else's tool does."""

    async def send() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=broker)
        await producer.start()
        for key, value, headers in messages:
            await producer.send_and_wait(topic, value, key=key, headers=headers)
        await producer.stop()

    asyncio.run(send())
