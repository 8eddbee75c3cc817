"""What a mention is to what was told about its subject: new, a copy, an update, a correction, a withdrawal.

An article that is known by its id is judged as a version of itself. Any other is held against the few
stories that have most in common with it (`candidates`), and belongs to the first that tells the same
(`likeness`). Nothing is changed here; `telling` says how the story goes on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from streams.alerts.change import Change
from streams.alerts.judging.facing import Facing
from streams.alerts.judging.figuring import is_among
from streams.alerts.judging.gathering import gathered
from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.likeness import Likeness, compare, compare_version
from streams.alerts.judging.news_of import news_of
from streams.alerts.judging.wording import tidy
from streams.alerts.stories.memory import Stories
from streams.alerts.stories.story import Story
from streams.enrichment.article import SubjectKind
from streams.enrichment.facts.record import Facts, NoticeKind
from streams.enrichment.facts.wordlists import one_of
from streams.enrichment.subjects import ArticleView, SubjectMention
from streams.news.article import Action


def judge(mention: SubjectMention, stories: Stories, now: datetime) -> Judgement:
    """Hold a mention against what was told about its subject.

    Args:
        mention: An article seen from one subject.
        stories: The memory of the subject's partition; not changed.
        now: The time of the record in hand.

    Returns:
        The relation, the story as it stands, the reason and what changed.
    """
    article = mention.article
    story = stories.told_by(mention.subject, article.id)
    if story is not None and not stories.is_past(story, now):
        return _judge_version(mention, story, now)
    if article.action is Action.WITHDRAW:
        return Judgement(Relation.WITHDRAWAL, None, "takes back an article that is not remembered")
    story = stories.worded(mention.subject, article.digest)
    if (
        story is not None
        and not stories.is_past(story, now)
        and now - _first_worded(story, article.digest) <= stories.copy_window
        and not _another_day(mention.facts, story.facts)
    ):
        return Judgement(Relation.COPY, story, f"same wording as {_teller(story, article.digest)}")
    if mention.facts is None:
        return Judgement(Relation.NEW, None, "nothing remembered tells this")
    if mention.facts.notice is not None and mention.facts.notice.alone:
        return Judgement(Relation.LATE, None, "a notice on an article that did not concern the subject")
    return _judge_facts(mention, mention.facts, stories, now)


def _judge_facts(mention: SubjectMention, said: Facts, stories: Stories, now: datetime) -> Judgement:
    issuer = mention.kind is SubjectKind.ISSUER
    other: tuple[Story, Likeness] | None = None
    alike = stories.alike(mention.subject, said, now)
    for story, share in alike:
        if story.facts is None:
            continue
        likeness = compare(said, story.facts, issuer=issuer)
        if likeness.same:
            if likeness.news and not likeness.differs and _tells_of_several(said):
                others = [each for each, _ in alike if each is not story]
                likeness = _beside(said, story.facts, likeness, others)
            return _judge_same(said, story, likeness)
        if other is None and share >= _LOOKS_LIKE:
            other = story, likeness
    if other is None:
        return Judgement(Relation.NEW, None, "nothing remembered tells this")
    story, likeness = other
    return Judgement(Relation.DISTINCT, None, f"another than {named(story)}, {story.id}: {likeness.why}")


def _tells_of_several(said: Facts) -> bool:
    """Say whether a mention may sum up several stories: of companies, of houses, of the day before."""
    return said.recap or len(said.actors) > 1 or len(said.speakers) > 1


def _beside(said: Facts, facts: Facts, likeness: Likeness, others: list[Story]) -> Likeness:
    """Return a likeness without news where other stories told all of it: a round-up tells of several."""
    unknown, more = Facing(said, facts).unknown, facts
    for other in others:
        told = other.facts
        if told is not None and not other.withdrawn and any(is_among(f, told.figures) for f in unknown):
            more = gathered(more, told)
    if more is facts or news_of(Facing(said, more)):
        return likeness
    return replace(likeness, news=(), why=f"{likeness.why}; other stories tell the rest")


def _judge_same(said: Facts, story: Story, likeness: Likeness) -> Judgement:
    if not likeness.news:
        return Judgement(Relation.COPY, story, f"tells nothing that {named(story)} had not: {likeness.why}")
    if story.withdrawn and not likeness.differs and all(change.what == "words" for change in likeness.news):
        return Judgement(Relation.COPY, story, f"a late copy of {named(story)}, which was taken back")
    if said.notice is not None and said.notice.kind is NoticeKind.CORRECTION:
        return Judgement(
            Relation.CORRECTION, story, f"corrects {named(story)}: {likeness.news[0]}", likeness.news
        )
    reason = f"adds to {named(story)}: {likeness.news[0]}; {likeness.why}"
    return Judgement(Relation.UPDATE, story, reason, likeness.news)


_NAME_CHARS = 24
# Why a medium takes back what it only relayed: the facts are wrong, not just its own text.
_WRONG = re.compile(one_of("有误 错误 失实 不实 不属实 未经确认 未经证实 未经核实 异常 误报 误发 不准确"))
# So many keys in common that a person would ask why it is not the same.
_LOOKS_LIKE = 0.4


def _judge_version(mention: SubjectMention, story: Story, now: datetime) -> Judgement:
    article = mention.article
    takes = [take for take in story.takes if take.article == article.id]
    withdraws = article.action is Action.WITHDRAW
    # A withdrawal often repeats the wording that it takes back, so it is known by its version and time only.
    newest = max(take.version for take in takes)
    # A source corrects back to earlier words only in a version of its own.
    goes_back = article.action is Action.CORRECT and article.version > newest
    if not goes_back and any(
        take.digest == article.digest and (not withdraws or (take.version, take.at) == (article.version, now))
        for take in takes
    ):
        return Judgement(Relation.REDELIVERY, story, "this wording of the article was told before")
    # Versions begin anew where an article is remembered no longer than its story, which copies keep alive,
    # and where its source does not key its records; what was received later is still what counts now.
    if article.version <= newest and now <= max(take.at for take in takes):
        return Judgement(Relation.LATE, story, f"version {article.version} comes after version {newest}")
    if withdraws:
        return _taken_back(article, story)
    return _judge_change(mention, story)


def _taken_back(article: ArticleView, story: Story) -> Judgement:
    if story.withdrawn:
        return Judgement(Relation.REDELIVERY, story, "the story was taken back before")
    if story.takes[0].article != article.id and not _WRONG.search(article.text):
        return Judgement(Relation.COPY, story, "a copy is taken back; the story stays as it is")
    return Judgement(Relation.WITHDRAWAL, story, "its source takes it back", _article_gone(story))


def _judge_change(mention: SubjectMention, story: Story) -> Judgement:
    """Judge a new version by what it changes: another value in the same place is a correction."""
    notice = mention.facts.notice if mention.facts else None
    if notice is not None and notice.alone and notice.kind is NoticeKind.WITHDRAWAL:
        reason = "its source says that it is taken back"
        return Judgement(Relation.WITHDRAWAL, story, reason, _article_gone(story))
    if mention.facts is None or story.facts is None:
        likeness = None
        changes: tuple[Change, ...] = ()
    else:
        likeness = compare_version(mention.facts, story.facts)
        changes = likeness.news
    what = f": {changes[0]}" if changes else ""
    if mention.article.action is Action.CORRECT or (notice is not None and notice.quotes):
        return Judgement(Relation.CORRECTION, story, f"its source corrects it{what}", changes)
    if likeness is None or (changes and not likeness.differs):
        return Judgement(
            Relation.UPDATE, story, f"version {mention.article.version} adds to it{what}", changes
        )
    if likeness.differs:
        return Judgement(Relation.CORRECTION, story, f"its source says otherwise{what}", changes)
    if story.withdrawn:
        return Judgement(Relation.UPDATE, story, "its source tells it again")
    return Judgement(Relation.COPY, story, "its source says the same in other words")


def _article_gone(story: Story) -> tuple[Change, ...]:
    return (Change(what="article", old=story.takes[0].title),) if story.takes[0].title else ()


def _another_day(said: Facts | None, story: Facts | None) -> bool:
    """Say whether the same words tell a figure that starts anew every day, on another day."""
    if said is None or story is None or said.running is None:
        return False
    return said.day != story.day and not said.recap


def _first_worded(story: Story, digest: str) -> datetime:
    return next(take.at for take in story.takes if take.digest == digest)


def _teller(story: Story, digest: str) -> str:
    return next(take.media for take in story.takes if take.digest == digest)


def named(story: Story) -> str:
    """Return a story as a person would name it."""
    first = story.takes[0]
    return f"《{tidy(first.title, _NAME_CHARS)}》" if first.title else f"what {first.media} told"
