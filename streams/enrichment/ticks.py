"""A tick: it tells every partition of mentions that a new minute has begun, by record time.

So what waits for the end of a minute there (`streams.alerts.storms`) waits no longer than until the next
article of any subject, and nothing looks at the clock.
"""

from __future__ import annotations

from datetime import datetime

from streams.enrichment.article import EnrichedArticle, Role, SubjectKind
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.news.times import minute_of

TICK = "tick"


def is_new_minute(newest: datetime | None, received_at: datetime) -> bool:
    """Say whether a record is the first of its minute, or of a later one.

    Args:
        newest: The latest time of a record before it; None for none.
        received_at: Its time.
    """
    return newest is None or minute_of(received_at) > minute_of(newest)


def tick(article: EnrichedArticle) -> SubjectMention:
    """Return the tick that an article gives: of it only when it was received, and where it stands."""
    return SubjectMention(
        subject=TICK,
        kind=SubjectKind.TICK,
        name=TICK,
        role=Role.MENTION,
        relevance=0.0,
        article=ArticleView(
            id=article.id,
            version=article.version,
            action=article.action,
            source=article.source,
            received_at=article.received_at,
            digest=article.digest,
            origin=article.origin,
        ),
    )
