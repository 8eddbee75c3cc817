"""Batch transport for Faust: an agent gets whole fetches instead of single messages.

Faust keeps the app, the agents, the group, rebalance and the commit timer; this module replaces how
records travel from the client to an agent (a tenth of the cost) and which offset is committed (its
own ledger: never past an open batch, where Faust's is off by one at the head of a gap).

`event.value` is the list of records of ONE partition; `event.ack()` makes all of them committable.
Rules: every agent of the app reads batches through `lanes.work_off`; no tables, no exactly_once.

Private names used, each pinned by tests/unit/agents/test_batch_contract.py:
  faust    Consumer: _drain_messages, _getmany, _get_active_partitions, _new_offset, _read_offset,
           _filter_tps_with_pending_acks, _unacked_messages, _wait_for_ack, _waiting_for_ack, _thread,
           callback, flow_active, can_resume_flow; App._new_transport, _new_producer
  aiokafka consumer._fetch_max_bytes, _fetch_max_wait_ms, _coordinator
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any

import faust
from faust.transport.drivers import aiokafka as driver
from faust.types.tuples import ConsumerMessage
from mode import Service
from mode.utils.futures import notify

from streams.agents import stalls
from streams.agents.lanes import Lane
from streams.errors import WorkerStalled
from streams.kafka.connection import REQUEST_TIMEOUT_S
from streams.settings import Settings

Loader = Callable[[Any], Coroutine[Any, Any, Any]]


class BatchMessage(ConsumerMessage):  # type: ignore[misc]  # Faust has no types
    """A whole fetch of one partition, and the lane it belongs to."""

    lane: Lane


class ConsumerThread(driver.AIOKafkaConsumerThread):  # type: ignore[misc]  # Faust has no types
    """Faust's thread for the client, which waits for new records less long, and fetches less at once.

    aiokafka fetches without the partitions that still hold records of the fetch before, and asks for them
    again only when that fetch is answered: Faust's 1.5 s are what a backlog in one partition waits, every
    1 MB, while the others are quiet (measured: 225,000 subscriptions in 50 s instead of 9).
    """

    fetch_max_wait_ms = 100
    # Of all partitions together; the client's default, 50 MB, is held by it whatever the lanes have room for.
    fetch_max_bytes = 4_000_000

    def _create_worker_consumer(self, transport: Any) -> Any:
        client = super()._create_worker_consumer(transport)
        client._fetch_max_wait_ms = self.fetch_max_wait_ms
        client._fetch_max_bytes = self.fetch_max_bytes
        return client


class Consumer(driver.Consumer):  # type: ignore[misc]  # Faust has no types
    """Faust's consumer, delivering fetches and keeping its own ledger."""

    logger = driver.logger

    # Seconds; a rebalance waits at most this long for the running fetch.
    fetch_wait_s = 0.25
    # Seconds; while a lane is full, so that it is fetched again soon after it has room.
    crowded_wait_s = 0.01

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lanes: dict[Any, Lane] = {}
        self._fetching = asyncio.Lock()  # no seek while records are between aiokafka and the lanes
        self._room = asyncio.Event()
        self._dirty = False  # records were dropped: seek before the next fetch
        self.joined = False  # an assignment is in force, an empty one too

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    # -- fetch and deliver

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                if not self.flow_active:
                    await self.wait(self.can_resume_flow)
                    continue
                if self._dirty:
                    await self.perform_seek()
                await self._fetch()
        except (*self.consumer_stopped_errors, asyncio.CancelledError):
            if not self.app.should_stop:
                raise

    async def _fetch(self) -> None:
        self._room.clear()
        lanes = [self.lanes[tp] for tp in self._get_active_partitions() if tp in self.lanes]
        want = {lane.tp for lane in lanes if not lane.full}
        if not want:  # an empty set would mean "all" to aiokafka
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._room.wait(), self.fetch_wait_s)
            return
        async with self._fetching:
            wait_s = self.fetch_wait_s if len(want) == len(lanes) else self.crowded_wait_s
            fetched = await self._getmany(active_partitions=want, timeout=wait_s)
            for tp, records in fetched.items():
                await self._deliver(tp, records)

    async def _deliver(self, tp: Any, records: list[Any]) -> None:
        lane = self.lanes.get(tp)
        if lane is None or not self.flow_active:
            self._dirty = True
            return
        if lane.next is not None and records[0].offset < lane.next:
            records = [record for record in records if record.offset >= lane.next]
            if not records:
                return
        last = records[-1]
        message = BatchMessage(
            last.topic,
            last.partition,
            last.offset,
            last.timestamp / 1000.0,
            last.timestamp_type,
            (),
            None,
            records,
            None,
            0,
            len(records),
            tp,
            time_in=time.monotonic(),
            generation_id=self.app.consumer_generation_id,
        )
        message.lane = lane
        lane.add(message)
        self.app.monitor.track_tp_end_offset(tp, self.highwater(tp))
        await self.callback(message)  # the conductor; blocks only while flow control is suspended

    # -- acknowledge and commit

    def ack(self, message: BatchMessage) -> bool:
        """Mark a batch as done; return False when it already was."""
        if message.acked:
            return False
        message.acked = True
        self._unacked_messages.discard(message)
        message.lane.settle()
        self._room.set()
        notify(self._waiting_for_ack)
        return True

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> list[Any]:
        return [tp for tp in self.lanes if topics is None or tp in topics or tp.topic in topics]

    def _new_offset(self, tp: Any) -> int | None:
        lane = self.lanes.get(tp)
        return lane.done if lane else None

    # -- assignment

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Let started batches end (super does), then close the lanes; the protocol is eager: all go."""
        self.joined = False
        await super().on_partitions_revoked(revoked)
        self._close_lanes()

    def resume_flow(self) -> None:
        """Begin to fetch; Faust calls it when an assignment is complete."""
        super().resume_flow()
        self.joined = True

    def _close_lanes(self) -> None:
        for lane in self.lanes.values():
            lane.close()
        self.lanes = {}

    async def perform_seek(self) -> None:
        """Seek to what is committed, and open the lanes; Faust calls it before every resume."""
        async with self._fetching:
            epoch = self.app.rebalancing_count
            await super().perform_seek()
            self._dirty = False
            self._close_lanes()
            if epoch == self.app.rebalancing_count:  # else revoked meanwhile; the next assignment seeks again
                mine = self.assignment()
                self.lanes = {tp: Lane(tp, self._read_offset[tp], len(mine)) for tp in mine}
        for lane in self.lanes.values():
            self._read_back(lane)

    def _read_back(self, lane: Lane) -> None:
        """Start to read the lane's memory; a failure ends the process, also when no record ever comes."""
        loader = self.app.loaders.get(lane.tp.topic)
        if loader is None:
            return

        def failed(future: asyncio.Future[Any]) -> None:
            if not future.cancelled() and (reason := future.exception()):
                self.add_future(self.crash(reason))

        lane.read_back(loader(lane.tp)).add_done_callback(failed)

    async def wait_empty(self) -> None:
        """Wait for started batches, bounded, then commit what is done; the rest is delivered again.

        Faust calls it before partitions are let go, at a rebalance and at a stop. Writes that are under way
        afterwards end before: in the hands of the client they would come behind those of the next owner.
        """
        end = time.monotonic() + self.app.settings.drain_timeout_s
        while self._unacked_messages and not self.should_stop and time.monotonic() < end:
            await self._wait_for_ack(timeout=1)
        for lane in self.lanes.values():
            lane.close()
        if writes := {write for lane in self.lanes.values() for write in lane.writes}:
            await asyncio.wait(writes, timeout=REQUEST_TIMEOUT_S)
        await self.commit_and_end_transactions()

    # -- watch

    def lag(self) -> dict[Any, int]:
        """Return how many records of each assigned partition are not yet worked on."""
        return {tp: max(0, (self.highwater(tp) or 0) - (lane.done or 0)) for tp, lane in self.lanes.items()}

    @Service.task  # type: ignore[untyped-decorator]  # mode has no types
    async def _watch(self) -> None:
        """End the process when it stalls in silence: Faust never looks at these."""
        missing_since = None
        while not self.should_stop:
            await self.sleep(1.0)
            client = self._thread._consumer
            if client is None or client._coordinator is None or self.should_stop:
                continue
            now, settings = time.monotonic(), self.app.settings
            missing = stalls.missing_topics(client)
            missing_since = (missing_since or now) if missing else None
            why = stalls.group_fault(client) or stalls.stuck(
                self.lanes.values(), now - settings.stuck_timeout_s
            )
            if missing_since and now - missing_since > settings.missing_timeout_s:
                why = f"topics {', '.join(missing)} are missing, or may not be read"
            if why:
                await self.crash(WorkerStalled(why, hint="`news-alerts check` tells what is missing"))


class Transport(driver.Transport):  # type: ignore[misc]  # Faust has no types
    """Faust's transport with the consumer above."""

    Consumer = Consumer


class BatchApp(faust.App):  # type: ignore[misc]  # Faust has no types
    """A Faust app whose agents read batches.

    Args:
        settings: For the time limits of the consumer.
        loaders: By topic: reads a partition's memory back, started at every assignment.
    """

    logger = logging.getLogger("faust.app")

    def __init__(self, *args: Any, settings: Settings, loaders: dict[str, Loader], **kwargs: Any) -> None:
        self.settings = settings
        self.loaders = loaders
        super().__init__(*args, **kwargs)

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)
