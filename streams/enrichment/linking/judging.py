"""Candidates judged: each by the words around it, then together, by what else the article names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.enumerations import joins
from streams.enrichment.linking.securities import Master
from streams.news.article import Article

_SHORT = 3
# By these only a part of a company is named.
PARTS = frozenset((Method.SUBSIDIARY, Method.BRAND))


def judge(
    article: Article, candidates: Sequence[Candidate], master: Master, day: date | None
) -> list[RejectReason | None]:
    """Return for each candidate why it is not the security it looks like, None where it is.

    Args:
        article: As read.
        candidates: In the order of title and text.
        master: Names, rules and listings.
        day: When the article was published; None for today.
    """
    reasons = [master.guards.judge(candidate) for candidate in candidates]
    if any(reasons):
        _one_sense(candidates, reasons, master)
        _boilerplate(article, candidates, reasons)
        _known(candidates, reasons)
        _enumerated(article, candidates, reasons)
    _parts(candidates, reasons, master)
    _namesakes(candidates, reasons, master)
    _unlisted(candidates, reasons, master, day)
    return reasons


def _enumerated(
    article: Article, candidates: Sequence[Candidate], reasons: list[RejectReason | None]
) -> None:
    """Take doubted names that are enumerated beside a company: 漱玉平民、老百姓涨停."""
    there, back = range(len(candidates)), range(len(candidates) - 1, -1, -1)
    for step, order in ((-1, there), (1, back)):
        for place in order:
            candidate, beside = candidates[place], place + step
            if candidate.doubt is None or reasons[place] is not candidate.doubt:
                continue
            if 0 <= beside < len(candidates) and reasons[beside] is None:
                first, second = sorted((candidate, candidates[beside]), key=lambda c: c.start)
                if first.field == second.field and joins(article, first, second):
                    reasons[place] = None


def _one_sense(candidates: Sequence[Candidate], reasons: list[RejectReason | None], master: Master) -> None:
    """Reject a short name all over where it is another word once and a company nowhere: 苹果期货, 苹果."""
    words = {
        c.surface: reason
        for c, reason in zip(candidates, reasons, strict=True)
        if reason is RejectReason.WORD and c.reason is None and c.doubt is None and len(c.surface) <= _SHORT
    }
    if not words:
        return
    sure = {
        c.surface
        for c, reason in zip(candidates, reasons, strict=True)
        if reason is None and (c.coded or c.named or master.guards.company(c))
    }
    for place, candidate in enumerate(candidates):
        if reasons[place] is None and candidate.surface in words and candidate.surface not in sure:
            reasons[place] = words[candidate.surface]


def _boilerplate(
    article: Article, candidates: Sequence[Candidate], reasons: list[RejectReason | None]
) -> None:
    """Reject the whole row of names of which the first stands in the page's own words (热门股票：)."""
    for place in range(1, len(candidates)):
        if reasons[place] is None and reasons[place - 1] is RejectReason.BOILERPLATE:
            before, candidate = candidates[place - 1], candidates[place]
            if before.field == candidate.field and joins(article, before, candidate):
                reasons[place] = RejectReason.BOILERPLATE


def _known(candidates: Sequence[Candidate], reasons: list[RejectReason | None]) -> None:
    """Take doubted names of a company that the article names by another name, a code or a link as well.

    `天安` is 天安中国 where the article says so too. A word stays a word: 机器人(300024) may make any 机器人.
    """
    sure: dict[str, set[str]] = {}
    for candidate, reason in zip(candidates, reasons, strict=True):
        if reason is None and candidate.method not in PARTS:
            sure.setdefault(candidate.issuer, set()).add(candidate.surface)
    for place, candidate in enumerate(candidates):
        if reasons[place] is not candidate.doubt or candidate.doubt is None or candidate.issuer not in sure:
            continue
        names = sure[candidate.issuer]
        if candidate.field == "title" or any(
            candidate.surface in name for name in names if name != candidate.surface
        ):
            reasons[place] = None


def _parts(candidates: Sequence[Candidate], reasons: list[RejectReason | None], master: Master) -> None:
    """Reject subsidiaries and brands whose parent the article does not name, unless their name does.

    A holder of 工商银行 is not told what 工银瑞信 does; 百度智能云 names its parent.
    """
    named = {
        c.issuer
        for c, reason in zip(candidates, reasons, strict=True)
        if reason is None and c.method not in PARTS
    }
    for place, candidate in enumerate(candidates):
        if reasons[place] is None and candidate.method in PARTS and candidate.issuer not in named:
            own = candidate.method is Method.BRAND and master.begins_with_own_name(
                candidate.issuer, candidate.surface
            )
            if not own:
                reasons[place] = RejectReason.SUBSIDIARY


def _namesakes(candidates: Sequence[Candidate], reasons: list[RejectReason | None], master: Master) -> None:
    """Reject short names of a company whose unlisted namesake the article names first (中国石油化工集团).

    What can only be said of a listed company (公告, 涨停) is said of the listed one.
    """
    if RejectReason.NAMESAKE not in reasons:
        return
    group: set[str] = set()
    named = {c.issuer for c, reason in zip(candidates, reasons, strict=True) if reason is None and c.named}
    seen: set[str] = set()
    for place, candidate in enumerate(candidates):
        if reasons[place] is RejectReason.NAMESAKE and candidate.issuer not in seen | named:
            group.add(candidate.issuer)
        elif reasons[place] is None and candidate.issuer in group and not master.guards.company(candidate):
            reasons[place] = RejectReason.NAMESAKE
        elif reasons[place] is None:
            seen.add(candidate.issuer)


def _unlisted(
    candidates: Sequence[Candidate],
    reasons: list[RejectReason | None],
    master: Master,
    day: date | None,
) -> None:
    """Reject the names of companies that are not quoted yet, or no more; a code or a link knows better."""
    named = {c.issuer for c, reason in zip(candidates, reasons, strict=True) if reason is None and c.named}
    for place, candidate in enumerate(candidates):
        if (
            reasons[place] is None
            and candidate.issuer not in named
            and not master.listings(candidate.issuer, day)
        ):
            reasons[place] = RejectReason.UNLISTED
