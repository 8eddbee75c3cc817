"""One worker in this process: from settings to an exit code.

Order at the start: health server, topics looked at, publisher, subscriptions, silences and changed names,
then the group is joined. At SIGTERM or SIGINT: started batches end (bounded), offsets are committed, exit 0.
A crash ends the process with 1 and nothing of the open batches committed; restart it from outside.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import shutil
import signal
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import uvloop

from streams.agents.alert import AlertAgent
from streams.agents.app import create_app
from streams.agents.batch import BatchApp
from streams.agents.control import ControlAgent
from streams.agents.extract import ExtractAgent
from streams.agents.http import Server
from streams.agents.ports import Ports
from streams.agents.securities import SecurityView
from streams.agents.silences import SilenceView
from streams.agents.subscriptions import SubscriptionView
from streams.agents.topics import FindUnwritable, find_topic_faults, require_topics
from streams.kafka.connection import REQUEST_TIMEOUT_S
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import CompactedTopic, read_partition
from streams.observe.health import Health
from streams.observe.logs import configure
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.reference import load_master
from streams.wire.topics import SECURITIES, SILENCES, SUBSCRIPTIONS, full_name

log = logging.getLogger(__name__)

TICK_S = 0.2
# Records make hardly any cycles, and live for a batch: collect every 50,000 objects, not every 700.
GC_THRESHOLDS = (50_000, 20, 50)
# Seconds beyond the drain time after which a stop is cut off: for writes under way, and to leave the group.
GRACE_S = REQUEST_TIMEOUT_S + 15.0


def run(settings: Settings, *, verify_topics: bool = True) -> int:
    """Run a worker until it is told to stop.

    Args:
        settings: All of them.
        verify_topics: False on a broker that makes topics by itself and knows no rights (the demo's).

    Returns:
        0 after SIGTERM or SIGINT, 1 after a crash.

    Raises:
        NewsAlertsError: When it cannot start: broker, topics, rights, address.
    """
    configure(settings.log_format, settings.log_level)
    with asyncio.Runner(loop_factory=loop_factory(settings)) as runner:
        return runner.run(_work(settings, verify_topics=verify_topics))


def loop_factory(settings: Settings) -> Callable[[], asyncio.AbstractEventLoop]:
    """Return what makes the event loop: uvloop, but asyncio's own where the broker is reached by TLS.

    Over TLS uvloop 0.23 leaves answers unread until the request times out: sixteen partitions of
    memory took 32 s to read back, 3 s on asyncio's loop (4 runs each, real broker).
    """
    return asyncio.new_event_loop if settings.ca_file else uvloop.new_event_loop


async def _work(settings: Settings, *, verify_topics: bool) -> int:
    metrics, health, stop = Metrics(), Health(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    for part, words in (
        ("broker", "not reached yet"),
        ("subscriptions", "not read yet"),
        ("silences", "not read yet"),
        ("securities", "not read yet"),
        ("assignment", "not joined yet"),
        ("memory", "not read yet"),
    ):
        health.expect(part, words)
    server = Server(metrics, health, settings.http_host, settings.http_port)
    await server.start()
    log.info("health and metrics on http://%s:%d", server.host, server.port)
    try:
        if verify_topics:
            await require_topics(settings)
        async with open_publisher(settings) as publisher:
            health.done("broker")
            ports = Ports(
                settings=settings,
                metrics=metrics,
                publish=publisher.publish,
                read_partition=lambda topic, partition: read_partition(settings, topic, partition),
            )
            find_unwritable = publisher.unwritable if verify_topics else _find_none
            return await _Worker(ports, health, find_unwritable).run(stop)
    finally:
        await server.stop()


async def _find_none(_: Sequence[str]) -> set[str]:
    return set()


class _Worker:
    """The running parts, and who ends whom."""

    def __init__(self, ports: Ports, health: Health, find_unwritable: FindUnwritable) -> None:
        self.ports, self.health = ports, health
        settings = ports.settings
        self.view = SubscriptionView(ports, lambda who: find_topic_faults(settings, who, find_unwritable))
        self.muted = SilenceView(ports)
        self.securities = SecurityView(ports, load_master())
        self.app = create_app(
            settings,
            extract=ExtractAgent(ports, self.securities),
            alert=AlertAgent(ports, self.view, self.muted),
            subscriptions=ControlAgent(ports, self.view),
            silences=ControlAgent(ports, self.muted),
            securities=ControlAgent(ports, self.securities),
        )

    async def run(self, stop: asyncio.Event) -> int:
        settings = self.ports.settings
        topic = CompactedTopic(settings, full_name(SUBSCRIPTIONS, settings.prefix))
        silences = CompactedTopic(settings, full_name(SILENCES, settings.prefix))
        names = CompactedTopic(settings, full_name(SECURITIES, settings.prefix))
        tasks = [
            self._guarded("subscriptions", self.view.follow(topic)),
            self._guarded("subscribers' topics", self.view.settle(topic)),
            self._guarded("silences", self.muted.follow(silences)),
            self._guarded("silences at the start", self.muted.settle(silences)),
            self._guarded("securities", self.securities.follow(names)),
            self._guarded("changed names", self.securities.settle(names)),
            self._guarded("health", self._tick()),
            self._guarded("garbage collector", self._spare_what_is_held()),
            self._guarded("start", self.app.start()),
        ]
        await self.app.wait(stop)
        crashed = self.app.crashed
        log.info("stopping: %s", "crashed" if crashed else "told to")
        try:
            await asyncio.wait_for(self.app.stop(), settings.drain_timeout_s + GRACE_S)
        except TimeoutError:
            log.error("the stop did not end in time; what was not committed is delivered again")  # noqa: TRY400 no trace to tell
            crashed = True
        except Exception as error:  # noqa: BLE001 nothing may hide the exit code
            # After a crash Faust may find its own threads gone; what counts was not committed.
            log.info("the stop ended early: %r", error)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            shutil.rmtree(self.app.conf.datadir, ignore_errors=True)
        if self.app.crashed:
            log.critical("crashed: %s", _cause(self.app.crash_reason))
        return 1 if crashed or self.app.crashed else 0

    def _guarded(self, name: str, work: Coroutine[Any, Any, Any]) -> asyncio.Task[None]:
        """Run a part; what it raises ends the process."""

        async def guard() -> None:
            try:
                await work
            except asyncio.CancelledError:
                raise
            except BaseException as error:  # told, and it ends the process
                log.exception("%s failed", name)
                await self.app.crash(error)

        return asyncio.ensure_future(guard())

    async def _spare_what_is_held(self) -> None:
        """Keep the garbage collector off what is held for good.

        225,000 subscriptions are two million objects; looking through them stops everything for 0.6 s, and
        while they are read a fifth of the time goes into it (measured).
        """
        gc.set_threshold(*GC_THRESHOLDS)
        await self.view.caught_up.wait()
        await self.muted.caught_up.wait()
        await self.securities.caught_up.wait()
        gc.freeze()

    async def _tick(self) -> None:
        """Keep health and lag true."""
        while True:
            self.health.beat(time.monotonic())
            for part, view in (
                ("subscriptions", self.view),
                ("silences", self.muted),
                ("securities", self.securities),
            ):
                if view.caught_up.is_set():
                    self.health.done(part)
            self._look(self.app)
            await asyncio.sleep(TICK_S)

    def _look(self, app: BatchApp) -> None:
        consumer = app.consumer
        if consumer.joined:
            self.health.done("assignment")
        else:
            self.health.expect("assignment", "the group is rebalancing")
        reading = [
            str(tp.partition) for tp, lane in consumer.lanes.items() if lane.memory and not lane.memory.done()
        ]
        if reading or not consumer.joined:
            self.health.expect("memory", f"reading back {len(reading)} partitions")
        else:
            self.health.done("memory")
        self.ports.metrics.lag.clear()  # partitions that moved away
        for tp, records in consumer.lag().items():
            self.ports.metrics.lag.labels(tp.topic, tp.partition).set(records)


def _cause(reason: BaseException | None) -> str:
    """Return the innermost reason of a crash: task groups wrap it."""
    while isinstance(reason, BaseExceptionGroup) and reason.exceptions:
        reason = reason.exceptions[0]
    return f"{type(reason).__name__}: {reason}"
