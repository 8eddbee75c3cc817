"""Reading alerts with the client, on a real Kafka: each version once, resumed, and every fault said."""

import asyncio
import contextlib
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from streams.client import AlertAction, Alerts, BlockingAlerts
from streams.errors import BadRecord, BrokerUnreachable, ErrorCode, TopicFault
from streams.kafka.admin import ensure_topics
from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.codec import encode
from streams.wire.message import Message
from streams.wire.topics import ALERTS, subscriber_topic
from tests.unit.alerts.builders import Desk

pytestmark = [pytest.mark.connected, pytest.mark.timeout(120)]
FIRST = Desk().told().outcomes[0].alert
QUICK = {"session_timeout_s": 3, "heartbeat_s": 1}


class Place:
    """A subscriber's topic and a tape to write into, and clients to read them."""

    def __init__(self, broker: str, prefix: str, publisher) -> None:
        self.broker, self.prefix, self.publisher = broker, prefix, publisher

    def alerts(self, cls=Alerts, **changed):
        given = {"group": "blotter", "subscriber": "desk", "prefix": self.prefix} | QUICK | changed
        return cls(self.broker, **given)

    async def write(self, *alerts, topic: str = "alerts.desk") -> None:
        """Write (id, version) pairs as alerts, or bytes as they are."""
        await self.publisher.publish([
            Message(
                topic=f"{self.prefix}.{topic}",
                key=alert[0].encode() if isinstance(alert, tuple) else b"k",
                value=encode(an_alert(*alert)) if isinstance(alert, tuple) else alert,
            )
            for alert in alerts
        ])  # fmt: skip


def an_alert(id_: str, version: int, **fields):
    return replace(FIRST, alert_id=id_, version=version, **fields)


@pytest.fixture
async def place(broker, prefix):
    settings = Settings.from_mapping({"broker": broker, "prefix": prefix, "partitions": 3})
    await ensure_topics(settings, [ALERTS, subscriber_topic("desk")])
    async with open_publisher(settings) as publisher:
        yield Place(broker, prefix, publisher)


async def take(alerts, count: int) -> list[tuple[str, int]]:
    """Come for so many alerts; the last one stays in hand."""
    found = [await asyncio.wait_for(anext(alerts), 20) for _ in range(count)]
    return [(alert.alert_id, alert.version) for alert in found]


async def test_what_a_worker_repeats_is_not_heard_twice(place):
    await place.write(("a", 1), ("b", 1), ("a", 2), ("b", 1), ("a", 1), ("a", 2), ("a", 3))

    async with place.alerts() as alerts:
        assert await take(alerts, 4) == [("a", 1), ("b", 1), ("a", 2), ("a", 3)]
        assert await alerts.next(within_s=0.1) is None


async def test_who_gives_up_waiting_again_and_again_loses_nothing(place):
    await place.write(*((f"a{number}", 1) for number in range(100)))
    found = []
    async with place.alerts(commit_interval_s=0.1) as alerts:
        for _ in range(20_000):
            if len(found) == 100:
                break
            with contextlib.suppress(TimeoutError):
                found.append((await asyncio.wait_for(anext(alerts), 0.003)).alert_id)

    assert sorted(found) == sorted(f"a{number}" for number in range(100))


async def test_the_alert_in_hand_comes_again_after_a_restart_and_what_was_done_does_not(place):
    await place.write(("a", 1), ("b", 1), ("c", 1))
    async with place.alerts() as alerts:
        await take(alerts, 2)

    async with place.alerts() as alerts:
        assert await take(alerts, 2) == [("b", 1), ("c", 1)]
        await alerts.commit()

    async with place.alerts() as alerts:
        assert await alerts.next(within_s=0.1) is None


async def test_after_a_restart_repeats_are_known_and_the_view_is_as_before(place):
    await place.write(("a", 1), ("b", 1), ("a", 2))
    async with place.alerts() as alerts:
        await take(alerts, 3)
        await alerts.commit()
    await place.write(("a", 1), ("a", 2), ("a", 3))

    async with place.alerts() as alerts:
        before = [(alert.alert_id, alert.version) for alert in alerts.current()]
        assert await take(alerts, 1) == [("a", 3)]
        assert alerts.get("a") == an_alert("a", 3)

    assert sorted(before) == [("a", 2), ("b", 1)]


async def test_what_is_read_back_is_bounded(place):
    await place.write(*((f"a{number}", 1) for number in range(50)))
    async with place.alerts(remember=7) as alerts:
        await take(alerts, 50)
        await alerts.commit()

    async with place.alerts(remember=7) as alerts:
        assert [alert.alert_id for alert in alerts.current()] == [f"a{number}" for number in range(43, 50)]


