"""What kinds of happening an article reports.

Points of a kind: for each of its words that stands there, the word's points, times `_TITLE` when it stands in the
title, times `_LEAD` in the opening of the text, plus a tenth for each further place, up to five. A negated word counts
nothing (未减持, 否认收购). The best kind is told first; others follow when they have `_CLOSE` of its points, at most
three in all; `other` when nothing has `_LEAST`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.enrichment.article import Event, EventKind, Evidence, Method
from streams.enrichment.tagging.event_rules import NEGATIONS, RULES
from streams.news.article import Article
from streams.news.text import Folded

_TITLE, _LEAD, _FURTHER = 2.5, 1.5, 0.1
_OPENING = 80
_LEAST, _CLOSE, _MOST = 2.0, 0.62, 3
_MAX_WORDS = 2000
_MAX_EVIDENCE = 5


def _table() -> dict[str, tuple[tuple[EventKind, float], ...]]:
    table: dict[str, tuple[tuple[EventKind, float], ...]] = {}
    for kind, points, words in RULES:
        for word in words.split():
            table[word] = (*table.get(word, ()), (kind, points))
    return table


_WORDS = _table()
_MEANINGS = tuple(_WORDS.values())
_AUTOMATON = AhoCorasick(list(_WORDS), matchkind=MatchKind.LeftmostLongest, store_patterns=False)
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)


def find_events(article: Article, folded: Mapping[str, Folded]) -> tuple[Event, ...]:
    """Return one to three kinds, most fitting first, by the rule at the head of this module.

    Args:
        article: As read.
        folded: Folded title and text.
    """
    tallies: dict[EventKind, _Tally] = {}
    seen: dict[int, int] = {}
    for name, start, end, word in _words(folded):
        seen[word] = times = seen.get(word, 0) + 1
        if times > 5:
            continue
        factor = _TITLE if name == "title" else _LEAD if start < _OPENING else 1.0
        at, to = folded[name].span(start, end)
        original = article.title or "" if name == "title" else article.text
        evidence = Evidence(field=name, start=at, end=to, surface=original[at:to], method=Method.PHRASE)
        for kind, points in _MEANINGS[word]:
            tally = tallies.setdefault(kind, _Tally())
            tally.points += points * (factor if times == 1 else _FURTHER)
            if len(tally.evidence) < _MAX_EVIDENCE:
                tally.evidence.append(evidence)
    return _ranked(tallies)


def _words(folded: Mapping[str, Folded]) -> Iterator[tuple[str, int, int, int]]:
    for name in ("title", "text"):
        text = folded[name].text
        for count, (word, start, end) in enumerate(_AUTOMATON.find_matches_as_indexes(text)):
            if count >= _MAX_WORDS:
                break
            if not text.endswith(NEGATIONS, max(0, start - 4), start):
                yield name, start, end, word


def _ranked(tallies: Mapping[EventKind, _Tally]) -> tuple[Event, ...]:
    ranked = sorted(
        ((kind, tally) for kind, tally in tallies.items() if tally.points >= _LEAST),
        key=lambda entry: (-entry[1].points, _ORDER[entry[0]]),
    )[:_MOST]
    if not ranked:
        return (Event(kind=EventKind.OTHER),)
    best = ranked[0][1].points
    return tuple(
        Event(kind=kind, evidence=tuple(tally.evidence))
        for kind, tally in ranked
        if tally.points >= _CLOSE * best
    )
