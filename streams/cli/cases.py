"""Golden cases as files, read and checked (`tests/cases/README.md`); `checking` runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silencing import parse_silence
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Subscription
from streams.errors import BadInput, ErrorCode, Fault
from streams.news.article import RawArticle
from streams.news.times import parse_time
from streams.wire.faults import load_object
from streams.wire.raw import article_of

R = TypeVar("R")

FIRST_RECEIVED_AT = datetime(2026, 3, 2, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=1)

_CASE = frozenset({"about", "subjects", "subscriptions", "silences", "articles", "expect"})
_EXPECTED = {
    "alerts": frozenset({"subject", "action", "to", "reason", "why"}),
    "mentions": frozenset({"ticker", "name", "issuer", "role", "named"}),
    "rejected": frozenset({"surface", "ticker", "reason", "field"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, read.

    Args:
        about: What it shows.
        subjects: The only subjects whose alerts are looked at; () for all.
        subscriptions: Who wants what.
        silences: What is muted, and when.
        articles: In the order in which they come.
        received_at: When each is received; never earlier than the one before.
        expect: What becomes of an article, by its number from 1.
    """

    about: str
    subjects: tuple[str, ...]
    subscriptions: tuple[Subscription, ...]
    silences: tuple[Silence, ...]
    articles: tuple[RawArticle, ...]
    received_at: tuple[datetime, ...]
    expect: Mapping[int, Mapping[str, Sequence[Mapping[str, Any]]]]


def read_case(data: bytes, *, unwritten: bool = False) -> Case:
    """Read a case.

    Args:
        data: The JSON of its file.
        unwritten: Whether it may lack what it expects.

    Returns:
        The case; what it expects is not checked yet.

    Raises:
        BadInput: With every fault: of the form, of a subscription, of an article's envelope.
    """
    fields = load_object(data)
    faults = [_unknown(name) for name in fields.keys() - _CASE]
    lists = {}
    for name in ("subjects", "subscriptions", "silences", "articles", "expect"):
        lists[name] = fields.get(name, [])
        if not isinstance(lists[name], list):
            faults.append(Fault(name, ErrorCode.WRONG_TYPE, "must be a list"))
            lists[name] = []
    if not lists["articles"] or not (lists["expect"] or unwritten):
        faults.append(Fault("$", ErrorCode.EMPTY, "needs articles and expect"))
    subscriptions = _read_all(parse_subscription, "subscriptions", lists["subscriptions"], faults)
    silences = _read_all(parse_silence, "silences", lists["silences"], faults)
    articles = _read_all(article_of, "articles", lists["articles"], faults)
    received_at = tuple(_times(lists["articles"], faults))
    for place, expected in enumerate(lists["expect"], 1):
        faults += _expected_faults(f"expect[{place}]", expected, len(articles))
    if faults:
        raise BadInput(*faults, hint="tests/cases/README.md tells the form")
    return Case(
        about=str(fields.get("about", "")),
        subjects=tuple(map(str, lists["subjects"])),
        subscriptions=tuple(subscriptions),
        silences=tuple(silences),
        articles=tuple(articles),
        received_at=received_at,
        expect={expected["n"]: expected for expected in lists["expect"]},
    )


def _read_all(parse: Callable[[Any], R], name: str, values: list[Any], faults: list[Fault]) -> list[R]:
    found = []
    for place, value in enumerate(values, 1):
        try:
            found.append(parse(value if isinstance(value, dict) else {}))
        except BadInput as error:
            where = f"{name}[{place}]"
            faults += [
                Fault(f"{where}.{f.field}".removesuffix(".$"), f.code, f.message) for f in error.faults
            ]
    return found


def _times(articles: list[Any], faults: list[Fault]) -> Iterator[datetime]:
    """Yield when each article is received: as it says, else a minute after the one before."""
    last = FIRST_RECEIVED_AT - APART
    for place, article in enumerate(articles, 1):
        given = article.get("received_at") if isinstance(article, dict) else None
        time = last + APART if given is None else parse_time(given) if isinstance(given, str) else None
        if time is None:
            message = "must be a time as 2026-03-02T09:30:00+08:00"
            faults.append(Fault(f"articles[{place}].received_at", ErrorCode.WRONG_TYPE, message))
        elif time < last:
            message = "is earlier than that of the article before"
            faults.append(Fault(f"articles[{place}].received_at", ErrorCode.UNKNOWN_VALUE, message))
        else:
            last = time
        yield last


def _expected_faults(where: str, expected: Any, articles: int) -> Iterator[Fault]:
    if not isinstance(expected, dict):
        yield Fault(where, ErrorCode.WRONG_TYPE, "must be a JSON object")
        return
    number = expected.get("n")
    if type(number) is not int or not 1 <= number <= articles:
        yield Fault(f"{where}.n", ErrorCode.UNKNOWN_VALUE, f"must number an article, 1 to {articles}")
    for name in expected.keys() - _EXPECTED.keys() - {"n"}:
        yield _unknown(f"{where}.{name}")
    for name, known in _EXPECTED.items():
        entries = expected.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            yield Fault(f"{where}.{name}", ErrorCode.WRONG_TYPE, "must be a list of JSON objects")
            continue
        for entry in entries:
            yield from (_unknown(f"{where}.{name}.{field}") for field in entry.keys() - known)


def _unknown(name: str) -> Fault:
    return Fault(name, ErrorCode.UNKNOWN_FIELD, "is not a field of a case")
