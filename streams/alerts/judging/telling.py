"""How a story goes on once a mention has told it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from streams.alerts.identity import alert_id, story_id
from streams.alerts.judging.gathering import gathered
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.novelty import burst
from streams.alerts.judging.wording import headline, tidy
from streams.alerts.stories.story import SCHEMA, Story, Take
from streams.alerts.stories.trading import trading_in
from streams.enrichment.article import Role, SubjectKind
from streams.enrichment.subjects import SubjectMention
from streams.news.article import Action

# A story told a thousand times stays a small record: its first takes, which are what later ones are
# copies of, and its last ones, which are what may come again after a crash.
FIRST_TAKES = 4
LAST_TAKES = 12
MAX_TAKES = FIRST_TAKES + LAST_TAKES
MAX_MEDIUM_LENGTH = 40
MAX_TITLE_LENGTH = 60


def told(judgement: Judgement, mention: SubjectMention, now: datetime) -> Story:
    """Return the story as it stands once a mention has told it; receivers as before.

    Args:
        judgement: Of this mention; neither a redelivery nor late.
        mention: An article seen from one subject.
        now: The time of the record in hand.
    """
    take = _take(mention, now)
    story = judgement.story
    trading = (
        trading_in(take.title)
        if mention.kind is SubjectKind.ISSUER and mention.role is Role.SUBJECT
        else None
    )
    if story is None:
        id_ = story_id(take.article, mention.subject)
        return Story(
            subject=mention.subject,
            name=mention.name,
            listings=mention.listings,
            id=id_,
            alert=alert_id(id_, mention.subject),
            version=1,
            takes=(take,),
            trading=trading,
            facts=mention.facts,
        )
    story = _with_take(story, take, now)
    if judgement.relation is Relation.COPY:
        another = all(known.article != take.article for known in story.takes[:-1])
        return replace(story, copies=story.copies + another, schema=SCHEMA)
    facts = story.facts
    if mention.facts is not None and mention.article.action is not Action.WITHDRAW:
        facts = gathered(facts, mention.facts) if facts is not None else mention.facts
    return replace(
        story,
        version=story.version + 1,
        withdrawn=judgement.relation is Relation.WITHDRAWAL,
        trading=trading or story.trading,
        facts=facts,
        schema=SCHEMA,
    )


def _with_take(story: Story, take: Take, now: datetime) -> Story:
    takes = (*story.takes, take)
    if len(takes) <= MAX_TAKES:
        return replace(story, takes=takes)
    kept = takes[:FIRST_TAKES] + takes[-LAST_TAKES:]
    known = {each.article for each in kept}
    gone = (each for each in takes[FIRST_TAKES:-LAST_TAKES] if each.article not in known)
    return replace(story, takes=kept, bursts=burst(story.bursts, gone, now))


def _take(mention: SubjectMention, now: datetime) -> Take:
    article = mention.article
    return Take(
        article=article.id,
        version=article.version,
        digest=article.digest,
        at=now,
        media=(article.media or article.source)[:MAX_MEDIUM_LENGTH],
        source=article.source[:MAX_MEDIUM_LENGTH],
        title=tidy(headline(mention), MAX_TITLE_LENGTH),
        published_at=article.published_at,
    )
