"""What kinds of happening an article reports.

Points of a kind: in each zone (title, lead, body) its most telling word counts in full and every further
different word `_FURTHER` as much, up to `_MOST_WORDS`; the zones weigh `_WEIGHTS`, without a title the lead
weighs like one. A negated word counts nothing (未减持, 否认收购). A broker that speaks in title or lead is a
word of rating. The best kind is told first, where one that a word of the text's first `_OPENING` characters
tells counts `_OPENS` as much: news begins with what is new. Another follows when a word of 3 points tells it
in title or lead and it has `_CLOSE` of the best one's points (`_CLOSE_IN_DIGEST`, whose items have little in
common), but for the pairs of `_YIELDS`; three at most. `other` when nothing has `_LEAST`, or where title or
lead denies the news: then only a price move is told beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from streams.enrichment.article import Event, EventKind, Method
from streams.enrichment.event_words import ACTS
from streams.enrichment.tagging.words import Placed, Words, Zone

_WEIGHTS = (3.0, 2.0, 0.3)  # by zone
_FURTHER, _MOST_WORDS = 0.3, 4
_LEAST, _CLOSE, _CLOSE_IN_DIGEST, _MOST = 2.0, 0.5, 0.2, 3
_OPENING, _OPENS = 26, 1.15
_STRONG, _SPEAKER, _DENIED = 3.0, 3.5, 3.0
# The first is part of the others: a future's price moves, an issue raises money, a purchase is signed, a
# prospectus has figures, a rule is about prices.
_YIELDS = {
    EventKind.PRICE_MOVE: frozenset((EventKind.COMMODITY, EventKind.MACRO)),
    EventKind.FINANCING: frozenset((EventKind.IPO, EventKind.POLICY)),
    EventKind.CONTRACT: frozenset((EventKind.MERGER, EventKind.FINANCING)),
    EventKind.COMMODITY: frozenset((EventKind.EARNINGS, EventKind.MACRO, EventKind.POLICY)),
    EventKind.EARNINGS: frozenset((EventKind.IPO, EventKind.LITIGATION, EventKind.SHAREHOLDING)),
    EventKind.INDUSTRY: frozenset((EventKind.EARNINGS,)),
    EventKind.PRODUCT: frozenset((EventKind.POLICY,)),
}
_MAX_EVIDENCE = 5
_LEAD, _BODY = Zone.LEAD, Zone.BODY
_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_SPEAKS = re.compile(
    "[^。;；\n]{0,14}?(?::|认为|表示|指出|预计|预期|预测|研报|报告|维持|给予|上调|下调|重申|首予|建议|看好|称|分析师|策略"
    "|担心|警告|首席|发表|回应|给出)|(?:最新)?[指料予]"
)


@dataclass(slots=True)
class _Tally:
    zones: tuple[dict[str, float], ...] = field(default_factory=lambda: ({}, {}, {}))
    places: list[Placed] = field(default_factory=list)
    strong: bool = False
    opens: bool = False

    def add(self, placed: Placed, word: str, points: float) -> None:
        zone = self.zones[placed.zone]
        if points > zone.get(word, 0.0):
            zone[word] = points
        if len(self.places) < _MAX_EVIDENCE:
            self.places.append(placed)
        if points >= _STRONG and placed.zone is not _BODY:
            self.strong = True

    def points(self, titled: bool) -> float:
        total = 0.0
        for zone, words in enumerate(self.zones):
            if not words:
                continue
            weight = _WEIGHTS[Zone.TITLE if zone == _LEAD and not titled else zone]
            if len(words) == 1:  # most often
                (points,) = words.values()
            else:
                best, *others = sorted(words.values(), reverse=True)
                points = best + _FURTHER * sum(others[: _MOST_WORDS - 1])
            total += weight * points
        return total


def find_events(words: Words, *, of_company: bool = True) -> tuple[Event, ...]:
    """Return one to three kinds, most fitting first, by the rule at the head of this module.

    Args:
        words: The words of title and text.
        of_company: Whether a listed company is named, and not only as the one who speaks.
    """
    tallies: dict[EventKind, _Tally] = {}
    if denied := [one for one in words.placed if one.denies and one.zone is not _BODY]:
        tallies[EventKind.OTHER] = _Tally(places=denied[:1])
        tallies[EventKind.OTHER].add(denied[0], "", _DENIED)
    for placed in words.placed:
        in_body = placed.zone is _BODY
        for act, points in placed.kinds:
            kind = act if isinstance(act, EventKind) else ACTS[act][not of_company]
            if denied and kind is not EventKind.PRICE_MOVE and not in_body:
                continue
            if (tally := tallies.get(kind)) is None:
                tally = tallies[kind] = _Tally()
            tally.add(placed, placed.word, points)
            if placed.zone is _LEAD and placed.start < _OPENING:
                tally.opens = True
        if placed.speaker and not in_body and _SPEAKS.match(words.text(placed.field), placed.end):
            tally = tallies.setdefault(EventKind.RATING, _Tally())
            tally.add(placed, placed.word, _SPEAKER)
            if placed.zone is _LEAD and placed.start < _OPENING:
                tally.opens = True
    return tuple(
        Event(kind=kind, evidence=tuple(words.evidence(placed, Method.PHRASE) for placed in tally.places))
        for kind, tally in _ranked(tallies, words, denied=bool(denied))
    )


def _ranked(
    tallies: dict[EventKind, _Tally], words: Words, *, denied: bool
) -> list[tuple[EventKind, _Tally]]:
    close = _CLOSE_IN_DIGEST if words.starts else _CLOSE
    ranked = sorted(
        ((tally.points(words.titled), kind, tally) for kind, tally in tallies.items()),
        key=lambda entry: (-entry[0], _ORDER[entry[1]]),
    )
    if not ranked or ranked[0][0] < _LEAST:
        return [(EventKind.OTHER, _Tally())]
    best, first, top = max(ranked, key=lambda entry: entry[0] * (_OPENS if entry[2].opens else 1.0))
    if denied:
        first, top = EventKind.OTHER, tallies[EventKind.OTHER]
    told = [(first, top)]
    for points, kind, tally in ranked:
        if kind is first or not tally.strong:
            continue
        follows = (
            points >= close * best and kind is not EventKind.OTHER and first not in _YIELDS.get(kind, ())
        )
        if denied if first is EventKind.OTHER else follows:
            told.append((kind, tally))
    return told[:_MOST]
