"""The run of a replay: records in their order in, what is told of them in that order out, chunk by chunk.

While a chunk is decided the next one is understood. What is understood of a chunk is put in order before
it is decided, and what is told of it before it is given out: neither depends on who was first.
"""

from __future__ import annotations

import asyncio
import heapq
from asyncio import Future
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from streams.enrichment.article import Origin
from streams.enrichment.ticks import minute_after, tick
from streams.errors import InternalFault
from streams.replay.crew import Crew
from streams.replay.exchange import Decided, Line, Place, Refusal, Understood
from streams.replay.plan import Plan
from streams.wire.codec import encode_mentions
from streams.wire.message import Message, Record

# Of one chunk; they bound the memory, and how much is done between two answers.
CHUNK_RECORDS = 256
CHUNK_BYTES = 8_000_000
# Chunks that are being understood while one is decided.
_AHEAD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What came of a chunk.

    Args:
        records: The chunk's, in order.
        refused: Those that cannot be worked on, in order, too.
        redelivered: How many brought a wording that was known.
        messages: What is told, in the order of the articles; of one article by subject.
        raised: How many of the alerts to subscribers each subscription raised, alone or with others.
    """

    records: Sequence[Record]
    refused: Sequence[Refusal]
    redelivered: int
    messages: Sequence[Message]
    raised: Counter[str]


async def replayed(
    records: AsyncIterable[Record], plan: Plan, *, workers: int, chunk_records: int = CHUNK_RECORDS
) -> AsyncGenerator[Part, None]:
    """Replay records.

    Args:
        records: Raw articles, in the order of timestamp, partition, offset.
        plan: What it is done with.
        workers: How many processes share the work.
        chunk_records: The most that one chunk takes; what is told does not depend on it, nor on `workers`.

    Yields:
        What came of each chunk, in order.

    Raises:
        InternalFault: When a process of it ended.
    """
    with Crew(plan, workers) as crew:
        begun: deque[_Begun] = deque()
        deciding: deque[_Begun] = deque()
        number = 0
        newest: Record | None = None
        try:
            async for chunk in _chunks(records, chunk_records):
                begun.append(_Begun(crew, number, chunk))
                number += len(chunk)
                newest = chunk[-1]  # they are in the order of time
                if len(begun) > _AHEAD:
                    deciding.append(await begun.popleft().understood())
                if len(deciding) > 1:
                    yield await deciding.popleft().decided()
            while begun:
                deciding.append(await begun.popleft().understood())
                yield await deciding.popleft().decided()
            while deciding:
                yield await deciding.popleft().decided()
            if newest is not None and (lines := _last_ticks(newest, number, plan)):
                yield await _Begun(crew, number, []).decide(lines).decided()
        except BrokenProcessPool as error:
            raise InternalFault("a process of the replay ended, as one does that is out of memory") from error


class _Begun:
    """A chunk at work."""

    def __init__(self, crew: Crew, number: int, chunk: list[Record]) -> None:
        self._crew, self._records = crew, chunk
        batches: dict[int, list[tuple[int, Record]]] = {}
        for at, record in enumerate(chunk, number):
            batches.setdefault(record.partition % crew.size, []).append((at, record))
        self._understanding = [crew.understand(share, batch) for share, batch in batches.items()]
        self._understood: list[Understood] = []
        self._deciding: list[Future[Decided]] = []

    async def understood(self) -> _Begun:
        """Wait until it is understood, and begin to decide it."""
        self._understood = await asyncio.gather(*self._understanding)
        return self.decide(chain(*(chain(*one.lines.values()) for one in self._understood)))

    def decide(self, lines: Iterable[Line]) -> _Begun:
        """Begin to decide mentions."""
        by_share: dict[int, list[Line]] = {}
        for line in sorted(lines):
            by_share.setdefault(line[0][2] % self._crew.size, []).append(line)
        self._deciding = [self._crew.decide(share, mine) for share, mine in sorted(by_share.items())]
        return self

    async def decided(self) -> Part:
        """Wait until it is decided."""
        decided = await asyncio.gather(*self._deciding)
        told = heapq.merge(*(one.told for one in decided), key=_place)
        refused = [*chain(*(one.refused for one in self._understood), *(one.refused for one in decided))]
        return Part(
            records=self._records,
            refused=sorted(refused, key=lambda refusal: refusal.place),
            redelivered=sum(one.redelivered for one in self._understood),
            messages=[message for _, messages in told for message in messages],
            raised=sum((one.raised for one in decided), Counter()),
        )


def _last_ticks(newest: Record, number: int, plan: Plan) -> list[Line]:
    """Return what tells every partition that the last minute is over, as workers do; [] where it is not."""
    received_at = datetime.fromtimestamp(newest.timestamp_ms / 1000, UTC)
    minute = minute_after(received_at, plan.ends_at or datetime.max.replace(tzinfo=UTC))
    if not plan.storm_per_minute or minute is None:
        return []
    origin = Origin(topic=newest.topic, partition=newest.partition, offset=newest.offset)
    (line,) = encode_mentions([tick(minute, origin)])
    return [((number, 0, partition), line) for partition in range(plan.partitions)]


def _place(told: tuple[Place, list[Message]]) -> Place:
    return told[0]


async def _chunks(records: AsyncIterable[Record], most: int) -> AsyncGenerator[list[Record], None]:
    chunk: list[Record] = []
    size_bytes = 0
    async for record in records:
        chunk.append(record)
        size_bytes += len(record.value or b"")
        if len(chunk) >= most or size_bytes >= CHUNK_BYTES:
            yield chunk
            chunk, size_bytes = [], 0
    if chunk:
        yield chunk
