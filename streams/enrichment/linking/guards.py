"""Rules that overrule a candidate: what stands around the words says that no such company is meant.

The rules are a table (`data/guards.csv`), read from the top; the first that fits gives its reason. A quote link is
no way past them: publishers link every 中关村. Rules with the reason `company` are the other way round: they are
what a name that is also a word or a place (`data/words.csv`) needs beside it to be taken for the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.candidates import Candidate

COMPANY = "company"
# Code ranges of what is quoted like a share and is none, so that its link or code names no company.
# Sources: SSE and SZSE code allocation rules (5xxxxx and 15/16xxxx funds, 39xxxx indices, 1xxxxx bonds), HKEX stock
# code allocation plan (2800-2849, 3000-3199, 7200-7399, 9000-9199 and the 8xxxx counters of exchange traded funds).
_SHARES = re.compile(
    r"(?:60[0135]|68[89]|900)\d{3}\.SH|(?:00[0-3]|30[0-2]|200)\d{3}\.SZ"
    r"|(?:4[023]|8[237]|92)\d{4}\.BJ|0(?!28[0-4]|3[01]|7[23]|9[01])\d{4}\.HK|[A-Z][A-Z.]{0,6}\.US"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One rule.

    Args:
        reason: A `RejectReason`, or `company`.
        side: `before`: the words in front end so; `after`: the words behind begin so.
        scope: A prefix that the candidate's surface must have; empty for any.
        words: Any of these, folded.
    """

    reason: str
    side: str
    scope: str = ""
    words: tuple[str, ...]


class Guards:
    """The table, ready to judge candidates."""

    __slots__ = ("_company", "_rules")

    def __init__(self, table: Iterable[Guard]) -> None:
        table = tuple(table)
        self._company = tuple(rule for rule in table if rule.reason == COMPANY)
        self._rules = tuple((rule, RejectReason(rule.reason)) for rule in table if rule.reason != COMPANY)

    def judge(self, candidate: Candidate) -> RejectReason | None:
        """Return why a candidate is not the security it looks like, or None to take it.

        Args:
            candidate: With the folded words around it.

        Returns:
            The first reason that fits: the finder's own, the kind of code, the table's rules, the name's doubt.
        """
        if candidate.reason is not None:
            return candidate.reason
        if candidate.named and not _SHARES.fullmatch(candidate.ticker):
            return RejectReason.FUND_OR_INDEX
        if candidate.coded:
            return None
        for rule, reason in self._rules:
            if _fits(rule, candidate):
                return reason
        if candidate.doubt is not None and not self.company(candidate):
            return candidate.doubt
        return None

    def company(self, candidate: Candidate) -> bool:
        """Return whether the words around a name can only be said of a company."""
        return any(_fits(rule, candidate) for rule in self._company)


def _fits(rule: Guard, candidate: Candidate) -> bool:
    if rule.scope and not candidate.surface.startswith(rule.scope):
        return False
    if rule.side == "after":
        return candidate.after.startswith(rule.words)
    return candidate.before.endswith(rule.words)
