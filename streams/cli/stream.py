"""Articles of files as one stream through the pipeline, and what a subscriber to everything gets of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from streams.alerts.pipeline import Pipeline, Step
from streams.cli.findings import decision_entry
from streams.cli.inputs import Refused, Unit, article_files, read_units
from streams.enrichment.article import Origin, Role
from streams.errors import BadArticle, BadInput
from streams.news.article import RawArticle
from streams.news.times import parse_time
from streams.observe.clock import now


def taken(
    pipeline: Pipeline,
    paths: tuple[Path, ...],
    source: str | None,
    max_bytes: int,
    *,
    by_published: bool = False,
) -> Iterator[tuple[Unit | Refused, Step | BadInput | None]]:
    """Take all articles as one stream.

    Args:
        pipeline: Takes and remembers.
        paths: Files and directories, in order.
        source: The source of articles that name none.
        max_bytes: The most that an article may have.
        by_published: See `received`.

    Yields:
        Where each stands, and what became of it.
    """
    offset = 0
    units = received(article_files(paths), source, max_bytes, by_published=by_published)
    for unit, received_at in units:
        if isinstance(unit, Refused):
            yield unit, unit.error
            continue
        try:
            step = pipeline.take(unit.raw, received_at, Origin(topic=unit.path, partition=0, offset=offset))
        except BadArticle as error:
            yield unit, error
        else:
            yield unit, step
        offset += 1


def received(
    files: Iterable[Path], source: str | None, max_bytes: int, *, by_published: bool
) -> Iterator[tuple[Unit | Refused, datetime]]:
    """Read the articles of files, each with the time at which it counts as received.

    Args:
        files: In order.
        source: The source of articles that name none.
        max_bytes: The most that an article may have.
        by_published: True to take each as received when it was published; as a log's time never goes
            back, an article without a time, or of an earlier one (a redelivery, a late version), is
            received with the one before it. False to receive all now.

    Yields:
        Where each stands, and its time.
    """
    start = now()
    last = None if by_published else start
    for file in files:
        for unit in read_units(file, source=source, max_bytes=max_bytes):
            if by_published and isinstance(unit, Unit):
                last = _not_before(last, unit.raw, start)
            yield unit, last or start


def _not_before(earlier: datetime | None, raw: RawArticle, latest: datetime) -> datetime | None:
    published_at = parse_time(raw.published_at) if raw.published_at else None
    if published_at is None or published_at > latest:
        return earlier
    return published_at if earlier is None else max(earlier, published_at)


def stream_entry(number: int, step: Step | None) -> dict[str, Any]:
    """Return the entry of an event: what a subscriber to everything gets of it.

    Such a subscriber wants news about its subjects: a company, industry or market that an article only
    names in passing, or that only speaks in it, is told to those who ask for these roles.

    Args:
        number: The event's, from 1.
        step: What became of it; None for a redelivery.
    """
    if step is None:
        return {"n": number, "redelivery": True, "alerts": []}
    return {
        "n": number,
        "id": step.article.id,
        "version": step.article.version,
        "alerts": [
            decision_entry(mention, decision)
            for mention, decision in step.decisions
            if mention.role is Role.SUBJECT
        ],
    }
