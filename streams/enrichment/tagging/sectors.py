"""Which industries an article is about.

Points by board: a board link 4; a sector word 3 in the title, 2 in the lead of an article without one, else
about 1 (`_WORD`), a third of that where it only points there, half where it comes again; the own board of a
subject company, else the one that its name tells, 2. An own board counts less where more than two companies
are subjects, and suffices not alone where the news is of owners and courts (`_NOT_TRADE`); a broker's counts
nothing where the broker speaks. A board needs `_LEAST` points (in macro news `_LEAST_MACRO`) and `_SHARE` of
the first one's. The first is primary, and so is any other with two thirds of its points; at most `_MOST`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from streams.enrichment.article import Event, EventKind, Evidence, Mention, Method, Role, Sector, Strength
from streams.enrichment.linking.securities import Master
from streams.enrichment.tagging.words import Words, Zone
from streams.news.article import Article

_LINK, _COMPANY, _OWNERS, _CROWD = 4.0, 2.0, 1.5, 0.6
_WORD = {Zone.TITLE: 3.0, Zone.LEAD: 1.2, Zone.BODY: 0.8}
_BARE_LEAD, _AGAIN = 2.0, 0.5
_LEAST, _LEAST_MACRO, _SHARE, _MOST = 2.0, 4.0, 0.34, 3
_MAX_EVIDENCE = 20
_NOT_TRADE = frozenset((EventKind.SHAREHOLDING, EventKind.LITIGATION, EventKind.ENFORCEMENT))
_MACRO = frozenset((EventKind.MACRO, EventKind.GEOPOLITICS))


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    def add(self, points: float, evidence: Evidence) -> None:
        self.points += points
        if len(self.evidence) < _MAX_EVIDENCE:
            self.evidence += (evidence,)


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
            evidence=tallies[code].evidence,
            strength=Strength.PRIMARY if points * 3 >= ranked[0][0] * 2 else Strength.SECONDARY,
        )
        for points, code in ranked
        if points >= _SHARE * ranked[0][0]
    )


def _add_links(tallies: dict[str, _Tally], article: Article, master: Master) -> None:
    for link in article.links:
        if link.board and master.boards.name_of(link.board):
            original = article.title or "" if link.field == "title" else article.text
            tallies.setdefault(link.board, _Tally()).add(
                _LINK,
                Evidence(
                    field=link.field,
                    start=link.start,
                    end=link.end,
                    surface=original[link.start : link.end],
                    method=Method.BOARD_LINK,
                ),
            )


def _add_words(tallies: dict[str, _Tally], words: Words) -> None:
    seen: set[str] = set()
    for placed in words.placed:
        hit = placed.hit
        if not hit.boards:
            continue
        word = words.text(placed.field)[hit.start : hit.end]
        weight = _BARE_LEAD if placed.zone is Zone.LEAD and not words.titled else _WORD[placed.zone]
        if word in seen:
            weight *= _AGAIN
        seen.add(word)
        evidence = words.evidence(placed, Method.SECTOR_WORD)
        for code, share in hit.boards:
            tallies.setdefault(code, _Tally()).add(weight * share, evidence)


def _add_companies(
    tallies: dict[str, _Tally], master: Master, mentions: Sequence[Mention], events: Sequence[Event]
) -> None:
    firsts = {
        mention.issuer: mention for mention in mentions if mention.role is Role.SUBJECT and mention.evidence
    }
    points = _COMPANY if len(firsts) <= 2 else _CROWD
    owners_only = not events or events[0].kind in _NOT_TRADE
    for issuer, mention in firsts.items():
        first = mention.evidence[0]
        told = master.boards.named(first.surface)
        board = master.board_of(issuer) or told
        if board is None or (issuer in master.brokers and events[0].kind is EventKind.RATING):
            continue
        tallies.setdefault(board, _Tally()).add(
            _OWNERS if owners_only and board != told else points,
            Evidence(
                field=first.field,
                start=first.start,
                end=first.end,
                surface=first.surface,
                method=Method.COMPANY_SECTOR,
            ),
        )
