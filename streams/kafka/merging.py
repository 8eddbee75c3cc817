"""Records of many partitions in the order of time, with one fetch of each in memory."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterator, Mapping

from aiokafka import TopicPartition

from streams.wire.message import Record


class Merge:
    """Takes fetches of partitions, gives records by timestamp; a partition's records keep their order."""

    def __init__(self) -> None:
        self._waiting: dict[TopicPartition, deque[Record]] = {}
        self._heads: list[tuple[int, TopicPartition]] = []

    def hungry(self, places: Collection[TopicPartition]) -> list[TopicPartition]:
        """Return those of the partitions whose next record is not known yet."""
        return [place for place in places if place not in self._waiting]

    def add(self, found: Mapping[TopicPartition, list[Record]]) -> None:
        """Take fetches of hungry partitions."""
        for place, records in found.items():
            if records:
                self._waiting[place] = deque(records)
                heapq.heappush(self._heads, (records[0].timestamp_ms, place))

    def ready(self, unfinished: Collection[TopicPartition]) -> Iterator[Record]:
        """Give records as long as no earlier one can still come.

        Args:
            unfinished: Partitions that hold more than what was added; () to drain all.
        """
        if self.hungry(unfinished):
            return
        while self._heads:
            _, place = heapq.heappop(self._heads)
            records = self._waiting[place]
            yield records.popleft()
            if records:
                heapq.heappush(self._heads, (records[0].timestamp_ms, place))
                continue
            del self._waiting[place]
            if place in unfinished:
                return
