"""Bad subscriptions: the view refuses them, and the control agent waits for its word."""

import asyncio
from collections.abc import Sequence

from streams.agents.subscriptions import SubscriptionView
from streams.wire.message import Record
from tests.unit.agents.test_memory import ports_reading


async def find_no_fault(_) -> dict[str, str]:
    return {}


class Told:
    """A topic whose batches are given; it ends after them."""

    def __init__(self, *batches: Sequence[Record]) -> None:
        self.caught_up, self._batches = asyncio.Event(), batches

    async def batches(self):
        for batch in self._batches:
            yield batch


def a_record(offset: int, value: bytes, partition: int = 0) -> Record:
    return Record(
        topic="news.subscriptions", partition=partition, offset=offset, timestamp_ms=0, key=b"1", value=value
    )


async def test_a_record_is_judged_once_the_view_has_passed_it_and_only_bad_ones_are_refused():
    view = SubscriptionView(ports_reading(), find_no_fault)
    good = b'{"id":"1","subscriber":"desk","market":true}'
    waiting = asyncio.ensure_future(view.judged(0, 1))
    elsewhere = asyncio.ensure_future(view.judged(1, 0))

    await view.follow(Told([a_record(0, good)]))
    await asyncio.sleep(0)
    assert not waiting.done()
    await view.follow(Told([a_record(1, b"nonsense"), a_record(2, good)], [], [a_record(0, good, 1)]))

    await asyncio.wait_for(asyncio.gather(waiting, elsewhere), 5)
    assert [view.refused(0, offset) for offset in range(3)] == [False, True, False]
    assert not view.refused(1, 0)
