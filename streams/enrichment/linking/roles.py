"""The part a company plays: subject, mention, or source (it only speaks).

The rules, in order; their words are a table (`data/roles.csv`):

1. `source`: a broker, bank or medium of which nothing of its own is reported, and which speaks at its first
   mention (高盛：, 中信证券研报认为, 据人民网).
2. `subject`: something is reported of it (公告, 涨停, 拟, 中标), or it is alone, or not named in passing.
3. `mention`: every time named in passing: in an enumeration without a figure of its own, as an example, a
   holder, a customer (如, 包括, 质押给, 由).
"""

from __future__ import annotations

from collections.abc import Sequence

from streams.enrichment.article import RejectReason, Role
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.securities import Master


def role_of(candidates: Sequence[Candidate], master: Master, *, companies: int) -> Role:
    """Return a company's role, by the rules at the head of this module.

    Args:
        candidates: All its mentions that were taken, in order, at least one.
        master: Knows who is a broker, and the cues.
        companies: How many companies the article names.
    """
    cues = master.roles
    if any(cues.say("reports", candidate) for candidate in candidates):
        return Role.SUBJECT
    first = candidates[0]
    if first.issuer in master.brokers and cues.say("speaks", first):
        return Role.SOURCE
    if all(candidate.doubt is RejectReason.MEDIUM for candidate in candidates):
        return Role.SOURCE
    passing = all(cues.say("passing", c) or cues.say("enumeration", c) for c in candidates)
    return Role.MENTION if passing and companies > 1 else Role.SUBJECT
