"""What kinds of happening an article reports.

Points of a kind: for each of its words that stands there, the word's points, times `_TITLE` when it first
stands in the title, times `_LEAD` in the opening of the text, plus a tenth for each further place, up to
five; a broker that speaks in the title makes `_SPEAKER` points for rating. A negated word counts nothing
(未减持, 否认收购). The best kind is told first; others follow when they
have `_CLOSE` of its points, at most three in all; `other` when nothing has `_LEAST`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from streams.enrichment.article import Event, EventKind, Evidence, Method
from streams.enrichment.event_words import EventRules
from streams.news.article import Article
from streams.news.text import Folded

_TITLE, _LEAD, _FURTHER, _SPEAKER = 2.5, 1.5, 0.1, 8.0
_OPENING = 80
_LEAST, _CLOSE, _MOST = 2.0, 0.62, 3
_MAX_PLACES, _MAX_WORDS, _MAX_EVIDENCE = 5, 2000, 5
_ORDER = {kind: place for place, kind in enumerate(EventKind)}


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    places: list[tuple[str, int, int]] = field(default_factory=list)


def find_events(
    article: Article, rules: EventRules, folded: Mapping[str, Folded], speaker: Evidence | None = None
) -> tuple[Event, ...]:
    """Return one to three kinds, most fitting first, by the rule at the head of this module.

    Args:
        article: As read.
        rules: The words of each kind.
        folded: Folded title and text.
        speaker: Where the title names the broker who speaks, if one does.
    """
    tallies: dict[EventKind, _Tally] = {}
    if speaker is not None:
        tallies[EventKind.RATING] = _Tally(points=_SPEAKER)
    seen: dict[int, int] = {}
    for name in ("title", "text"):
        for word, start, end in islice(rules.words(folded[name].text), _MAX_WORDS):
            seen[word] = times = seen.get(word, 0) + 1
            if times > _MAX_PLACES:
                continue
            factor = _FURTHER if times > 1 else _weight(name, start)
            for kind, points in rules.meanings(word):
                tally = tallies.setdefault(kind, _Tally())
                tally.points += points * factor
                tally.places.append((name, start, end))
    return tuple(
        Event(
            kind=kind,
            evidence=(
                *((speaker,) if speaker is not None and kind is EventKind.RATING else ()),
                *(_evidence(article, folded, place) for place in places),
            ),
        )
        for kind, places in _ranked(tallies)
    )


def _weight(name: str, start: int) -> float:
    if name == "title":
        return _TITLE
    return _LEAD if start < _OPENING else 1.0


def _ranked(tallies: Mapping[EventKind, _Tally]) -> list[tuple[EventKind, list[tuple[str, int, int]]]]:
    ranked = sorted(
        ((kind, tally) for kind, tally in tallies.items() if tally.points >= _LEAST),
        key=lambda entry: (-entry[1].points, _ORDER[entry[0]]),
    )[:_MOST]
    if not ranked:
        return [(EventKind.OTHER, [])]
    best = ranked[0][1].points
    return [(kind, tally.places[:_MAX_EVIDENCE]) for kind, tally in ranked if tally.points >= _CLOSE * best]


def _evidence(article: Article, folded: Mapping[str, Folded], place: tuple[str, int, int]) -> Evidence:
    name, start, end = place
    at, to = folded[name].span(start, end)
    original = article.title or "" if name == "title" else article.text
    return Evidence(field=name, start=at, end=to, surface=original[at:to], method=Method.PHRASE)
