"""What a worker takes in at once is bounded; what is larger than the bound still comes through."""

import asyncio

import pytest

from streams.kafka.publisher import BATCH_BYTES
from tests.builders import a_raw

pytestmark = [pytest.mark.connected, pytest.mark.timeout(240)]


async def test_articles_larger_than_a_fetch_of_their_partition_come_through(town):
    picture = f'<img src="data:image/png;base64,{"A" * BATCH_BYTES * 2}">'
    articles = [
        a_raw(
            id=f"n{number}",
            content=f"<p>招商银行公布第{number}号公告。</p>{picture}",
            content_type="text/html",
        )
        for number in range(12)
    ]
    worker = town.worker("one").start()
    await town.tell(*articles)
    await worker.ready()

    read = await town.until("articles", len(articles))

    assert len({article["origin"]["partition"] for article in read}) > 1
    assert len({article["id"] for article in read}) == len(articles)
    assert await asyncio.to_thread(worker.stop) == 0
