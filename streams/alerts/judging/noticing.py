"""Which stories a medium's notice is about: it names an article, by title, by minute or by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from streams.alerts.change import Change
from streams.alerts.judging.facing import LIKE
from streams.alerts.judging.figuring import is_among, weight
from streams.alerts.judging.grams import grams
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.judging import named
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.naming import minute_name, title_name
from streams.alerts.stories.story import Story
from streams.enrichment.article import Role, SubjectKind
from streams.enrichment.facts.figures import find_figures
from streams.enrichment.facts.record import Facts, NoticeKind
from streams.enrichment.facts.wordlists import one_of
from streams.enrichment.subjects import MARKET, SubjectMention

# An article is corrected or taken back soon after it was published.
_SOON = timedelta(days=3)
# Of the words of a notice that names an article by its minute, so much must stand in the story.
_ABOUT_IT = 0.12
# Of one that names none, but tells of a story of its own medium.
_ITS_OWN = 0.35
# Why a medium gives up its copy of what others told first, which is as right as it was.
_RIGHTS = re.compile(one_of("版权 著作权 侵权 未获授权 未经授权 转载授权"))
_RELATIONS = {NoticeKind.CORRECTION: Relation.CORRECTION, NoticeKind.WITHDRAWAL: Relation.WITHDRAWAL}


def noticed(
    mention: SubjectMention, stories: Stories, now: datetime
) -> Iterator[tuple[SubjectMention, Judgement]]:
    """Find the stories of a partition that a notice is about.

    Args:
        mention: Of the notice, with kind `notice`.
        stories: The partition's memory; not changed.
        now: The time of the record in hand.

    Yields:
        For each story the notice as its subject sees it, and what it is to the story; in order of id.
    """
    facts = mention.facts
    if facts is None or facts.notice is None:
        return
    changes = _changes(facts)
    for story in _meant(mention, facts, stories, now):
        seen = _seen_from(story, mention)
        if any(take.article == mention.article.id for take in story.takes):
            yield seen, Judgement(Relation.REDELIVERY, story, "this notice was told before")
        elif story.withdrawn:
            yield seen, Judgement(Relation.REDELIVERY, story, "the story was taken back before")
        else:
            relation = _RELATIONS[facts.notice.kind]
            said = f": {changes[0]}" if changes else ""
            yield seen, Judgement(relation, story, f"a notice on {named(story)}{said}", changes)


def _meant(mention: SubjectMention, facts: Facts, stories: Stories, now: datetime) -> list[Story]:
    notice = facts.notice
    if notice is None:
        return []
    source = mention.article.source
    titled = _recent(stories.named(map(title_name, notice.titles), now), now)
    if titled:
        for_its_rights = _RIGHTS.search(facts.words) is not None
        return [story for story in titled if not for_its_rights or story.takes[0].source == source]
    words = grams(facts.words)
    if notice.minute:
        at = _recent(stories.named([minute_name(source, notice.minute)], now), now)
        found = [s for s in at if _share(words, s) >= _ABOUT_IT]
        if found:
            return found
    return _quoted(mention, facts, stories, now)


def _quoted(mention: SubjectMention, facts: Facts, stories: Stories, now: datetime) -> list[Story]:
    """Return the story of each subject that the notice names which holds the words it corrects."""
    subjects = (*facts.actors, *(sector.code for sector in mention.article.sectors), MARKET)
    words, notice, source = grams(facts.words), facts.notice, mention.article.source
    quotes = notice.quotes if notice is not None else ()
    wrong = [figure for quote in quotes for _, figure in find_figures(quote.wrong) if weight(figure) > 1]
    found: dict[str, Story] = {}
    for subject in subjects:
        best = 0.0
        for story, _ in stories.alike(subject, facts, now):
            share = _share(words, story)
            text, figures = (story.facts.words, story.facts.figures) if story.facts else ("", ())
            quoted = any(quote.wrong in text for quote in quotes) or any(is_among(f, figures) for f in wrong)
            its_own = not quotes and any(take.source == source for take in story.takes)
            least = _ABOUT_IT if quoted else _ITS_OWN if its_own else LIKE
            if share > best and share >= least:
                best = share
                found[subject] = story
    return sorted(found.values(), key=lambda story: story.id)


def _recent(stories: list[Story], now: datetime) -> list[Story]:
    return [story for story in stories if now - story.last_told <= _SOON]


def _share(words: frozenset[int], story: Story) -> float:
    """Return how much of the shorter of notice and story stands in the other."""
    its = grams(story.facts.words) if story.facts else frozenset()
    return len(words & its) / max(1, min(len(words), len(its)))


def _changes(facts: Facts) -> tuple[Change, ...]:
    notice = facts.notice
    if notice is None:
        return ()
    quotes = tuple(Change(what="words", old=quote.wrong, new=quote.right) for quote in notice.quotes)
    if quotes or notice.kind is NoticeKind.CORRECTION:
        return quotes
    return tuple(Change(what="article", old=title) for title in notice.titles[:1])


def _seen_from(story: Story, mention: SubjectMention) -> SubjectMention:
    """Return the notice as a mention of the story's subject."""
    if story.subject == MARKET:
        kind = SubjectKind.MARKET
    else:
        kind = SubjectKind.ISSUER if story.listings else SubjectKind.SECTOR
    return replace(
        mention,
        subject=story.subject,
        kind=kind,
        name=story.name,
        listings=story.listings,
        role=Role.SUBJECT,
    )
