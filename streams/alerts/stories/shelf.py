"""Stories by id; those that were not kept of late stand as their records, which take a third of the room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from streams.alerts.stories.story import Story, StoryHead
from streams.enrichment.facts.record import Facts

# Stories of a partition that stand as they are: those just told are told again most.
WARM = 512


@dataclass(frozen=True, slots=True)
class Packing:
    """How records are read that stand for stories.

    Args:
        head: Reads what a story is found by; it read the same record before, so it raises nothing.
        story: Reads the whole; None where the rest of the record is none of ours.
        warm: How many stories stand as they are although their records are known.
    """

    head: Callable[[bytes], StoryHead]
    story: Callable[[bytes], Story | None]
    warm: int = WARM


class _Packed(NamedTuple):
    last_told: datetime
    record: bytes


class Shelf:
    """Stories in the order in which they were put here last.

    Args:
        packing: Reads records; None where all stories are to stand as they are.
    """

    def __init__(self, packing: Packing | None = None) -> None:
        self._packing = packing
        self._held: OrderedDict[str, Story | _Packed] = OrderedDict()
        self._warm: OrderedDict[str, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def get(self, id_: str) -> Story | None:
        """Return the story of an id, None where none is held."""
        held = self._held.get(id_)
        return self._read().story(held.record) if isinstance(held, _Packed) else held

    def facts(self, id_: str) -> Facts | None:
        """Return the facts of the story of an id, None where there are none."""
        story = self.get(id_)
        return None if story is None else story.facts

    def last_told(self, id_: str) -> datetime:
        """Return when a story that is held was told last."""
        return self._held[id_].last_told

    def oldest(self) -> str | None:
        """Return the id of the story put here before all others, None where none is held."""
        return next(iter(self._held), None)

    def put(self, story: Story, record: bytes | None = None) -> None:
        """Hold a story that is not held, as the newest.

        Args:
            story: As it is now.
            record: What may stand for it later on.
        """
        self._held[story.id] = story
        if record is None or self._packing is None:
            return
        self._warm[story.id] = record
        if len(self._warm) > self._packing.warm:
            id_, record = self._warm.popitem(last=False)
            self._held[id_] = _Packed(self.last_told(id_), record)

    def put_packed(self, head: StoryHead, record: bytes) -> None:
        """Hold a story that is not held, as the newest, by its record."""
        self._held[head.id] = _Packed(head.last_told, record)

    def pop(self, id_: str) -> StoryHead | None:
        """Let a story go; return what it is found by, None when it is not held."""
        held = self._held.pop(id_, None)
        if isinstance(held, _Packed):
            return self._read().head(held.record)
        self._warm.pop(id_, None)
        return held

    def _read(self) -> Packing:
        if self._packing is None:
            raise TypeError("records are held, and nothing reads them")
        return self._packing
