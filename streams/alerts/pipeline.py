"""The whole way without a broker: raw articles in order in, what was understood and decided out.

The same functions as the agents call. `Understanding` is what the extract agent does with a partition of
`news.raw`, `Deciding` what the alert agent does with one of `news.mentions`; a replay has one of each for
every partition. A `Pipeline` is both with one memory for all partitions; a memory is looked up by article
or subject only, so the decisions are the same. `explain`, the golden cases and the tests use that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streams.alerts.decide import decisions
from streams.alerts.decision import Decision
from streams.alerts.digest import digests
from streams.alerts.muting import NO_MUTING, Muting
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silences import Silences
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import NO_CONTROL, StormControl
from streams.enrichment.article import EnrichedArticle, Origin
from streams.enrichment.extracting import Extracted, extract
from streams.enrichment.history import Histories
from streams.enrichment.linking.securities import Master
from streams.enrichment.subjects import SubjectMention
from streams.enrichment.ticks import next_minute, tick
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


class Understanding:
    """Reads and understands raw articles one after the other, and remembers their versions.

    Args:
        master: The securities.
        keep_for: How long articles are remembered.
        ticks: See `extract`.
    """

    def __init__(self, master: Master, *, keep_for: timedelta, ticks: bool = False) -> None:
        self._master = master
        self._ticks = ticks
        self._histories = Histories(keep_for)

    def take(self, raw: RawArticle, received_at: datetime, origin: Origin) -> Extracted | None:
        """Read and understand; what is taken, returned and raised as by `Pipeline.take`."""
        extracted = extract(
            raw,
            self._histories,
            self._master,
            received_at=received_at,
            origin=origin,
            ticks=self._ticks,
        )
        if extracted is not None:
            self._histories.keep(extracted.history)
            self._histories.expire(received_at)
        return extracted


class Deciding:
    """Decides mentions one after the other, and remembers their stories.

    Args:
        subscriptions: Who wants what.
        muting: What is muted.
        copy_window: See `Stories`.
        keep_for: How long stories are remembered.
        most: How many; None for all.
    """

    def __init__(
        self,
        subscriptions: Subscriptions,
        muting: Muting = NO_MUTING,
        *,
        copy_window: timedelta,
        keep_for: timedelta,
        most: int | None = None,
    ) -> None:
        self._subscriptions = subscriptions
        self._muting = muting
        self._stories = Stories(copy_window=copy_window, keep_for=keep_for, most=most)

    def take(self, mention: SubjectMention) -> tuple[tuple[SubjectMention, Decision], ...]:
        """Decide; return each decision with the mention that it is about."""
        now = mention.article.received_at
        ended: tuple[tuple[SubjectMention, Decision], ...] = ()
        if self._stories.storms:
            ended = ((mention, self._kept(digests(self._subscriptions, self._stories, now))),)
        self._stories.expire(now)
        found = decisions(mention, self._subscriptions, self._stories, now, self._muting)
        for _, decision in found:
            self._kept(decision)
        return (*(one for one in ended if one[1].outcomes), *found)

    def _kept(self, decision: Decision) -> Decision:
        for story in decision.stories:
            self._stories.keep(story)
        return decision


class Pipeline:
    """Takes raw articles one after the other, and remembers.

    Args:
        master: The securities.
        subscriptions: Who wants what; every subscriber's topic counts as there.
        silences: What is muted, and when.
        storm: What storm control lets through.
        copy_window: See `Stories`.
        keep_for: How long articles and stories are remembered.
    """

    def __init__(
        self,
        master: Master,
        subscriptions: Iterable[Subscription] = (),
        *,
        silences: Iterable[Silence] = (),
        storm: StormControl = NO_CONTROL,
        copy_window: timedelta = timedelta(hours=72),
        keep_for: timedelta = timedelta(days=7),
    ) -> None:
        self.subscriptions = Subscriptions()
        for subscription in subscriptions:
            self.subscriptions.put(subscription)
        self._understanding = Understanding(master, keep_for=keep_for, ticks=storm.per_minute > 0)
        self._last: tuple[datetime, Origin] | None = None
        muted = Silences()
        for silence in silences:
            muted.put(silence)
        self._deciding = Deciding(
            self.subscriptions, Muting(muted, storm), copy_window=copy_window, keep_for=keep_for
        )

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
        extracted = self._understanding.take(raw, received_at, origin)
        self._last = received_at, origin
        if extracted is None:
            return None
        decided = tuple(found for mention in extracted.mentions for found in self._deciding.take(mention))
        return Step(article=extracted.article, decisions=decided)

    def end(self) -> tuple[tuple[SubjectMention, Decision], ...]:
        """Decide what waits for the end of the last minute, as workers do where no article comes any more."""
        if self._last is None:
            return ()
        received_at, origin = self._last
        return self._deciding.take(tick(next_minute(received_at), origin))
