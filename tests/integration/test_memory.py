"""What a worker reads back when a partition comes to it."""

import asyncio

import pytest

from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from tests.builders import a_raw

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]


async def test_a_late_write_of_a_former_owner_does_not_take_a_story_back(town):
    worker = await town.worker("one").start().ready()
    for number in (1, 2):
        await town.tell(a_raw(content=f"监管部门与工商银行联合印发通知，支持第{number}批企业。"))
        await told(town, number)
    assert await asyncio.to_thread(worker.stop) == 0
    first = next(record for record in await town.records("stories") if record.key.startswith(b"601398.SH|"))
    late = Message(topic=first.topic, key=first.key, value=first.value, partition=first.partition)
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        await publisher.publish([late])

    await worker.start().ready()
    await town.tell(a_raw(content="监管部门与工商银行联合印发通知，支持第3批企业。"))
    tape = await told(town, 3)

    assert [alert["version"] for alert in tape] == [1, 2, 3]
    assert await asyncio.to_thread(worker.stop) == 0


async def told(town, count: int) -> list[dict]:
    """Return what the tape says of 工商银行, once it is so much."""
    for _ in range(200):
        tape = [alert for alert in await town.read("alerts") if alert["ticker"] == "601398.SH"]
        if len(tape) >= count:
            return tape
        await asyncio.sleep(0.2)
    raise AssertionError(f"{len(tape)} alerts, not {count}")
