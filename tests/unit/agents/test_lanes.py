"""The loop over lanes: partitions side by side, each in order, nothing acknowledged behind a failure."""

import asyncio
import gc
import weakref
from types import SimpleNamespace

import pytest

from streams.agents.lanes import MAX_IN_FLIGHT, SHARED_BYTES, Lane, LaneClosed, work_off


class Stream:
    """A Faust stream of given events; records which were acknowledged."""

    def __init__(self, *events):
        self._events = events

    def noack(self):
        return self

    async def events(self):
        for event in self._events:
            yield event
            await asyncio.sleep(0)


class Event:
    def __init__(self, lane: Lane, *records):
        self.message, self.value, self.acked = SimpleNamespace(lane=lane, tp=lane.tp), list(records), False

    def ack(self):
        self.acked = True


async def test_waiting_batches_of_a_partition_are_joined_in_order():
    lane, seen, gate = Lane("p0", 0), [], asyncio.Event()
    events = [Event(lane, 1), Event(lane, 2, 3), Event(lane, 4)]

    async def handle(_, records):
        seen.append(records)
        await gate.wait()

    work = asyncio.create_task(work_off(Stream(*events), handle, limit=3))
    for _ in range(10):
        await asyncio.sleep(0)
    gate.set()
    await work

    assert seen == [[1], [2, 3, 4]]
    assert all(event.acked for event in events)


async def test_a_slow_partition_does_not_hold_another():
    slow, fast, done, gate = Lane("slow", 0), Lane("fast", 0), [], asyncio.Event()

    async def handle(lane, records):
        if lane is slow:
            await gate.wait()
        done.append(lane.tp)
        if lane is fast:
            gate.set()

    await work_off(Stream(Event(slow, 1), Event(fast, 2)), handle, limit=10)

    assert done == ["fast", "slow"]


async def test_a_failure_ends_the_loop_and_acknowledges_nothing():
    event = Event(Lane("p0", 0), 1)

    async def handle(*_):
        raise OSError("refused")

    with pytest.raises(ExceptionGroup):
        await work_off(Stream(event), handle, limit=10)
    assert not event.acked


async def test_a_lane_closed_before_its_turn_is_dropped():
    lane, seen = Lane("p0", 0), []
    lane.close()

    async def handle(_, records):
        seen.append(records)

    event = Event(lane, 1)
    await work_off(Stream(event), handle, limit=10)
    assert (seen, event.acked) == ([], False)


async def test_a_lane_closed_while_worked_on_is_not_acknowledged():
    lane = Lane("p0", 0)

    async def handle(lane, _):
        lane.close()
        lane.check_open()

    event = Event(lane, 1)
    await work_off(Stream(event), handle, limit=10)
    assert not event.acked


def fetched(offset: int, *sizes: int):
    """Return a delivered batch of records with values of these sizes, the last one at an offset."""
    records = [SimpleNamespace(value=b"x" * size) for size in sizes]
    return SimpleNamespace(value=records, offset=offset, acked=False)


def test_a_lane_is_full_by_bytes_or_by_records_until_they_are_acknowledged():
    large, many = Lane("p0", 0), Lane("p1", 0)
    large.add(one := fetched(0, SHARED_BYTES))
    many.add(fetched(MAX_IN_FLIGHT - 2, *[1] * (MAX_IN_FLIGHT - 1)))
    assert (large.full, many.full) == (True, False)

    many.add(fetched(MAX_IN_FLIGHT - 1, 1))
    one.acked = True
    large.settle()
    assert (large.full, many.full) == (False, True)
    assert (large.size, large.size_bytes, large.done) == (0, 0, 1)


def test_an_open_lane_passes_the_check_and_a_closed_one_does_not():
    lane = Lane("p0", 0)
    lane.check_open()
    lane.close()
    with pytest.raises(LaneClosed):
        lane.check_open()


async def test_a_closed_lane_refuses_to_write():
    lane, written = Lane("p0", 0), []
    lane.close()

    async def publish():
        written.append(1)

    with pytest.raises(LaneClosed):
        await lane.write(publish)
    assert written == []


async def test_a_write_is_under_way_until_it_ends_also_when_nobody_waits_for_it():
    lane, gate, written = Lane("p0", 0), asyncio.Event(), []

    async def publish():
        await gate.wait()
        written.append(1)

    worker = asyncio.ensure_future(lane.write(publish))
    await asyncio.sleep(0)
    lane.close()
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    (write,) = lane.writes
    gate.set()
    await write
    await asyncio.sleep(0)

    assert (written, lane.writes) == ([1], set())


async def test_a_memory_is_freed_with_its_assignment_without_a_garbage_collector():
    class Memory:
        """What is held of a partition."""

    async def read() -> Memory:
        return Memory()

    lane = Lane("p0", 0)
    lane.add(SimpleNamespace(lane=lane, value=[], offset=0))  # as a batch that is not acknowledged
    gone = weakref.ref(await lane.read_back(read()))
    await asyncio.sleep(0)
    gc.disable()
    try:
        assert gone() is not None
        lane.close()
        del lane
        assert gone() is None
    finally:
        gc.enable()


async def test_a_lane_that_was_closed_has_no_memory_to_wait_for():
    lane = Lane("p0", 0)
    lane.close()

    with pytest.raises(LaneClosed):
        await lane.recall()


async def test_a_partition_that_comes_back_is_worked_on_after_its_memory_was_given_up():
    """A revocation during the reading back must not leave a queue that nobody works off."""
    old, new, seen = Lane("p0", 0), Lane("p0", 0), []
    old.memory = asyncio.get_running_loop().create_future()
    new.memory = asyncio.get_running_loop().create_future()
    new.memory.set_result("memory")
    first, second = Event(old, 1), Event(new, 2)

    async def handle(lane, records):
        assert await lane.recall() == "memory"
        seen.extend(records)

    class Revoked(Stream):
        async def events(self):
            yield first
            for _ in range(5):
                await asyncio.sleep(0)
            old.close()
            yield second

    await work_off(Revoked(), handle, limit=10)

    assert (seen, first.acked, second.acked) == ([2], False, True)
