"""A partition changes hands, on a real Kafka: its former owner never writes behind the next one."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest

from streams.kafka.publisher import open_publisher
from streams.settings import Settings
from streams.wire.message import Message
from tests.integration.slow_worker import DRAIN_S
from tests.integration.town import PARTITIONS

pytestmark = [pytest.mark.connected, pytest.mark.timeout(180)]
WRITE_S = 8


class SlowWorker:
    """A `slow_worker` in a process of its own."""

    def __init__(self, town, log: Path, takes_s: float) -> None:
        self.log, self.errors = log, log.with_suffix(".errors")
        command = [
            sys.executable,
            "-m",
            "tests.integration.slow_worker",
            town.broker,
            town.prefix,
            str(takes_s),
        ]
        with log.open("wb") as out, self.errors.open("wb") as errors:
            self.process = subprocess.Popen(command, stdout=out, stderr=errors)

    def events(self, what: str) -> dict[int, list[float]]:
        """Return when writes began or ended, by partition."""
        found: dict[int, list[float]] = {}
        for line in self.log.read_text().splitlines():
            happened, partition, at = line.split()
            if happened == what:
                found.setdefault(int(partition), []).append(float(at))
        return found

    async def began(self) -> None:
        for _ in range(600):
            if self.events("begins"):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"nothing written: {self.errors.read_text()[-2000:]}")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            await asyncio.to_thread(self.process.wait, 40)
        finally:
            self.process.kill()


async def news_everywhere(town) -> None:
    settings = Settings.from_mapping({"broker": town.broker, "prefix": town.prefix})
    async with open_publisher(settings) as publisher:
        await publisher.publish(
            [
                Message(topic=f"{town.prefix}.raw", value=b"x", partition=number)
                for number in range(PARTITIONS)
            ]
        )


async def test_a_write_under_way_ends_before_another_worker_gets_the_partition(town, tmp_path):
    assert WRITE_S > 4 * DRAIN_S, "started batches are not waited for until they end"
    await news_everywhere(town)
    async with SlowWorker(town, tmp_path / "first", WRITE_S) as first:
        await first.began()
        async with SlowWorker(town, tmp_path / "second", 0) as second:
            await news_everywhere(town)  # so that the second one has something to write as soon as it may
            await second.began()

    moved = second.events("begins")
    assert moved
    for partition, (begun, *_) in moved.items():
        before = [at for at in first.events("begins")[partition] if at < begun]
        ended = [at for at in first.events("ends")[partition] if at < begun]
        assert len(ended) == len(before)
