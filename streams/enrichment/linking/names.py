"""Names of securities in folded text: candidates, not yet judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from streams.enrichment.linking.candidates import REACH, Candidate
from streams.enrichment.linking.securities import Entry, Master
from streams.news.text import Folded

# A price quote that some publishers set behind a name: 中国银河(11.450,0.20,1.78%)证券. It hides the rest.
_QUOTE = re.compile(r"\(-?\d+\.\d+,[-+]?[\d.]+,[-+]?[\d.]+%\)")
# A code in brackets right behind a name: 工商银行(601398.SH).
_CODE = re.compile(
    r"\((?:(?:sh|sz|bj|hk|us|nyse|nasdaq|股票代码|证券代码)?[:.]?\s?[0-9]{4,6}(?:\.[a-z]{2})?"
    r"|(?:nyse|nasdaq|amex)[:\s]+[a-z.]{1,5}|[a-z.]{1,5}\.(?:us|n|o))(?:[,/、;][^()]{1,20})?\)"
)
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


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
    text = folded.text
    for start, end, entry in master.matches(text):
        if not _stands_alone(text, start, end):
            continue
        if not entry.issuers:
            yield from _covered(field, original, folded, start, entry)
            continue
        at, to = folded.span(start, end)
        if entry.cased is not None and original[at:to] != entry.cased:
            continue
        after, coded = look_behind(text, end)
        issuer = entry.issuers[0]
        yield Candidate(
            field,
            at,
            to,
            original[at:to],
            issuer,
            issuer,
            entry.method,
            text[max(0, start - REACH) : start],
            after,
            coded=coded,
            doubt=entry.doubt,
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


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether Latin letters at a match's ends are not in the middle of a longer word."""
    if text[start] in _LATIN and start and text[start - 1] in _LATIN:
        return False
    return not (text[end - 1] in _LATIN and end < len(text) and text[end] in _LATIN)


def _covered(field: str, original: str, folded: Folded, start: int, entry: Entry) -> Iterator[Candidate]:
    for offset, stop, issuer in entry.covered:
        at, to = folded.span(start + offset, start + stop)
        yield Candidate(field, at, to, original[at:to], issuer, issuer, entry.method, reason=entry.doubt)
