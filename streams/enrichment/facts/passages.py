"""Which sentences of an article are about which company.

An article about one company is about it as a whole. In one about several, a sentence is about those that it
names; one that names nobody goes on about the one company of the sentence before it, within its line. Of a
sentence with several companies a figure belongs to those that its clause names and to the one that leads this
clause, or the nearest before it; after 分别, to the one whose turn it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from streams.enrichment.article import Mention
from streams.news.text import Folded

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]?")
_IN_TURN = "分别"
# A company named so near the beginning of a clause is its subject: 港股某某涨5%.
_LEADS = 3

Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, half open in the folded text; where it names which company, and each company once."""

    start: int
    end: int
    named: tuple[Place, ...]
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What of an article is about one company, or a few.

    Args:
        titled: True where the title is about it.
        passages: The sentences, in order.
    """

    titled: bool
    passages: tuple[Passage, ...]

    def holds(self, offset: int) -> bool:
        """Say whether one of the sentences holds a place of the folded text."""
        place = bisect_right(self.passages, offset, key=attrgetter("start")) - 1
        return place >= 0 and offset < self.passages[place].end


def sentences(text: Folded, mentions: Sequence[Mention]) -> tuple[Passage, ...]:
    """Return the sentences of a folded text, with the companies that each names.

    Args:
        text: The folded text.
        mentions: Of the article.
    """
    places = sorted(
        {
            (_folded_offset(text, evidence.start), mention.issuer)
            for mention in mentions
            for evidence in mention.evidence
            if evidence.field == "text"
        }
    )
    found, at = [], 0
    for match in _SENTENCE.finditer(text.text):
        start, end = match.span()
        first = at
        while at < len(places) and places[at][0] < end:
            at += 1
        if end > start:
            named = tuple(places[first:at])
            found.append(Passage(start, end, named, tuple(dict.fromkeys(issuer for _, issuer in named))))
    return tuple(found)


def share_of(issuers: frozenset[str], said: Sequence[Passage], text: str, in_title: frozenset[str]) -> Share:
    """Return what of an article about several companies is about some of them.

    Args:
        issuers: Their primary tickers.
        said: Of `sentences`.
        text: The folded text.
        in_title: The issuers that the title names.
    """
    mine, before = [], False
    for passage in said:
        if passage.issuers:
            before = issuers.issuperset(passage.issuers)
            if before or not issuers.isdisjoint(passage.issuers):
                mine.append(passage)
        elif before:
            mine.append(passage)
        if text[passage.end - 1] == "\n":
            before = False
    return Share(titled=bool(issuers & in_title), passages=tuple(mine))


def owns(issuers: frozenset[str], passage: Passage, offset: int, turn: int, text: str) -> bool:
    """Say whether a figure in a passage is the companies'.

    Args:
        issuers: The companies.
        passage: Where the figure stands; it names one of them, or nobody.
        offset: Of the figure.
        turn: How many figures stand between the last 分别 and this one.
        text: The folded text.
    """
    named = passage.issuers
    if len(named) < 2:
        return True
    if text.find(_IN_TURN, passage.start, offset) >= 0:
        return named[turn % len(named)] in issuers
    owners: set[str] = set()
    end = text.find(",", offset, passage.end)
    end = passage.end if end < 0 else end
    while True:
        start = text.rfind(",", passage.start, min(end, offset)) + 1 or passage.start
        clause = [(at, who) for at, who in passage.named if start <= at < end]
        if not owners:
            owners.update(who for _, who in clause)
        leading = {who for at, who in clause if at - start <= _LEADS}
        if leading or start == passage.start:
            owners |= leading
            return not owners or not owners.isdisjoint(issuers)
        end = offset = start - 1


def _folded_offset(text: Folded, offset: int) -> int:
    """Return the folded offset of a character of the original."""
    if not text.origins:
        return offset
    place = bisect_right(text.origins, offset) - 1
    return text.starts[place] + offset - text.origins[place]
