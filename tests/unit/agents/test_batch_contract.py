"""What streams/agents/batch.py leans on in Faust and aiokafka; an upgrade that moves it fails here."""

import asyncio
import inspect
from dataclasses import replace
from types import SimpleNamespace

import aiokafka.consumer.fetcher
import pytest
from aiokafka.consumer.group_coordinator import GroupCoordinator
from faust import App
from faust.tables.recovery import Recovery
from faust.transport import consumer as faust_consumer
from faust.types import TP

from streams.agents import batch
from streams.agents.lanes import Lane, LaneClosed
from streams.settings import Settings


def source(of) -> str:
    return inspect.getsource(of)


@pytest.mark.parametrize(
    "name",
    [
        "_drain_messages",
        "_getmany",
        "_get_active_partitions",
        "_new_offset",
        "_filter_tps_with_pending_acks",
        "_wait_for_ack",
        "wait_empty",
        "perform_seek",
        "on_partitions_revoked",
        "ack",
        "resume_flow",
    ],
)
def test_the_consumer_has_the_method(name):
    assert any(
        inspect.isfunction(getattr(owner, name, None))
        for owner in (faust_consumer.Consumer, batch.driver.Consumer)
    )


def test_a_fetch_takes_partitions_and_a_time():
    assert list(inspect.signature(faust_consumer.ThreadDelegateConsumer._getmany).parameters) == [
        "self",
        "active_partitions",
        "timeout",
    ]


def test_a_seek_fills_the_read_offsets():
    text = source(faust_consumer.Consumer.perform_seek)
    assert "seek_to_committed" in text
    assert "_read_offset" in text


def test_flow_opens_after_the_seek_and_before_the_fetcher():
    text = source(Recovery._resume_streams)
    steps = ["on_rebalance_complete", "perform_seek", "flow_control.resume()", "resume_flow()", "_fetcher"]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)


def test_revocation_stops_the_flow_then_clears_then_waits():
    text = source(App._on_partitions_revoked)
    steps = ["stop_flow", "flow_control.suspend)", "flow_control.clear)", "_consumer_wait_empty"]
    assert [text.index(step) for step in steps] == sorted(text.index(step) for step in steps)


def test_the_fetcher_calls_our_drain():
    assert "_drain_messages(self)" in source(faust_consumer.Fetcher)


def test_commit_asks_our_ledger():
    assert "_new_offset(tp)" in source(faust_consumer.Consumer._filter_committable_offsets)
    assert "_filter_tps_with_pending_acks" in source(faust_consumer.Consumer.force_commit)


def test_a_rebalance_is_counted():
    assert "rebalancing_count += 1" in source(App.on_rebalance_start)


def test_the_coordinator_keeps_its_fatal_error_and_its_task():
    text = source(GroupCoordinator)
    assert "_pending_exception" in text
    assert "_coordination_task" in text


def test_the_client_takes_its_limits_when_it_starts():
    text = source(aiokafka.AIOKafkaConsumer.start)
    assert "fetch_max_bytes=self._fetch_max_bytes" in text
    assert "fetch_max_wait_ms=self._fetch_max_wait_ms" in text


def test_an_empty_set_of_partitions_means_all():
    assert "if partitions and tp not in partitions" in source(
        aiokafka.consumer.fetcher.Fetcher.fetched_records
    )


@pytest.fixture
async def consumer():
    app = batch.BatchApp(
        "t",
        settings=Settings(),
        loaders={},
        broker="kafka://localhost:1",
        store="memory://",
        web_enabled=False,
    )
    made = app.transport.create_consumer(
        callback=lambda _: None, on_partitions_revoked=None, on_partitions_assigned=None
    )
    yield made
    made._thread.thread_loop.close()


def deliver(lane: Lane, first: int, last: int) -> batch.BatchMessage:
    count = last - first + 1
    message = batch.BatchMessage(
        lane.tp.topic,
        lane.tp.partition,
        last,
        0.0,
        0,
        (),
        None,
        [SimpleNamespace(value=b"x")] * count,
        None,
        0,
        count,
        lane.tp,
        generation_id=1,
    )
    message.lane = lane
    lane.add(message)
    message.incref()
    return message


@pytest.mark.parametrize("committed", [None, 0, 7])
async def test_the_ledger_never_passes_an_open_batch(consumer, committed):
    tp = TP("t", 0)
    lane = consumer.lanes[tp] = Lane(tp, committed)
    base = committed or 0
    messages = [deliver(lane, base + 10 * i, base + 10 * i + 9) for i in range(4)]

    messages[1].ack(consumer)
    messages[2].ack(consumer)
    assert consumer._new_offset(tp) == committed

    messages[0].ack(consumer)
    assert consumer._new_offset(tp) == base + 30

    messages[3].ack(consumer)
    assert (consumer._new_offset(tp), lane.size) == (base + 40, 0)


async def test_a_second_ack_changes_nothing(consumer):
    tp = TP("t", 0)
    lane = consumer.lanes[tp] = Lane(tp, 0)
    message = deliver(lane, 0, 9)
    message.ack(consumer)

    message.ack(consumer)

    assert (consumer._new_offset(tp), lane.size) == (10, 0)


async def test_a_late_ack_of_a_former_assignment_changes_nothing(consumer):
    tp = TP("t", 0)
    consumer.lanes[tp] = old = Lane(tp, 5)
    message = deliver(old, 5, 9)
    consumer.lanes = {tp: Lane(tp, 5)}

    message.ack(consumer)

    assert consumer._new_offset(tp) == 5


async def test_without_a_lane_nothing_is_committed(consumer):
    assert consumer._new_offset(TP("t", 0)) is None
    assert consumer._filter_tps_with_pending_acks() == []


async def test_partitions_are_let_go_when_their_writes_have_ended_and_new_ones_are_refused(consumer):
    consumer.app.settings = replace(consumer.app.settings, drain_timeout_s=0.0)
    lane = consumer.lanes[TP("t", 0)] = Lane(TP("t", 0), None)
    delivered, gate = deliver(lane, 0, 9), asyncio.Event()
    consumer._unacked_messages.add(delivered)
    worker = asyncio.ensure_future(lane.write(gate.wait))
    await asyncio.sleep(0)

    letting_go = asyncio.ensure_future(consumer.wait_empty())
    done, _ = await asyncio.wait([letting_go], timeout=0.05)
    assert (lane.closed, done) == (True, set())
    with pytest.raises(LaneClosed):
        await lane.write(gate.wait)

    gate.set()
    await asyncio.gather(letting_go, worker)
