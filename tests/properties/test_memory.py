"""What is decided does not depend on when a memory is cleaned up, read back from its records, or packed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.agents.memory import PACKING
from streams.alerts.decide import decisions
from streams.alerts.decision import Decision
from streams.alerts.pipeline import Understanding
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.shelf import Packing
from streams.enrichment.article import Origin
from streams.enrichment.subjects import SubjectMention
from streams.wire.codec import encode
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master
from tests.builders import COMPANIES, feed
from tests.unit.alerts.builders import a_subscription, held

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
COUNT = 40
WISHES = held(*(a_subscription(id=ticker, tickers=[ticker]) for ticker, _, _ in COMPANIES[:9]))

GAPS = st.lists(st.sampled_from([0, 1, 5, 26, 80]), min_size=COUNT, max_size=COUNT)
# After how many articles the memory is read back.
RESTARTS = st.sets(st.integers(0, COUNT - 1), max_size=4)


@cache
def articles() -> Sequence[tuple[SubjectMention, ...]]:
    """Return the mentions of some articles about few companies, many of them copies."""
    understanding = Understanding(load_master(), keep_for=timedelta(days=30))
    found = []
    for number, fields in enumerate(feed(COUNT, copies=0.5)):
        raw = decode_raw(json.dumps(fields).encode(), max_bytes=100_000)
        taken = understanding.take(raw, START, Origin(topic="news.raw", partition=0, offset=number))
        assert taken is not None
        found.append(taken.mentions)
    return found


class Memory:
    """Stories, and their records as a compacted topic keeps them: in the order of the last changes."""

    def __init__(self, packing: Packing | None = PACKING) -> None:
        self.packing = packing
        self.stories = self.begin()
        self.records: dict[str, bytes] = {}

    def begin(self) -> Stories:
        return Stories(
            copy_window=2 * DAY, keep_for=3 * DAY, most=30, most_of_subject=12, packing=self.packing
        )

    def decide(self, mention: SubjectMention, now: datetime, *, tidy: bool) -> list[Decision]:
        for story in self.stories.expire(now) if tidy else ():
            self.records.pop(story.id, None)
        decided = [decision for _, decision in decisions(mention, WISHES, self.stories, now)]
        for story in (story for decision in decided for story in decision.stories):
            record = encode(story)
            for crowded in self.stories.keep(story, record):
                self.records.pop(crowded.id, None)
            self.records.pop(story.id, None)
            self.records[story.id] = record
        return decided

    def read_back(self) -> None:
        self.stories = self.begin()
        for record in self.records.values():
            self.stories.recall(PACKING.head(record), record)


def decided(
    gaps: Sequence[int],
    *,
    tidy: bool,
    after: Callable[[int, Memory], None],
    packing: Packing | None = PACKING,
) -> list[Decision]:
    """Return all decisions, an article some hours after the one before."""
    memory, now = Memory(packing), START
    found: list[Decision] = []
    for number, (hours, mentions) in enumerate(zip(gaps, articles(), strict=True)):
        now += timedelta(hours=hours)
        for mention in mentions:
            at = replace(mention, article=replace(mention.article, received_at=now))
            found += memory.decide(at, now, tidy=tidy)
        after(number, memory)
    return found


def nothing(number: int, memory: Memory) -> None:
    """Leave the memory as it is."""


@settings(max_examples=25, deadline=None)
@given(GAPS)
def test_a_memory_that_is_not_cleaned_up_decides_the_same(gaps: list[int]) -> None:
    assert decided(gaps, tidy=False, after=nothing) == decided(gaps, tidy=True, after=nothing)


@settings(max_examples=25, deadline=None)
@given(GAPS, RESTARTS)
def test_a_memory_that_was_read_back_decides_the_same(gaps: list[int], restarts: set[int]) -> None:
    def restart(number: int, memory: Memory) -> None:
        if number in restarts:
            memory.read_back()

    assert decided(gaps, tidy=True, after=restart) == decided(gaps, tidy=True, after=nothing)


@settings(max_examples=25, deadline=None)
@given(GAPS, st.integers(0, 3))
def test_a_memory_in_which_records_stand_for_stories_decides_the_same(gaps: list[int], warm: int) -> None:
    packed = decided(gaps, tidy=True, after=nothing, packing=replace(PACKING, warm=warm))

    assert packed == decided(gaps, tidy=True, after=nothing, packing=None)
