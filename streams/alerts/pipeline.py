"""The whole way without a broker: raw articles in order in, what was understood and decided out.

The same functions as the agents call, on one memory for all partitions; a partition's memory is
looked up by article or subject only, so the decisions are the same. `explain`, the golden cases
and the tests use this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streams.alerts.decide import Decision, decisions
from streams.alerts.matching import Subscriptions
from streams.alerts.stories import Stories
from streams.alerts.subscription import Subscription
from streams.enrichment.article import EnrichedArticle, Origin
from streams.enrichment.extracting import extract
from streams.enrichment.history import Histories
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectMention
from streams.news.article import RawArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one raw article.

    Args:
        article: The new version.
        decisions: One for each subject, in the order of telling.
    """

    article: EnrichedArticle
    decisions: tuple[tuple[SubjectMention, Decision], ...]


class Pipeline:
    """Takes raw articles one after the other, and remembers.

    Args:
        master: The securities.
        subscriptions: Who wants what; every subscriber's topic counts as there.
        copy_window: See `Stories`.
        keep_for: How long articles and stories are remembered.
    """

    def __init__(
        self,
        master: Master,
        subscriptions: Iterable[Subscription] = (),
        *,
        copy_window: timedelta = timedelta(hours=72),
        keep_for: timedelta = timedelta(days=7),
    ) -> None:
        self.master = master
        self.subscriptions = Subscriptions()
        for subscription in subscriptions:
            self.subscriptions.put(subscription)
        self.histories = Histories(keep_for)
        self.stories = Stories(copy_window=copy_window, keep_for=keep_for)

    def take(self, raw: RawArticle, received_at: datetime, origin: Origin) -> Step | None:
        """Read, understand and decide.

        Args:
            raw: As sent.
            received_at: The time that all decisions use; never earlier than that of the article before.
            origin: Where the raw article stands.

        Returns:
            What became of it; None for a redelivery.

        Raises:
            BadArticle: When it cannot be read; with all faults. Nothing is remembered of it.
        """
        extracted = extract(raw, self.histories, self.master, received_at=received_at, origin=origin)
        if extracted is None:
            return None
        article = extracted.article
        self.histories.keep(extracted.history)
        self.histories.expire(received_at)
        decided = tuple(found for mention in extracted.mentions for found in self._decide(mention))
        self.stories.expire(received_at)
        return Step(article=article, decisions=decided)

    def _decide(self, mention: SubjectMention) -> tuple[tuple[SubjectMention, Decision], ...]:
        found = decisions(mention, self.subscriptions, self.stories, mention.article.received_at)
        for _, decision in found:
            for story in decision.stories:
                self.stories.keep(story)
        return found
