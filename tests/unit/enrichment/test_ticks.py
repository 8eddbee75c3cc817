"""The first article of a minute tells every partition that the minute before is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from streams.enrichment.article import Origin, SubjectKind
from streams.enrichment.extracting import extract
from streams.enrichment.history import Histories
from streams.enrichment.ticks import is_new_minute
from streams.wire.envelope import mention_messages
from streams.wire.message import EVERY_PARTITION
from streams.wire.raw import article_of
from tests.builders import a_raw
from tests.unit.enrichment.builders import a_master

NOON = datetime(2026, 3, 2, 4, 0, 30, tzinfo=UTC)
ORIGIN = Origin(topic="news.raw", partition=0, offset=0)


@pytest.mark.parametrize(
    ("newest", "new"),
    [
        (None, True),
        (NOON - timedelta(seconds=30), False),
        (NOON - timedelta(seconds=31), True),
        (NOON + timedelta(minutes=1), False),
    ],
)
def test_a_minute_begins_with_its_first_record(newest: datetime | None, new: bool) -> None:
    assert is_new_minute(newest, NOON) is new


def ticks(seconds: list[int], *, on: bool = True) -> list[int]:
    """Return at which of these seconds an article gives a tick."""
    histories, master, found = Histories(timedelta(days=7)), a_master(), []
    for second in seconds:
        received_at = NOON + timedelta(seconds=second)
        raw = article_of(a_raw(id=str(second), content=f"第{second}号公告。"))
        extracted = extract(raw, histories, master, received_at=received_at, origin=ORIGIN, ticks=on)
        assert extracted is not None
        histories.keep(extracted.history)
        kinds = [mention.kind for mention in extracted.mentions]
        assert SubjectKind.TICK not in kinds[:-1]
        assert not any(told.kind is SubjectKind.TICK for told in extracted.article.told)
        if kinds[-1] is SubjectKind.TICK:
            found.append(second)
            message = mention_messages(extracted.mentions, "news", {})[-1]
            assert (message.partition, message.key) == (EVERY_PARTITION, b"tick")
            assert extracted.mentions[-1].article.text == ""
    return found


def test_an_article_gives_a_tick_where_its_minute_is_new() -> None:
    assert ticks([0, 10, 29, 30, 40, 20, 150, 151]) == [0, 30, 150]


def test_nobody_who_does_not_ask_is_told() -> None:
    assert ticks([0, 60, 120], on=False) == []
