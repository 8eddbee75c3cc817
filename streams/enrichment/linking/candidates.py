"""A place in an article that may stand for a security, before and after it was judged."""

from __future__ import annotations

from typing import NamedTuple

from streams.enrichment.article import Method, RejectReason

# How far the guards and roles look to either side of a name, in folded characters.
REACH = 24


class Candidate(NamedTuple):
    """Words that may stand for an issuer.

    Args:
        field: `title` or `text`.
        start: Offset into that field, as the article has it.
        end: Offset behind the words.
        surface: The words; empty for a link without words.
        issuer: Primary ticker of who is meant.
        ticker: The very listing where a code or a link names it, else the issuer.
        method: How it was found.
        before: Folded words in front, at most `REACH`.
        after: Folded words behind, at most `REACH`, quotes and codes in brackets skipped.
        named: A code or a link names this very listing.
        coded: A code is, or stands right behind, the words.
        doubt: What the words mean as well; such a name needs company evidence.
        reason: Set by a finder that knows already that no company is meant.
        others: Further issuers called so.
    """

    field: str
    start: int
    end: int
    surface: str
    issuer: str
    ticker: str
    method: Method
    before: str = ""
    after: str = ""
    named: bool = False
    coded: bool = False
    doubt: RejectReason | None = None
    reason: RejectReason | None = None
    others: tuple[str, ...] = ()

    def meaning(self, issuer: str, ticker: str, *, method: Method, named: bool) -> Candidate:
        """Return the same words standing for somebody else, or for a certain listing."""
        return Candidate(
            self.field,
            self.start,
            self.end,
            self.surface,
            issuer,
            ticker,
            method,
            self.before,
            self.after,
            named,
            self.coded,
            self.doubt if issuer == self.issuer else None,
            self.reason,
        )
