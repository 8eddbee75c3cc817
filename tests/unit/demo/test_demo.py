"""The sample articles and desks of the demo, and when the play is over."""

from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from streams.alerts.decision import Channel
from streams.alerts.pipeline import Pipeline
from streams.alerts.routing.subscribing import parse_subscription, to_fields
from streams.demo.desks import DESKS, SUBSCRIPTIONS
from streams.demo.samples import load_samples, sample_message
from streams.demo.screen import Screen
from streams.demo.tally import Tally
from streams.enrichment.article import Origin
from streams.errors import BadArticle
from streams.wire.raw import decode_raw
from streams.wire.reference import load_master

START = datetime(2025, 3, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def steps() -> list:
    """What becomes of each sample, in order: a step, None for a redelivery, or an error."""
    pipeline = Pipeline(load_master(), SUBSCRIPTIONS)
    found: list = []
    for number, sample in enumerate(load_samples()):
        value = sample_message(sample, "news").value
        try:
            raw = decode_raw(value, max_bytes=1_000_000)
            origin = Origin(topic="news.raw", partition=0, offset=number)
            found.append(pipeline.take(raw, START + timedelta(seconds=number), origin))
        except BadArticle as error:
            found.append(error)
    return found


def told(steps: list) -> set[tuple[str, str]]:
    return {
        (outcome.subscriber, outcome.alert.ticker)
        for step in steps
        if getattr(step, "decisions", None)
        for _, decision in step.decisions
        for outcome in decision.outcomes
        if outcome.channel is Channel.SUBSCRIBER
    }


def test_the_first_article_alerts_the_bank_and_not_the_place_that_it_links(steps):
    first = steps[0]

    assert {mention.ticker for mention in first.article.mentions} == {"601398.SH", "01398.HK"}
    assert {rejected.ticker for rejected in first.article.rejected} == {"000931.SZ"}
    assert first.article.events[0].kind == "policy"
    assert ("bank-desk", "601398.SH") in told([first])


def test_nobody_is_alerted_to_the_place_although_a_desk_holds_the_company(steps):
    assert any("000931.SZ" in wish.tickers for wish in SUBSCRIPTIONS)
    assert not [pair for pair in told(steps) if pair[1] == "000931.SZ"]


def test_every_desk_is_alerted(steps):
    assert {desk for desk, _ in told(steps)} == set(DESKS)


def test_there_are_copies_a_redelivery_and_one_article_that_cannot_be_read(steps):
    assert sum(isinstance(step, BadArticle) for step in steps) == 1
    assert steps.count(None) == 1
    relations = [d.relation for step in steps if getattr(step, "decisions", None) for _, d in step.decisions]
    assert relations.count("copy") >= 2


def test_there_are_about_forty_articles_in_several_forms():
    samples = load_samples()

    assert 35 <= len(samples) <= 50
    assert {sample.name.rsplit(".", 1)[1] for sample in samples} == {"md", "html", "json"}
    assert [sample.name for sample in samples] == sorted(sample.name for sample in samples)


def test_the_desks_wishes_are_valid_and_theirs():
    assert all(parse_subscription({"id": wish.id} | to_fields(wish)) == wish for wish in SUBSCRIPTIONS)
    assert {wish.subscriber for wish in SUBSCRIPTIONS} == set(DESKS)


DONE = {
    "articles": 2,
    "mentions": 5,
    "decisions": 5,
    "alerts": 4,
    "deliveries": 3,
    "suppressed": 1,
    "dead_letters": 0,
}


@pytest.mark.parametrize(
    "still",
    [
        {},
        {"articles": 1},
        {"decisions": 4},
        {"alerts": 5},
        {"deliveries": 4},
        {"suppressed": 2},
        {"dead_letters": 1},
    ],
    ids=str,
)
def test_the_play_is_over_when_all_that_the_worker_wrote_was_seen(still):
    tally = Tally(total=2, played=2, alerts=4)
    tally.delivered["bank-desk"] = 3
    tally.suppressed["copy"] = 1

    assert tally.holds_all(DONE | still) is (not still)


def test_the_play_is_not_over_before_all_was_played():
    assert not Tally(total=1).holds_all({})


def test_the_screen_shows_alerts_and_counts(steps):
    console = Console(width=120, height=30)
    screen = Screen(console, "look here")
    screen.tally = Tally(total=40, played=1)
    outcome = next(o for _, d in steps[0].decisions for o in d.outcomes if o.subscriber)
    screen.add("bank-desk", outcome.alert)
    with console.capture() as shown:
        console.print(screen.render())

    text = shown.get()
    assert "bank-desk" in text
    assert "601398.SH" in text
    assert "1 of 40 played" in text
    assert "look here" in text
