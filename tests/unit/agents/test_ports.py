"""Memory read back: foreign records are passed over, another version's are refused with their place."""

import pytest

from streams.agents.ports import Ports, restore
from streams.alerts.story import Story
from streams.errors import BadRecord, ErrorCode
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.envelope import story_of
from streams.wire.message import Record

GOOD = b'{"subject":"601398.SH","id":"story_1","alert":"alert_1","version":1,"takes":[]}'


def ports_reading(*values: bytes | None) -> Ports:
    async def read_partition(topic: str, partition: int):
        yield [
            Record(
                topic=topic,
                partition=partition,
                offset=offset,
                timestamp_ms=0,
                value=value,
                key=b"601398.SH|story_1",
            )
            for offset, value in enumerate(values)
        ]

    async def publish(_):
        raise AssertionError("reading back publishes nothing")

    return Ports(settings=Settings(), metrics=Metrics(), publish=publish, read_partition=read_partition)


async def read_back(*values: bytes | None) -> list[Story]:
    found: list[Story] = []
    await restore(ports_reading(*values), "news.stories", 3, Story, found.append)
    return found


async def test_tombstones_are_told_in_their_order():
    told: list[str] = []
    await restore(
        ports_reading(GOOD, None, GOOD),
        "news.stories",
        3,
        Story,
        lambda story: told.append(story.id),
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
