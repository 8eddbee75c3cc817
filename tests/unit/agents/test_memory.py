"""Memory read back: foreign records are passed over, another version's are refused with their place."""

import pytest

from streams.agents.memory import restore
from streams.agents.ports import Ports
from streams.alerts.stories.story import Story
from streams.enrichment.history import History
from streams.errors import BadRecord, ErrorCode, TopicFault
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.envelope import story_of
from streams.wire.message import Headers, Record

GOOD = b'{"subject":"601398.SH","id":"story_1","alert":"alert_1","version":1,"takes":[]}'


def ports_reading(*values: bytes | None, headers: Headers = ()) -> Ports:
    async def read_partition(topic: str, partition: int):
        yield [
            Record(
                topic=topic,
                partition=partition,
                offset=offset,
                timestamp_ms=0,
                value=value,
                key=b"601398.SH|story_1",
                headers=headers,
            )
            for offset, value in enumerate(values)
        ]

    async def publish(_):
        raise AssertionError("reading back publishes nothing")

    async def partition_count(_):
        return 8

    return Ports(
        settings=Settings(),
        metrics=Metrics(),
        publish=publish,
        partition_count=partition_count,
        read_partition=read_partition,
    )


async def read_back(*values: bytes | None) -> list[Story]:
    found: list[Story] = []
    await restore(
        ports_reading(*values), "news.stories", 3, lambda record: found.append(decode(record, Story))
    )
    return found


async def test_tombstones_are_told_in_their_order():
    told: list[str] = []
    await restore(
        ports_reading(GOOD, None, GOOD),
        "news.stories",
        3,
        lambda record: told.append(decode(record, Story).id),
        forget=lambda key: told.append(f"forget {story_of(key)}"),
    )
    assert told == ["story_1", "forget story_1", "story_1"]


async def test_records_are_kept_in_order_and_tombstones_passed_over():
    found = await read_back(GOOD, None, GOOD.replace(b"story_1", b"story_2"))
    assert [story.id for story in found] == ["story_1", "story_2"]


@pytest.mark.parametrize(
    "foreign", [b"hello", b"{}", b'{"x":1}', b"\x00\xff"], ids=["word", "empty", "other", "bytes"]
)
async def test_a_line_that_someone_wrote_by_hand_does_not_stop_the_partition(foreign):
    assert [story.id for story in await read_back(foreign, GOOD)] == ["story_1"]


async def test_a_record_of_another_version_is_refused_with_its_place():
    with pytest.raises(BadRecord, match=r"news\.stories/3@1") as caught:
        await read_back(GOOD, GOOD[:-1] + b',"schema":9}')
    assert caught.value.code is ErrorCode.UNKNOWN_SCHEMA


async def test_an_article_of_another_version_is_refused_too():
    with pytest.raises(BadRecord, match=r"news\.articles/3@0"):
        await restore(
            ports_reading(b'{"schema":9}'), "news.articles", 3, lambda record: decode(record, History)
        )


async def test_memory_that_was_written_among_other_partitions_is_refused_with_its_place_and_the_way_out():
    ports = ports_reading(GOOD, headers=(("partitions", b"6"),))

    with pytest.raises(
        TopicFault, match=r"news\.stories/3@0 .* had 6 partitions, and it has 8: .*prefix"
    ) as caught:
        await restore(ports, "news.stories", 3, lambda _: None)

    assert caught.value.code is ErrorCode.TOPIC_DIFFERS


@pytest.mark.parametrize("headers", [(), (("partitions", b"8"),)], ids=["unknown", "equal"])
async def test_memory_that_was_written_among_as_many_partitions_is_read(headers):
    found: list[bytes] = []

    assert await restore(ports_reading(GOOD, headers=headers), "news.stories", 3, found.append) == 8
    assert found == [GOOD]
