"""The issuers that an article is about, as every subject of it is told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from streams.enrichment.article import EnrichedArticle, Listing, Mention, Role

# An article about more is a list.
MAX_DIRECT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """An issuer that an article is about, for those who decide on another of its subjects.

    Every mention carries them, so they are kept as plain as they can be.

    Args:
        subject: The issuer's primary ticker.
        relevance: As its own mention has it.
        tickers: Its listings, primary first.
        unnamed: Those of them that the article does not name themselves.
    """

    subject: str
    relevance: float
    tickers: tuple[str, ...]
    unnamed: tuple[str, ...] = ()

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The listings as its own mention has them."""
        return tuple(Listing(ticker=one, named=one not in self.unnamed) for one in self.tickers)


def direct_issuers(article: EnrichedArticle) -> tuple[Direct, ...]:
    """Return the issuers with the role subject, as their own mentions have them; the first `MAX_DIRECT`."""
    groups: dict[str, list[Mention]] = {}
    for mention in article.mentions:
        if mention.role is Role.SUBJECT:
            groups.setdefault(mention.issuer, []).append(mention)
    return tuple(
        Direct(
            subject=issuer,
            relevance=max([mention.relevance for mention in group]),
            tickers=tuple([mention.ticker for mention in group]),
            unnamed=tuple([mention.ticker for mention in group if not mention.named]),
        )
        for issuer, group in islice(groups.items(), MAX_DIRECT)
    )
