"""Topic, key, partition and headers of each kind of message."""

from datetime import UTC, datetime

import pytest

from streams.alerts.decision import Channel, Outcome
from streams.alerts.notification import Alert, AlertAction, ArticleRef, StoryLine, Why
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.story import Story
from streams.enrichment.article import EnrichedArticle, Origin, Role, SubjectKind
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.errors import BadRecord, ErrorCode, Fault
from streams.news.article import Action
from streams.wire import envelope
from streams.wire.codec import decode
from streams.wire.control import SUBSCRIPTION
from streams.wire.message import Record

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
ORIGIN = Origin(topic="news.raw", partition=3, offset=42)
STAMPS = {"decided_at": 3, "received_at": 1, "enriched_at": 2}
VIEW = ArticleView(
    id="article_1", version=2, action=Action.PUBLISH, source="wire", received_at=AT, digest="d", origin=ORIGIN
)
ALERT = Alert(
    headline="工商银行回购",
    ticker="601398.SH",
    name="工商银行",
    action=AlertAction.UPDATED,
    alert_id="alert_1",
    version=2,
    role=Role.SUBJECT,
    relevance=0.9,
    urgency=3,
    source="wire",
    received_at=AT,
    why=Why(reason="it is named"),
    story=StoryLine(id="story_1", articles=1, copies=0),
    article=ArticleRef(id="article_1", version=2, topic="news.raw", partition=3, offset=42),
)
STORY = Story(subject="601398.SH", id="story_1", alert="alert_1", version=1, takes=())


def a_mention(subject: str) -> SubjectMention:
    return SubjectMention(
        subject=subject, kind=SubjectKind.ISSUER, name="n", role=Role.SUBJECT, relevance=1.0, article=VIEW
    )


def a_record(**changed) -> Record:
    given = {
        "topic": "news.raw",
        "partition": 3,
        "offset": 42,
        "timestamp_ms": 1_700_000_000_000,
        "value": b"\xff{",
    }
    return Record(**(given | changed))


def test_an_article_stands_in_the_partition_of_its_raw_record():
    article = EnrichedArticle(
        id="article_1",
        version=1,
        action=Action.PUBLISH,
        source="wire",
        received_at=AT,
        digest="d",
        origin=ORIGIN,
    )
    message = envelope.article_message(article, "news", 3, 8)

    assert (message.topic, message.key, message.partition) == ("news.articles", b"article_1", 3)
    assert decode(message.value, EnrichedArticle) == article
    assert message.headers == (("partitions", b"8"),)


def test_mentions_are_keyed_by_subject_and_stamped_in_their_headers_only():
    mentions = [a_mention("601398.SH"), a_mention("BK0475")]
    messages = envelope.mention_messages(mentions, "news", {"received_at": 1, "enriched_at": 2})

    assert [message.key for message in messages] == [b"601398.SH", b"BK0475"]
    assert {message.topic for message in messages} == {"news.mentions"}
    assert {message.headers for message in messages} == {(("received_at", b"1"), ("enriched_at", b"2"))}
    assert [decode(message.value, SubjectMention) for message in messages] == mentions


@pytest.mark.parametrize(
    ("outcome", "topic"),
    [
        (Outcome(channel=Channel.TAPE, alert=ALERT), "news.alerts"),
        (Outcome(channel=Channel.SUBSCRIBER, alert=ALERT, subscriber="desk-a"), "news.alerts.desk-a"),
        (Outcome(channel=Channel.SUPPRESSED, alert=ALERT), "news.alerts.suppressed"),
    ],
    ids=["tape", "subscriber", "suppressed"],
)
def test_an_alert_goes_where_its_channel_says_keyed_by_ticker(outcome, topic):
    (message,) = envelope.alert_messages([outcome], "news", STAMPS)

    assert (message.topic, message.key, message.partition) == (topic, b"601398.SH", None)
    assert decode(message.value, Alert) == ALERT


def test_an_outcome_for_nobody_has_no_topic():
    with pytest.raises(ValueError, match="must name it"):
        envelope.channel_topic(Outcome(channel=Channel.SUBSCRIBER, alert=ALERT), "news")


