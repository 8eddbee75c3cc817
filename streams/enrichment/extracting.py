"""From a raw article to a new version and what its subjects are told; the extract agent's one decision.

Reading is in `streams.news`, understanding in `enrich`, versions in `history`; here they meet.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime

from streams.enrichment.article import EnrichedArticle, Origin, Role, Sector
from streams.enrichment.enrich import enrich
from streams.enrichment.history import Histories, History, next_version, told_to, withdrawals
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectMention, subjects
from streams.enrichment.ticks import is_new_minute, tick
from streams.news.article import RawArticle
from streams.news.reading import read


@dataclass(frozen=True, slots=True)
class Extracted:
    """One version of an article and what its subjects are told."""

    article: EnrichedArticle
    mentions: tuple[SubjectMention, ...]

    @property
    def history(self) -> History:
        """What is known of the article from now on."""
        article = self.article
        return History(
            id=article.id,
            version=article.version,
            digests=article.digests,
            told=article.told,
            received_at=article.received_at,
            published_at=article.published_at,
            origin=article.origin,
        )


def extract(
    raw: RawArticle,
    histories: Histories,
    master: Master,
    *,
    received_at: datetime,
    origin: Origin,
    ticks: bool = False,
) -> Extracted | None:
    """Read and understand one raw article against what is known of its id.

    Args:
        raw: As sent.
        histories: What is known of the partition's articles; not changed.
        master: The securities; whose names are valid on the day that the article was published.
        received_at: The raw record's timestamp.
        origin: Where the raw record stands.
        ticks: Whether the first article of a minute is to tell every partition so.

    Returns:
        The new version and its mentions, withdrawals for dropped subjects last, then the tick; None for a
        redelivery.

    Raises:
        BadArticle: When it cannot be read; with all faults.
    """
    article = read(raw, received_at)
    history = histories.get(article.id, received_at)
    step = next_version(history, article, origin)
    if step is None:
        return None
    version, digests = step
    known = master.on((article.published_at or received_at).date())
    enriched = enrich(
        article, known, version=version, digests=digests, received_at=received_at, origin=origin
    )
    told = subjects(enriched, _own_boards(enriched, known), folded=article.folded)
    gone = withdrawals(history, told, told[0].article) if told else ()
    ticked = (tick(received_at, origin),) if ticks and is_new_minute(histories.newest, received_at) else ()
    return Extracted(dataclasses.replace(enriched, told=told_to(told)), (*told, *gone, *ticked))


def _own_boards(article: EnrichedArticle, master: Master) -> dict[str, Sector]:
    """Return the own board of each company that the article is about, as far as it is known."""
    found = {}
    for mention in article.mentions:
        code = master.board_of(mention.issuer) if mention.role is Role.SUBJECT else None
        name = master.boards.name_of(code) if code else None
        if code and name:
            found[mention.issuer] = Sector(code=code, name=name)
    return found
