"""Which listed companies an article names: candidates judged, and added up by issuer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from streams.enrichment.article import Evidence, Mention, Method, Rejected, RejectReason, Role
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.enumerations import joins
from streams.enrichment.linking.finding import FIELDS, MAX_CANDIDATES, find_candidates, original_of
from streams.enrichment.linking.relevance import Weighed, relevance
from streams.enrichment.linking.roles import role_of
from streams.enrichment.linking.securities import Master
from streams.news.article import Article
from streams.news.text import Folded, fold

MAX_EVIDENCE = 20
MAX_MENTIONS = 200
MAX_REJECTED = 200
TOO_MANY = "more names than are looked at; the rest was left out"
# By these only a part of a company is named.
_PARTS = frozenset((Method.SUBSIDIARY, Method.BRAND))


@dataclass(slots=True)
class Found:
    """All candidates of one issuer that were taken, in the order of title and text."""

    issuer: str
    candidates: list[Candidate] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    def add(self, candidate: Candidate) -> None:
        """Add one that was taken."""
        self.candidates.append(candidate)
        if candidate.named:
            self.named.add(candidate.ticker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking says of an article.

    Args:
        mentions: By relevance, an issuer's listings together and primary first.
        rejected: Candidates not taken, in the order of title and text.
        warnings: What was left out.
    """

    mentions: tuple[Mention, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def find_mentions(article: Article, master: Master) -> tuple[tuple[Mention, ...], tuple[Rejected, ...]]:
    """Return the listed companies that an article names, and the candidates that were not taken.

    A name without "which listing" stands for the issuer: its primary listing (mainland first) is `named`,
    the others are mentioned with `named` False. Codes and links name exactly the listings they stand for.

    Args:
        article: As read.
        master: Names, rules and word lists.

    Returns:
        Mentions by relevance; rejected candidates in order, each with its reason.
    """
    linked = link(article, master, {name: fold(original_of(article, name)) for name in FIELDS})
    return linked.mentions, linked.rejected


def link(article: Article, master: Master, folded: Mapping[str, Folded]) -> Linked:
    """Do the same as `find_mentions` for an article that is folded already, and say what was left out."""
    candidates = find_candidates(article, folded, master)
    reasons = [master.guards.judge(candidate) for candidate in candidates]
    if any(reasons):
        _known(candidates, reasons)
        _enumerated(article, candidates, reasons)
    _parts(candidates, reasons, master)
    _namesakes(candidates, reasons)
    _unlisted(article, candidates, reasons, master)
    taken: dict[str, Found] = {}
    rejected = []
    for candidate, reason in zip(candidates[:MAX_CANDIDATES], reasons, strict=False):
        if reason is None:
            taken.setdefault(candidate.issuer, Found(candidate.issuer)).add(candidate)
        else:
            rejected.append(_rejected(candidate, reason))
    mentions = tuple(_mentions(article, master, list(taken.values())))
    late = (len(candidates) > MAX_CANDIDATES, len(rejected) > MAX_REJECTED, len(mentions) > MAX_MENTIONS)
    return Linked(
        mentions=mentions[:MAX_MENTIONS],
        rejected=tuple(rejected[:MAX_REJECTED]),
        warnings=(TOO_MANY,) if any(late) else (),
    )


def _enumerated(
    article: Article, candidates: Sequence[Candidate], reasons: list[RejectReason | None]
) -> None:
    """Take doubted names that are enumerated beside a company: 漱玉平民、老百姓涨停."""
    for place, candidate in enumerate(candidates):
        if candidate.doubt is None or reasons[place] is not candidate.doubt:
            continue
        for other in (place - 1, place + 1):
            if 0 <= other < len(candidates) and reasons[other] is None:
                first, second = sorted((candidate, candidates[other]), key=lambda c: c.start)
                if first.field == second.field and joins(article, first, second):
                    reasons[place] = None


def _known(candidates: Sequence[Candidate], reasons: list[RejectReason | None]) -> None:
    """Take doubted names of a company that the article names by another name, a code or a link as well.

    `天安` is 天安中国 where the article says so too. A word stays a word: 机器人(300024) may make any 机器人.
    """
    sure: dict[str, set[str]] = {}
    for candidate, reason in zip(candidates, reasons, strict=True):
        if reason is None and candidate.method not in _PARTS:
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
        if reason is None and c.method not in _PARTS
    }
    for place, candidate in enumerate(candidates):
        if reasons[place] is None and candidate.method in _PARTS and candidate.issuer not in named:
            own = candidate.method is Method.BRAND and master.begins_with_own_name(
                candidate.issuer, candidate.surface
            )
            if not own:
                reasons[place] = RejectReason.SUBSIDIARY


