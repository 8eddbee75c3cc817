"""The play: desks subscribe, articles are published one by one, and whatever comes of it is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Any

from streams.alerts.notification import Alert
from streams.demo.desks import DESKS, SUBSCRIPTIONS
from streams.demo.samples import load_samples, sample_message
from streams.demo.tally import Tally
from streams.demo.worker import Worker
from streams.enrichment.article import EnrichedArticle
from streams.kafka.publisher import Publisher, open_publisher
from streams.kafka.reading import read_range
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.control import SUBSCRIPTION
from streams.wire.dead_letters import read_dead_letter
from streams.wire.message import Record
from streams.wire.topics import (
    ALERTS,
    ARTICLES,
    CATALOGUE,
    DEAD_LETTER,
    SUPPRESSED,
    Topic,
    full_name,
    subscriber_topic,
)

TOPICS = (*CATALOGUE, *map(subscriber_topic, DESKS))
# Seconds between two looks at whether all is done.
_LOOK_S = 0.3

OnAlert = Callable[[str, Alert], None]


class Play:
    """One run of the demo.

    Args:
        settings: Broker and prefix.
        worker: Started.
        on_alert: Told of every alert that a desk gets.
        on_change: Told when the tally changed.
    """

    def __init__(
        self, settings: Settings, worker: Worker, on_alert: OnAlert, on_change: Callable[[], None]
    ) -> None:
        self._samples = load_samples()
        self._settings, self._worker = settings, worker
        self._on_alert, self._on_change = on_alert, on_change
        self.tally = Tally(total=len(self._samples))

    async def run(self, *, speed: float, once: bool) -> None:
        """Play all articles.

        Args:
            speed: Articles a second; 0 for no pause.
            once: Whether to end when all that came of them was seen; else never.

        Raises:
            NewsAlertsError: When broker or worker fail.
        """
        readers = [asyncio.create_task(reader) for reader in self._readers()]
        try:
            async with open_publisher(self._settings) as publisher:
                acting = asyncio.create_task(self._act(publisher, speed=speed, once=once))
                readers.append(acting)
                done, _ = await asyncio.wait(readers, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            for task in readers:
                task.cancel()
            await asyncio.gather(*readers, return_exceptions=True)

    async def _act(self, publisher: Publisher, *, speed: float, once: bool) -> None:
        prefix = self._settings.prefix
        await publisher.publish([SUBSCRIPTION.message(wish, prefix) for wish in SUBSCRIPTIONS])
        await self._worker.ready()
        for sample in self._samples:
            await publisher.publish([sample_message(sample, prefix)])
            self.tally.played += 1
            self._on_change()
            await asyncio.sleep(1 / speed if speed else 0)
        while not (once and self.tally.holds_all(await self._worker.totals())):
            self._worker.check()
            await asyncio.sleep(_LOOK_S)

    def _readers(self) -> list[Coroutine[Any, Any, None]]:
        tally = self.tally

        def tape(_: Record) -> None:
            tally.alerts += 1

        def desk(name: str) -> Callable[[Record], None]:
            def take(record: Record) -> None:
                tally.delivered[name] += 1
                self._on_alert(name, decode(record.value, Alert))

            return take

        def dead(record: Record) -> None:
            tally.dead[read_dead_letter(record).code] += 1

        return [
            self._read(ARTICLES, lambda record: tally.count_article(decode(record.value, EnrichedArticle))),
            self._read(ALERTS, tape),
            self._read(SUPPRESSED, lambda record: tally.count_suppressed(decode(record.value, Alert))),
            self._read(DEAD_LETTER, dead),
            *(self._read(subscriber_topic(name), desk(name)) for name in DESKS),
        ]

    async def _read(self, topic: Topic, take: Callable[[Record], None]) -> None:
        name = full_name(topic, self._settings.prefix)
        async with aclosing(read_range(self._settings, name, follow=True)) as records:
            async for record in records:
                take(record)
                self._on_change()
