"""One worker in this process: from settings to an exit code.

Order at the start: health server, topics looked at, publisher, subscriptions, silences and changed names,
then the group is joined. At SIGTERM or SIGINT: started batches end (bounded), offsets are committed, exit 0.
A crash ends the process with 1 and nothing of the open batches committed; restart it from outside.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import uvloop

from streams.agents.alert import AlertAgent
from streams.agents.app import create_app
from streams.agents.control import ControlAgent, Follower
from streams.agents.extract import ExtractAgent
from streams.agents.garbage import spare_what_is_held
from streams.agents.http import Server
from streams.agents.ports import Ports
from streams.agents.securities import SecurityView
from streams.agents.silences import SilenceView
from streams.agents.subscriptions import SubscriptionView
from streams.agents.ticking import Ticking
from streams.agents.topics import FindUnwritable, find_topic_faults, require_topics
from streams.agents.watch import Watch
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

# Control topics: every worker holds all that they say.
FOLLOWED = (SUBSCRIPTIONS, SILENCES, SECURITIES)
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
    started_at, metrics, health, stop = time.monotonic(), Metrics(), Health(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    for part, words in (
        ("broker", "not reached yet"),
        *((topic.name, "not read yet") for topic in FOLLOWED),
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
                partition_count=publisher.partition_count,
                read_partition=lambda topic, partition: read_partition(settings, topic, partition),
            )
            find_unwritable = publisher.unwritable if verify_topics else _find_none
            worker = _Worker(ports, find_unwritable)
            return await worker.run(stop, health, started_at)
    finally:
        await server.stop()


async def _find_none(_: Sequence[str]) -> set[str]:
    return set()


class _Worker:
    """The running parts, and who ends whom."""

    def __init__(self, ports: Ports, find_unwritable: FindUnwritable) -> None:
        self.ports, settings = ports, ports.settings
        view = SubscriptionView(ports, lambda who: find_topic_faults(settings, who, find_unwritable))
        muted, securities = SilenceView(ports), SecurityView(ports, load_master())
        followers: tuple[Follower[Any], ...] = (view, muted, securities)
        self.followers = dict(zip(FOLLOWED, followers, strict=True))
        self.app = create_app(
            settings,
            extract=ExtractAgent(ports, securities),
            alert=AlertAgent(ports, view, muted),
            controls={topic: ControlAgent(ports, follower) for topic, follower in self.followers.items()},
        )

    async def run(self, stop: asyncio.Event, health: Health, started_at: float) -> int:
        settings, tasks = self.ports.settings, []
        for topic, follower in self.followers.items():
            read = CompactedTopic(settings, full_name(topic, settings.prefix))
            tasks.append(self._guarded(topic.name, follower.follow(read)))
            tasks.append(self._guarded(f"{topic.name}, once read", follower.settle(read)))
        parts = {topic.name: follower for topic, follower in self.followers.items()}
        watch = Watch(health, self.ports.metrics, self.app.consumer, parts, started_at)
        tasks.append(self._guarded("health", watch.run()))
        tasks.append(self._guarded("garbage collector", spare_what_is_held()))
        if settings.storm_per_minute:
            tasks.append(self._guarded("ticks", Ticking(self.ports, self.app.consumer).run()))
        tasks.append(self._guarded("start", self.app.start()))
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


def _cause(reason: BaseException | None) -> str:
    """Return the innermost reason of a crash: task groups wrap it."""
    while isinstance(reason, BaseExceptionGroup) and reason.exceptions:
        reason = reason.exceptions[0]
    return f"{type(reason).__name__}: {reason}"
