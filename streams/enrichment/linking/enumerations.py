"""Names in a row: A、B和C. What is said behind the last, or in front of the first, is said of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from streams.enrichment.linking.candidates import Candidate
from streams.news.article import Article

# What may stand between two names in a row: codes and quotes in brackets, and one sign or word of joining.
_BETWEEN = re.compile(
    r"(?:[(（][^()（）]{1,30}[)）]|[)）])?[”\"」』》]?\s*(?:、|/|,|，|和|及|与|與|以及|同|并|,及|、及|\s)?\s*[“\"「『《]?"
)
_JOINING = re.compile(r"、|/|和|及|与|與|同|并")
_FURTHEST = 40


def joins(article: Article, first: Candidate, second: Candidate) -> bool:
    """Return whether two names of a field stand in one row, the first before the second."""
    between = _between(article, first, second)
    return _BETWEEN.fullmatch(between) is not None and _JOINING.search(between) is not None


def rows(article: Article, candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the candidates, those that stand in one row together, in order."""
    row: list[Candidate] = []
    for candidate in candidates:
        if (
            row
            and candidate.field == row[-1].field
            and (
                candidate.start < row[-1].end
                or joins(article, row[-1], candidate)
                or (candidate.issuer == row[-1].issuer and candidate.start - row[-1].end <= 2)
            )
        ):
            row.append(candidate)
        else:
            if row:
                yield row
            row = [candidate]
    if row:
        yield row


def _between(article: Article, first: Candidate, second: Candidate) -> str:
    if not 0 < second.start - first.end <= _FURTHEST:
        return ""
    original = article.title or "" if first.field == "title" else article.text
    return original[first.end : second.start]
