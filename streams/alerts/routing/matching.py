"""Which subscriptions a mention concerns: an inverted index from subject to subscriptions.

A mention costs what its candidates cost, however many subscriptions there are: the index gives
the candidates, and most of them fail at the first look. A change costs microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakValueDictionary

from streams.alerts.routing.condition import Condition, Reading, subjects_of
from streams.alerts.routing.gates import Askers
from streams.alerts.routing.subscription import Subscription
from streams.enrichment.subjects import MARKET, SubjectKind, SubjectMention


class Match(NamedTuple):
    """A subscription that a mention concerns, and what of it matched (`ticker 601398.SH`, `event policy`)."""

    subscription: Subscription
    by: tuple[str, ...]


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

    def admitted(self, reading: Reading) -> Iterator[tuple[Condition, Iterable[str]]]:
        """Yield the conditions that a mention meets but for keywords, each with its subscriptions' ids."""
        for condition in self.askers.admitted(reading):
            if self.named or not condition.named_only:
                yield condition, self.askers.ids(condition)


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
            askers.add(condition, subscription.id)

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
        found: dict[str, tuple[str, ...]] = {}
        # Backwards, so that the label of the primary listing comes to stand first.
        for bucket in reversed(self._buckets(mention)):
            for condition, ids in bucket.admitted(reading):
                by = condition.met_by(reading)
                if by is None:
                    continue
                by = (bucket.label, *by)
                for id_ in ids:
                    found[id_] = (bucket.label, *found[id_]) if id_ in found else by
        return tuple(Match(self._held[id_], found[id_]) for id_ in sorted(found))

    def wanting(self, mention: SubjectMention, subscribers: AbstractSet[str]) -> set[str]:
        """Return those of some subscribers whose subscriptions a mention concerns."""
        reading = Reading(mention)
        return {
            subscriber
            for bucket in self._buckets(mention)
            for condition, ids in bucket.admitted(reading)
            if condition.met_by(reading) is not None
            for id_ in ids
            if (subscriber := self._held[id_].subscriber) in subscribers
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
        missed: dict[str, str] = {}
        for bucket in self._buckets(mention):
            for condition in bucket.askers:
                failed = condition.failed_by(reading)
                for id_ in set(bucket.askers.ids(condition)) - matched:
                    missed.setdefault(id_, str(failed or f"{bucket.label} is not named itself"))
        return tuple(Miss(self._held[id_], missed[id_]) for id_ in sorted(missed))

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
