"""Facts out of words, as an article would tell them."""

from __future__ import annotations

from typing import Any

from streams.enrichment.facts.figures import find_figures
from streams.enrichment.facts.record import Facts, Figure
from streams.news.text import fold


def figure(text: str) -> Figure:
    ((_, found),) = find_figures(fold(text).text)
    return found


def facts(words: str, **fields: Any) -> Facts:
    folded = fold(words).text
    found = tuple(f for _, f in find_figures(folded))
    return Facts(words=folded, figures=found, day="2026-03-02", **fields)
