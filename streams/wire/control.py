"""The control topics whose records have an id of their own: what is said in them, read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silencing import parse_silence
from streams.alerts.routing.silencing import to_fields as silence_fields
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscribing import to_fields as subscription_fields
from streams.alerts.routing.subscription import Subscription
from streams.errors import BadInput, BadSilence, BadSubscription, ErrorCode
from streams.wire.codec import encode
from streams.wire.faults import load_object
from streams.wire.message import Message
from streams.wire.subscription_records import SubscriptionReader
from streams.wire.topics import SILENCES, SUBSCRIPTIONS, Topic, full_name


class Identified(Protocol):
    """A record with an id, which is its key."""

    @property
    def id(self) -> str:
        """Unique among all of its topic."""
        ...

    @property
    def schema(self) -> int:
        """The number of its layout."""
        ...


T = TypeVar("T", bound=Identified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Generic[T]):
    """A compacted topic keyed by id.

    Args:
        topic: The topic.
        what: One record of it, for a person: `subscription`.
        parse: Returns what plain fields say; `key` is the key of their record, or None.
        read: Returns what a record's value says, under its key; raises `BadInput` with every fault.
        to_fields: Returns a record as plain fields, without those that have their default value.
        error: What `parse` raises.
        code: The code of what is of the right type and cannot be held.
    """

    topic: Topic
    what: str
    parse: Callable[..., T]
    read: Callable[[bytes, str], T]
    to_fields: Callable[[T], dict[str, object]]
    error: type[BadInput]
    code: ErrorCode

    def entry(self, record: T) -> Mapping[str, object]:
        """Return a record as a line that can be imported; its id first."""
        return {"id": record.id} | self.to_fields(record)

    def message(self, record: T, prefix: str) -> Message:
        """Return the message that keeps a record, keyed by its id.

        What has its default value is left out: 225,000 subscriptions are read at every start.
        """
        fields = self.to_fields(record) | {"schema": record.schema}
        return Message(topic=full_name(self.topic, prefix), key=record.id.encode(), value=encode(fields))

    def tombstone(self, id_: str, prefix: str) -> Message:
        """Return the message that removes a record."""
        return Message(topic=full_name(self.topic, prefix), key=id_.encode(), value=None)


def _read_silence(value: bytes, key: str) -> Silence:
    return parse_silence(load_object(value), key=key)


SUBSCRIPTION: Control[Subscription] = Control(
    topic=SUBSCRIPTIONS,
    what="subscription",
    parse=parse_subscription,
    read=SubscriptionReader().read,
    to_fields=subscription_fields,
    error=BadSubscription,
    code=ErrorCode.BAD_SUBSCRIPTION,
)
SILENCE: Control[Silence] = Control(
    topic=SILENCES,
    what="silence",
    parse=parse_silence,
    read=_read_silence,
    to_fields=silence_fields,
    error=BadSilence,
    code=ErrorCode.BAD_SILENCE,
)
