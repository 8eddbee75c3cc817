"""Which item of a digest is about whom.

A digest, a morning paper or a round-up of announcements holds several short articles; where they begin is
found in `streams.news.items`. An issuer that one item alone names is told with that item: the rest of the
digest is nothing to whoever follows it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from streams.enrichment.article import Evidence, Item, Mention


def find_items(text: str, starts: Sequence[int], mentions: Sequence[Mention]) -> tuple[Item, ...]:
    """Return the items of a digest, each with the issuers that it names.

    Args:
        text: The article's.
        starts: Where items begin, in order, the first of them 0; () for a text that is no digest.
        mentions: The companies found.

    Returns:
        Items in order, without the blanks behind them. Linear in starts and evidence.
    """
    named: list[dict[str, None]] = [{} for _ in starts]
    if starts:
        for mention in mentions:
            for evidence in mention.evidence:
                if evidence.field == "text":
                    named[bisect_right(starts, evidence.start) - 1][mention.issuer] = None
    ends = (*starts[1:], len(text))
    return tuple(
        Item(start=start, end=start + len(text[start:end].rstrip()), issuers=tuple(issuers))
        for start, end, issuers in zip(starts, ends, named, strict=bool(starts))
    )


def item_of(issuer: str, evidence: Sequence[Evidence], items: Sequence[Item]) -> Item | None:
    """Return the one item that names an issuer; None where several do, or the title, or it is no digest.

    Args:
        issuer: Its primary ticker.
        evidence: Where the article names it.
        items: Those of the article.
    """
    if any(one.field == "title" for one in evidence):
        return None
    naming = [item for item in items if issuer in item.issuers]
    return naming[0] if len(naming) == 1 else None
