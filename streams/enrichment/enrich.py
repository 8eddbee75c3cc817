"""From an article as read to an article as understood; a pure function of the article and the master."""

from __future__ import annotations

from datetime import datetime

from streams.enrichment.article import EnrichedArticle, Origin, Role
from streams.enrichment.items import find_items
from streams.enrichment.linking.mentions import link
from streams.enrichment.linking.securities import Master
from streams.enrichment.linking.unknown import find_unknown
from streams.enrichment.tagging.events import find_events
from streams.enrichment.tagging.sectors import find_sectors
from streams.enrichment.tagging.urgency import urgency
from streams.enrichment.tagging.words import Words
from streams.news.article import Article
from streams.news.text import fold


def enrich(
    article: Article,
    master: Master,
    *,
    version: int,
    digests: tuple[str, ...],
    received_at: datetime,
    origin: Origin,
) -> EnrichedArticle:
    """Understand an article: companies, industries, kinds of event, urgency.

    Args:
        article: As read.
        master: Names, rules and boards.
        version: Counts the wordings of this id, from 1.
        digests: The mark of each version's wording, oldest first.
        received_at: The raw record's timestamp.
        origin: Where the raw article stands.

    Returns:
        The enriched article; equal input gives an equal one. The work is linear in the
        length of title and text.
    """
    folded = {"title": fold(article.title or ""), "text": article.folded or fold(article.text)}
    linked = link(article, master, folded)
    words = Words(article, folded, master.tag_words, linked.mentions, linked.rejected)
    of_company = any(mention.role is not Role.SOURCE for mention in linked.mentions)
    events = find_events(words, of_company=of_company)
    return EnrichedArticle(
        title=article.title,
        id=article.id,
        version=version,
        action=article.action,
        source=article.source,
        media=article.media,
        url=article.url,
        published_at=article.published_at,
        received_at=received_at,
        language=article.language,
        summary=article.summary,
        mentions=linked.mentions,
        rejected=linked.rejected,
        sectors=find_sectors(article, master, words, linked.mentions, events),
        events=events,
        items=find_items(article.text, words.starts, linked.mentions),
        urgency=urgency(events, linked.mentions, article.action),
        digest=article.digest,
        digests=digests,
        warnings=article.warnings + linked.warnings,
        unknown=find_unknown(article, folded, linked.mentions, linked.rejected, master),
        origin=origin,
        text=article.text,
    )
