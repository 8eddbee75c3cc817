"""What kinds of happening an article reports.

Points of a kind: in each zone (title, lead, body) its most telling word counts in full and every further
different word less; the zones weigh differently, without a title the lead weighs like one. A negated word
counts nothing (未减持, 否认收购). A broker that speaks in title or lead is a word of rating. `ranking` says
which kinds are told.
"""

from __future__ import annotations

import re

from streams.enrichment.article import Event, EventKind, Method
from streams.enrichment.event_words import ACTS
from streams.enrichment.tagging.ranking import Tally, ranked
from streams.enrichment.tagging.words import Placed, Words, Zone

_SPEAKER, _DENIED = 3.5, 3.0
_BODY = Zone.BODY
_SPEAKS = re.compile(
    "[^。;；\n]{0,14}?(?::|认为|表示|指出|预计|预期|预测|研报|报告|维持|给予|上调|下调|重申|首予|建议|看好|称|分析师|策略"
    "|担心|警告|首席|发表|回应|给出)|(?:最新)?[指料予]"
)

# What a title says of a rumour; without it a denial further on is one company's among others.
_RUMOUR = re.compile("传闻|网传|谣|回应|[?]")


def find_events(words: Words, *, of_company: bool = True) -> tuple[Event, ...]:
    """Return one to three kinds, most fitting first, by the rule at the head of this module.

    Args:
        words: The words of title and text.
        of_company: Whether a listed company is named, and not only as the one who speaks.
    """
    tallies: dict[EventKind, Tally] = {}
    if denied := [one for one in words.placed if one.denies and _of_the_news(one, words)]:
        tallies[EventKind.OTHER] = Tally(places=denied[:1])
        tallies[EventKind.OTHER].add(denied[0], "", _DENIED)
    for placed in words.placed:
        in_body = placed.zone is _BODY
        for act, points in placed.kinds:
            kind = act if isinstance(act, EventKind) else ACTS[act][not of_company]
            if denied and kind is not EventKind.PRICE_MOVE and not in_body:
                continue
            if (tally := tallies.get(kind)) is None:
                tally = tallies[kind] = Tally()
            tally.add(placed, placed.word, points)
        if placed.speaker and not in_body and _SPEAKS.match(words.text(placed.field), placed.end):
            tally = tallies.setdefault(EventKind.RATING, Tally())
            tally.add(placed, placed.word, _SPEAKER)
    return tuple(
        Event(kind=kind, evidence=tuple(words.evidence(placed, Method.PHRASE) for placed in tally.places))
        for kind, tally in ranked(tallies, words, denied=bool(denied))
    )


def _of_the_news(denial: Placed, words: Words) -> bool:
    """Return whether a denial is what the article is about."""
    if denial.zone is _BODY:
        return False
    return denial.field == "title" or not words.titled or bool(_RUMOUR.search(words.text("title")))
