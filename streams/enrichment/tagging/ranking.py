"""Which of the kinds of event that an article's words tell are told, and in what order.

The best kind is told first, where one that a word of the text's first characters tells counts `_OPENS` as
much: news begins with what is new. Another follows when a word of 3 points tells it in title or lead, not
aside (what the news is for, why it came, what is feared of it), and it has `_CLOSE` of the best one's points
(`_CLOSE_IN_DIGEST`, whose items have little in common), but for the pairs of `_YIELDS`; a word of `_ALWAYS`
points makes a kind follow from wherever it stands. Three at most. `other` when nothing has `_LEAST`, or where
title or lead denies the news: then only a price move is told beside it. Where goods are told and nothing that
moves is a share, the move is theirs and no kind of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from streams.enrichment.article import EventKind
from streams.enrichment.tagging.words import Placed, Words, Zone

_WEIGHTS = (3.0, 2.0, 0.3)  # by zone
_FURTHER, _MOST_WORDS = 0.3, 4
_LEAST, _CLOSE, _CLOSE_IN_DIGEST, _MOST = 2.0, 0.5, 0.2, 3
_OPENING, _OPENS = 26, 1.15
_STRONG, _ALWAYS = 3.0, 4.0
_MAX_EVIDENCE = 5
# What moves is shares or an index of them.
_SHARES = re.compile("股|指|板|标普|纳斯达克|道琼斯|日经|dow|nasdaq|stock|share")
_LEAD, _BODY = Zone.LEAD, Zone.BODY
_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_CHARGES = (EventKind.LITIGATION, EventKind.ENFORCEMENT)
# The first is part of the others: a rate moves, an issue raises money, a purchase is signed, a
# prospectus has figures, a rule is about prices, a suit or a penalty about a contract or a loan, a court
# opens a reorganisation, a parliament appoints.
_YIELDS = {
    EventKind.PRICE_MOVE: frozenset((EventKind.MACRO,)),
    EventKind.FINANCING: frozenset((EventKind.IPO, EventKind.POLICY, *_CHARGES)),
    EventKind.CONTRACT: frozenset((EventKind.MERGER, EventKind.FINANCING, *_CHARGES)),
    EventKind.MERGER: frozenset((EventKind.LITIGATION,)),
    EventKind.LITIGATION: frozenset((EventKind.MERGER,)),
    EventKind.POLICY: frozenset((EventKind.PERSONNEL,)),
    EventKind.GEOPOLITICS: frozenset((EventKind.EARNINGS,)),
    EventKind.COMMODITY: frozenset((EventKind.EARNINGS, EventKind.MACRO, EventKind.POLICY)),
    EventKind.EARNINGS: frozenset((EventKind.IPO, EventKind.SHAREHOLDING, *_CHARGES)),
    EventKind.INDUSTRY: frozenset((EventKind.EARNINGS,)),
    EventKind.PRODUCT: frozenset((EventKind.POLICY, EventKind.ENFORCEMENT)),
}
_CLAUSE_ENDS = ",。;!?\n:"
_ASIDE_BEFORE = re.compile(
    "用于|占|担忧|担心|警惕|尚待|尚需|有待|是否|若|如果|考虑到|随着|鉴于|受(?![让理])|由于|以来|理由|原因|主因"
    "|得益于|受益于|归因|保荐"
)
_ASIDE_BEHIND = re.compile(
    "[^,。;!?\n]{0,6}(?:影响|预期|担忧|风险|压力|不确定)|令|使|导致|推动|带动|提振|扰动|拖累"
)


@dataclass(slots=True)
class Tally:
    """What the words of an article say of one kind.

    Attributes:
        zones: By zone, the words that tell it, each with its points.
        places: Where the first of them stand.
        strong: Those of title and lead that tell it alone.
        always: One tells it wherever it stands.
        opens: One stands where the text begins.
    """

    zones: tuple[dict[str, float], ...] = field(default_factory=lambda: ({}, {}, {}))
    places: list[Placed] = field(default_factory=list)
    strong: list[Placed] = field(default_factory=list)
    always: bool = False
    opens: bool = False

    def add(self, placed: Placed, word: str, points: float) -> None:
        """Count a word that tells the kind, with its points."""
        zone = self.zones[placed.zone]
        if points > zone.get(word, 0.0):
            zone[word] = points
        if len(self.places) < _MAX_EVIDENCE:
            self.places.append(placed)
        if points >= _STRONG and placed.zone is not _BODY:
            self.strong.append(placed)
        if points >= _ALWAYS:
            self.always = True
        if placed.zone is _LEAD and placed.start < _OPENING:
            self.opens = True

    def points(self, titled: bool) -> float:
        """Return the points of the kind, from all zones; without a title the lead weighs like one."""
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


def ranked(tallies: dict[EventKind, Tally], words: Words, *, denied: bool) -> list[tuple[EventKind, Tally]]:
    """Return the kinds that are told, most fitting first, by the rule at the head of this module."""
    move, goods = tallies.get(EventKind.PRICE_MOVE), tallies.get(EventKind.COMMODITY)
    if move and goods and goods.strong and not any(_SHARES.search(one.word) for one in move.places):
        tallies = {kind: tally for kind, tally in tallies.items() if tally is not move}
    close = _CLOSE_IN_DIGEST if words.starts else _CLOSE
    by_points = sorted(
        ((tally.points(words.titled), kind, tally) for kind, tally in tallies.items()),
        key=lambda entry: (-entry[0], _ORDER[entry[1]]),
    )
    if not by_points or by_points[0][0] < _LEAST:
        return [(EventKind.OTHER, Tally())]
    best, first, top = max(by_points, key=lambda entry: entry[0] * (_OPENS if entry[2].opens else 1.0))
    if denied:
        first, top = EventKind.OTHER, tallies[EventKind.OTHER]
    told = [(first, top)]
    for points, kind, tally in by_points:
        if kind is first or first in _YIELDS.get(kind, ()):
            continue
        if denied:
            follows = bool(tally.strong)
        elif EventKind.OTHER in (kind, first):
            follows = False
        else:
            follows = tally.always or (
                points >= close * best and not all(_aside(words.text(one.field), one) for one in tally.strong)
            )
        if follows:
            told.append((kind, tally))
    return told[:_MOST]


def _aside(text: str, placed: Placed) -> bool:
    """Return whether a word stands in a clause that tells a purpose, a reason, a fear or a condition."""
    begins = 1 + max(text.rfind(end, 0, placed.start) for end in _CLAUSE_ENDS)
    return bool(_ASIDE_BEFORE.search(text, begins, placed.start) or _ASIDE_BEHIND.match(text, placed.end))
