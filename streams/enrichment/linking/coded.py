"""Candidates by code and by mark of the exchange, beside the names of the same field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.codes import Code, find_codes, name_before
from streams.enrichment.linking.names import around
from streams.enrichment.linking.securities import Master
from streams.news.text import fold

# Digits of a Hong Kong code in full; four may be a year.
_FULL_HK = 5


def real_codes(original: str, ends: Mapping[int, Candidate], master: Master) -> Iterator[Code]:
    """Yield the codes of a field that are codes.

    Digits and letters in brackets may be none: they must be known, most stand behind the name they are of.

    Args:
        original: The field as the article has it.
        ends: The names found, by where they end.
        master: The listings.
    """
    for code in find_codes(original):
        issuer = master.issuer_of(code.ticker)
        full = code.kind == "hk_bracket" and code.end - code.start == _FULL_HK
        if code.sure or (issuer is None and full and original[code.start] == "0"):
            yield code
        elif issuer is not None:
            name = _in_front(original, code.start, ends)
            if full or code.kind == "bare" or (name is not None and issuer in (name.issuer, *name.others)):
                yield code
            elif code.kind == "us_bracket":
                yield code._replace(kind="bare")


def _in_front(original: str, start: int, ends: Mapping[int, Candidate]) -> Candidate | None:
    """Return the name in front of a code in brackets; a word of two characters may follow it (载通国际)."""
    end = name_before(original, start)[1]
    return ends.get(end) or ends.get(end - 2)


def from_codes(
    field: str, original: str, codes: Iterable[Code], names: Sequence[Candidate], master: Master
) -> Iterator[Candidate]:
    """Yield a candidate for each code; a mark belongs to the name behind it where that is not cut short.

    Args:
        field: `title` or `text`.
        original: The field as the article has it.
        codes: Its codes.
        names: Its names.
        master: The listings.
    """
    starts = {name.start for name in names if name.reason is None}
    inside = {name.start for name in names}
    for code in codes:
        if code.kind == "mark":
            name_at = code.end - len(code.ticker)
            if name_at not in starts and code.start not in inside:
                yield from _marked(field, original, code, master)
        elif code.start not in starts:
            yield _from_code(field, original, code, master)


def _marked(field: str, original: str, code: Code, master: Master) -> Iterator[Candidate]:
    words = fold(code.ticker).text
    for length in range(len(words), 1, -1):
        if (issuer := master.cut_short(words[:length])) is not None:
            start = code.start - (original[code.start - 1 : code.start] == "*")
            end = code.end - len(words) + length
            before, after = around(original, start, end)
            yield Candidate(
                field,
                start,
                end,
                original[start:end],
                issuer,
                issuer,
                Method.SHORT_NAME,
                before,
                after,
                coded=True,
            )
            return


def _from_code(field: str, original: str, code: Code, master: Master) -> Candidate:
    close = code.end + 1 if original[code.end : code.end + 1] in (")", "）") else code.end
    before, after = around(original, code.start, close)
    bare = code.kind == "bare"
    return Candidate(
        field,
        code.start,
        code.end,
        original[code.start : code.end],
        master.issuer_of(code.ticker) or code.ticker,
        code.ticker,
        Method.CODE,
        before,
        after,
        named=True,
        coded=not bare,
        doubt=RejectReason.WORD if bare else None,
    )