def test_an_alert_is_a_cloud_event_in_binary_mode():
    (message,) = envelope.alert_messages([Outcome(channel=Channel.TAPE, alert=ALERT)], "news-eu", STAMPS)

    assert dict(message.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": b"alert_1:2",
        "ce_type": b"news.alert.updated.v1",
        "ce_source": b"/news-alerts/news-eu",
        "ce_subject": b"601398.SH",
        "ce_time": b"2026-03-02T01:30:00.000+00:00",
        "content-type": b"application/json",
        "received_at": b"1",
        "enriched_at": b"2",
        "decided_at": b"3",
    }


def test_the_body_of_an_alert_does_not_depend_on_when_it_was_decided():
    outcome = Outcome(channel=Channel.TAPE, alert=ALERT)

    (first,) = envelope.alert_messages([outcome], "news", STAMPS)
    (again,) = envelope.alert_messages([outcome], "news", {**STAMPS, "decided_at": 99})

    assert first.value == again.value


def test_a_story_and_its_tombstone_have_one_key_and_partition():
    kept = envelope.story_message(STORY, "news", 5, 8)
    gone = envelope.story_tombstone(STORY, "news", 5)

    assert (kept.topic, kept.key, kept.partition) == ("news.stories", b"601398.SH|story_1", 5)
    assert (gone.topic, gone.key, gone.partition, gone.value) == (kept.topic, kept.key, 5, None)
    assert decode(kept.value, Story) == STORY
    assert envelope.was_written_among(kept.headers, 8)
    assert not envelope.was_written_among(kept.headers, 6)
    assert envelope.story_of(gone.key) == STORY.id


def test_a_subscription_and_its_tombstone_have_one_key():
    kept = SUBSCRIPTION.message(Subscription(id="s1", subscriber="d", market=True), "news")
    gone = SUBSCRIPTION.tombstone("s1", "news")

    assert (kept.topic, kept.key) == (gone.topic, gone.key) == ("news.subscriptions", b"s1")
    assert gone.value is None


def test_a_dead_letter_keeps_bytes_key_and_headers_and_says_why():
    record = a_record(key=b"\xfe", headers=(("x", b"\x00"), ("redrive_count", b"2")))
    error = BadRecord(
        Fault("title", ErrorCode.WRONG_TYPE, "must be text"), Fault("id", ErrorCode.EMPTY, "is empty")
    )

    message = envelope.dead_letter_message(record, error, "news")

    assert (message.topic, message.key, message.value) == ("news.dead-letter", b"\xfe", b"\xff{")
    assert message.headers == (
        ("x", b"\x00"),
        ("redrive_count", b"2"),
        ("error_code", b"wrong_type"),
        ("error_message", b"title: must be text; id: is empty"),
        ("origin_topic", b"news.raw"),
        ("origin_partition", b"3"),
        ("origin_offset", b"42"),
        ("origin_timestamp_ms", b"1700000000000"),
    )


def test_a_second_dead_lettering_replaces_the_reason_of_the_first():
    first = envelope.dead_letter_message(a_record(), BadRecord(Fault("a", ErrorCode.EMPTY, "x")), "news")
    again = envelope.dead_letter_message(
        a_record(headers=first.headers, offset=77), BadRecord(Fault("b", ErrorCode.TOO_DEEP, "y")), "news"
    )

    assert len(again.headers) == len(first.headers)
    assert dict(again.headers)["error_code"] == b"too_deep"
    assert dict(again.headers)["origin_offset"] == b"77"


@pytest.mark.parametrize("words", ["字" * 400, "\ud800" * 600], ids=["between_characters", "no_text"])
def test_a_long_reason_is_cut_to_text_of_500_bytes(words):
    message = envelope.dead_letter_message(a_record(), BadRecord(Fault("a", ErrorCode.EMPTY, words)), "news")

    reason = dict(message.headers)["error_message"]
    assert 497 <= len(reason) <= 500
    assert reason.decode()


def test_stamps_come_back_from_headers():
    headers = envelope.stamp_headers(STAMPS)

    assert headers == (("received_at", b"1"), ("enriched_at", b"2"), ("decided_at", b"3"))
    assert envelope.stamps((*headers, ("other", b"9"))) == STAMPS


@pytest.mark.parametrize(
    "value", [b"", b"-1", b"1.5", b"soon", b"\xff", b"9" * 5000, None], ids=lambda value: repr(value)[:12]
)
def test_what_is_no_stamp_is_passed_over(value):
    assert envelope.stamps((("received_at", value), ("enriched_at", b"2"))) == {"enriched_at": 2}
