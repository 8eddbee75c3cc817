"""Which industries an article is about.

Points by board: a board link 4; a sector word 1, in the title 3 more; the own board of each subject company
2 where there are at most two of them, else 1. Words inside the name of a company, a rejected candidate or a
medium do not count. A board needs `_LEAST` points; the first is primary, and so is any other with two thirds
of its points; at most `_MOST` are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from streams.enrichment.article import (
    Evidence,
    Mention,
    Method,
    Rejected,
    RejectReason,
    Role,
    Sector,
    Strength,
)
from streams.enrichment.linking.securities import Master
from streams.news.article import Article
from streams.news.text import Folded

_LINK, _WORD, _TITLE, _COMPANY, _CROWD = 4.0, 1.0, 3.0, 2.0, 1.0
_LEAST, _MOST = 2.0, 3
_MAX_EVIDENCE = 20
_MAX_WORDS = 2000


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    def add(self, points: float, evidence: Evidence) -> None:
        self.points += points
        if len(self.evidence) < _MAX_EVIDENCE:
            self.evidence += (evidence,)


def find_sectors(
    article: Article,
    master: Master,
    folded: dict[str, Folded],
    mentions: Sequence[Mention],
    rejected: Sequence[Rejected],
) -> tuple[Sector, ...]:
    """Return the industries, primary first, by the rule at the head of this module.

    Args:
        article: As read.
        master: Boards and the companies' own boards.
        folded: Folded title and text.
        mentions: The companies found.
        rejected: The candidates not taken.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    taken = _taken(mentions, rejected)
    _add_links(tallies, article, master)
    _add_words(tallies, article, master, folded, taken)
    _add_companies(tallies, master, mentions)
    ranked = sorted(
        ((tally.points, code) for code, tally in tallies.items() if tally.points >= _LEAST),
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
    )


def _taken(mentions: Sequence[Mention], rejected: Sequence[Rejected]) -> dict[str, set[int]]:
    """Return the offsets that belong to names, by field."""
    spans: dict[str, set[int]] = {"title": set(), "text": set()}
    for mention in mentions:
        for evidence in mention.evidence:
            spans[evidence.field].update(range(evidence.start, evidence.end))
    for one in rejected:
        if one.reason not in (RejectReason.WORD, RejectReason.BOARD):
            spans[one.field].update(range(one.start, one.end))
    return spans


def _add_links(tallies: dict[str, _Tally], article: Article, master: Master) -> None:
    for link in article.links:
        if link.board and master.boards.name_of(link.board):
            original = article.title or "" if link.field == "title" else article.text
            tallies[link.board].add(
                _LINK,
                Evidence(
                    field=link.field,
                    start=link.start,
                    end=link.end,
                    surface=original[link.start : link.end],
                    method=Method.BOARD_LINK,
                ),
            )


def _add_words(
    tallies: dict[str, _Tally],
    article: Article,
    master: Master,
    folded: dict[str, Folded],
    taken: dict[str, set[int]],
) -> None:
    for field, original in (("title", article.title or ""), ("text", article.text)):
        for count, (start, end, codes) in enumerate(master.boards.words(folded[field].text)):
            if count >= _MAX_WORDS:
                break
            at, to = folded[field].span(start, end)
            if at in taken[field] or to - 1 in taken[field]:
                continue
            evidence = Evidence(
                field=field, start=at, end=to, surface=original[at:to], method=Method.SECTOR_WORD
            )
            for code in codes:
                tallies[code].add(_WORD + _TITLE * (field == "title"), evidence)


def _add_companies(tallies: dict[str, _Tally], master: Master, mentions: Sequence[Mention]) -> None:
    firsts = {
        mention.issuer: mention for mention in mentions if mention.role is Role.SUBJECT and mention.evidence
    }
    points = _COMPANY if len(firsts) <= 2 else _CROWD
    for issuer, mention in firsts.items():
        if board := master.board_of(issuer):
            first = mention.evidence[0]
            tallies[board].add(
                points,
                Evidence(
                    field=first.field,
                    start=first.start,
                    end=first.end,
                    surface=first.surface,
                    method=Method.COMPANY_SECTOR,
                ),
            )
