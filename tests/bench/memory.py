"""Reading the stories back: how many a second from a real Kafka, what bounds it, and what a story takes.

python -m tests.bench.memory BROKER PREFIX     the reading alone, in a process of its own; prints JSON
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from streams.agents.garbage import THRESHOLDS
from streams.agents.memory import PACKING, restore
from streams.agents.ports import Ports
from streams.agents.worker import loop_factory
from streams.alerts.identity import story_id
from streams.alerts.pipeline import Pipeline
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.story import Story
from streams.enrichment.article import Origin
from streams.enrichment.facts.record import Facts
from streams.kafka.admin import ensure_topics
from streams.kafka.partitioning import partition_of
from streams.kafka.publisher import open_publisher
from streams.kafka.reading import read_partition
from streams.observe.metrics import Metrics
from streams.settings import Settings
from streams.wire.envelope import story_message
from streams.wire.message import Message
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from streams.wire.topics import STORIES, full_name
from tests.bench.material import UNIVERSE, Body
from tests.bench.processes import BenchFailure
from tests.bench.steps import NOW

ROOT = Path(__file__).parents[2]
SLICE = 5_000
NO_FACTS = Facts(words="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was measured.

    Args:
        records: Stories read back, over all partitions, by one worker.
        record_bytes: Mean size of a record.
        records_s: Records a second, from the first request to the last story held.
        cpu_us: Microseconds of CPU a record, all in all.
        decode_us: Of these, to read the record; measured alone.
        recall_us: Of these, to hold the story; measured alone.
        story_bytes: By how much the process grew, a story.
        filed_bytes: The same, once all subjects were asked for and their stories are filed under their keys.
    """

    records: int
    record_bytes: float
    records_s: float
    cpu_us: float
    decode_us: float
    recall_us: float
    story_bytes: float
    filed_bytes: float


async def measure(settings: Settings, bodies: list[Body], count: int) -> Memory:
    """Fill the stories topic with what articles led to, and read it back in another process.

    Args:
        settings: Broker, prefix and partitions; the topic is made.
        bodies: Articles; their stories are told of other subjects again and again until there are enough.
        count: How many stories.
    """
    await ensure_topics(settings, [STORIES])
    async with open_publisher(settings) as publisher:
        messages = _messages(await asyncio.to_thread(_told, bodies), count, settings)
        while part := list(islice(messages, SLICE)):
            await publisher.publish(part)
    command = [sys.executable, "-m", "tests.bench.memory", settings.broker, settings.prefix]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        raise BenchFailure(f"reading the stories back failed:\n{done.stderr[-3000:]}")
    return Memory(**json.loads(done.stdout))


def _told(bodies: list[Body]) -> list[Story]:
    pipeline, told = Pipeline(load_master()), {}
    for number, body in enumerate(bodies):
        at = NOW + timedelta(seconds=number)
        origin = Origin(topic="bench.raw", partition=0, offset=number)
        step = pipeline.take(decode_raw(body.value, max_bytes=10_000_000), at, origin)
        for _, decision in step.decisions if step else ():
            told |= {story.id: story for story in decision.stories}
    return list(told.values())


def _messages(told: list[Story], count: int, settings: Settings) -> Iterator[Message]:
    for number, story in enumerate(islice(cycle(told), count)):
        subject = f"{number % UNIVERSE:06d}.SZ"
        one = replace(story, subject=subject, id=story_id(f"{number}", subject))
        partition = partition_of(subject.encode(), settings.partitions)
        yield story_message(one, settings.prefix, partition, settings.partitions)


async def _read_back(settings: Settings) -> Memory:
    topic = full_name(STORIES, settings.prefix)
    gc.set_threshold(*THRESHOLDS)
    async with open_publisher(settings) as publisher:
        ports = Ports(
            settings=settings,
            metrics=Metrics(),
            publish=publisher.publish,
            partition_count=publisher.partition_count,
            read_partition=lambda topic, partition: read_partition(settings, topic, partition),
        )
        held = [Stories(packing=PACKING) for _ in range(settings.partitions)]

        async def read(partition: int) -> None:
            await restore(ports, topic, partition, lambda record: _recall(held[partition], record))

        _recall(Stories(packing=PACKING), await _line(settings))  # what is made at the first use
        gc.collect()
        before, cpu, begun = _resident(), time.process_time(), time.perf_counter()
        await asyncio.gather(*map(read, range(settings.partitions)))
        took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    after, count = _resident(), sum(map(len, held))
    for stories in held:
        for subject in stories._of_subject:
            list(stories.alike(subject, NO_FACTS, NOW))
    filed = _resident()
    lines = [r.value async for batch in read_partition(settings, topic, 0) for r in batch if r.value]
    decode_us, recall_us = _parts(lines)
    return Memory(
        records=count,
        record_bytes=sum(map(len, lines)) / len(lines),
        records_s=count / took,
        cpu_us=cpu / count * 1e6,
        decode_us=decode_us,
        recall_us=recall_us,
        story_bytes=(after - before) / count,
        filed_bytes=(filed - before) / count,
    )


def _recall(stories: Stories, record: bytes) -> None:
    stories.recall(PACKING.head(record), record)


async def _line(settings: Settings) -> bytes:
    async for batch in read_partition(settings, full_name(STORIES, settings.prefix), 0):
        if batch[0].value is not None:
            return batch[0].value
    raise BenchFailure("no stories to read back")


def _parts(lines: list[bytes]) -> tuple[float, float]:
    """Return microseconds a record of decoding and of recalling, each alone."""
    begun = time.process_time()
    heads = [PACKING.head(line) for line in lines]
    decoded, stories = time.process_time(), Stories(packing=PACKING)
    for head, line in zip(heads, lines, strict=True):
        stories.recall(head, line)
    recalled = time.process_time()
    return (decoded - begun) / len(lines) * 1e6, (recalled - decoded) / len(lines) * 1e6


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    _settings = Settings.from_mapping({"broker": sys.argv[1], "prefix": sys.argv[2]})
    with asyncio.Runner(loop_factory=loop_factory(_settings)) as _runner:
        print(json.dumps(asdict(_runner.run(_read_back(_settings)))))
