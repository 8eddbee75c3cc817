"""Reading and writing subscriptions."""

from __future__ import annotations

from typing import Any

import pytest

from streams.alerts.routing.subscribing import parse_subscription, to_fields
from streams.alerts.routing.subscription import Keywords, Listings, Subscription
from streams.enrichment.article import EventKind, Role
from streams.errors import BadSubscription, ErrorCode

GOOD: dict[str, Any] = {"id": "s1", "subscriber": "desk-a", "tickers": ["601398.SH"]}
FULL: dict[str, Any] = {
    "id": "desk-a.banks", "subscriber": "desk-a", "tickers": ["601398.SH", "01398.HK", "NIO.US", "430047.BJ"],
    "sectors": ["BK0475"], "market": True, "events": ["policy", "price-move"], "roles": ["subject", "source"],
    "min_relevance": 0.5, "sources": ["wire"], "keywords": {"any": ["回购"], "none": ["传闻"]},
    "listings": "named", "enabled": False,
}  # fmt: skip


def faults(fields: dict[str, Any], key: str | None = None) -> dict[str, tuple[ErrorCode, str]]:
    """Return the faults of bad fields, by field."""
    with pytest.raises(BadSubscription) as caught:
        parse_subscription(fields, key=key)
    return {fault.field: (fault.code, fault.message) for fault in caught.value.faults}


def test_the_common_form_has_the_defaults() -> None:
    assert parse_subscription(GOOD, key="s1") == Subscription(
        id="s1", subscriber="desk-a", tickers=("601398.SH",), roles=(Role.SUBJECT,)
    )


def test_every_field_is_read() -> None:
    assert parse_subscription(FULL) == Subscription(
        id="desk-a.banks", subscriber="desk-a", tickers=("601398.SH", "01398.HK", "NIO.US", "430047.BJ"),
        sectors=("BK0475",), market=True, events=(EventKind.POLICY, EventKind.PRICE_MOVE),
        roles=(Role.SUBJECT, Role.SOURCE), min_relevance=0.5, sources=("wire",),
        keywords=Keywords(any=("回购",), none=("传闻",)), listings=Listings.NAMED, enabled=False,
    )  # fmt: skip


@pytest.mark.parametrize("fields", [GOOD, FULL], ids=["common", "full"])
def test_written_fields_are_those_that_were_read(fields: dict[str, Any]) -> None:
    assert to_fields(parse_subscription(fields)) == fields


def test_default_values_are_not_written() -> None:
    fields = GOOD | {
        "schema": 1,
        "enabled": True,
        "events": [],
        "keywords": {},
        "roles": ["subject"],
        "listings": "any",
    }

    assert to_fields(parse_subscription(fields)) == GOOD


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"id": ""}, "id", ErrorCode.BAD_SUBSCRIPTION),
        ({"id": "a b"}, "id", ErrorCode.BAD_SUBSCRIPTION),
        ({"id": "a" * 101}, "id", ErrorCode.BAD_SUBSCRIPTION),
        ({"id": "a\n"}, "id", ErrorCode.BAD_SUBSCRIPTION),
        ({"id": 7}, "id", ErrorCode.WRONG_TYPE),
        ({"id": None}, "id", ErrorCode.WRONG_TYPE),
        ({"subscriber": "银行"}, "subscriber", ErrorCode.BAD_SUBSCRIPTION),
        ({"subscriber": "a" * 61}, "subscriber", ErrorCode.BAD_SUBSCRIPTION),
        ({"subscriber": "suppressed"}, "subscriber", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": "601398.SH"}, "tickers", ErrorCode.WRONG_TYPE),
        ({"tickers": [601398]}, "tickers", ErrorCode.WRONG_TYPE),
        ({"tickers": ["601398"]}, "tickers", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": ["601398.sh"]}, "tickers", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": ["1398.HK"]}, "tickers", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": ["６０１３９８.SH"]}, "tickers", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": ["nio.US"]}, "tickers", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": [f"{n:06d}.SH" for n in range(1001)]}, "tickers", ErrorCode.TOO_LARGE),
        ({"sectors": ["BK475"]}, "sectors", ErrorCode.BAD_SUBSCRIPTION),
        ({"market": 1}, "market", ErrorCode.WRONG_TYPE),
        ({"enabled": "true"}, "enabled", ErrorCode.WRONG_TYPE),
        ({"events": ["earning"]}, "events", ErrorCode.UNKNOWN_VALUE),
        ({"roles": ["object"]}, "roles", ErrorCode.UNKNOWN_VALUE),
        ({"roles": []}, "roles", ErrorCode.EMPTY),
        ({"min_relevance": True}, "min_relevance", ErrorCode.WRONG_TYPE),
        ({"min_relevance": "0.5"}, "min_relevance", ErrorCode.WRONG_TYPE),
        ({"min_relevance": float("nan")}, "min_relevance", ErrorCode.BAD_SUBSCRIPTION),
        ({"min_relevance": 1.01}, "min_relevance", ErrorCode.BAD_SUBSCRIPTION),
        ({"min_relevance": -0.01}, "min_relevance", ErrorCode.BAD_SUBSCRIPTION),
        ({"sources": [""]}, "sources", ErrorCode.BAD_SUBSCRIPTION),
        ({"sources": ["s" * 101]}, "sources", ErrorCode.BAD_SUBSCRIPTION),
        ({"keywords": ["回购"]}, "keywords", ErrorCode.WRONG_TYPE),
        ({"keywords": {"any": "回购"}}, "keywords.any", ErrorCode.WRONG_TYPE),
        ({"keywords": {"all": ["  "]}}, "keywords.all", ErrorCode.BAD_SUBSCRIPTION),
        ({"keywords": {"none": ["字" * 51]}}, "keywords.none", ErrorCode.BAD_SUBSCRIPTION),
        ({"keywords": {"any": ["字"] * 51}}, "keywords.any", ErrorCode.TOO_LARGE),
        ({"keywords": {"some": ["字"]}}, "keywords.some", ErrorCode.UNKNOWN_FIELD),
        ({"listings": "all"}, "listings", ErrorCode.UNKNOWN_VALUE),
        ({"listings": ["any"]}, "listings", ErrorCode.UNKNOWN_VALUE),
        ({"schema": 2}, "schema", ErrorCode.UNKNOWN_SCHEMA),
        ({"schema": True}, "schema", ErrorCode.UNKNOWN_SCHEMA),
        ({"ticker": "601398.SH"}, "ticker", ErrorCode.UNKNOWN_FIELD),
        ({"tickers": []}, "$", ErrorCode.BAD_SUBSCRIPTION),
        ({"tickers": [], "market": False, "sectors": []}, "$", ErrorCode.BAD_SUBSCRIPTION),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)
