"""Names of securities in folded text: candidates, not yet judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.candidates import REACH, Candidate
from streams.enrichment.linking.securities import Entry, Master
from streams.news.text import Folded, fold

# A price quote that some publishers set behind a name: 中国银河(11.450,0.20,1.78%)证券. It hides the rest.
_QUOTE = re.compile(r"\(-?\d+\.\d+,[-+]?[\d.]+,[-+]?[\d.]+%\)")
# A code in brackets right behind a name: 工商银行(601398.SH), 希慎(0014).
_CODE = re.compile(
    r"\((?:(?:sh|sz|bj|hk|us|hkex|sehk|nyse|nasdaq|股票代码|证券代码|港股代码)?[:.]?\s?[0-9]{4,6}(?:[.-][a-z]{2})?"
    r"|(?:nyse|nasdaq|amex)[:\s]+[a-z.]{1,5}|[a-z.]{1,5}\.(?:us|n|o))(?:[,/、;][^()]{1,20})?\)"
)
_BLANKS = (" ", "\u3000", "\xa0")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Longer names are no accident of two words that meet (完|美的, 工行|业).
_JOINED = 3


def find_names(field: str, original: str, folded: Folded, master: Master) -> Iterator[Candidate]:
    """Yield the names of securities in one field.

    Args:
        field: `title` or `text`.
        original: The field as the article has it.
        folded: The same, folded.
        master: The names.

    Yields:
        Candidates in order; a covering phrase yields the names inside it, rejected already.
    """
    text, joints = folded.text, master.joints
    for start, end, entry in master.matches(text):
        if not _stands_alone(text, start, end):
            continue
        if not entry.issuers:
            yield from _covered(field, original, folded, start, entry)
            continue
        at, to = folded.span(start, end)
        surface = original[at:to]
        if entry.cased and surface not in entry.cased:
            continue
        after, coded = text[end : end + REACH], False
        if after.startswith("("):
            after, coded = look_behind(text, end)
        # Folding drops the blank that parts two clauses of a title.
        if original[to : to + 1] in _BLANKS:
            after = " " + after.lstrip()
        before = text[max(0, start - REACH) : start]
        if at and original[at - 1] in _BLANKS:
            before += " "
        issuer = entry.issuers[0]
        across = end - start <= _JOINED and not coded and _across(text, start, end, joints)
        yield Candidate(
            field,
            at,
            to,
            surface,
            issuer,
            issuer,
            entry.method,
            before,
            after,
            False,
            coded,
            entry.doubt,
            RejectReason.WORD if across else None,
            entry.issuers[1:],
        )


def look_behind(text: str, end: int) -> tuple[str, bool]:
    """Return the words behind a name, quotes and codes in brackets skipped, and whether there was a code."""
    coded = False
    while text.startswith("(", end):
        if found := _QUOTE.match(text, end):
            end = found.end()
        elif found := _CODE.match(text, end):
            end = found.end()
            coded = True
        else:
            break
    return text[end : end + REACH], coded


def around(original: str, start: int, end: int) -> tuple[str, str]:
    """Return the folded words before and behind a span of a field."""
    behind, _ = look_behind(fold(original[end : end + 2 * REACH]).text, 0)
    return fold(original[max(0, start - REACH) : start]).text, behind


def _across(text: str, start: int, end: int, joints: frozenset[str]) -> bool:
    """Return whether a short name's end belongs to the word behind it, or its start to the one before.

    招|行为 is; 招行|业绩 is not, since 绩 would be left without its word.
    """
    if text[end - 1 : end + 1] in joints and text[end : end + 2] not in joints:
        return True
    return text[start - 1 : start + 1] in joints and text[start - 2 : start] not in joints if start else False


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether Latin letters at a match's ends are not in the middle of a longer word."""
    if text[start] in _LATIN and start and text[start - 1] in _LATIN:
        return False
    return not (text[end - 1] in _LATIN and end < len(text) and text[end] in _LATIN)


def _covered(field: str, original: str, folded: Folded, start: int, entry: Entry) -> Iterator[Candidate]:
    for offset, stop, issuer in entry.covered:
        at, to = folded.span(start + offset, start + stop)
        yield Candidate(field, at, to, original[at:to], issuer, issuer, entry.method, reason=entry.doubt)
