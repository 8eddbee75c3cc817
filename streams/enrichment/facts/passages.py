"""Which sentences of an article are about which company.

An article about one company is about it as a whole. In one about several, a sentence is about those that it
names; one that names nobody goes on about the one company of the sentence before it, within its line. Of a
sentence with several companies a figure belongs to those that its clause names and to the one that leads this
clause, or the nearest before it; after 分别, to the one whose turn it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from streams.enrichment.article import Mention
from streams.news.text import Folded

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;\n]?")
# In English a full stop ends a sentence, but not one behind a short form; dear, so only where one stands.
_STOP = ". "
_ENDS = r"(?<!inc)(?<!corp)(?<!ltd)(?<!co)(?<!\.[a-z])(?<=[a-z0-9%)])\.(?= )"
_ENGLISH_SENTENCE = re.compile(rf"(?:(?!{_ENDS})[^。!?;\n])*(?:[。!?;\n]|{_ENDS})?")
# Where a clause of a sentence ends; behind a percentage another company's begins: A涨5%、B跌3%.
_BOUND = re.compile(r",|(?<=%)、|(?<=%|t) and ")
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
    sentence = _ENGLISH_SENTENCE if _STOP in text.text else _SENTENCE
    for match in sentence.finditer(text.text):
        start, end = match.span()
        first = at
        while at < len(places) and places[at][0] < end:
            at += 1
        if end > start:
            named = tuple(places[first:at])
            found.append(Passage(start, end, named, tuple(dict.fromkeys(issuer for _, issuer in named))))
    return tuple(found)


def share_of(issuers: frozenset[str], said: Sequence[Passage], text: str, in_title: Collection[str]) -> Share:
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
    return Share(titled=not issuers.isdisjoint(in_title), passages=tuple(mine))


def from_name(issuers: frozenset[str], share: Share, text: str) -> str:
    """Return what is said of some companies from the first clause on that names one; "" where none does."""
    for number, passage in enumerate(share.passages):
        for at, who in passage.named:
            if who in issuers:
                start = max(passage.start, text.rfind(",", passage.start, at) + 1)
                rest = share.passages[number + 1 :]
                return text[start : passage.end] + "".join(text[each.start : each.end] for each in rest)
    return ""


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
    end, starts = passage.end, [passage.start]
    for bound in _BOUND.finditer(text, passage.start, passage.end):
        if bound.start() >= offset:
            end = bound.start()
            break
        starts.append(bound.end())
    for start in reversed(starts):
        clause = [(at, who) for at, who in passage.named if start <= at < end]
        if not owners:
            owners.update(who for _, who in clause)
        leading = {who for at, who in clause if at - start <= _LEADS}
        if leading:
            owners |= leading
            break
        end = start
    return not owners or not owners.isdisjoint(issuers)


def _folded_offset(text: Folded, offset: int) -> int:
    """Return the folded offset of a character of the original."""
    if not text.origins:
        return offset
    place = bisect_right(text.origins, offset) - 1
    return text.starts[place] + offset - text.origins[place]
