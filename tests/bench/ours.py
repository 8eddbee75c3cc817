"""news-alerts itself: the whole way through one worker that holds all subscriptions."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from streams.alerts.routing.subscription import Subscription
from streams.kafka.admin import ensure_topics
from streams.wire.control import SUBSCRIPTION
from streams.wire.envelope import stamps
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    CATALOGUE,
    DEAD_LETTER,
    MENTIONS,
    RAW,
    STORIES,
    SUBSCRIPTIONS,
    SUPPRESSED,
    Topic,
    full_name,
    subscriber_topic,
)
from tests.bench.contest import SLOWEST, Outcome, Town, meter_of
from tests.bench.material import SUBSCRIBERS, Body
from tests.bench.offsets import Offsets, until
from tests.bench.processes import BenchFailure, peak_mb
from tests.bench.traffic import fill, latencies, pour
from tests.workers import Worker

READY_WITHIN_S = 120


class Ours:
    """A worker that holds all subscriptions and is ready; make one with `started`.

    Args:
        town: Where.
        worker: Its process.
        offsets: The broker's.
    """

    def __init__(self, town: Town, worker: Worker, offsets: Offsets) -> None:
        self.town, self.worker, self.offsets = town, worker, offsets
        self.settings = town.settings("ours")
        self.start: dict[str, float] = {}

    def topic(self, topic: Topic) -> str:
        """Return a topic's full name."""
        return full_name(topic, self.settings.prefix)

    @property
    def pid(self) -> int:
        """The worker's process id."""
        assert self.worker.process is not None
        return self.worker.process.pid

    async def measure(self) -> Outcome:
        """Work off a burst of the whole backlog, then the steady flow."""
        town, offsets, outcome = self.town, self.offsets, Outcome()
        await self.settle()
        before = await self._written()
        mentions_before = await offsets.ends(self.topic(MENTIONS))
        with meter_of(self.pid, town) as meter:
            await fill(self.settings, self.topic(RAW), town.backlog)
            limit_s = 120 + len(town.backlog) / SLOWEST
            end = await until(self._caught_up, "the worker works off the backlog", limit_s)
            start = min(
                stamps(tuple(record.headers))["enriched_at"]
                for record in await offsets.edge(self.topic(MENTIONS), since=mentions_before)
            )
        outcome.replayed(len(town.backlog), "child", meter, (start / 1000, end))
        outcome.more = self.start | await self._figures(before)
        if town.steady:
            raw, tape = self.topic(RAW), self.topic(ALERTS)
            outcome.latency_ms = await latencies(town.broker, raw, tape, town.steady)
        outcome.peak_mb = peak_mb(self.pid)
        return outcome

    async def settle(self) -> None:
        """Wait for what a group does only once, at its first start: a look for bad subscriptions."""
        await until(self._checked, "the group checks the subscriptions", READY_WITHIN_S)

    async def _checked(self) -> bool:
        self.check()
        return await self.offsets.lag(self.settings.group, self.topic(SUBSCRIPTIONS)) == 0

    async def _caught_up(self) -> bool:
        self.check()
        return await self.offsets.lag(self.settings.group, self.topic(RAW), self.topic(MENTIONS)) == 0

    def check(self) -> None:
        """Raise BenchFailure when the worker has ended."""
        if self.worker.process is None or self.worker.process.poll() is not None:
            raise BenchFailure(f"the worker ended:\n{self.worker.text()[-3000:]}")

    async def _written(self) -> dict[str, int]:
        topics = {
            topic.name: topic for topic in (ARTICLES, MENTIONS, STORIES, ALERTS, SUPPRESSED, DEAD_LETTER)
        }
        counts = {name: await self.offsets.count(self.topic(topic)) for name, topic in topics.items()}
        for subscriber in SUBSCRIBERS:
            counts[subscriber] = await self.offsets.count(self.topic(subscriber_topic(subscriber)))
        return counts

    async def _figures(self, before: dict[str, int]) -> dict[str, float]:
        now = await self._written()
        written = {name: now[name] - before[name] for name in now}
        if letters := written[DEAD_LETTER.name]:
            raise BenchFailure(f"{letters} of the benchmark's articles ended as dead letters")
        articles = len(self.town.backlog)
        delivered = sum(written[subscriber] for subscriber in SUBSCRIBERS)
        return {
            "written": sum(written.values()) / articles,
            "mentions": written[MENTIONS.name] / articles,
            "alerts": written[ALERTS.name] / articles,
            "deliveries": delivered / max(1, written[ALERTS.name]),
            "suppressed": written[SUPPRESSED.name] / articles,
        }


@asynccontextmanager
async def started(
    town: Town, held: Iterable[Subscription], probe: Body, offsets: Offsets, **more: object
) -> AsyncIterator[Ours]:
    """Make the topics, fill in subscriptions and one article, start a worker, and wait for its alert.

    Args:
        town: Where.
        held: The subscriptions.
        probe: The article.
        offsets: The broker's.
        more: Further settings of the worker.
    """
    settings = town.settings("ours")
    await ensure_topics(settings, [*CATALOGUE, *(subscriber_topic(name) for name in SUBSCRIBERS)])
    await pour(settings, [SUBSCRIPTION.message(subscription, settings.prefix) for subscription in held])
    await fill(settings, full_name(RAW, settings.prefix), [probe])
    known = {"broker": settings.broker, "prefix": settings.prefix, "group": settings.group}
    worker = Worker(town.directory / "ours.log", **known, **more)
    ours = Ours(town, worker, offsets)
    begun = time.time()
    worker.start()
    try:
        await worker.ready(READY_WITHIN_S)
        ours.start["ready_s"] = time.time() - begun
        ours.start["ready_mb"] = peak_mb(ours.pid)

        async def alerted() -> bool:
            ours.check()
            return await offsets.count(ours.topic(ALERTS)) > 0

        await until(alerted, "the first alert", READY_WITHIN_S)
        first = min(record.timestamp for record in await offsets.edge(ours.topic(ALERTS)))
        ours.start["first_alert_s"] = first / 1000 - begun
        yield ours
    finally:
        worker.stop()
