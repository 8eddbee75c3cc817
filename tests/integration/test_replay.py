"""The same articles by one worker, by three, and by replays: the same alerts of every subject, byte for byte.

Workers are told an article when the one before is understood, as news comes; a replay has them all at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import defaultdict
from itertools import count

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from streams.kafka.partitioning import partition_of
from tests.builders import a_raw, feed
from tests.integration.town import PARTITIONS, Town
from tests.workers import read_topic

pytestmark = [pytest.mark.connected, pytest.mark.timeout(420)]

ARTICLES = 300
APART_MS = 5_000
STORM = 2
WISHES = (
    '{"id":"bank","subscriber":"desk-a","tickers":["600036.SH"]}\n'
    '{"id":"any","subscriber":"desk-b","tickers":["601398.SH","600519.SH"],"roles":["subject","mention"]}\n'
    '{"id":"board","subscriber":"desk-b","sectors":["BK0475"],"events":["buyback","earnings","contract"]}\n'
)
TOPICS = ("alerts", "alerts.suppressed", "alerts.desk-a", "alerts.desk-b")


def the_articles() -> list[dict]:
    """Return articles with copies, a version that adds and one that corrects, a withdrawal and a notice."""
    articles = list(feed(ARTICLES - 4, copies=0.3))
    told = [fields for fields in articles if fields["source"] == "test-wire"]
    title = told[-1]["title"]
    return [
        *articles,
        told[3] | {"content": told[3]["content"] + "<p>公司同时公告，拟投资25亿元建设新产线。</p>"},
        told[5] | {"content": "", "action": "withdraw"},
        told[7] | {"content": told[7]["content"].replace("。", "，合计77亿元。"), "action": "correct"},
        a_raw(
            id="notice",
            title="撤稿声明",
            content=f"本报今日发布的《{title}》一文有误，现予以撤稿，特此说明。",
        ),
    ]


class Played:
    """Two places that were told the same, worked on by one worker and by three, and what came of it."""

    def __init__(self, broker: str, path) -> None:
        name = f"test-{os.getpid()}-replay"
        self.one, self.three = (Town(broker, f"{name}-{letter}", path) for letter in "ab")
        self.path = path
        self._numbers = count(1)
        for town in (self.one, self.three):
            town.run("topics", "create", "--partitions", str(PARTITIONS))
            town.run("subscriptions", "import", "-", text=WISHES)
        asyncio.run(self._play())

    async def with_its_mentions(self) -> Town:
        """Return a further place that has the mentions of the one worker's, and no worker."""
        town = self._further()
        await town.command("topics", "create", "--partitions", str(PARTITIONS))
        await town.command("subscriptions", "import", "-", text=WISHES)
        producer = AIOKafkaProducer(bootstrap_servers=town.broker, acks="all")
        await producer.start()
        try:
            for record in await self.one.records("mentions"):
                await producer.send(
                    f"{town.prefix}.mentions",
                    record.value,
                    key=record.key,
                    partition=record.partition,
                    headers=list(record.headers),
                )
        finally:
            await producer.stop()
        return town

    def _further(self) -> Town:
        return Town(self.one.broker, f"{self.one.prefix}-{next(self._numbers)}", self.path)

    def replayed(self, *words: str) -> Town:
        """Replay what the one worker was told into a prefix of its own."""
        into = self._further()
        self.one.run("replay", "--into", into.prefix, "--storm-per-minute", str(STORM), *words)
        return into

    async def _play(self) -> None:
        workers = [
            self.one.worker("one", storm_per_minute=STORM),
            *(self.three.worker(f"three-{n}", storm_per_minute=STORM) for n in range(3)),
        ]
        try:
            await asyncio.gather(*(worker.start().ready(60) for worker in workers))
            await self._tell()
            await self._settled()
        finally:
            codes = await asyncio.gather(*(asyncio.to_thread(worker.stop) for worker in workers))
        assert codes == [0, 0, 0, 0]

    async def _tell(self) -> None:
        start = int(time.time() * 1000) - 2 * ARTICLES * APART_MS
        producer = AIOKafkaProducer(bootstrap_servers=self.one.broker, acks="all")
        await producer.start()
        async with _Ends(self.one, self.three) as ends:
            for number, fields in enumerate(the_articles()):
                key = f"{fields['source']}/{fields['id']}".encode()
                for town in (self.one, self.three):
                    await producer.send_and_wait(
                        f"{town.prefix}.raw",
                        json.dumps(fields, ensure_ascii=False).encode(),
                        key=key,
                        partition=partition_of(key, PARTITIONS),
                        timestamp_ms=start + number * APART_MS,
                    )
                await ends.until("articles", number + 1)
        await producer.stop()

    async def _settled(self) -> None:
        """Wait until all mentions were worked on: both places hold what a replay says."""
        wanted = await asyncio.to_thread(lambda: self.replayed("--workers", "1"))
        self.again = wanted
        for town in (self.one, self.three):
            for topic in TOPICS:
                await town.until(topic, len(await wanted.read(topic)))


class _Ends:
    """Where topics of some places end."""

    def __init__(self, *towns: Town) -> None:
        self.towns = towns

    async def __aenter__(self):
        self._client = AIOKafkaConsumer(bootstrap_servers=self.towns[0].broker)
        await self._client.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.stop()

    async def until(self, topic: str, records: int) -> None:
        for town in self.towns:
            places = [TopicPartition(f"{town.prefix}.{topic}", number) for number in range(PARTITIONS)]
            for _ in range(6_000):
                if sum((await self._client.end_offsets(places)).values()) >= records:
                    break
                await asyncio.sleep(0.005)
            else:
                raise AssertionError(f"{town.prefix}.{topic} never held {records} records")


