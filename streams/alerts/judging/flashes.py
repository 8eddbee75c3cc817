"""Whether a short text tells another matter than a longer one on the same company.

A flash (某某停牌) is a name, a code and one act, so most of its words stand in any article on the company.
What it tells is how its clauses go on behind whom both speak of.
"""

from __future__ import annotations

import re

from streams.alerts.judging.grams import grams, pairs_of
from streams.enrichment.facts.proper_names import core
from streams.enrichment.facts.record import Facts

# A shorter text is a flash, in pairs of characters. Of what it tells itself, copies in other words have .3
# to 1 in common with their story; other matters less, or a pair by chance (经销商大会, 起诉经销商).
_SHORT, _KNOWN, _CHANCE = 40, 0.25, 1
# A name has no more pairs of characters, or words in letters.
_NAME = 5
# Brackets part a name from its code, and a title from what comes behind it.
_CLAUSE = re.compile(r"[^,。;:!?\n()【】\[\]]+")
# Whoever says it, and when, is no matter.
_NO_MATTER = re.compile(
    r"(?:股份)?(?:有限)?公司|公告|自?[今昨明][日天晚]?起|[今昨明][日天晚]|晚间|宣布|表示|称|研报|指出"
    r"|(?<![a-z])st(?![a-z])|\d+(?:\.[a-z]{2})?"
)


def tells_another(said: Facts, story: Facts) -> bool:
    """Say whether the shorter of the two is a flash that tells what the other does not.

    Args:
        said: A mention's facts.
        story: Those of a story of the same subject.
    """
    one, other = said.words, story.words
    short, long = (one, other) if len(grams(one)) < len(grams(other)) else (other, one)
    if len(grams(short)) >= _SHORT:
        return False
    # Whom it is about with the company is no matter either: 与某某集团签约, 遭某某集团起诉.
    parties = {core(party) for party in (*said.parties, *story.parties)} - {""}
    known, begins = grams(long), "\n" + "\n".join(_clauses(long, parties))
    told = frozenset[int]().union(*(pairs_of(_matter(clause, begins)) for clause in _clauses(short, parties)))
    new = told - known
    chance = _CHANCE if len(new) > 1 else 0
    return bool(new) and len(told) - len(new) <= chance + _KNOWN * len(told)


def _clauses(words: str, parties: set[str]) -> list[str]:
    for party in parties:
        words = words.replace(party, "")
    return [_NO_MATTER.sub("", clause).strip() for clause in _CLAUSE.findall(words)]


def _matter(clause: str, begins: str) -> str:
    """Return a clause without what clauses of the other begin with, each behind a line feed.

    One after the other: whose (某某银行) and who (董事长). Where nothing is left, the last is what it tells,
    unless that is a name alone.
    """
    begin, end, last = 0, len(clause), 0
    while end > begin + 1:
        if f"\n{clause[begin:end]}" in begins:
            last, begin, end = begin, end, len(clause)
        else:
            end -= 1
    if begin < len(clause):
        return clause[begin:]
    return clause[last:] if last or len(pairs_of(clause)) > _NAME else ""