def _namesakes(candidates: Sequence[Candidate], reasons: list[RejectReason | None]) -> None:
    """Reject short names of a company whose unlisted namesake the article names first (中国石油化工集团)."""
    if RejectReason.NAMESAKE not in reasons:
        return
    group: set[str] = set()
    named = {c.issuer for c, reason in zip(candidates, reasons, strict=True) if reason is None and c.named}
    seen: set[str] = set()
    for place, candidate in enumerate(candidates):
        if reasons[place] is RejectReason.NAMESAKE and candidate.issuer not in seen | named:
            group.add(candidate.issuer)
        elif reasons[place] is None and candidate.issuer in group:
            reasons[place] = RejectReason.NAMESAKE
        elif reasons[place] is None:
            seen.add(candidate.issuer)


def _unlisted(
    article: Article, candidates: Sequence[Candidate], reasons: list[RejectReason | None], master: Master
) -> None:
    """Reject the names of companies that are not quoted yet, or no more; a code or a link knows better."""
    day = _day(article)
    named = {c.issuer for c, reason in zip(candidates, reasons, strict=True) if reason is None and c.named}
    for place, candidate in enumerate(candidates):
        if (
            reasons[place] is None
            and candidate.issuer not in named
            and not master.listings(candidate.issuer, day)
        ):
            reasons[place] = RejectReason.UNLISTED


def _day(article: Article) -> date | None:
    return article.published_at.date() if article.published_at else None


def _rejected(candidate: Candidate, reason: RejectReason) -> Rejected:
    return Rejected(
        surface=candidate.surface,
        ticker=candidate.ticker,
        reason=reason,
        field=candidate.field,
        start=candidate.start,
        end=candidate.end,
    )


def _mentions(article: Article, master: Master, found: Sequence[Found]) -> Iterator[Mention]:
    total = sum(len(one.candidates) for one in found)
    weighed = []
    for one in found:
        first = one.candidates[0]
        role = role_of(one.candidates, master, companies=len(found))
        value = relevance(
            Weighed(
                headline=first.field == "title",
                first=first.start,
                length=len(article.text),
                count=len(one.candidates),
                total=total,
                companies=len(found),
                role=role,
            )
        )
        weighed.append((-value, first.field == "text", first.start, one.issuer, role, one))
    weighed.sort(key=lambda entry: entry[:4])
    for negative, _, _, _, role, one in weighed:
        yield from _of_issuer(article, one, master, role, -negative)


def _of_issuer(article: Article, one: Found, master: Master, role: Role, value: float) -> Iterator[Mention]:
    evidence = tuple(
        Evidence(field=c.field, start=c.start, end=c.end, surface=c.surface, method=c.method)
        for c in one.candidates[:MAX_EVIDENCE]
    )
    said = next((c.surface for c in one.candidates if c.method is not Method.CODE and c.surface), one.issuer)
    quoted = master.listings(one.issuer, _day(article))
    named = one.named or set(quoted[:1])
    for ticker in (*quoted, *sorted(one.named.difference(quoted))):
        yield Mention(
            ticker=ticker,
            name=master.name_of(ticker) or said,
            issuer=one.issuer,
            role=role,
            relevance=value,
            named=ticker in named,
            evidence=evidence,
        )