@pytest.fixture(scope="module")
def played(broker, tmp_path_factory) -> Played:
    return Played(broker, tmp_path_factory.mktemp("replay"))


async def said(town: Town, raw: str | None = None) -> dict[tuple[str, bytes], list[bytes]]:
    """Return what each topic says about each subject, in order, what a repeated batch said again left out.

    Args:
        town: Whose topics.
        raw: The name that its raw topic goes by in the bodies of the other.
    """
    found = defaultdict(list)
    mine = f'"topic":"{town.prefix}.raw"'.encode()
    for topic in TOPICS:
        for record in await town.records(topic):
            body = record.value.replace(mine, f'"topic":"{raw}"'.encode()) if raw else record.value
            found[topic, record.key].append(body)
    once = {place: list(dict.fromkeys(bodies)) for place, bodies in found.items()}
    # Each partition of mentions sends digests of its own; between them there is no order.
    return {place: sorted(bodies) if place[1] == b"digest" else bodies for place, bodies in once.items()}


async def settled(
    town: Town, wanted: dict[tuple[str, bytes], list[bytes]]
) -> dict[tuple[str, bytes], list[bytes]]:
    """Return what a place says once it says as much as is wanted."""
    for _ in range(240):
        found = await said(town)
        if sum(map(len, found.values())) >= sum(map(len, wanted.values())):
            break
        await asyncio.sleep(0.5)
    return found


def by_subject(town: Town, raw: str | None = None) -> dict[tuple[str, bytes], list[bytes]]:
    """As `said`, outside a loop."""
    return asyncio.run(said(town, raw))


def whole(town: Town) -> dict[str, list[tuple[int, int, bytes, bytes]]]:
    """Return all that was written: partition, offset, key and body."""

    async def read() -> dict[str, list[tuple[int, int, bytes, bytes]]]:
        return {
            topic: sorted(
                (record.partition, record.offset, record.key, record.value)
                for record in await read_topic(town.broker, f"{town.prefix}.{topic}")
            )
            for topic in TOPICS
        }

    return asyncio.run(read())


def test_one_worker_three_and_a_replay_say_the_same_of_every_subject(played):
    raw = f"{played.one.prefix}.raw"
    one, three, again = (by_subject(town, raw) for town in (played.one, played.three, played.again))

    actions = {json.loads(body)["action"] for bodies in one.values() for body in bodies}
    assert actions == {"created", "updated", "corrected", "withdrawn"}
    assert len({subject for _, subject in one}) > 20
    assert ("alerts.desk-b", b"digest") in one
    assert one == three
    assert one == again


async def test_the_same_mentions_give_the_same_alerts_whatever_happens_to_the_workers(played):
    calm, rough = await played.with_its_mentions(), await played.with_its_mentions()
    wanted = await said(played.one)
    alone = calm.worker("calm", storm_per_minute=STORM).start()
    workers = [
        rough.worker(f"rough-{n}", batch_records=records, storm_per_minute=STORM).start()
        for n, records in enumerate((7, 50, 500))
    ]
    await rough.until("alerts", 100, within_s=60)
    await asyncio.to_thread(workers[0].kill)
    await asyncio.to_thread(workers[1].stop)
    again = await rough.worker("again", batch_records=3, storm_per_minute=STORM).start().ready(60)
    found = [await settled(town, wanted) for town in (calm, rough)]
    codes = [await asyncio.to_thread(worker.stop) for worker in (alone, workers[2], again)]

    assert codes == [0, 0, 0]
    assert found == [wanted, wanted]


def test_a_replay_writes_the_same_topics_whatever_the_number_of_processes(played):
    assert whole(played.replayed("--workers", "3")) == whole(played.again)


def test_a_replay_of_a_part_takes_that_part_and_remembers_what_came_before_where_asked(played):
    records = asyncio.run(read_topic(played.one.broker, f"{played.one.prefix}.raw"))
    middle = sorted(record.timestamp for record in records)[ARTICLES // 2]
    start = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(middle / 1000)) + f".{middle % 1000:03d}"
    words = ("replay", "--from", start, "--to", "1m", "--json", "--workers", "1")  # the tape knows no storm

    cold = played.one.run(*words).splitlines()
    warm = played.one.run(*words, "--warm-up", "1h").splitlines()
    later = [
        alert["alert_id"]
        for (topic, _), bodies in by_subject(played.one).items()
        for alert in map(json.loads, bodies)
        if topic == "alerts" and alert["received_at"] >= start
    ]
    assert sorted(json.loads(line)["alert_id"] for line in warm) == sorted(later)
    assert len(cold) > len(warm)  # copies of what was told before are new to it


def test_a_replay_does_not_write_where_something_is(played):
    played.one.run("replay", "--into", played.again.prefix, code=4)
    played.one.run("replay", "--into", played.one.prefix, code=2)


def test_a_backtest_counts_what_the_subscribers_topics_hold(played):
    wishes = played.path / "wishes.ndjson"
    wishes.write_text(WISHES)
    out = played.one.run(
        "backtest",
        "--subscription",
        str(wishes),
        "--since",
        "1d",
        "--json",
        "--workers",
        "1",
        "--storm-per-minute",
        str(STORM),
    )
    summary = json.loads(out.splitlines()[-1])["summary"]
    held = by_subject(played.one)

    assert summary["articles"] == ARTICLES
    assert summary["subscribers"] == {
        desk: sum(len(bodies) for (topic, _), bodies in held.items() if topic == f"alerts.{desk}")
        for desk in ("desk-a", "desk-b")
    }
