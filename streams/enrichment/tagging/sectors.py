"""Which industries an article is about.

Points by board: a board link 4; a sector word 3 in the title, 2 in the lead of an article without one, else
about 1 (`_WORD`), a third of that where it only points there, half where it comes again; the own board of a
subject company, else the one that its name tells, 2. An own board counts less where the subjects are of
more than two boards, in a wrap of prices where more than two companies are named, and suffices not alone
where the news is of owners, courts and prices (`_NOT_TRADE`), nor for the second of two boards where the
title does not name the company; that of a company called ST, or named by a brand alone, counts nothing. A
board needs `_LEAST` points (in macro news `_LEAST_MACRO`) and `_SHARE` of the first one's. The first is
primary, and so is any other with two thirds of its points; at most `_MOST`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from streams.enrichment.article import Event, EventKind, Evidence, Mention, Method, Role, Sector, Strength
from streams.enrichment.linking.securities import Master
from streams.enrichment.tagging.words import Placed, Words, Zone
from streams.news.article import Article

_LINK, _COMPANY, _OWNERS, _CROWD = 4.0, 2.0, 1.5, 0.6
_WORD = (3.0, 1.2, 1.0)  # by zone
_BARE_LEAD, _AGAIN = 2.0, 0.5
_LEAST, _LEAST_MACRO, _SHARE, _MOST = 2.0, 3.0, 0.45, 3
_FEW = 2
_MAX_EVIDENCE, _NAMES = 20, 4
_NOT_TRADE = frozenset(
    (
        EventKind.SHAREHOLDING,
        EventKind.LITIGATION,
        EventKind.ENFORCEMENT,
        EventKind.PRICE_MOVE,
        EventKind.OTHER,
    )
)
# Named so, a company is news for what it owes and owns, not for its trade.
_DISTRESSED = re.compile(r"S?[*＊]?ST")
_MACRO = frozenset((EventKind.MACRO,))


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    evidence: list[Evidence] = field(default_factory=list)
    places: list[Placed] = field(default_factory=list)

    def all_evidence(self, words: Words) -> tuple[Evidence, ...]:
        placed = (words.evidence(one, Method.SECTOR_WORD) for one in self.places)
        return (*self.evidence, *placed)[:_MAX_EVIDENCE]


def find_sectors(
    article: Article, master: Master, words: Words, mentions: Sequence[Mention], events: Sequence[Event]
) -> tuple[Sector, ...]:
    """Return the industries, primary first, by the rule at the head of this module.

    Args:
        article: As read.
        master: Boards and the companies' own boards.
        words: The words of title and text.
        mentions: The companies found.
        events: What happened.
    """
    tallies: dict[str, _Tally] = {}
    _add_links(tallies, article, master)
    _add_words(tallies, words)
    _add_companies(tallies, master, mentions, events)
    least = _LEAST_MACRO if events and events[0].kind in _MACRO else _LEAST
    ranked = sorted(
        ((tally.points, code) for code, tally in tallies.items() if tally.points >= least),
        key=lambda entry: (-entry[0], entry[1]),
    )[:_MOST]
    return tuple(
        Sector(
            code=code,
            name=master.boards.name_of(code) or code,
            evidence=tallies[code].all_evidence(words),
            strength=Strength.PRIMARY if points * 3 >= ranked[0][0] * 2 else Strength.SECONDARY,
        )
        for points, code in ranked
        if points >= _SHARE * ranked[0][0]
    )


def _add_links(tallies: dict[str, _Tally], article: Article, master: Master) -> None:
    for link in article.links:
        if link.board and master.boards.name_of(link.board):
            original = article.title or "" if link.field == "title" else article.text
            tally = tallies.setdefault(link.board, _Tally())
            tally.points += _LINK
            if len(tally.evidence) < _MAX_EVIDENCE:
                tally.evidence.append(
                    Evidence(
                        field=link.field,
                        start=link.start,
                        end=link.end,
                        surface=original[link.start : link.end],
                        method=Method.BOARD_LINK,
                    )
                )


def _add_words(tallies: dict[str, _Tally], words: Words) -> None:
    seen: set[str] = set()
    for placed in words.placed:
        if not placed.boards:
            continue
        weight = _BARE_LEAD if placed.zone is Zone.LEAD and not words.titled else _WORD[placed.zone]
        if placed.word in seen:
            weight *= _AGAIN
        seen.add(placed.word)
        for code, share in placed.boards:
            if (tally := tallies.get(code)) is None:
                tally = tallies[code] = _Tally()
            tally.points += weight * share
            if len(tally.places) < _MAX_EVIDENCE:
                tally.places.append(placed)


def _add_companies(
    tallies: dict[str, _Tally], master: Master, mentions: Sequence[Mention], events: Sequence[Event]
) -> None:
    firsts = {
        mention.issuer: mention for mention in mentions if mention.role is Role.SUBJECT and mention.evidence
    }
    named = {mention.issuer for mention in mentions if mention.role is not Role.SOURCE}
    kind = events[0].kind if events else EventKind.OTHER
    boards = list(dict.fromkeys(map(master.board_of, firsts)))
    crowd = named if kind is EventKind.PRICE_MOVE else boards
    points = _CROWD if len(crowd) > _FEW else _COMPANY
    for issuer, mention in firsts.items():
        told = next(
            (code for one in mention.evidence[:_NAMES] if (code := master.boards.named(one.surface))), None
        )
        board = master.board_of(issuer) or told
        brand = all(one.method is Method.BRAND for one in mention.evidence)
        if board is None or brand or _DISTRESSED.match(mention.evidence[0].surface):
            continue
        tally = tallies.setdefault(board, _Tally())
        first = mention.evidence[0]
        beside = kind in _NOT_TRADE and (board != told or kind is EventKind.OTHER)
        second = len(boards) == _FEW and board != boards[0] and first.field != "title"
        tally.points += min(points, _OWNERS) if beside or second else points
        tally.evidence.append(
            Evidence(
                field=first.field,
                start=first.start,
                end=first.end,
                surface=first.surface,
                method=Method.COMPANY_SECTOR,
            )
        )
