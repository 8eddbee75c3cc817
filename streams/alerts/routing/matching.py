"""Which subscriptions a mention concerns: an inverted index from subject to subscriptions.

A mention costs what its candidates cost, however many subscriptions there are: the index gives
the candidates, and most of them fail at the first look. A change costs microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple
from weakref import WeakValueDictionary

from streams.alerts.routing.condition import Condition, subjects_of
from streams.alerts.routing.gates import Askers
from streams.alerts.routing.reading import Reading
from streams.alerts.routing.subscription import Subscription
from streams.enrichment.subjects import MARKET, SubjectKind, SubjectMention


class Match(NamedTuple):
    """A subscription that a mention concerns, and what of it matched (`ticker 601398.SH`, `event policy`)."""

    subscription: Subscription
    by: tuple[str, ...]


# Hundreds of matches are made an article: made and ordered without a step of Python for each.
_match: Callable[[tuple[Subscription, tuple[str, ...]]], Match] = partial(tuple.__new__, Match)
_ID = attrgetter("subscription.id")


@dataclass(frozen=True, slots=True)
class Miss:
    """A subscription to the mention's subject that it does not concern, and the first reason why."""

    subscription: Subscription
    reason: str


@dataclass(frozen=True, slots=True)
class _Bucket:
    """The subscriptions to one listing, board or the market."""

    label: str
    named: bool
    askers: Askers

    def met(self, reading: Reading) -> Iterator[tuple[Iterable[Subscription], tuple[str, ...]]]:
        """Yield who asks for a condition that a mention meets, and what of it was met, label first."""
        for condition in self.askers.candidates(reading):
            by = condition.met_by(reading)
            if by is not None and (self.named or not condition.named_only):
                yield self.askers.asking(condition), (self.label, *by)


class Subscriptions:
    """All subscriptions, indexed by what they ask for.

    Iteration is in order of id. `closed` holds the subscribers whose topic takes nothing: theirs still
    match, so that what they miss is on record.
    """

    def __init__(self) -> None:
        self._held: dict[str, Subscription] = {}
        # One index for all: tickers, board codes and `market` cannot be mistaken for one another.
        self._index: dict[str, Askers] = {}
        self._conditions: WeakValueDictionary[tuple[object, ...], Condition] = WeakValueDictionary()
        self._closed: set[str] = set()

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Subscription]:
        return (self._held[id_] for id_ in sorted(self._held))

    def get(self, id_: str) -> Subscription | None:
        """Return the subscription of that id, or None."""
        return self._held.get(id_)

    def put(self, subscription: Subscription) -> None:
        """Hold a subscription, in place of an earlier one of the same id."""
        if subscription.id in self._held:
            self.remove(subscription.id)
        condition = self._shared_condition(subscription)
        self._held[subscription.id] = subscription
        for key in subjects_of(subscription):
            askers = self._index.get(key)
            if askers is None:
                askers = self._index[key] = Askers()
            askers.add(condition, subscription)

    def remove(self, id_: str) -> None:
        """Let a subscription go; an unknown id changes nothing."""
        subscription = self._held.pop(id_, None)
        if subscription is None:
            return
        condition = self._shared_condition(subscription)
        for key in set(subjects_of(subscription)):
            askers = self._index[key]
            askers.remove(condition, id_)
            if not askers:
                del self._index[key]

    def close(self, subscriber: str) -> None:
        """Note that a subscriber's topic is missing, or refuses what is written."""
        self._closed.add(subscriber)

    def open(self, subscriber: str) -> None:
        """Note that a subscriber's topic takes alerts."""
        self._closed.discard(subscriber)

    @property
    def closed(self) -> AbstractSet[str]:
        """The subscribers whose topic takes nothing; a live view."""
        return self._closed

    def match(self, mention: SubjectMention) -> tuple[Match, ...]:
        """Find the subscriptions that a mention concerns.

        Args:
            mention: An article seen from one subject.

        Returns:
            One match for each subscription, in order of id; `by` names the listings in their order,
            then what of the condition was met.
        """
        reading = Reading(mention)
        buckets = self._buckets(mention)
        found: list[Match] = []
        for bucket in buckets:
            for asking, by in bucket.met(reading):
                found.extend(map(_match, zip(asking, repeat(by))))
        if len(buckets) > 1:
            found = _joined(found)
        found.sort(key=_ID)
        return tuple(found)

    def wanting(self, mention: SubjectMention, subscribers: AbstractSet[str]) -> set[str]:
        """Return those of some subscribers whose subscriptions a mention concerns."""
        reading = Reading(mention)
        return {
            subscription.subscriber
            for bucket in self._buckets(mention)
            for asking, _ in bucket.met(reading)
            for subscription in asking
            if subscription.subscriber in subscribers
        }

    def why_not(self, mention: SubjectMention) -> tuple[Miss, ...]:
        """Find the subscriptions to the mention's subject that it does not concern.

        Args:
            mention: An article seen from one subject.

        Returns:
            One miss for each, in order of id, with the first reason.
        """
        reading = Reading(mention)
        matched = {match.subscription.id for match in self.match(mention)}
        missed: dict[str, Miss] = {}
        for bucket in self._buckets(mention):
            for condition in bucket.askers:
                failed = condition.failed_by(reading) or f"{bucket.label} is not named itself"
                for subscription in bucket.askers.asking(condition):
                    if subscription.id not in matched:
                        missed.setdefault(subscription.id, Miss(subscription, str(failed)))
        return tuple(missed[id_] for id_ in sorted(missed))

    def _buckets(self, mention: SubjectMention) -> list[_Bucket]:
        if mention.kind is SubjectKind.ISSUER:
            asked = [
                (f"ticker {listing.ticker}", listing.named, listing.ticker) for listing in mention.listings
            ]
        elif mention.kind is SubjectKind.SECTOR:
            asked = [(f"sector {mention.subject}", True, mention.subject)]
        else:
            asked = [(MARKET, True, MARKET)]
        return [_Bucket(label, named, self._index[key]) for label, named, key in asked if key in self._index]

    def _shared_condition(self, subscription: Subscription) -> Condition:
        words = subscription.keywords
        key = (
            subscription.enabled,
            subscription.listings,
            subscription.roles,
            subscription.min_relevance,
            subscription.events,
            subscription.sources,
            words.any,
            words.all,
            words.none,
        )
        condition = self._conditions.get(key)
        if condition is None:
            condition = self._conditions[key] = Condition.of(subscription, enabled=subscription.enabled)
        return condition


def _joined(found: Sequence[Match]) -> list[Match]:
    """Return matches by several listings as one for each subscription, all labels in front."""
    joined: dict[str, Match] = {}
    for match in reversed(found):
        known = joined.setdefault(match.subscription.id, match)
        if known is not match:
            joined[match.subscription.id] = match._replace(by=(match.by[0], *known.by))
    return list(joined.values())
