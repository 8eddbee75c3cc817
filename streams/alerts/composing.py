"""The alert as a record, under 2 kB on the line whatever comes in.

A Chinese character takes three bytes, so the line is filled by bytes: first what every alert must
say, within bounds that always fit; then, while there is room, the URL, evidence, media, and as much
of the summary as is left. A part of the line is set aside for the subscriptions that matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from streams.alerts.change import Change
from streams.alerts.judging import wording
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.novelty import novelty
from streams.alerts.judging.wording import tidy
from streams.alerts.notification import (
    Alert,
    AlertAction,
    ArticleRef,
    Matched,
    Novelty,
    StoryLine,
    Suppressed,
    Unsent,
    Why,
)
from streams.alerts.room import Room, cut_to, size_of
from streams.alerts.routing.matching import Match
from streams.alerts.stories.story import Story
from streams.enrichment.subjects import SubjectMention

LINE_BYTES = 1_990
MAX_SUMMARY = 200
MAX_URL = 500
MAX_SECTORS = 5
MAX_TICKERS = 8
MAX_EVENTS = 4
MAX_MEDIA = 3
MAX_SUBSCRIPTIONS = 10
MAX_CHANGES = 4
REASON_BYTES = 260
CHANGE_BYTES = 32
_CHANGE_TEXT_BYTES = 60

# Bytes of a line without its texts, lists and numbers, with ids and times as long as they get (held by a
# test), and of what else is added: a place of evidence, a subscription and one of its reasons.
FRAME_BYTES = 635
EVIDENCE_BYTES = 110
MATCHED_BYTES = 35
# One subscription with an id of 100 characters and three reasons always fits.
SET_ASIDE = 400
_MAX_REASONS = 3
_MAX_REASON_BYTES = 45
_SUPPRESSED_BYTES = 140
_MAX_MUTED_BY = 3


def compose(mention: SubjectMention, story: Story, judgement: Judgement, action: AlertAction) -> Alert:
    """Write the alert as the tape gets it.

    Args:
        mention: The mention behind it.
        story: The story with this mention told.
        judgement: What the mention is to what was told before.
        action: What the alert is on the tape.

    Returns:
        An alert with room for the subscriptions that matched.
    """
    article = mention.article
    told_before = novelty(story, article.id, article.received_at)
    room = Room(LINE_BYTES - FRAME_BYTES - SET_ASIDE - _number_bytes(mention, story, told_before))
    shown = wording.evidence(mention)
    head = room.cut(_headline(mention, story, judgement), 360)
    name = room.cut(wording.name(mention), 90)
    source = room.cut(tidy(article.source, 40), 60)
    reason = room.cut(wording.reason(mention, judgement, shown), REASON_BYTES)
    changed = tuple(_shortened(change, room) for change in judgement.changes[:MAX_CHANGES])
    tickers = tuple(
        listing.ticker for listing in mention.listings[:MAX_TICKERS] if room.whole(listing.ticker)
    )
    events = tuple(event.kind for event in article.events[:MAX_EVENTS] if room.whole(event.kind))
    sectors = tuple(sector.code for sector in article.sectors[:MAX_SECTORS] if room.whole(sector.code))
    evidence = tuple(found for found in shown if room.whole(found.surface, EVIDENCE_BYTES))
    url = article.url if article.url and len(article.url) <= MAX_URL and room.whole(article.url, 10) else None
    medium = tidy(article.media or "", 30)
    tellers = dict.fromkeys(tidy(take.media, 30) for take in story.takes)
    return Alert(
        headline=head,
        ticker=mention.subject,
        name=name,
        action=action,
        changed=changed,
        tickers=tickers,
        alert_id=story.alert,
        version=story.version,
        role=mention.role,
        relevance=mention.relevance,
        urgency=article.urgency,
        events=events,
        sectors=sectors,
        url=url,
        media=medium if medium and room.whole(medium, 12) else None,
        source=source,
        published_at=article.published_at,
        received_at=article.received_at,
        why=Why(reason=reason, evidence=evidence),
        story=StoryLine(
            id=story.id,
            articles=1 + story.copies,
            copies=story.copies,
            media=tuple(teller for teller in list(tellers)[:MAX_MEDIA] if room.whole(teller)),
            novelty=told_before,
        ),
        article=ArticleRef.of(article),
        summary=_summary(wording.summary(mention), room),
    )


def address(alert: Alert, action: AlertAction, matches: Sequence[Match]) -> Alert:
    """Write the alert as one subscriber gets it.

    Args:
        alert: As on the tape.
        action: What it is to the subscriber.
        matches: Which of the subscriber's subscriptions matched, in order of id; () for a receiver
            of an earlier version whose subscription has gone or no longer matches.
    """
    return replace(alert, action=action, why=_with_matches(alert.why, matches, Room(SET_ASIDE)))


def hold_back(
    alert: Alert,
    reason: Unsent,
    subscribers: Sequence[str],
    matches: Sequence[Match],
    *,
    of: str | None = None,
    by: Sequence[str] = (),
) -> Alert:
    """Write the alert as the suppressed topic gets it; its summary makes room for the subscribers.

    Args:
        alert: As on the tape.
        reason: Why it was not sent.
        subscribers: Who did not get it, sorted.
        matches: Which of their subscriptions matched, in order of id.
        of: Id of the alert that was sent instead, or None.
        by: What muted it.
    """
    room = Room(SET_ASIDE - _SUPPRESSED_BYTES + size_of(alert.summary or ""))
    shown = tuple(what for what in by[:_MAX_MUTED_BY] if room.whole(what))
    named = 0
    while named < len(subscribers) and room.whole(subscribers[named]):
        named += 1
    suppressed = Suppressed(
        reason=reason, of=of, by=shown, subscribers=tuple(subscribers[:named]), more=len(subscribers) - named
    )
    return replace(alert, summary=None, suppressed=suppressed, why=_with_matches(alert.why, matches, room))


def _headline(mention: SubjectMention, story: Story, judgement: Judgement) -> str:
    """Return the article's headline; of a notice or a withdrawal, that of the story it is about."""
    about = story.takes[0].title
    notice = mention.facts.notice if mention.facts else None
    own = judgement.relation is not Relation.WITHDRAWAL and not (notice and notice.alone)
    return wording.headline(mention) if own or not about else about


