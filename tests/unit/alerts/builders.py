"""Mentions and subscriptions with defaults, so that a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from streams.agents.memory import PACKING
from streams.alerts.decide import decide
from streams.alerts.decision import Channel, Decision
from streams.alerts.muting import Muting
from streams.alerts.routing.matching import Subscriptions
from streams.alerts.routing.silence import Silence
from streams.alerts.routing.silences import Silences
from streams.alerts.routing.silencing import parse_silence
from streams.alerts.routing.subscribing import parse_subscription
from streams.alerts.routing.subscription import Subscription
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.storms import NO_CONTROL
from streams.alerts.stories.story import Story
from streams.enrichment.article import Event, EventKind, Evidence, Method, Origin, Role
from streams.enrichment.subjects import ArticleView, Listing, SubjectKind, SubjectMention
from streams.news.article import Action
from streams.wire.codec import encode

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LISTINGS = (Listing(ticker="601398.SH"), Listing(ticker="01398.HK", named=False))


def a_mention(**fields: Any) -> SubjectMention:
    """Return a mention of 工商银行; fields of the mention or of its article.

    `id` may be short: `a` is the article `article_a`; the wording follows `digest`.
    """
    own = {name: fields.pop(name) for name in list(fields) if name in SubjectMention.__dataclass_fields__}
    article: dict[str, Any] = {
        "id": "a",
        "version": 1,
        "action": Action.PUBLISH,
        "source": "wire",
        "title": "监管发布科技贷款新规",
        "text": "监管部门发布新规，工商银行率先落实。",
        "summary": "监管部门发布新规，工商银行率先落实。",
        "events": (Event(kind=EventKind.POLICY),),
        "received_at": NOON,
        "digest": "d1",
        "origin": Origin(topic="news.raw", partition=0, offset=1),
    }
    article |= fields
    article["id"] = f"article_{article['id']}"
    mention: dict[str, Any] = {
        "subject": "601398.SH",
        "kind": SubjectKind.ISSUER,
        "name": "工商银行",
        "role": Role.SUBJECT,
        "relevance": 0.8,
        "listings": LISTINGS,
        "evidence": (Evidence(field="text", start=9, end=13, surface="工商银行", method=Method.QUOTE_LINK),),
    }
    return SubjectMention(**(mention | own), article=ArticleView(**article))


def a_sector_mention(**fields: Any) -> SubjectMention:
    """Return a mention of the banks' board."""
    return a_mention(subject="BK0475", kind=SubjectKind.SECTOR, name="银行", listings=(), **fields)


def a_market_mention(**fields: Any) -> SubjectMention:
    """Return a mention of the market."""
    return a_mention(subject="market", kind=SubjectKind.MARKET, name="market", listings=(), **fields)


def a_subscription(**fields: Any) -> Subscription:
    """Return a subscription of `desk-a` to 工商银行."""
    if not fields.keys() & {"tickers", "sectors", "market"}:
        fields["tickers"] = ["601398.SH"]
    return parse_subscription({"id": "s1", "subscriber": "desk-a"} | fields)


def a_silence(**fields: Any) -> Silence:
    """Return a silence from an hour before noon until half an hour after it."""
    times = {"starts_at": NOON - timedelta(hours=1), "ends_at": NOON + timedelta(minutes=30)}
    defaults = {"id": "q1", "author": "trader", "comment": "too much"}
    given = defaults | {name: time.isoformat() for name, time in times.items()} | fields
    return parse_silence(given)


def held(*subscriptions: Subscription) -> Subscriptions:
    """Return an index that holds the subscriptions."""
    index = Subscriptions()
    for subscription in subscriptions:
        index.put(subscription)
    return index


def read_back(stories: Stories, *told: Story) -> None:
    """Recall stories by their records, as a worker does that begins."""
    for story in told:
        record = encode(story)
        stories.recall(PACKING.head(record), record)


class Desk:
    """Decides one mention after another and keeps what is to be kept, as the alert agent does."""

    def __init__(self, *subscriptions: Subscription, stories: Stories | None = None) -> None:
        self.subscriptions = held(*subscriptions)
        self.stories = stories if stories is not None else Stories()
        self.silences = Silences()
        self.storm = NO_CONTROL

    def told(self, after: timedelta = timedelta(0), **fields: Any) -> Decision:
        """Decide a mention built from fields, a time after noon."""
        mention = a_mention(**fields)
        mention = replace(mention, article=replace(mention.article, received_at=NOON + after))
        decision = decide(
            mention, self.subscriptions, self.stories, NOON + after, Muting(self.silences, self.storm)
        )
        for story in decision.stories:
            self.stories.keep(story)
        return decision


def heard(decision: Decision) -> list[tuple[str, str]]:
    """Return who heard what: (`tape` | subscriber | `suppressed:<reason>`, action), in order."""
    lines = []
    for outcome in decision.outcomes:
        where = outcome.subscriber or outcome.channel.value
        if outcome.channel is Channel.SUPPRESSED and outcome.alert.suppressed:
            where = f"suppressed:{outcome.alert.suppressed.reason}"
        lines.append((where, outcome.alert.action.value))
    return lines
