"""Reading and writing subscriptions as plain fields: every fault at once, each naming its field.

A worker reads 225,000 of them at its start, so the common form costs a few microseconds. What a
subscription matches is in `matching`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from streams.alerts.identity import subscription_id
from streams.alerts.routing.asking import (
    SUBSCRIBER,
    SUBSCRIBERS,
    check_key,
    in_order,
    read_fields,
    readers,
    set_fields,
)
from streams.alerts.routing.fields import Faults, Reader, boolean, text
from streams.alerts.routing.subscription import Subscription
from streams.errors import BadSubscription, ErrorCode, Fault

# `news.alerts.suppressed` is a topic of the catalogue, so nobody can be called that.
RESERVED_SUBSCRIBERS = frozenset({"suppressed"})


def parse_subscription(fields: Mapping[str, object], *, key: str | None = None) -> Subscription:
    """Read a subscription from plain fields.

    Args:
        fields: As decoded from JSON: names as in `Subscription`, lists or tuples, numbers, booleans.
        key: The key of its record, which must equal its id; None where there is none.

    Returns:
        The subscription; without an id in `fields`, with one derived from subscriber and wish.

    Raises:
        BadSubscription: With every fault at once, each naming its field.

    >>> parse_subscription({"id": "a", "subscriber": "desk-a", "tickers": ["601398.SH"]}).tickers
    ('601398.SH',)
    """
    faults: Faults = []
    found = read_fields(fields, _READERS, faults)
    if "subscriber" not in fields:
        faults.append(Fault("subscriber", ErrorCode.MISSING_FIELD, "is missing"))
    if key is not None:
        check_key(found, key, ErrorCode.BAD_SUBSCRIPTION, faults)
    if not (fields.get("tickers") or fields.get("sectors") or fields.get("market")):
        faults.append(
            Fault("$", ErrorCode.BAD_SUBSCRIPTION, "asks for nothing: give tickers, sectors or market")
        )
    if faults:
        raise BadSubscription(*faults, hint="README, Subscriptions, lists the fields")
    if "id" not in found:
        found["id"] = ""
        subscription = Subscription(**found)
        return dataclasses.replace(
            subscription, id=subscription_id(subscription.subscriber, *in_order(subscription))
        )
    return Subscription(**found)


def to_fields(subscription: Subscription) -> dict[str, object]:
    """Return a subscription as plain fields, without those that have their default value.

    Args:
        subscription: Any.

    Returns:
        What `parse_subscription` reads back to the same subscription; lists, not tuples.
    """
    return set_fields(subscription)


_MATCHER = readers(ErrorCode.BAD_SUBSCRIPTION)
_READERS: dict[str, Reader] = {
    "id": _MATCHER["id"],
    "subscriber": text(
        SUBSCRIBER, SUBSCRIBERS, ErrorCode.BAD_SUBSCRIPTION, reserved=RESERVED_SUBSCRIBERS, shared=True
    ),
    **_MATCHER,
    "enabled": boolean,
}