def test_a_bad_field_is_the_one_fault(change: dict[str, Any], field: str, code: ErrorCode) -> None:
    found = faults(GOOD | change)

    assert {name: fault[0] for name, fault in found.items()} == {field: code}


def test_all_faults_are_told_at_once() -> None:
    found = faults({"id": "?", "tickers": ["x"], "events": ["y"], "min_relevance": 2, "ticker": "z",
                    "keywords": {"any": [1], "some": []}})  # fmt: skip

    assert set(found) == {"id", "subscriber", "tickers", "events", "min_relevance", "ticker", "keywords.any",
                          "keywords.some"}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "allowed"), [("events", ["x"], "price-move"), ("roles", ["x"], "source")]
)
def test_an_unknown_value_comes_with_the_known_ones(field: str, value: list[str], allowed: str) -> None:
    assert allowed in faults(GOOD | {field: value})[field][1]


def test_bounds_themselves_are_allowed() -> None:
    fields = GOOD | {
        "id": "a" * 100,
        "subscriber": "b" * 60,
        "min_relevance": 1,
        "sources": ["s" * 100],
        "tickers": [f"{n:06d}.SH" for n in range(1000)],
        "keywords": {"any": ["字" * 50]},
    }

    assert len(parse_subscription(fields).tickers) == 1000


def test_the_id_must_be_the_record_key() -> None:
    assert faults(GOOD, key="s2")["id"] == (
        ErrorCode.BAD_SUBSCRIPTION,
        "is 's1', but the record's key is 's2'",
    )
    assert faults({"subscriber": "desk-a", "market": True}, key="s2")["id"][0] is ErrorCode.MISSING_FIELD


def test_a_ticker_named_twice_is_held_once() -> None:
    assert parse_subscription(GOOD | {"tickers": ["NIO.US", "601398.SH", "NIO.US"]}).tickers == (
        "NIO.US",
        "601398.SH",
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"tickers": ["A.US", "B.US"]}, {"tickers": ["B.US", "A.US"]}, True),
        ({"tickers": ["A.US"]}, {"tickers": ["A.US"], "enabled": False}, True),
        ({"tickers": ["A.US"]}, {"tickers": ["A.US"], "roles": ["subject"], "events": []}, True),
        ({"market": True, "min_relevance": 1}, {"market": True, "min_relevance": 1.0}, True),
        ({"tickers": ["A.US"]}, {"tickers": ["B.US"]}, False),
        ({"tickers": ["A.US"]}, {"tickers": ["A.US"], "events": ["policy"]}, False),
        ({"market": True, "keywords": {"any": ["a"]}}, {"market": True, "keywords": {"all": ["a"]}}, False),
    ],
    ids=["order", "enabled", "defaults", "number", "ticker", "event", "keywords"],
)
def test_an_id_that_was_not_given_follows_from_the_wish(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    first, second = (parse_subscription({"subscriber": "desk-a"} | wish) for wish in (one, other))

    assert (first.id == second.id) == same
    assert first.id.startswith("desk-a-")
    assert parse_subscription(to_fields(first), key=first.id) == first


def test_a_derived_id_differs_between_subscribers() -> None:
    first, second = (parse_subscription({"subscriber": name, "market": True}) for name in ("a", "b"))

    assert first.id != second.id


def test_hostile_fields_are_told_in_bounded_words() -> None:
    hostile: dict[str, Any] = {f"field-{n}-{'x' * 500}": n for n in range(5_000)}
    hostile |= {
        "tickers": ["x" * 10_000] * 900,
        "id": "y" * 100_000,
        "keywords": {f"part{n}": [] for n in range(5_000)},
    }

    with pytest.raises(BadSubscription) as caught:
        parse_subscription(hostile)

    assert len(caught.value.faults) < 60
    assert len(str(caught.value)) < 20_000
