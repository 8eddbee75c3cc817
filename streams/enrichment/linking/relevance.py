"""How much an article is about a company: one published number out of what can be counted.

    relevance = cap(role) * part * (0.45 headline + 0.20 early + 0.15 often + 0.20 share) / crowd

    headline  1 when the title names it
    early     1 at the head of the text (or in the title), falling to 0 at its end
    often     mentions / 4, at most 1
    share     its mentions out of the mentions of all companies
    crowd     1 up to three companies, then 4 % more for each further one, at most 2: a round-up is about none
    cap       subject 1, mention 0.6, source 0.3; a subject has at least 0.3
    part      0.5 where only a subsidiary or a brand of it is named, else 1

Source: the parts that RavenPack and Reuters name for their relevance scores; the weights are this project's.
"""

from __future__ import annotations

from typing import NamedTuple

from streams.enrichment.article import Role

_CAPS = {Role.SUBJECT: 1.0, Role.MENTION: 0.6, Role.SOURCE: 0.3}
_LEAST_SUBJECT = 0.3
_PART = 0.5


class Weighed(NamedTuple):
    """What is counted for one company.

    Args:
        headline: The title names it.
        first: Offset of its first mention in the text, 0 when the title names it.
        length: Characters of the text.
        times: Its mentions.
        total: Mentions of all companies.
        companies: How many companies the article names.
        role: Its role.
        only_part: Only a subsidiary or a brand of it is named.
    """

    headline: bool
    first: int
    length: int
    times: int
    total: int
    companies: int
    role: Role
    only_part: bool = False


def relevance(weighed: Weighed) -> float:
    """Return the relevance, 0 to 1, in steps of 0.01; see the head of this module for the formula."""
    early = 1.0 if weighed.headline else 1.0 - weighed.first / max(1, weighed.length)
    often = min(1.0, weighed.times / 4)
    share = weighed.times / max(1, weighed.total)
    crowd = min(2.0, 1.0 + 0.04 * max(0, weighed.companies - 3))
    value = (
        _CAPS[weighed.role]
        * (_PART if weighed.only_part else 1.0)
        * (0.45 * weighed.headline + 0.20 * early + 0.15 * often + 0.20 * share)
        / crowd
    )
    if weighed.role is Role.SUBJECT:
        value = max(value, _LEAST_SUBJECT)
    return round(value, 2)
