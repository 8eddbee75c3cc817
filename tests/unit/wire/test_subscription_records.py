"""Records of subscriptions are read the same, whatever the reader knows of them already."""

from __future__ import annotations

import pytest

from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Listings
from streams.enrichment.article import EventKind, Role
from streams.errors import BadInput
from streams.wire.control import SUBSCRIPTION
from streams.wire.faults import load_object
from streams.wire.subscription_records import SubscriptionReader
from tests.unit.alerts.builders import a_subscription

ASKED = {
    "nothing-else": {},
    "kinds": {"events": (EventKind.POLICY, EventKind.MERGER), "min_relevance": 0.8},
    "words": {"keywords": {"any": ["减持", '"'], "none": ["\\"]}, "roles": tuple(Role)},
    "a-board-too": {"sectors": ("BK0475",), "market": True},
    "switched-off": {"enabled": False, "listings": Listings.NAMED, "sources": ("交易所",)},
}
HEAD = '{"id":"a","subscriber":"desk-a","tickers":["601398.SH"]'
ODD = {
    "says-an-id-again": HEAD + ',"id":"a"}',
    "says-another-id-at-last": HEAD + ',"id":"b"}',
    "says-tickers-again": HEAD + ',"tickers":["000001.SZ"]}',
    "names-a-ticker-twice": '{"id":"a","subscriber":"desk-a","tickers":["601398.SH","601398.SH"]}',
    "a-ticker-that-is-none": '{"id":"a","subscriber":"desk-a","tickers":["601398.SH","601398"]}',
    "another-key": '{"id":"b","subscriber":"desk-a","tickers":["601398.SH"]}',
    "a-reserved-subscriber": '{"id":"a","subscriber":"suppressed","tickers":["601398.SH"]}',
    "an-unknown-field": HEAD + ',"colour":"red"}',
    "a-later-schema": HEAD + ',"schema":2}',
    "cut-off": HEAD,
    "cut-off-further-on": HEAD + ',"events":["policy"',
    "more-behind-it": HEAD + "}{}",
    "blanks": HEAD.replace(",", " , ") + " }",
    "blanks-behind": HEAD + "}\n ",
    "escaped": HEAD.replace("desk", "d\\u0065sk") + "}",
    "another-order": '{"tickers":["601398.SH"],"subscriber":"desk-a","id":"a"}',
    "no-text": HEAD + ',"sources":["\ud800"]}',
    "no-object": "[]",
}


def _outcome(read, value: bytes) -> object:
    try:
        return read(value, "a")
    except BadInput as error:
        return type(error), [str(fault) for fault in error.faults]


def _field_by_field(value: bytes, key: str) -> object:
    return parse_subscription(load_object(value), key=key)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_what_is_kept_is_read_back_again_and_again(asked):
    wish = a_subscription(id="a", subscriber="desk-a", tickers=("601398.SH", "000001.SZ"), **asked)
    value = SUBSCRIPTION.message(wish, "news").value
    reader = SubscriptionReader()

    assert [reader.read(value, "a") for _ in range(3)] == [wish] * 3


def test_what_many_ask_for_is_held_once():
    reader = SubscriptionReader()
    kinds = {"events": (EventKind.POLICY,), "keywords": {"any": ["减持"]}}
    wishes = [a_subscription(id=id_, subscriber="desk-a", tickers=("601398.SH",), **kinds) for id_ in "abc"]
    _, second, third = (reader.read(SUBSCRIPTION.message(wish, "news").value, wish.id) for wish in wishes)

    assert second.keywords is third.keywords
    assert second.events is third.events
    assert second.subscriber is third.subscriber


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_read_as_field_by_field(text):
    reader = SubscriptionReader()
    value = text.encode("utf-8", "surrogatepass")
    reader.read((HEAD + "}").encode(), "a")  # it knows the beginning, and that nothing else is asked for

    assert [_outcome(reader.read, value) for _ in range(3)] == [_outcome(_field_by_field, value)] * 3
