"""The words of an article that tell industries and events, each with where it stands.

Where a word stands weighs more than how often: in the title, in the lead (the first sentence, or two where
the first is short; of a digest, the opening of each item), in the body. Words inside a company's name tell
nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from streams.enrichment.article import Evidence, Mention, Method, Rejected, RejectReason, Role
from streams.enrichment.tag_words import Hit, TagWords
from streams.news.article import Article
from streams.news.items import item_starts
from streams.news.text import Folded

MAX_WORDS = 2_000
_LEAD_LEAST, _LEAD_MOST, _LEAD_OF_ITEM = 60, 160, 50
_SENTENCE_END = re.compile("[。！？!?\n]")
# Rejected candidates that are no name at all: the word means what it says.
_PLAIN_WORDS = frozenset((RejectReason.WORD, RejectReason.BOARD))


class Zone(IntEnum):
    """Where a word stands."""

    TITLE = 0
    LEAD = 1
    BODY = 2


class Placed(NamedTuple):
    """A word and where it stands."""

    field: str
    zone: Zone
    hit: Hit


class Words:
    """All such words of one article, in order, and the way back to what stands there.

    Attributes:
        placed: The words.
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
        names = _names(mentions, rejected)
        items = item_starts(folded["text"].text, folded["title"].text)
        self.starts = tuple(map(folded["text"].origin, items))
        title, lead, body = Zone
        for field in ("title", "text"):
            one = folded[field]
            starts, ends, speaks = names[field]
            leads = _leads(one.text, items) if field == "text" else []
            moved = bool(one.starts)
            lead_ends = leads[0][1] if len(leads) == 1 else 0
            body_from = lead_ends or len(one.text)
            for hit in words.find(one.text, MAX_WORDS, body_from):
                if starts:
                    at = one.origin(hit.start) if moved else hit.start
                    name = bisect_right(starts, at) - 1
                    if name >= 0 and at < ends[name] and not (hit.speaker and speaks[name]):
                        continue
                    # 其|中药|明康德: the word's end is a name's beginning.
                    to = at + hit.end - hit.start
                    if name + 1 < len(starts) and starts[name + 1] < to < ends[name + 1]:
                        continue
                if lead_ends:
                    zone = lead if hit.start < lead_ends else body
                else:
                    zone = _zone(leads, hit.start) if leads else title
                self.placed.append(Placed(field, zone, hit))

    def text(self, field: str) -> str:
        """Return a field's folded text."""
        return self._folded[field].text

    def evidence(self, placed: Placed, method: Method) -> Evidence:
        """Return the words as they stand in the article."""
        start, end = self._folded[placed.field].span(placed.hit.start, placed.hit.end)
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
    return [(0, found.start() if found else _LEAD_MOST)]


def _zone(leads: list[tuple[int, int]], at: int) -> Zone:
    return Zone.LEAD if at < leads[bisect_right(leads, (at, at)) - 1][1] else Zone.BODY


def _names(
    mentions: Iterable[Mention], rejected: Iterable[Rejected]
) -> dict[str, tuple[list[int], list[int], list[bool]]]:
    """Return by field where names start and end, in order, and whether who is named only speaks."""
    spans: dict[str, set[tuple[int, int, bool]]] = {"title": set(), "text": set()}
    for mention in mentions:
        speaks = mention.role is Role.SOURCE
        for evidence in mention.evidence:
            spans[evidence.field].add((evidence.start, evidence.end, speaks))
    for one in rejected:
        if one.reason not in _PLAIN_WORDS:
            spans[one.field].add((one.start, one.end, True))
    found = {}
    for field, places in spans.items():
        ordered: Sequence[tuple[int, int, bool]] = sorted(places)
        found[field] = ([s for s, _, _ in ordered], [e for _, e, _ in ordered], [w for _, _, w in ordered])
    return found
