"""A place for whole workers: topics, a feed in a file, workers, and what came of it."""

from __future__ import annotations

import asyncio
import json
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.builders import feed, ndjson
from tests.integration.promises import Held, held, owed, pairs_of
from tests.workers import Worker, bodies, read_topic

PARTITIONS = 4


class Town:
    """One prefix on one broker.

    Args:
        broker: Its address.
        prefix: Of all topics, and the group's name.
        path: A directory of the test's own.
        security: Settings of the connection: username, password, ca_file.
    """

    def __init__(self, broker: str, prefix: str, path: Path, **security: str) -> None:
        self.broker, self.prefix, self.path, self.security = broker, prefix, path, security

    def run(self, *words: str, text: str | None = None, code: int = 0) -> str:
        """Run a command of ours to its end, demand its exit code, and return what it printed."""
        flags = {"broker": self.broker, "prefix": self.prefix} | self.security
        more = [part for name, value in flags.items() for part in (f"--{name.replace('_', '-')}", value)]
        done = subprocess.run(
            [sys.executable, "-m", "streams", *words, *more],
            input=text, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == code, f"{words} ended with {done.returncode}: {done.stderr}"
        return done.stdout

    async def command(self, *words: str, text: str | None = None, code: int = 0) -> str:
        """Run a command beside what else happens."""
        return await asyncio.to_thread(self.run, *words, text=text, code=code)

    async def tell(self, *articles: dict[str, Any]) -> None:
        """Ingest articles."""
        await self.command("ingest", "-", text=ndjson(iter(articles)).decode())

    def worker(self, name: str, **settings: object) -> Worker:
        """Return a worker of the group, not started, that fails over quickly."""
        quick = {"session_timeout_s": 3, "heartbeat_s": 1, "commit_interval_s": 1, "missing_timeout_s": 3}
        where = {"broker": self.broker, "prefix": self.prefix, "group": self.prefix}
        return Worker(self.path / f"{name}.log", **(quick | where | self.security | settings))

    def write_feed(self, count: int) -> Path:
        """Write a feed into a file and remember what it owes."""
        self.articles = list(feed(count))
        file = self.path / "feed.ndjson"
        file.write_bytes(ndjson(iter(self.articles)))
        return file

    async def read(self, topic: str) -> list[dict[str, Any]]:
        """Return the bodies of a topic, named without its prefix."""
        return bodies(await self.records(topic))

    async def records(self, topic: str) -> list[Any]:
        """Return the records of a topic, named without its prefix."""
        return await read_topic(self.broker, f"{self.prefix}.{topic}", **self._client())

    async def until(self, topic: str, count: int, within_s: float = 40) -> list[dict[str, Any]]:
        """Read a topic until it holds so many records."""
        for _ in range(int(within_s / 0.2)):
            if len(found := await self.read(topic)) >= count:
                return found
            await asyncio.sleep(0.2)
        raise AssertionError(f"{topic} holds {len(found)} records, not {count}: {json.dumps(found)[:2000]}")

    async def outcome(self) -> Held:
        """Wait until the topics hold what the feed owes, and hold them against the promise."""
        pairs = await asyncio.to_thread(owed, self.articles)
        for _ in range(240):
            tape, suppressed = await self.read("alerts"), await self.read("alerts.suppressed")
            if pairs <= pairs_of([*tape, *suppressed]):
                break
            await asyncio.sleep(0.5)
        return held(pairs, tape, suppressed)

    def _client(self) -> dict[str, Any]:
        if not self.security:
            return {}
        return {
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.security["username"],
            "sasl_plain_password": self.security["password"],
            "ssl_context": ssl.create_default_context(cafile=self.security["ca_file"]),
        }


async def worked_on(worker: Worker, articles: int) -> None:
    """Wait until a worker has worked on so many articles since its start."""
    for _ in range(1200):
        if await asyncio.to_thread(worker.metric, "news_alerts_articles_total") >= articles:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"fewer than {articles} articles: {worker.text()[-2000:]}")


async def shows(worker: Worker, metric: str, value: float, **labels: str) -> None:
    """Wait until a metric of a worker has a value."""
    for _ in range(400):
        if await asyncio.to_thread(worker.metric, metric, **labels) == value:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{metric} is not {value}: {worker.text()[-2000:]}")
