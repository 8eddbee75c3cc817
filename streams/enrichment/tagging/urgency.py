"""How urgent an article is, 1 to 9, by a published rule.

Start with the kind that fits best (`URGENCY`), one step more urgent when a company is the subject and the
title names it, one less when no company is a subject and the kind is not the market's own; withdrawals and
corrections are one step more urgent than what they withdraw.

Source: the scale of IPTC's NewsML-G2 `urgency`, 1 most and 9 least urgent; the table is this project's.
"""

from __future__ import annotations

from collections.abc import Sequence

from streams.enrichment.article import Event, EventKind, Mention, Role
from streams.news.article import Action

URGENCY = {
    EventKind.ACCIDENT: 2,
    EventKind.ENFORCEMENT: 3,
    EventKind.MERGER: 3,
    EventKind.EARNINGS: 3,
    EventKind.MACRO: 3,
    EventKind.LITIGATION: 4,
    EventKind.POLICY: 4,
    EventKind.GEOPOLITICS: 4,
    EventKind.IPO: 4,
    EventKind.CONTRACT: 4,
    EventKind.SHAREHOLDING: 5,
    EventKind.FINANCING: 5,
    EventKind.BUYBACK: 5,
    EventKind.DIVIDEND: 5,
    EventKind.PERSONNEL: 5,
    EventKind.COMMODITY: 5,
    EventKind.PRODUCT: 5,
    EventKind.PRICE_MOVE: 5,
    EventKind.RATING: 6,
    EventKind.INDUSTRY: 6,
    EventKind.OTHER: 7,
}
_MARKET_KINDS = frozenset({EventKind.MACRO, EventKind.GEOPOLITICS, EventKind.POLICY, EventKind.ACCIDENT})


def urgency(events: Sequence[Event], mentions: Sequence[Mention], action: Action) -> int:
    """Return the urgency, 1 (most) to 9.

    Args:
        events: Kinds, most fitting first.
        mentions: The companies found.
        action: What the source does.

    Returns:
        By the rule at the head of this module.
    """
    kind = events[0].kind if events else EventKind.OTHER
    value = URGENCY[kind]
    subjects = [mention for mention in mentions if mention.role is Role.SUBJECT]
    if any(evidence.field == "title" for mention in subjects for evidence in mention.evidence):
        value -= 1
    elif not subjects and kind not in _MARKET_KINDS:
        value += 1
    if action in (Action.CORRECT, Action.WITHDRAW):
        value -= 1
    return min(9, max(1, value))
