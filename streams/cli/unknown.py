"""Names that articles hold and the master does not: counted from the topic of what was understood."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from streams.cli.output import note
from streams.enrichment.article import EnrichedArticle, UnknownKind
from streams.errors import BadRecord
from streams.kafka.reading import read_range
from streams.settings import Settings
from streams.wire.codec import decode
from streams.wire.topics import ARTICLES, full_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A name that is not known.

    Args:
        surface: The words.
        kind: What makes them look like a listed company.
        ticker: The code that stood with them, where one did.
        articles: How many hold it.
        article: Id of the last of these.
        title: Its title.
    """

    surface: str
    kind: UnknownKind
    ticker: str | None = None
    articles: int
    article: str
    title: str | None = None


async def count_unknown(settings: Settings, since: datetime | None) -> list[Counted]:
    """Return the unknown names of the articles topic, those of most articles first.

    Args:
        settings: How to reach the broker.
        since: Only articles understood then or later; None for all that the topic holds.
    """
    articles: dict[str, EnrichedArticle] = {}
    async with aclosing(read_range(settings, full_name(ARTICLES, settings.prefix), since=since)) as records:
        async for record in records:
            if record.value is None:
                continue
            try:
                article = decode(record.value, EnrichedArticle)
            except BadRecord as error:
                note(f"not an article: {record.topic}/{record.partition}@{record.offset}: {error}")
                continue
            articles.pop(article.id, None)  # its last version counts, at its own place
            if article.unknown:
                articles[article.id] = article
    return tally(articles.values())


def tally(articles: Iterable[EnrichedArticle]) -> list[Counted]:
    """Return the unknown names of articles, those of most articles first, and of these the newest.

    Args:
        articles: One version of each, oldest first.
    """
    found: dict[tuple[str, str | None], Counted] = {}
    for article in articles:
        for unknown in article.unknown:
            key = unknown.surface, unknown.ticker
            before = found.pop(key, None)
            found[key] = Counted(
                surface=unknown.surface,
                kind=unknown.kind,
                ticker=unknown.ticker,
                articles=1 + (before.articles if before else 0),
                article=article.id,
                title=article.title,
            )
    newest_first = list(found.values())[::-1]
    return sorted(newest_first, key=lambda one: -one.articles)
