"""The words of an article that tell industries and events, each with where it stands.

Where a word stands weighs more than how often: in the title, in the lead (the first sentence, or two where
the first is short, up to what is said of why a price moved; of a digest, the opening of each item), in the
body. Words inside a company's name tell nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from streams.enrichment.article import Evidence, Mention, Method, Rejected, RejectReason, Role
from streams.enrichment.event_words import KindPoints
from streams.enrichment.tag_words import TagWords
from streams.news.article import Article
from streams.news.items import item_starts
from streams.news.text import Folded

MAX_WORDS = 2_000
_LEAD_LEAST, _LEAD_MOST, _LEAD_OF_ITEM = 60, 160, 50
_SENTENCE_END = re.compile("[。！？!?\n]")
# What follows is why a price moved: older news.
_BACKGROUND = re.compile("消息面|消息方面|消息上,")
# Rejected candidates that are no name at all: the word means what it says.
_PLAIN_WORDS = frozenset((RejectReason.WORD, RejectReason.BOARD, RejectReason.SUBSIDIARY))


class Zone(IntEnum):
    """Where a word stands."""

    TITLE = 0
    LEAD = 1
    BODY = 2


_TITLE, _LEAD, _BODY = Zone


class Placed(NamedTuple):
    """A word and where it stands in the folded field.

    Args:
        field, zone, start, end, word: What and where.
        kinds: Kinds of event and points; in the body a word tells them once.
        boards: Board codes, each with its share.
        speaker: It is a broker's name.
        denies: It says that the news did not happen.
    """

    field: str
    zone: Zone
    start: int
    end: int
    word: str
    kinds: tuple[KindPoints, ...]
    boards: tuple[tuple[str, float], ...]
    speaker: bool
    denies: bool


class Words:
    """All such words of one article, in order, and the way back to what stands there.

    Attributes:
        placed: The words; of the body those that tell something.
        titled: Whether the article has a title.
        starts: Where the items of a digest begin in the article's text; () where it is none.
    """

    __slots__ = ("_folded", "_originals", "placed", "starts", "titled")

    def __init__(
        self,
        article: Article,
        folded: Mapping[str, Folded],
        words: TagWords,
        mentions: Iterable[Mention],
        rejected: Iterable[Rejected],
    ) -> None:
        self._folded = folded
        self._originals = {"title": article.title or "", "text": article.text}
        self.titled = bool(article.title)
        self.placed: list[Placed] = []
        items = item_starts(folded["text"].text, folded["title"].text)
        self.starts = tuple(map(folded["text"].origin, items))
        names = _names(mentions, rejected)
        self._place("title", words, names["title"], [])
        self._place("text", words, names["text"], _leads(folded["text"].text, items))

    def _place(self, field: str, words: TagWords, names: _Names, leads: list[tuple[int, int]]) -> None:
        """Find the words of a field."""
        folded, placed = self._folded[field], self.placed
        body = leads[0][1] if len(leads) == 1 else len(folded.text)
        first = _LEAD if leads else _TITLE
        told: set[str] = set()
        for start, end, word, tells, boards, speaker, denies in words.find(folded.text, MAX_WORDS, body):
            if names.starts and names.hide(folded.origin(start), end - start, speaker=speaker):
                continue
            kinds = tells
            zone = _zone(leads, start) if len(leads) > 1 else first if start < body else _BODY
            if zone is _BODY:
                if word in told:
                    kinds = ()
                elif kinds:
                    told.add(word)
                if not (kinds or boards):
                    continue
            placed.append(Placed(field, zone, start, end, word, kinds, boards, speaker, denies))

    def text(self, field: str) -> str:
        """Return a field's folded text."""
        return self._folded[field].text

    def evidence(self, placed: Placed, method: Method) -> Evidence:
        """Return the words as they stand in the article."""
        start, end = self._folded[placed.field].span(placed.start, placed.end)
        return Evidence(
            field=placed.field,
            start=start,
            end=end,
            surface=self._originals[placed.field][start:end],
            method=method,
        )


def _leads(text: str, items: Sequence[int]) -> list[tuple[int, int]]:
    """Return where the leads of a folded text start and end: one, or one for each item of a digest."""
    if items:
        return [(start, start + _LEAD_OF_ITEM) for start in items]
    found = _SENTENCE_END.search(text, _LEAD_LEAST, _LEAD_MOST)
    end = found.start() if found else _LEAD_MOST
    background = _BACKGROUND.search(text, 1, end)
    return [(0, background.start() if background else end)]


def _zone(leads: list[tuple[int, int]], at: int) -> Zone:
    return _LEAD if at < leads[bisect_right(leads, (at, at)) - 1][1] else _BODY


class _Names:
    """Where the names of a field start and end, in order, and whether who is named only speaks."""

    __slots__ = ("_ends", "_speak", "starts")

    def __init__(self, places: Iterable[tuple[int, int, bool]]) -> None:
        ordered = sorted(places)
        self.starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._speak = [speaks for _, _, speaks in ordered]

    def hide(self, start: int, length: int, *, speaker: bool) -> bool:
        """Return whether a word is part of a name; a broker's own is none where the broker only speaks."""
        at = bisect_right(self.starts, start)
        if at and start < self._ends[at - 1] and not (speaker and self._speak[at - 1]):
            return True
        # 其|中药|明康德: the word's end is a name's beginning.
        return at < len(self.starts) and self.starts[at] < start + length < self._ends[at]


def _names(mentions: Iterable[Mention], rejected: Iterable[Rejected]) -> dict[str, _Names]:
    """Return the names of each field."""
    spans: dict[str, set[tuple[int, int, bool]]] = {"title": set(), "text": set()}
    for mention in mentions:
        speaks = mention.role is Role.SOURCE
        for evidence in mention.evidence:
            spans[evidence.field].add((evidence.start, evidence.end, speaks))
    for one in rejected:
        if one.reason not in _PLAIN_WORDS:
            spans[one.field].add((one.start, one.end, True))
    return {field: _Names(places) for field, places in spans.items()}
