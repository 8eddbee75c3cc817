"""Which subscriptions a mention concerns, and why the others not."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from streams.enrichment.article import Event, EventKind, Role
from streams.enrichment.subjects import Listing, SubjectMention
from tests.unit.alerts.builders import a_market_mention, a_mention, a_sector_mention, a_subscription, held

POLICY = "event policy"


def by(mention: SubjectMention, **fields: Any) -> tuple[str, ...] | None:
    """Return what of a subscription matched, or None."""
    matches = held(a_subscription(**fields)).match(mention)
    return matches[0].by if matches else None


def why_not(mention: SubjectMention, **fields: Any) -> str | None:
    """Return why a subscription did not match, or None."""
    misses = held(a_subscription(**fields)).why_not(mention)
    return misses[0].reason if misses else None


@pytest.mark.parametrize(
    ("mention", "fields", "expected"),
    [
        (a_mention(), {"tickers": ["601398.SH"]}, ("ticker 601398.SH",)),
        (a_mention(), {"tickers": ["01398.HK"]}, ("ticker 01398.HK",)),
        (a_mention(), {"tickers": ["01398.HK", "601398.SH"]}, ("ticker 601398.SH", "ticker 01398.HK")),
        (a_mention(), {"tickers": ["600036.SH"]}, None),
        (a_mention(), {"sectors": ["BK0475"]}, None),
        (a_mention(), {"market": True}, None),
        (a_sector_mention(), {"sectors": ["BK0475"]}, ("sector BK0475",)),
        (a_sector_mention(), {"tickers": ["601398.SH"]}, None),
        (a_market_mention(), {"market": True}, ("market",)),
        (a_market_mention(), {"tickers": ["600036.SH"], "market": True}, ("market",)),
        (a_market_mention(), {"tickers": ["600036.SH"], "market": False}, None),
    ],
    ids=["listing", "other-listing", "both-listings", "other-issuer", "board-of-issuer", "market-of-issuer",
         "board", "issuer-of-board", "market", "market-or-ticker", "no-market"],
)  # fmt: skip
def test_a_subject_finds_those_who_asked_for_it(
    mention: SubjectMention, fields: dict[str, Any], expected: tuple[str, ...] | None
) -> None:
    assert by(mention, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"events": ["earnings", "policy"]}, ("ticker 601398.SH", "event policy")),
        ({"sources": ["wire", "agency"]}, ("ticker 601398.SH", "source wire")),
        ({"min_relevance": 0.8}, ("ticker 601398.SH",)),
        ({"roles": ["mention", "subject"]}, ("ticker 601398.SH",)),
        ({"listings": "named"}, ("ticker 601398.SH",)),
        ({"keywords": {"any": ["减持", "科技贷款"]}}, ("ticker 601398.SH", "keyword 科技贷款")),
        ({"keywords": {"all": ["新规", "率先"]}}, ("ticker 601398.SH", "keyword 新规", "keyword 率先")),
        ({"keywords": {"none": ["传闻"]}}, ("ticker 601398.SH",)),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_condition_that_is_met_says_what_met_it(fields: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert by(a_mention(), **fields) == expected
    assert why_not(a_mention(), **fields) is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"enabled": False}, "disabled"),
        ({"roles": ["mention", "source"]}, "role subject, wants mention or source"),
        ({"min_relevance": 0.81}, "relevance 0.80 is below 0.81"),
        (
            {"events": ["ipo", "merger", "rating", "other"]},
            "event policy, wants ipo or merger or rating or others",
        ),
        ({"sources": ["agency"]}, "source wire, wants agency"),
        ({"listings": "named", "tickers": ["01398.HK"]}, "ticker 01398.HK is not named itself"),
        ({"keywords": {"any": ["减持", "回购"]}}, "none of the keywords 减持 or 回购"),
        ({"keywords": {"all": ["新规", "回购"]}}, "keyword 回购 is missing"),
        ({"keywords": {"any": ["新规"], "none": ["工商银行"]}}, "keyword 工商银行 is excluded"),
        ({"enabled": False, "roles": ["source"]}, "disabled"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_condition_that_is_not_met_says_what_was_found_and_wanted(
    fields: dict[str, Any], reason: str
) -> None:
    assert by(a_mention(), **fields) is None
    assert why_not(a_mention(), **fields) == reason


def test_a_relevance_at_the_least_wanted_matches() -> None:
    assert by(a_mention(relevance=0.5), min_relevance=0.5) is not None


def test_an_article_without_events_matches_nobody_who_wants_some() -> None:
    assert why_not(a_mention(events=()), events=["policy"]) == "event none, wants policy"


def test_the_event_that_fits_best_is_the_one_told() -> None:
    events = (Event(kind=EventKind.POLICY), Event(kind=EventKind.EARNINGS))

    assert by(a_mention(events=events), events=["earnings", "policy"]) == ("ticker 601398.SH", POLICY)


@pytest.mark.parametrize(
    ("keyword", "text", "stands"),
    [
        ("AI", "The AI boom", True),
        ("ai", "They said so", False),
        ("ai", "said AI", True),
        ("ai", "发展AI产业", True),
        ("Ｃ５", "订购C5车型", True),
        ("5G", "15G流量", False),
        ("回购", "公司拟回购股份", True),
        ("share buyback", "Share Buyback plan", True),
    ],
)
def test_a_keyword_is_found_in_any_width_and_case_but_latin_words_only_whole(
    keyword: str, text: str, stands: bool
) -> None:
    mention = a_mention(title=None, text=text)

    assert (by(mention, keywords={"any": [keyword]}) is not None) == stands


def test_a_keyword_may_stand_in_the_title_only() -> None:
    assert by(a_mention(title="回购", text=""), keywords={"all": ["回购"]}) is not None


def test_a_named_listing_counts_though_another_of_the_subscription_is_not_named() -> None:
    mention = a_mention(listings=(Listing(ticker="601398.SH", named=False), Listing(ticker="01398.HK")))

    assert by(mention, listings="named", tickers=["601398.SH", "01398.HK"]) == ("ticker 01398.HK",)


def test_every_listing_that_is_asked_for_is_told_in_the_order_of_the_mention() -> None:
    mention = a_mention(listings=tuple(Listing(ticker=one) for one in ("601398.SH", "01398.HK", "IDCBY.US")))
    tickers = ["IDCBY.US", "01398.HK", "601398.SH"]

    assert by(mention, tickers=tickers, events=["policy"]) == (
        "ticker 601398.SH", "ticker 01398.HK", "ticker IDCBY.US", POLICY,
    )  # fmt: skip


def test_subscriptions_iterate_in_order_of_id() -> None:
    subscriptions = held(*(a_subscription(id=id_) for id_ in ("b", "c", "a")))

    assert [subscription.id for subscription in subscriptions] == ["a", "b", "c"]
    assert [match.subscription.id for match in subscriptions.match(a_mention())] == ["a", "b", "c"]
    assert len(subscriptions) == 3


def test_a_subscription_put_again_replaces_the_earlier_one() -> None:
    subscriptions = held(a_subscription(), a_subscription(tickers=["600036.SH"]))

    assert subscriptions.match(a_mention()) == ()
    assert len(subscriptions) == 1
    assert subscriptions.get("s1") == a_subscription(tickers=["600036.SH"])


def test_a_removed_subscription_leaves_nothing_behind() -> None:
    subscriptions = held(
        a_subscription(tickers=["601398.SH"], sectors=["BK0475"], market=True, events=["ipo"])
    )

    subscriptions.remove("s1")
    subscriptions.remove("s1")
    gc.collect()

    assert (len(subscriptions), subscriptions.get("s1"), list(subscriptions)) == (0, None, [])
    assert (subscriptions._index, len(subscriptions._conditions)) == ({}, 0)


def test_equal_conditions_are_held_once() -> None:
    subscriptions = held(*(a_subscription(id=f"s{n}", events=["policy"]) for n in range(5)))

    assert len(subscriptions._conditions) == 1


def test_a_closed_subscriber_still_matches() -> None:
    subscriptions = held(a_subscription())

    subscriptions.close("desk-a")
    assert subscriptions.closed == {"desk-a"}
    assert len(subscriptions.match(a_mention())) == 1

    subscriptions.open("desk-a")
    assert subscriptions.closed == set()


def test_by_default_a_company_that_is_only_mentioned_does_not_match() -> None:
    assert why_not(a_mention(role=Role.MENTION)) == "role mention, wants subject"
