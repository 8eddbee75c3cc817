"""Subscriptions out of the records that hold them: a worker reads 225,000 at its start.

As they are written here, id, subscriber and tickers come first. What else is asked for stands behind, and
thousands ask for the same: that part is read once, held once, and known again by its bytes. Whatever begins
otherwise is read field by field, and so is all that is wrong.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from streams.alerts.routing.asking import readers
from streams.alerts.routing.fields import Faults
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Subscription
from streams.errors import ErrorCode
from streams.wire.faults import load_object

_HEAD = re.compile(
    rb'\{"id":"([A-Za-z0-9._-]{1,100})","subscriber":"([A-Za-z0-9._-]{1,60})"'
    rb',"tickers":\["([A-Z0-9.]{1,20}(?:","[A-Z0-9.]{1,20})*)"\](?=[,}])'
)
_FIRST = ("id", "subscriber", "tickers")
_LATER = tuple(field.name for field in dataclasses.fields(Subscription) if field.name not in _FIRST)
# Parts that were right once and are remembered, of each kind.
_MOST_KNOWN = 20_000


class SubscriptionReader:
    """Reads one record after the other; equal parts become one object."""

    def __init__(self) -> None:
        self._tickers = readers(ErrorCode.BAD_SUBSCRIPTION)["tickers"]
        self._subscribers: dict[bytes, str] = {}
        self._asked: dict[bytes, dict[str, Any]] = {}

    def read(self, value: bytes, key: str) -> Subscription:
        """Return what a record says: the same as `parse_subscription` of its fields.

        Args:
            value: One JSON object.
            key: The record's, which must equal its id.

        Raises:
            BadRecord: When it is no JSON object.
            BadSubscription: With every fault at once, each naming its field.
        """
        head = _HEAD.match(value)
        if head is None:
            return parse_subscription(load_object(value), key=key)
        id_, who, tickers = head.groups()
        rest = value[head.end() :]
        subscriber, asked = self._subscribers.get(who), self._asked.get(rest)
        if subscriber is not None and asked is not None and id_.decode() == key:
            faults: Faults = []
            found = self._tickers("tickers", tickers.decode().split('","'), faults)
            if not faults:
                return Subscription(id=key, subscriber=subscriber, tickers=found, **asked)
        subscription = parse_subscription(load_object(value), key=key)
        self._remember(who, rest, subscription)
        return subscription

    def _remember(self, who: bytes, rest: bytes, subscription: Subscription) -> None:
        if not load_object(b"{" + rest.removeprefix(b",")).keys().isdisjoint(_FIRST):
            return  # said twice: what comes later holds
        for known in (self._subscribers, self._asked):
            if len(known) > _MOST_KNOWN:
                known.clear()
        self._subscribers[who] = subscription.subscriber
        self._asked[rest] = {name: getattr(subscription, name) for name in _LATER}
