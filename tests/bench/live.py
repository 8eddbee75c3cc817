"""How soon a new subscription and a new name count, with all others held and articles flowing.

The clock starts before the work of `news-alerts subscriptions add`: the wish is checked, the broker asked
for the subscriber's topic, a producer connected, the record acknowledged. For a name the same holds of
`news-alerts securities add`, but for what the topic said before, which is not read. A process of its own
is not started for it: what Python takes to start is the machine's, and is left out.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from streams.alerts.routing.subscribing import parse_subscription
from streams.cli.holding import publish_all
from streams.enrichment.security import NameKind, Security, SecurityName
from streams.settings import Settings
from streams.wire.control import SUBSCRIPTION
from streams.wire.envelope import security_message
from streams.wire.topics import ALERTS, RAW, subscriber_topic
from tests.bench.material import SUBSCRIBERS, Body, encode
from tests.bench.ours import Ours
from tests.bench.processes import BenchFailure
from tests.bench.traffic import pace, receiver, sender
from tests.builders import a_raw

# Articles are sent so often at first, then each a twentieth later than the last: a worker that is behind
# is not buried by what measures it, and the figure is always right to 5 %.
EVERY_S = 0.005
LATER = 0.05
WITHIN_S = 30.0


@dataclass(slots=True)
class Live:
    """Milliseconds from the beginning of `add`, one of each for every repetition.

    Args:
        added: To its end; the record is acknowledged.
        counted: To the sending of the first article that it got; none is sent before `add` has ended.
        received: To the receipt of the first alert by a plain client.
    """

    added: list[float] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)


async def measure(ours: Ours, repeats: int, flow: Sequence[Body]) -> Live:
    """Subscribe again and again, and send articles until the first alert comes.

    Raises:
        BenchFailure: When none comes in `WITHIN_S`.
    """
    return await _measure(ours, [_Wish(number) for number in range(repeats)], flow)


async def measure_names(ours: Ours, repeats: int, flow: Sequence[Body]) -> Live:
    """Add a name of an unknown ticker again and again, and send articles until the first links it.

    Raises:
        BenchFailure: When none does in `WITHIN_S`.
    """
    return await _measure(ours, [_Name(number) for number in range(repeats)], flow)


async def _measure(ours: Ours, changes: Sequence[_Wish | _Name], flow: Sequence[Body]) -> Live:
    settings, raw = ours.settings, ours.topic(RAW)
    live = Live()
    await ours.settle()
    async with (
        receiver(settings.broker, ours.topic(changes[0].told_in)) as consumer,
        sender(settings.broker) as producer,
    ):
        flowing = asyncio.ensure_future(pace(producer, raw, flow, {}))
        try:
            for change in changes:
                ours.check()
                await _Once(change, raw).run(settings, producer, consumer, live)
        finally:
            flowing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await flowing
    return live


class _Wish:
    """A subscription for a keyword that no other article holds."""

    told_in = subscriber_topic(SUBSCRIBERS[0])

    def __init__(self, number: int) -> None:
        self.number, self.id = number, f"live-{number:04d}"
        self.issuer, self.about = "工商银行", f"专题{number:04d}号"

    async def make(self, settings: Settings) -> None:
        wish = {
            "id": self.id,
            "subscriber": SUBSCRIBERS[0],
            "tickers": ["601398.SH"],
            "keywords": {"any": [self.about]},
        }
        message = SUBSCRIPTION.message(parse_subscription(wish), settings.prefix)
        await publish_all(settings, [message], subscribers={SUBSCRIBERS[0]})


class _Name:
    """A name that no other article holds, of a ticker that the shipped master does not know."""

    told_in = ALERTS

    def __init__(self, number: int) -> None:
        self.number, self.id, self._ticker = number, f"name-{number:04d}", f"689{number:03d}.SH"
        self.issuer = "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number:03d}") + "号晶材"
        self.about = "首项"

    async def make(self, settings: Settings) -> None:
        said = Security(ticker=self._ticker, names=(SecurityName(name=self.issuer, kind=NameKind.SHORT),))
        await publish_all(settings, [security_message(said, settings.prefix)])


class _Once:
    """One repetition: a change, and articles until one shows it."""

    def __init__(self, change: _Wish | _Name, raw: str) -> None:
        self.change, self.raw = change, raw
        self.sent: dict[str, float] = {}
        self.received: dict[str, float] = {}

    async def run(
        self, settings: Settings, producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, live: Live
    ) -> None:
        begun = time.perf_counter()
        await self.change.make(settings)
        added = time.perf_counter()
        sending = asyncio.ensure_future(self._send(producer))
        try:
            async with asyncio.timeout(WITHIN_S):
                await self._receive(consumer, lambda: bool(self.received))
        except TimeoutError:
            raise BenchFailure(f"no alert for {self.change.id} within {WITHIN_S:g} s") from None
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
        # An earlier article's alert may come behind a later one's; and the next begins with empty hands.
        last = next(reversed(self.sent))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WITHIN_S):
                await self._receive(consumer, lambda: last in self.received)
        live.added.append((added - begun) * 1000)
        live.counted.append((min(self.sent[url] for url in self.received) - begun) * 1000)
        live.received.append((min(self.received.values()) - begun) * 1000)

    async def _send(self, producer: AIOKafkaProducer) -> None:
        start = time.perf_counter()
        due = 0.0
        for number in itertools.count():
            await asyncio.sleep(max(0.0, start + due - time.perf_counter()))
            due += max(EVERY_S, LATER * due)
            change = self.change
            id_ = f"{change.id}-{number}"
            sum_ = change.number * 1_000 + number  # another sum is another story, which is never a copy
            body = encode(
                a_raw(
                    id=id_,
                    url=f"http://news.example/{id_}",
                    title=f"{change.issuer}公布{change.about}合同金额{sum_}万元",
                    content=f"{change.issuer}公告，{change.about}已签订合同，合同金额{sum_}万元，各项安排按计划推进。",
                )
            )
            self.sent[body.url] = time.perf_counter()
            await producer.send(self.raw, key=body.key, value=body.value)

    async def _receive(self, consumer: AIOKafkaConsumer, enough: Callable[[], bool]) -> None:
        while not enough():
            for records in (await consumer.getmany(timeout_ms=20)).values():
                for record in records:
                    url = json.loads(record.value).get("url")
                    if url in self.sent:
                        self.received.setdefault(url, time.perf_counter())
