"""A lane: one partition's ledger and memory for one assignment, and the loop that works it off.

Partitions run side by side, each one in order. Batches that arrive while one is worked on are
joined. An exception anywhere ends the agent with nothing acknowledged.
"""

from __future__ import annotations

import asyncio
import collections
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from streams.wire.message import FRAME_BYTES

Handle = Callable[["Lane", list[Any]], Awaitable[None]]

# Bytes that the records of all lanes may take, and as much again what is made of them until it is published.
# Each byte costs about three, with the client's copies: without a bound a burst of 8,000 articles took 340 MB
# beside the subscriptions, with this one less than 100. Smaller slices cost more CPU an article.
SHARED_BYTES = 12_000_000
# A worker with hundreds of partitions takes more than that, so that each still gets on.
LEAST_SHARE_BYTES = 64_000
# Records of one lane from which on it is not fetched: the most of a partition that is repeated after a crash.
MAX_IN_FLIGHT = 1000


class LaneClosed(Exception):
    """The partition was taken away while its batch was worked on: drop it, its new owner gets it again."""


class Lane:
    """Ledger and memory of one partition for ONE assignment.

    After a revocation it is no longer in `Consumer.lanes`, and acknowledgements to it change nothing.

    Args:
        tp: Topic and partition.
        committed: The committed offset; None where nothing was committed yet.
        lanes: How many share `SHARED_BYTES`.
    """

    __slots__ = (
        "closed",
        "done",
        "flight",
        "memory",
        "next",
        "share_bytes",
        "size",
        "size_bytes",
        "tp",
        "writes",
    )

    def __init__(self, tp: Any, committed: int | None, lanes: int = 1) -> None:
        self.tp = tp
        self.next = committed  # next offset to deliver
        self.done = (
            committed  # everything below is acknowledged without a hole: the only thing ever committed
        )
        self.flight: collections.deque[Any] = collections.deque()  # delivered, not yet committable, in order
        self.size = self.size_bytes = 0  # records in `flight`, and what they take
        self.share_bytes = max(LEAST_SHARE_BYTES, SHARED_BYTES // lanes)
        self.closed = False
        self.memory: asyncio.Future[Any] | None = None  # being read back, or read
        self.writes: set[asyncio.Future[None]] = set()  # under way, whatever became of who waits for them

    def add(self, message: Any) -> None:
        """Note a delivered batch."""
        self.flight.append(message)
        self._count(message.value, 1)
        self.next = message.offset + 1

    def settle(self) -> None:
        """Move `done` over the acknowledged head; an open batch holds everything behind it."""
        while self.flight and self.flight[0].acked:
            head = self.flight.popleft()
            self.done = head.offset + 1
            self._count(head.value, -1)

    @property
    def full(self) -> bool:
        """Whether it holds enough to work on; what is left inside the client delays others' fetches."""
        return self.size >= MAX_IN_FLIGHT or self.size_bytes >= self.share_bytes

    def _count(self, records: list[Any], sign: int) -> None:
        self.size += sign * len(records)
        self.size_bytes += sign * sum(len(record.value or b"") + FRAME_BYTES for record in records)

    def close(self) -> None:
        """Mark the assignment as over, and let its memory go, read or not.

        Batches that were delivered and not acknowledged refer to the lane, as the lane does to them: with a
        memory of 100 MB such a cycle must not wait for a garbage collector that is kept off what is held.
        """
        self.closed = True
        if self.memory is not None:
            self.memory.cancel()
        self.memory = None

    def read_back(self, memory: Coroutine[Any, Any, Any]) -> asyncio.Future[Any]:
        """Begin to read the lane's memory, also anew; return what ends when it is read.

        Args:
            memory: Returns it.
        """
        self.memory = asyncio.ensure_future(memory)
        return self.memory

    async def recall(self) -> Any:
        """Return the lane's memory, once it is read back.

        Raises:
            LookupError: When nothing reads a memory back for this topic.
            LaneClosed: When the partition was taken away meanwhile.
        """
        self.check_open()
        if self.memory is None:
            raise LookupError(f"{self.tp} has no memory")
        try:
            return await asyncio.shield(self.memory)
        except asyncio.CancelledError:
            self.check_open()  # the reading was cancelled, not the one who waits for it
            raise

    async def write(self, publish: Callable[[], Awaitable[None]]) -> None:
        """Write to the broker, unless the partition was taken away; `writes` holds it until it ends.

        Args:
            publish: Returns when all is acknowledged.

        Raises:
            LaneClosed: When it was; nothing was written.
        """
        self.check_open()
        under_way = asyncio.ensure_future(publish())
        self.writes.add(under_way)
        under_way.add_done_callback(self.writes.discard)
        await asyncio.shield(under_way)

    def check_open(self) -> None:
        """Raise LaneClosed when the partition was taken away."""
        if self.closed:
            raise LaneClosed(self.tp)


async def work_off(stream: Any, handle: Handle, limit: int) -> None:
    """Feed a stream of batches to a handler, partition by partition.

    Args:
        stream: A Faust stream whose event values are lists of records of one partition.
        handle: Called with the lane and at most about `limit` records; returns when all that it
            published is acknowledged by the broker. It never raises for bad data.
        limit: Most records that waiting batches are joined to.

    Raises:
        ExceptionGroup: With what a handler raised; nothing of its batch was acknowledged.
    """
    waiting: dict[Any, collections.deque[Any]] = {}  # present while a task works on that partition

    async def work(tp: Any, queue: collections.deque[Any]) -> None:
        try:
            while queue:
                events = [queue.popleft()]
                lane = events[0].message.lane
                records = events[0].value
                while queue and queue[0].message.lane is lane and len(records) + len(queue[0].value) <= limit:
                    events.append(queue.popleft())
                    records = records + events[-1].value
                if lane.closed:
                    continue  # revoked while it waited: it is delivered again
                try:
                    await handle(lane, records)
                except LaneClosed:
                    continue
                for event in events:
                    event.ack()
        finally:
            del waiting[tp]

    async with asyncio.TaskGroup() as group:
        async for event in stream.noack().events():
            tp = event.message.tp
            if tp in waiting:
                waiting[tp].append(event)
            else:
                waiting[tp] = collections.deque([event])
                group.create_task(work(tp, waiting[tp]))
