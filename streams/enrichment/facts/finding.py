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
from streams.enrichment.facts.moves import is_recap, running, session, trading_day
from streams.enrichment.facts.notices import find_notice
from streams.enrichment.facts.passages import Passage, Share, owns, sentences, share_of
from streams.enrichment.facts.proper_names import core, find_names, find_parties
from streams.enrichment.facts.record import Facts, Figure
from streams.enrichment.facts.stages import find_stages
from streams.news.text import Folded, fold

# Of a long article the beginning is compared: what is news stands there.
MAX_WORDS = 1_200
MAX_FIGURES = 60
MAX_NAMES = 24
MAX_ACTORS = 8
# How far a publisher's time may lie before ours and still tell the day.
_OLDEST = timedelta(days=3)

_DATELINE = re.compile(
    r"(?m)^(?:[【\[(]?[^,。;:\n]{0,14}?)(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:晚间|早间|午间|上午|下午|凌晨)?(?:电|讯|消息)(?:[,:\s】\])]|(?=[\u4e00-\u9fff]))"
)
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
        subjects = [mention for mention in article.mentions if mention.role is Role.SUBJECT]
        self._subjects = tuple(dict.fromkeys(mention.issuer for mention in subjects))
        self._in_title = frozenset(
            mention.issuer
            for mention in article.mentions
            if any(evidence.field == "title" for evidence in mention.evidence)
        )
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
        issuers = through or self._named & {subject}
        share = self._share(issuers)
        titled = share is None or share.titled
        title = self._title if titled else ""
        if share is None:
            text = self._text
            figures = [*self._title_figures, *(figure for _, figure in self._figures)]
        else:
            text = "".join(self._text[passage.start : passage.end] for passage in share.passages)
            figures = list(self._figures_in(issuers, share.passages))
            if titled and self._in_title <= issuers:
                figures = [*self._title_figures, *figures]
        figure, move = running(title, text)
        own = [fold(surface).text for surface in surfaces]
        # For whoever is not one of them, the companies are what tells one happening from another.
        others = () if subject in self._named else self._subjects
        return Facts(
            words=f"{title}\n{_DATELINE.sub('', text)}"[:MAX_WORDS],
            figures=tuple(dict.fromkeys(figures))[:MAX_FIGURES],
            names=self._names.of(share, own),
            parties=self._parties.of(share, own),
            speakers=self._speakers if titled else (),
            actors=tuple(sorted(through) or others)[:MAX_ACTORS],
            stages=find_stages(f"{title}\n{text}"),
            day=trading_day(self._at, american=subject.endswith(".US") or self._american),
            running=figure,
            move=move,
            session=session(title, text),
            notice=self.notice,
            recap=is_recap(title, text),
        )

    def _share(self, issuers: frozenset[str]) -> Share | None:
        """Return what of the article is about some companies; None where all of it is."""
        if not issuers or (issuers >= frozenset(self._subjects) and issuers & frozenset(self._subjects)):
            return None
        if self._passages is None:
            self._passages = sentences(self._folded, self._article.mentions)
        return share_of(issuers, self._passages, self._text, self._in_title)

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
