"""The part a company plays: subject, mention, or source (it only speaks).

What is said at its places (`places`) decides, in this order:

1. `subject`: something is reported of it, or its price moves;
2. `source`: a broker, or one with data, that speaks; a medium;
3. `subject`: the title names it other than in passing, or it is alone;
4. `mention`: all its places are passing; or, among three companies and more, figures; or it has one plain
   place, not at the head of an item or clause, while the article is about another: one that the title
   names, or that has three places and more;
5. `subject` else.
"""

from __future__ import annotations

from collections.abc import Mapping

from streams.enrichment.article import RejectReason, Role
from streams.enrichment.linking.places import OPENS, Company, Place

_MOVERS = 3
_OFTEN = 3
# Behind these an item begins that is about who stands first; a further sentence goes on about the same.
_HEADS = (OPENS | frozenset("【")) - frozenset("。!?")


def roles(companies: Mapping[str, Company]) -> dict[str, Role]:
    """Return each company's role by issuer, by the rules at the head of this module."""
    about = {
        issuer for issuer, company in companies.items() if company.titled or len(company.candidates) >= _OFTEN
    }
    return {issuer: _role(issuer, company, len(companies), about) for issuer, company in companies.items()}


def _role(issuer: str, company: Company, companies: int, about: set[str]) -> Role:
    places = company.places
    medium = company.candidates[0].doubt is RejectReason.MEDIUM
    if Place.REPORTS in places or Place.MOVES in places:
        return Role.SUBJECT
    if medium or Place.SPEAKS in places:
        return Role.SOURCE
    if company.titled or companies == 1:
        return Role.SUBJECT
    if all(place is Place.PASSING for place in places):
        return Role.MENTION
    if companies >= _MOVERS and all(place in (Place.FIGURE, Place.PASSING) for place in places):
        return Role.MENTION
    first = company.candidates[0]
    opens = not first.before or first.before[-1] in _HEADS
    beside = len(places) == 1 and bool(about - {issuer}) and first.field == "text" and not opens
    return Role.MENTION if beside and places[0] is Place.PLAIN else Role.SUBJECT
