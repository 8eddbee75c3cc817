"""Which silences mute a mention's alerts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from streams.alerts.routing.silences import Silences
from streams.enrichment.article import Role
from streams.enrichment.subjects import SubjectMention
from tests.unit.alerts.builders import (
    NOON,
    a_market_mention,
    a_mention,
    a_sector_mention,
    a_silence,
)

DESKS = ("desk-a", "desk-b")
HOUR = timedelta(hours=1)


def held(*fields: dict[str, Any]) -> Silences:
    silences = Silences()
    for number, one in enumerate(fields, 1):
        silences.put(a_silence(**({"id": f"q{number}"} | one)))
    return silences


def muted(fields: dict[str, Any], mention: SubjectMention) -> list[str]:
    """Return who is muted by one silence."""
    return sorted(held(fields).muting(mention, DESKS, NOON))


@pytest.mark.parametrize(
    ("fields", "mention"),
    [
        ({"tickers": ["601398.SH"]}, a_mention()),
        ({"tickers": ["01398.HK"]}, a_mention()),
        ({"sectors": ["BK0475"]}, a_sector_mention()),
        ({"market": True}, a_market_mention()),
        ({"events": ["policy"]}, a_mention()),
        ({"sources": ["wire"]}, a_sector_mention()),
        ({"keywords": {"any": ["新规"]}}, a_market_mention()),
        ({"tickers": ["601398.SH"], "roles": ["mention"]}, a_mention(role=Role.MENTION)),
        ({"tickers": ["601398.SH"], "min_relevance": 0.8}, a_mention()),
        ({"tickers": ["601398.SH"], "listings": "named"}, a_mention()),
        ({"subscribers": ["desk-a", "desk-b", "desk-c"]}, a_mention()),
    ],
    ids=str,
)
def test_what_meets_all_that_is_asked_for_is_muted_for_all(fields: dict, mention: SubjectMention) -> None:
    assert muted(fields, mention) == ["desk-a", "desk-b"]


@pytest.mark.parametrize(
    ("fields", "mention"),
    [
        ({"tickers": ["600036.SH"]}, a_mention()),
        ({"sectors": ["BK0475"]}, a_mention()),
        ({"market": True}, a_sector_mention()),
        ({"tickers": ["601398.SH"], "events": ["merger"]}, a_mention()),
        ({"tickers": ["601398.SH"], "roles": ["mention"]}, a_mention()),
        ({"tickers": ["601398.SH"], "min_relevance": 0.81}, a_mention()),
        ({"tickers": ["601398.SH"], "keywords": {"none": ["新规"]}}, a_mention()),
        ({"tickers": ["01398.HK"], "listings": "named"}, a_mention()),
        ({"subscribers": ["desk-c"]}, a_mention()),
    ],
    ids=str,
)
def test_what_misses_one_part_is_not_muted(fields: dict, mention: SubjectMention) -> None:
    assert muted(fields, mention) == []


@pytest.mark.parametrize("fields", [{"tickers": ["601398.SH"]}, {}], ids=["a subject's", "of all subjects"])
def test_only_the_named_subscribers_are_muted(fields: dict) -> None:
    assert muted({"subscribers": ["desk-b"]} | fields, a_mention()) == ["desk-b"]


def test_a_subscriber_is_told_of_every_silence_once_in_order() -> None:
    silences = held(
        {"id": "z", "tickers": ["601398.SH", "01398.HK"]},
        {"id": "a", "events": ["policy"]},
        {"sources": ["x"]},
    )
    assert silences.muting(a_mention(), ["desk-a"], NOON) == {"desk-a": ("a", "z")}


@pytest.mark.parametrize(("after", "count"), [(-2 * HOUR, 0), (0 * HOUR, 2), (HOUR, 0)])
def test_only_active_silences_mute_by_the_time_of_the_record(after: timedelta, count: int) -> None:
    assert len(held({"tickers": ["601398.SH"]}).muting(a_mention(), DESKS, NOON + after)) == count


def test_a_silence_takes_the_place_of_the_one_with_its_id_and_a_removed_one_is_gone() -> None:
    silences = held({"id": "q", "tickers": ["601398.SH"]})
    silences.put(a_silence(id="q", subscribers=["desk-a"], sources=["agency"]))
    assert silences.muting(a_mention(), DESKS, NOON) == {}
    assert silences.muting(a_mention(source="agency"), DESKS, NOON) == {"desk-a": ("q",)}

    silences.put(a_silence(id="q", events=["policy"]))
    assert set(silences.muting(a_mention(), DESKS, NOON)) == set(DESKS)
    silences.remove("q")
    silences.remove("unknown")
    assert (silences.muting(a_mention(), DESKS, NOON), len(silences), list(silences)) == ({}, 0, [])
