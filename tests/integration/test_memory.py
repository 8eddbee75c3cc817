"""What a worker reads back when a partition comes to it."""

import asyncio
import json

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions

from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from tests.builders import a_raw
from tests.integration.town import PARTITIONS

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]
IN_STEP = ("raw", "articles", "mentions", "stories")


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


async def test_memory_that_was_written_among_fewer_partitions_is_refused_at_the_start(town):
    worker = await town.worker("one").start().ready()
    await town.tell(a_raw())
    await told(town, 1)
    assert await asyncio.to_thread(worker.stop) == 0
    more = {f"{town.prefix}.{name}": NewPartitions(PARTITIONS + 2) for name in IN_STEP}
    admin = AIOKafkaAdminClient(bootstrap_servers=town.broker)
    await admin.start()
    await admin.create_partitions(more)
    await admin.close()

    worker.start()

    assert await asyncio.to_thread(worker.wait, 60) == 1
    assert f"had {PARTITIONS} partitions, and it has {PARTITIONS + 2}" in worker.text()
    assert "use a new prefix" in worker.text()


@pytest.mark.parametrize("topic", ["stories", "articles"])
async def test_memory_of_another_version_is_refused_with_its_place(town, topic):
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    later = Message(topic=f"{town.prefix}.{topic}", key=b"k", value=b'{"schema":99}', partition=1)
    async with open_publisher(settings) as publisher:
        await publisher.publish([later])

    worker = town.worker("one").start()

    assert await asyncio.to_thread(worker.wait, 60) == 1
    assert f"{town.prefix}.{topic}/1@0" in worker.text()
    assert "schema" in worker.text()


async def test_stories_of_an_older_version_are_read_and_go_on(town):
    worker = await town.worker("one").start().ready()
    await town.tell(a_raw())
    await told(town, 1)
    assert await asyncio.to_thread(worker.stop) == 0
    records = [record for record in await town.records("stories") if record.key.startswith(b"601398.SH|")]
    fields = json.loads(records[-1].value)
    del fields["facts"], fields["name"], fields["listings"]
    old = Message(
        topic=f"{town.prefix}.stories",
        key=records[-1].key,
        value=json.dumps(fields | {"schema": 1}).encode(),
        partition=records[-1].partition,
    )
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        await publisher.publish([old])

    await worker.start().ready()
    await town.tell(a_raw(content="监管部门与工商银行联合印发通知，支持第2批企业。"))
    tape = await told(town, 2)

    assert [(alert["alert_id"], alert["version"]) for alert in tape] == [
        (fields["alert"], 1),
        (fields["alert"], 2),
    ]
    assert await asyncio.to_thread(worker.stop) == 0


async def told(town, count: int) -> list[dict]:
    """Return what the tape says of 工商银行, once it is so much."""
    for _ in range(200):
        tape = [alert for alert in await town.read("alerts") if alert["ticker"] == "601398.SH"]
        if len(tape) >= count:
            return tape
        await asyncio.sleep(0.2)
    raise AssertionError(f"{len(tape)} alerts, not {count}")
