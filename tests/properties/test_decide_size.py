"""An alert is one line under 2 kB, whatever comes in."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from streams.alerts.composing import FRAME_BYTES, compose
from streams.alerts.decide import decide
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.telling import told
from streams.alerts.muting import Muting
from streams.alerts.notification import Alert, AlertAction, ArticleRef, Novelty, StoryLine, Why
from streams.alerts.routing.silences import Silences
from streams.alerts.stories.memory import Stories
from streams.enrichment.article import Event, EventKind, Evidence, Method, Origin, Role, Sector
from streams.enrichment.subjects import Listing, SubjectMention
from streams.news.article import Action
from tests.unit.alerts.builders import a_mention, a_silence, a_subscription, held

LONGEST = 2**63 - 1
TEXT = st.one_of(
    st.text(max_size=700),
    st.sampled_from('行😀"\\\x00\x1f\n\x7f').flatmap(
        lambda char: st.integers(0, 700).map(lambda n: char * n)
    ),
)


def line(alert: Alert) -> bytes:
    """Return the alert as it stands on the wire: absent and empty fields left out, UTF-8 as it is."""

    def slim(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: slim(inner) for name, inner in value.items() if inner not in (None, ())}
        return [slim(inner) for inner in value] if isinstance(value, list | tuple) else value

    def moment(value: datetime) -> str:
        return value.isoformat(timespec="milliseconds")

    fields = slim(dataclasses.asdict(alert))
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=moment).encode()


@st.composite
def hostile_mentions(draw: st.DrawFn) -> SubjectMention:
    """Draw mentions whose texts and lists are as long and as costly as they come."""
    count = st.integers(0, 30)
    return a_mention(
        name=draw(TEXT),
        title=draw(st.none() | TEXT),
        text=draw(TEXT),
        summary=draw(TEXT),
        source=draw(TEXT),
        media=draw(st.none() | TEXT),
        url=draw(st.none() | TEXT),
        relevance=draw(st.floats(0, 1)),
        urgency=draw(st.integers(1, 9)),
        version=LONGEST,
        action=draw(st.sampled_from(Action)),
        role=draw(st.sampled_from(Role)),
        published_at=draw(st.datetimes(timezones=st.just(UTC))),
        listings=tuple(Listing(ticker=f"{number:06d}.SH") for number in range(draw(count))),
        events=tuple(Event(kind=kind) for kind in list(EventKind)[: draw(count)]),
        sectors=tuple(
            Sector(code=f"BK{number:04d}", name=draw(TEXT)) for number in range(draw(st.integers(0, 8)))
        ),
        evidence=tuple(
            Evidence(
                field="title",
                start=LONGEST,
                end=LONGEST,
                surface=draw(TEXT),
                method=draw(st.sampled_from(Method)),
            )
            for _ in range(draw(st.integers(0, 5)))
        ),
        origin=Origin(topic="n" * 60 + ".raw", partition=999, offset=LONGEST),
        id="0" * 16,
    )


@settings(max_examples=50, deadline=None)
@given(
    mention=hostile_mentions(),
    wishes=st.integers(0, 15),
    readers=st.integers(0, 40),
    length=st.integers(1, 90),
    muters=st.integers(0, 10),
)
def test_every_alert_is_under_two_thousand_bytes(
    mention: SubjectMention, wishes: int, readers: int, length: int, muters: int
) -> None:
    names = [f"{'r' * min(length, 58)}{number:02d}" for number in range(readers)]
    events = [str(kind) for kind in EventKind]
    subscriptions = held(
        *(
            a_subscription(
                id=f"{'s' * length}-{wish}-{number}",
                subscriber=name,
                tickers=["000000.SH", "000001.SH"],
                events=events,
                roles=["subject", "mention", "source"],
            )
            for number, name in enumerate(names)
            for wish in range(wishes if number == 0 else 1)
        )
    )
    stories, muted = Stories(), Silences()
    for number, name in enumerate(names[1:muters]):
        muted.put(a_silence(id=f"{'q' * length}-{number}", subscribers=[name, *names[-3:]]))
    for article in ("1" * 16, "2" * 16):
        for closed in (False, True):
            for name in names[:20]:
                (subscriptions.close if closed else subscriptions.open)(name)
            view = dataclasses.replace(mention.article, id=f"article_{article}")
            decision = decide(
                dataclasses.replace(mention, article=view),
                subscriptions,
                stories,
                view.received_at,
                Muting(muted),
            )
            for outcome in decision.outcomes:
                assert len(line(outcome.alert)) < 2_000
                assert outcome.alert.headline
        for story in decision.stories:
            stories.keep(story)


def test_the_frame_of_a_line_is_as_long_as_reckoned() -> None:
    moment = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=8)))
    mention = a_mention(id="0" * 16, published_at=moment, received_at=moment, name="", summary="", source="")
    story = told(Judgement(Relation.NEW, None, ""), mention, moment)
    alert = compose(mention, story, Judgement(Relation.NEW, None, ""), AlertAction.CORRECTED)
    bare = dataclasses.replace(
        alert,
        headline="",
        tickers=(),
        events=(),
        summary=None,
        version=0,
        relevance=0,
        urgency=0,
        why=Why(reason=""),
        story=StoryLine(id=story.id, articles=0, copies=0, novelty=Novelty(h12=0, h24=0, d3=0, d5=0, d7=0)),
        article=ArticleRef(id=alert.article.id, version=0, topic="", partition=0, offset=0),
    )
    lists = '"tickers":[],"events":[],"sectors":[],"url":"","media":"","summary":"",'
    lists += '"evidence":[],"subscriptions":[],"media":[],'

    assert FRAME_BYTES - 60 < len(line(bare)) + len(lists) <= FRAME_BYTES
