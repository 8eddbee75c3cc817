"""Rules that overrule a candidate: what stands around the words says that no such company is meant.

The rules are a table (`data/guards.csv`); the first that fits gives its reason. A quote
link is no way past them: publishers link every 中关村. Rules that mean `company` are the other way round:
what a name that is also a word or a place (`data/words.csv`) needs beside it to be taken for the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.cues import Cue, Rule, joined

COMPANY = "company"
# What a page says of itself is told apart by blanks; a name that ends before a blank is no part of a longer.
_PAGE = frozenset((RejectReason.MEDIUM, RejectReason.BOILERPLATE, RejectReason.PERSON))
# A mainland company is quoted as 股份有限公司: a name that goes on to plain 有限公司 is of a subsidiary.
_MAINLAND = frozenset((".SH", ".SZ", ".BJ"))
_SUBSIDIARY = re.compile(
    "(?:(?!子公司|收购|公告|设立|出售|旗下|全资|控股|持有|投资的|签署|签订|参股|成立|宣布|转让|股份)"
    r"[^\W的与和拟将向为是在对及由从被称获]|[()]){2,18}?有限(?:责任)?公司"
)
# What only a security has: a move of the price (大涨近5%, 跌停, 升逾半成, +2.1%, 三连板), a notice of a day.
_MOVE = re.compile(
    r"(?:走出|录得|斩获|收获|晋级)?(?:\d{1,2}(?:天|日)\d{1,2}板|(?:\d{1,2}|[二两三四五六七八九十])连板)|"
    r"(?:(?:\d{1,2}月)?\d{1,2}日(?:晚间|早间|晚|早|盘后)?(?:公告|披露|发布|公布|涨|跌)|\s?[+-]\d)|"
    r"(?:\([^()]{1,12}\))?(?:股价|现|跟|更|均|则|也|亦|早盘|午后|盘中|短线|一度|大幅|大|急|小幅|再度|再|续|收|高开|低开|飙|狂|累|分别|盘前|盘后|收盘|则|逆势)*"
    r"(?:涨|跌|升|挫|扬|泻|飙|滑|弹)(?:停|超|逾|近|约|幅|穿|至|破|\d|\+)"
)
# Codes of what is quoted like a share and is none, so that its link or code names no company. Sources: the
# exchanges' code allocation (Shanghai 5xxxxx and Shenzhen 15/16xxxx funds, 39xxxx indices, 1xxxxx bonds) and
# HKEX's stock code allocation plan (2800-2849, 3000-3199, 7200-7399, 9000-9199 and 8xxxx counters of funds).
_SHARES = re.compile(
    r"(?:60[0135]|68[89]|900)\d{3}\.SH|(?:00[0-3]|30[0-2]|200)\d{3}\.SZ|(?:4[023]|8[237]|92)\d{4}\.BJ"
    r"|0\d{4}\.HK|[A-Z][A-Z.]{0,6}\.US"
)
_FUNDS_HK = re.compile(r"0(?:28[0-4]\d|3[01]\d\d|7[23]\d\d|9[01]\d\d)\.HK")


class Guards:
    """The table, ready to judge candidates."""

    __slots__ = ("_after", "_before", "_company", "_general", "_rules", "_rules_of", "_within")

    def __init__(self, table: Iterable[Cue]) -> None:
        rules = joined(table)
        self._company = tuple(rule for rule in rules if rule.meaning == COMPANY)
        self._rules = tuple((rule, RejectReason(rule.meaning)) for rule in rules if rule.meaning != COMPANY)
        self._general = tuple((rule, reason) for rule, reason in self._rules if not rule.scope)
        self._rules_of = lru_cache(maxsize=16_384)(self._in_scope)
        # Most names have none of the words beside them: a few look-ups spare the walk through the table.
        after, before, near, soon = (
            [word for rule, _ in self._general if rule.side == side for word in rule.words]
            for side in ("after", "before", "near", "soon")
        )
        self._after, self._before = Rule("", "after", "", after), Rule("", "before", "", before)
        self._within = re.compile("|".join(map(re.escape, (*near, *soon))) or "(?!)")

    def judge(self, candidate: Candidate) -> RejectReason | None:
        """Return why a candidate is not the security it looks like, or None to take it.

        Args:
            candidate: With the folded words around it.

        Returns:
            The first that applies: the finder's own reason, the kind of code, nothing when a code stands
            right behind the name, the legal form of a subsidiary, the table's rules, the name's doubt.
        """
        if candidate.reason is not None:
            return candidate.reason
        if not is_share(candidate.ticker):
            return RejectReason.FUND_OR_INDEX
        if candidate.coded:
            return None
        if _is_subsidiary(candidate):
            return RejectReason.SUBSIDIARY
        near = _closed_up(candidate)
        rules = self._rules_of(candidate.surface)
        if rules is not self._general or self._beside(near):
            for rule, reason in rules:
                if rule.fits(near if reason in _PAGE else candidate):
                    return reason
        # A listed medium that is not doing business is the one who speaks: `roles` says so.
        if candidate.doubt in (None, RejectReason.MEDIUM) or self.company(candidate):
            return None
        return candidate.doubt

    def _in_scope(self, surface: str) -> tuple[tuple[Rule, RejectReason], ...]:
        """Return the rules that a name is judged by, in order: most have none of their own."""
        if not any(rule.scope and surface.startswith(rule.scope) for rule, _ in self._rules):
            return self._general
        return tuple(one for one in self._rules if surface.startswith(one[0].scope))

    def _beside(self, candidate: Candidate) -> bool:
        """Return whether a word of the rules for every name may stand around this one."""
        return (
            self._after.fits(candidate)
            or self._before.fits(candidate)
            or self._within.search(candidate.after) is not None
        )

    def company(self, candidate: Candidate) -> bool:
        """Return whether the words around a name can only be said of a company."""
        near = _closed_up(candidate)
        return _MOVE.match(near.after) is not None or any(rule.fits(near) for rule in self._company)


def _is_subsidiary(candidate: Candidate) -> bool:
    after = candidate.after
    return "有限" in after and candidate.issuer[-3:] in _MAINLAND and _SUBSIDIARY.match(after) is not None


def _closed_up(candidate: Candidate) -> Candidate:
    """Return a candidate without the blanks that part it from its neighbours."""
    if candidate.before[-1:] == " " or candidate.after[:1] == " ":
        return candidate._replace(before=candidate.before.rstrip(), after=candidate.after.lstrip())
    return candidate


@lru_cache(maxsize=16384)
def is_share(ticker: str) -> bool:
    """Return whether a ticker is in the ranges that the exchanges give to shares.

    >>> is_share("600000.SH"), is_share("02800.HK"), is_share("161125.SZ")
    (True, False, False)
    """
    return _SHARES.fullmatch(ticker) is not None and _FUNDS_HK.fullmatch(ticker) is None
