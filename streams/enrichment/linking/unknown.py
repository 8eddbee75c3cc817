"""Names that look like listed companies and are not in the master, so that a desk sees what it misses.

    code         a code or a link names a share that the master does not know; the words in front are its name
    legal_form   某某股份有限公司, some of which are listed
    short        某某股份 or 某某集团 at the beginning of a clause, as short names of companies look

What the master knows, or judged already, is left out. The rules ask for little and rather pass a name
over: a list of what is missing is read by people. Nothing is linked by it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice

from streams.enrichment.article import Mention, Method, Rejected, Unknown, UnknownKind
from streams.enrichment.linking.securities import Master
from streams.news.article import Article
from streams.news.text import Folded

MAX_UNKNOWN = 20
_MOST_SIGNS = 2000
_FORM = "股份有限公司"
_SIGNS = re.compile(f"{_FORM}|股份(?!有限)|集团(?!股份|有限|公司)")
# How long a name may be in front of the sign that tells it.
_LONGEST, _LONGEST_SHORT, _LEAST = 16, 4, 2
_NAME = re.compile(r"[\u3400-\u9fff0-9a-z()]+$")
# What stands in front of a company's name and is no part of it; the last of them counts.
_BEFORE = re.compile(
    r".*(?:子公司|旗下|股东|持有|持股|收购|认购|转让|关于|公告|公司|企业|表示|宣布|称|[与及和对向由为的了在是将被把从至等或但因其该本某即日月年])"
)
_NO_NAME = re.compile(r"[的所其占佔持购可本该将已未拟0-9()]|授权|转让|昨日|今日|近日|日前|目前")
# So begins a clause: only there can a word of two to four characters be told from its neighbours.
_CLAUSE = frozenset("\n,。;:、“”\"'「『《(!?】 ")


def find_unknown(
    article: Article,
    folded: Mapping[str, Folded],
    mentions: Sequence[Mention],
    rejected: Sequence[Rejected],
    master: Master,
) -> tuple[Unknown, ...]:
    """Return the names that look like listed companies and are not known, each once, in order.

    Args:
        article: As read.
        folded: Folded title and text.
        mentions: What was linked.
        rejected: What was judged and not linked.
        master: What is known.

    Returns:
        At most `MAX_UNKNOWN`. The work is linear in the length of title and text.
    """
    found = {unknown.surface: unknown for unknown in _by_code(mentions, master)}
    for field in ("title", "text"):
        text = folded[field].text
        if "股份" not in text and "集团" not in text:
            continue
        taken = _Spans(field, mentions, rejected)
        for unknown in _by_sign(article, field, folded[field], taken, master):
            found.setdefault(unknown.surface, unknown)
            if len(found) >= MAX_UNKNOWN:
                return tuple(found.values())
    return tuple(found.values())


def _by_code(mentions: Sequence[Mention], master: Master) -> Iterator[Unknown]:
    for mention in mentions:
        if mention.evidence and master.issuer_of(mention.ticker) is None:
            evidence = next((e for e in mention.evidence if e.method is not Method.CODE), mention.evidence[0])
            yield Unknown(
                surface=evidence.surface,
                kind=UnknownKind.CODE,
                ticker=mention.ticker,
                field=evidence.field,
                start=evidence.start,
                end=evidence.end,
            )


def _by_sign(
    article: Article,
    field: str,
    folded: Folded,
    taken: _Spans,
    master: Master,
) -> Iterator[Unknown]:
    original = (article.title or "") if field == "title" else article.text
    text, behind = folded.text, 0
    for sign in islice(_SIGNS.finditer(text), _MOST_SIGNS):
        formal = sign[0] == _FORM
        begin = max(behind, sign.start() - _LONGEST)
        behind = sign.end()
        start = _begin(text, begin, sign.start(), formal=formal)
        if start is None or (not formal and _common(text[start : sign.start()], master.joints)):
            continue
        at, to = folded.span(start, sign.end())
        if not taken.overlap(at, to):
            kind = UnknownKind.LEGAL_FORM if formal else UnknownKind.SHORT
            yield Unknown(surface=original[at:to], kind=kind, field=field, start=at, end=to)


def _begin(text: str, begin: int, end: int, *, formal: bool) -> int | None:
    """Return where the name in front of a sign begins; None where there seems to be none."""
    run = _NAME.search(text, begin, end)
    if run is None:
        return None
    start = run.start()
    if not formal:
        at_clause = start == 0 or text[start - 1] in _CLAUSE
        return start if at_clause and _LEAST <= end - start <= _LONGEST_SHORT else None
    if before := _BEFORE.match(text, start, end):
        start = before.end()
    start += len(text[start:end]) - len(text[start:end].lstrip("()"))
    return start if _LEAST < end - start < _LONGEST and text[end - 1] != ")" else None


def _common(name: str, joints: frozenset[str]) -> bool:
    """Return whether words are no name but common ones: 流通股份, 所持的股份, 跨国集团."""
    return name[:2] in joints or name[-2:] in joints or _NO_NAME.search(name) is not None


class _Spans:
    """Places of a field that were linked or judged."""

    def __init__(self, field: str, mentions: Sequence[Mention], rejected: Sequence[Rejected]) -> None:
        spans = [(e.start, e.end) for mention in mentions for e in mention.evidence if e.field == field]
        spans += [(one.start, one.end) for one in rejected if one.field == field]
        spans.sort()
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def overlap(self, start: int, end: int) -> bool:
        """Return whether any of them has a character in common with a place."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start
