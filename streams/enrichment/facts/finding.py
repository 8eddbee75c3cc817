"""The facts of an article, seen from one subject after the other; see the head of the package."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from operator import itemgetter

from streams.enrichment.article import EnrichedArticle, Role
from streams.enrichment.facts.figures import find_figures
from streams.enrichment.facts.houses import find_speakers
from streams.enrichment.facts.moves import trading_day
from streams.enrichment.facts.notices import find_notice
from streams.enrichment.facts.part import Part, part_of
from streams.enrichment.facts.passages import Passage, Share, from_name, owns, sentences, share_of
from streams.enrichment.facts.proper_names import core, find_names, find_parties
from streams.enrichment.facts.record import Facts, Figure
from streams.news.text import Folded, fold

MAX_NAMES = 24
MAX_ACTORS = 8
# How far a publisher's time may lie before ours and still tell the day.
_OLDEST = timedelta(days=3)

_WHOLE: frozenset[str] = frozenset()
_AMERICAN = re.compile("美股|纳指|道指|标普|纳斯达克|华尔街|中概")
_NOT_AMERICAN = re.compile("a股|港股|沪指|深成指|恒指|沪深|创业板")


class ArticleFacts:
    """An article's facts, found once for all its subjects.

    Args:
        article: As understood.
        folded: Its text, folded, where that is at hand.
    """

    def __init__(self, article: EnrichedArticle, folded: Folded | None = None) -> None:
        self._article = article
        folded = folded or fold(article.text)
        self._title = fold(article.title or "").text
        self._text = folded.text
        self._figures = find_figures(self._text)
        self._title_figures = tuple(figure for _, figure in find_figures(self._title))
        self._names = _Found(self._title, self._text, find_names)
        self._parties = _Found(self._title, self._text, find_parties)
        self._speakers = find_speakers(self._title, self._text)
        self._folded = folded
        self._passages: tuple[Passage, ...] | None = None
        self._known: dict[frozenset[str], Part] = {}
        subjects = [mention for mention in article.mentions if mention.role is Role.SUBJECT]
        self._subjects = tuple(dict.fromkeys(mention.issuer for mention in subjects))
        self._all = frozenset(self._subjects)
        # Where the title names an issuer first.
        self._in_title: dict[str, int] = {}
        for mention in article.mentions:
            for evidence in mention.evidence:
                if evidence.field == "title":
                    at = max(0, self._title.find(fold(evidence.surface).text))
                    self._in_title[mention.issuer] = min(at, self._in_title.get(mention.issuer, at))
        self._named = frozenset(mention.issuer for mention in article.mentions)
        self._american = self._is_american()
        self.notice = find_notice(self._title, self._text)
        self._at = _said_at(article.published_at, article.received_at)

    def of(
        self, subject: str, surfaces: tuple[str, ...] = (), *, through: frozenset[str] = frozenset()
    ) -> Facts:
        """Return what the article says of a subject.

        Args:
            subject: An issuer's primary ticker, a board code, `market` or `notice`.
            surfaces: The words by which the article names it.
            through: The companies through which alone it concerns a sector; () where it is about the whole.
        """
        part = self._part(through or self._named & {subject})
        own = [fold(surface).text for surface in surfaces]
        # For whoever is not one of them, the companies tell one happening from another, else what moved.
        others = () if subject in self._named else self._subjects
        actors = tuple(sorted(through) or others)[:MAX_ACTORS]
        return Facts(
            words=part.words,
            figures=part.figures,
            names=self._names.of(part.share, own),
            parties=self._parties.of(part.share, own),
            speakers=self._speakers if part.titled else (),
            actors=actors,
            stages=part.stages,
            day=trading_day(self._at, american=subject.endswith(".US") or self._american),
            running=part.running,
            move=part.move,
            thing="" if actors or subject in self._named else part.thing,
            session=part.session,
            notice=self.notice,
            recap=part.recap,
        )

    def _part(self, issuers: frozenset[str]) -> Part:
        """Return what is about some companies; a company and its board mostly have one part in common."""
        about_all = not issuers or (issuers >= self._all and issuers & self._all)
        key = _WHOLE if about_all else issuers
        part = self._known.get(key)
        if part is None:
            part = self._known[key] = self._find_part(key)
        return part

    def _find_part(self, issuers: frozenset[str]) -> Part:
        if issuers is _WHOLE:
            figures = (*self._title_figures, *(figure for _, figure in self._figures))
            return part_of(None, self._title, self._text, figures)
        if self._passages is None:
            self._passages = sentences(self._folded, self._article.mentions)
        share = share_of(issuers, self._passages, self._text, self._in_title)
        text = "".join(self._text[passage.start : passage.end] for passage in share.passages)
        figures = tuple(self._figures_in(issuers, share.passages))
        if share.titled and self._in_title.keys() <= issuers:
            figures = (*self._title_figures, *figures)
        title = self._title if share.titled else ""
        begins = min((at for issuer, at in self._in_title.items() if issuer in issuers), default=0)
        named = title[begins:], from_name(issuers, share, self._text)
        return part_of(share, title, text, figures, named)

    def _figures_in(self, issuers: frozenset[str], passages: tuple[Passage, ...]) -> Iterator[Figure]:
        for passage in passages:
            turn = 0
            first = bisect_left(self._figures, passage.start, key=itemgetter(0))
            last = bisect_left(self._figures, passage.end, first, key=itemgetter(0))
            for offset, figure in self._figures[first:last]:
                if owns(issuers, passage, offset, turn, self._text):
                    yield figure
                turn += self._text.find("分别", passage.start, offset) >= 0

    def _is_american(self) -> bool:
        if self._subjects and all(issuer.endswith(".US") for issuer in self._subjects):
            return True
        lead = f"{self._title}\n{self._text[:100]}"
        return _AMERICAN.search(lead) is not None and _NOT_AMERICAN.search(lead) is None


class _Found:
    """Names of title and text with their places."""

    def __init__(self, title: str, text: str, find: Callable[[str], list[tuple[int, str]]]) -> None:
        self._title = [name for _, name in find(title)]
        self._text = find(text)

    def of(self, share: Share | None, own: list[str]) -> tuple[str, ...]:
        """Return those of a share (None: of the whole), without the subject's own, each once."""
        found = list(self._title) if share is None or share.titled else []
        found += [name for at, name in self._text if share is None or share.holds(at)]
        return tuple(dict.fromkeys(name for name in found if not _is_own(name, own)))[:MAX_NAMES]


def _said_at(published_at: datetime | None, received_at: datetime) -> datetime:
    """Return when it was said: when published, unless that is long ago or still to come."""
    if published_at is None or not received_at - _OLDEST <= published_at <= received_at:
        return received_at
    return published_at


def _is_own(name: str, own: list[str]) -> bool:
    known = core(name)
    return any(known in surface or surface in known for surface in own)