async def test_an_alert_that_was_taken_back_leaves_the_view(place):
    gone = encode(an_alert("a", 2, action=AlertAction.WITHDRAWN))
    await place.write(("a", 1), ("b", 1), gone)

    async with place.alerts() as alerts:
        await take(alerts, 3)
        assert [alert.alert_id for alert in alerts.current("01398.HK")] == ["b"]
        assert alerts.current("600519.SH") == ()
        assert alerts.get("a").action is AlertAction.WITHDRAWN


async def test_where_it_stands_is_told(place):
    await place.write(("a", 1), ("b", 1), ("c", 1))

    async with place.alerts() as alerts:
        await take(alerts, 2)
        (standing,) = await alerts.standing()
        assert (standing.position, standing.lag) == (2, 1)
        await alerts.commit()
        (standing,) = await alerts.standing()

    assert standing.committed == 2


async def test_a_new_group_begins_where_it_is_told_to(place):
    await place.write(("a", 1))
    later = datetime.now(UTC) + timedelta(milliseconds=50)
    await asyncio.sleep(0.1)
    await place.write(("b", 1))

    async with place.alerts(since=later) as alerts:
        assert await take(alerts, 1) == [("b", 1)]


async def test_a_record_that_is_no_alert_is_passed_over_and_counted(place, caplog, monkeypatch):
    # Whatever a command that ran in this process before has set.
    monkeypatch.setattr(logging.getLogger("streams.client.alerts"), "disabled", False)
    caplog.set_level(logging.WARNING, "streams.client.alerts")
    await place.write(("a", 1), b"\xff{", b'{"headline":"x"}', ("b", 1))

    async with place.alerts() as alerts:
        assert await take(alerts, 2) == [("a", 1), ("b", 1)]
        assert alerts.skipped == 2

    assert f"{place.prefix}.alerts.desk/0@1" in caplog.text


async def test_an_alert_of_a_later_schema_stops_the_reader_and_is_not_lost(place):
    later = encode(an_alert("b", 1)).replace(b'"schema":1}', b'"schema":99}')
    await place.write(("a", 1), later, ("c", 1))

    async with place.alerts() as alerts:
        await take(alerts, 1)
        for _ in range(2):
            with pytest.raises(BadRecord, match=r"alerts\.desk/0@1") as refused:
                await alerts.next(within_s=5)
            assert refused.value.code is ErrorCode.UNKNOWN_SCHEMA


async def test_members_of_a_group_share_the_tape_and_each_version_is_read_once_by_all(place):
    ids = [f"a{number}" for number in range(60)]
    heard: list[tuple[str, int]] = []

    async def read(alerts) -> None:
        while (alert := await alerts.next(within_s=3)) is not None:
            heard.append((alert.alert_id, alert.version))

    async with place.alerts(subscriber=None) as one, place.alerts(subscriber=None) as two:
        for version in (1, 2, 3):
            await place.write(*((id_, version) for id_ in ids), topic="alerts")
        await asyncio.gather(read(one), read(two))
        shares = [len(await each.standing()) for each in (one, two)]

    assert sorted(shares) == [1, 2]
    assert sorted(heard) == sorted((id_, version) for id_ in ids for version in (1, 2, 3))
    assert all([v for i, v in heard if i == id_] == [1, 2, 3] for id_ in ids)


async def test_a_program_without_a_loop_reads_the_same(place):
    await place.write(("a", 1), ("a", 1), ("a", 2))

    def read() -> list[tuple[str, int]]:
        with place.alerts(BlockingAlerts) as alerts:
            found = [(alert.alert_id, alert.version) for _, alert in zip(range(2), alerts, strict=False)]
            assert alerts.next(within_s=0.1) is None
            assert [alert.version for alert in alerts.current()] == [2]
            assert alerts.standing()[0].lag == 0
            return found

    assert await asyncio.to_thread(read) == [("a", 1), ("a", 2)]


@pytest.mark.parametrize("cls", [Alerts, BlockingAlerts])
async def test_a_missing_topic_says_who_makes_it(place, cls):
    with pytest.raises(TopicFault, match=r"alerts\.nobody is not there") as refused:
        await _open(place.alerts(cls, subscriber="nobody"))

    assert "subscriptions add --subscriber nobody" in refused.value.hint


@pytest.mark.parametrize("cls", [Alerts, BlockingAlerts])
async def test_a_missing_broker_is_named(cls):
    with pytest.raises(BrokerUnreachable, match=r"127\.0\.0\.1:1"):
        await _open(cls("127.0.0.1:1", group="blotter"))


async def _open(alerts) -> None:
    if isinstance(alerts, Alerts):
        async with alerts:
            pass
    else:
        await asyncio.to_thread(alerts.__enter__)
