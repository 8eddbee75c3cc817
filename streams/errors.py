"""Everything that can go wrong, as one tree.

    NewsAlertsError
    ├── BadInput               what was sent or typed is wrong; sending it again does not help
    │   ├── BadArticle         a raw article that cannot be read
    │   ├── BadRecord          a record of another topic that cannot be read
    │   ├── BadSubscription    a subscription that cannot be held
    │   ├── BadSilence         a silence that cannot be held
    │   ├── BadSecurity        names of a security that cannot be held
    │   └── BadSettings        settings that cannot hold together
    ├── BrokerFault            the broker did not do its part; retriable
    │   ├── BrokerUnreachable
    │   ├── TopicFault         a topic is missing, or is not what the catalogue says
    │   ├── NotPermitted       a right is missing
    │   └── NotDelivered       an output was refused
    ├── WorkerStalled          the watchdog gave the process up; retriable by a restart
    └── InternalFault          our own bug met one record; the record becomes a dead letter

Each error has a `code` from the closed list `ErrorCode` (metric label, dead-letter header,
README table), says whether it is `retriable`, and may carry a `hint`: what to do next.
Bad input names every faulty field at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class ErrorCode(StrEnum):
    """The closed list of what can be wrong; README, "Error codes", says what to do about each."""

    NOT_JSON = "not_json"
    NOT_TEXT = "not_text"
    WRONG_TYPE = "wrong_type"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VALUE = "unknown_value"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    UNKNOWN_SCHEMA = "unknown_schema"
    BAD_SUBSCRIPTION = "bad_subscription"
    BAD_SILENCE = "bad_silence"
    BAD_SECURITY = "bad_security"
    BAD_SETTINGS = "bad_settings"
    BROKER_UNREACHABLE = "broker_unreachable"
    TOPIC_MISSING = "topic_missing"
    TOPIC_DIFFERS = "topic_differs"
    NOT_PERMITTED = "not_permitted"
    NOT_DELIVERED = "not_delivered"
    STALLED = "stalled"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one field.

    Args:
        field: The field's name as the sender wrote it, `keywords.any` where nested, `$` for the whole.
        code: What kind of fault it is.
        message: One clause for a person, without the field's name.
    """

    field: str
    code: ErrorCode
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class NewsAlertsError(Exception):
    """The root of the tree.

    Args:
        message: One sentence for a person.
        hint: What to do next, or None.
        code: Overrides the class's code.
    """

    code: ErrorCode = ErrorCode.STALLED
    retriable: bool = False

    def __init__(self, message: str, *, hint: str | None = None, code: ErrorCode | None = None) -> None:
        super().__init__(message)
        self.hint = hint
        if code is not None:
            self.code = code


class BadInput(NewsAlertsError):
    """What was sent or typed is wrong.

    Args:
        faults: All of them, at least one; the first gives the error its code.
        hint: What to do next, or None.
    """

    def __init__(self, *faults: Fault, hint: str | None = None) -> None:
        super().__init__("; ".join(str(fault) for fault in faults), hint=hint, code=faults[0].code)
        self.faults = faults

    def __reduce__(self) -> tuple[partial[BadInput], tuple[Fault, ...]]:
        """Say how to make it anew in another process: an exception remembers its message only."""
        return partial(type(self), hint=self.hint), self.faults


class BadArticle(BadInput):
    """A raw article that cannot be read."""


class BadRecord(BadInput):
    """A record of a topic other than the raw one that cannot be read."""


class BadSubscription(BadInput):
    """A subscription that cannot be held."""


class BadSilence(BadInput):
    """A silence that cannot be held."""


class BadSecurity(BadInput):
    """Names of a security that cannot be held."""


class BadSettings(BadInput):
    """Settings that cannot hold together."""


class BrokerFault(NewsAlertsError):
    """The broker did not do its part.

    Args:
        message: As of the root, like `hint` and `code`.
        hint: What to do next, or None.
        code: Overrides the class's code.
        topics: Full names of the topics that it is about; () where it is about none in particular.
    """

    code = ErrorCode.BROKER_UNREACHABLE
    retriable = True

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: ErrorCode | None = None,
        topics: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.topics = topics


class BrokerUnreachable(BrokerFault):
    """No connection to the broker, or it closed it."""


class TopicFault(BrokerFault):
    """A topic is missing, or is not what the catalogue says."""

    code = ErrorCode.TOPIC_MISSING


class NotPermitted(BrokerFault):
    """A right on a topic or group is missing."""

    code = ErrorCode.NOT_PERMITTED


class NotDelivered(BrokerFault):
    """An output was refused or not acknowledged."""

    code = ErrorCode.NOT_DELIVERED


class WorkerStalled(NewsAlertsError):
    """The watchdog gave the process up; a restart heals it."""

    code = ErrorCode.STALLED
    retriable = True


class InternalFault(NewsAlertsError):
    """Our own bug met one record: the record becomes a dead letter, the partition goes on."""

    code = ErrorCode.INTERNAL