def _shortened(change: Change, room: Room) -> Change:
    room.left -= CHANGE_BYTES

    def cut(text: str | None) -> str | None:
        return None if text is None else room.cut(tidy(text, _CHANGE_TEXT_BYTES), _CHANGE_TEXT_BYTES)

    return Change(what=cut(change.what) or "", old=cut(change.old), new=cut(change.new))


def _with_matches(why: Why, matches: Sequence[Match], room: Room) -> Why:
    shown: list[Matched] = []
    for match in matches[:MAX_SUBSCRIPTIONS]:
        by = tuple(map(_short_reason, match.by[:_MAX_REASONS]))
        if not room.whole(match.subscription.id + "".join(by), MATCHED_BYTES + 3 * len(by)):
            break
        shown.append(Matched(subscription=match.subscription.id, by=by))
    return replace(why, subscriptions=tuple(shown), more=len(matches) - len(shown))


def _short_reason(reason: str) -> str:
    if len(reason) <= _MAX_REASON_BYTES and reason.isascii() and reason.isprintable():
        return reason  # almost all of them
    return cut_to(tidy(reason, _MAX_REASON_BYTES), _MAX_REASON_BYTES)


def _number_bytes(mention: SubjectMention, story: Story, told_before: Novelty) -> int:
    article, origin = mention.article, mention.article.origin
    return len(
        f"{story.version}{mention.relevance}{1 + story.copies}{story.copies}{article.urgency}"
        f"{article.version}{origin.topic}{origin.partition}{origin.offset}"
        f"{told_before.h12}{told_before.h24}{told_before.d3}{told_before.d5}{told_before.d7}"
    )


def _summary(text: str, room: Room) -> str | None:
    summary = room.cut(tidy(text, MAX_SUMMARY), room.left - 13)
    return summary or None
