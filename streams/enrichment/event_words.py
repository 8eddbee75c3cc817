"""The words that tell kinds of events, from a table for a person to read and extend (`data/events.csv`).

4 points: the word says it wherever it stands; 3: the word alone says it in title or lead; 2: it says it in
most news; 1: it only points there. `出售~股权` is a word whose second part stands behind its first, within
`REACH` characters of the same sentence. Four kinds of row are no kind of event: `negation` lists what turns a
word behind it into its opposite, its points being how many characters may stand between; `nothing` lists
phrases that hold such a word and do not mean it, `cover` those that do not mean the industry either; `denial`
what says that the news did not happen.

Three kinds of row depend on who acts (`ACTS`): figures of sales are `earnings` where a company is named and
`industry` where none is; the same holds of prices and of output.
"""

from __future__ import annotations

from dataclasses import dataclass

from streams.enrichment.article import EventKind

NEGATION, NOTHING, COVER, DENIAL = "negation", "nothing", "cover", "denial"
GAP = "~"
REACH = 20

# What a word of this kind says where a company is named, and where none is.
ACTS = {
    "sales": (EventKind.EARNINGS, EventKind.INDUSTRY),
    "pricing": (EventKind.PRODUCT, EventKind.COMMODITY),
    "output": (EventKind.PRODUCT, EventKind.INDUSTRY),
}

# A kind of event, or one of `ACTS`.
Kind = EventKind | str
KindPoints = tuple[Kind, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """One row: words of a kind of event, of one of `ACTS`, or of `NEGATION`, `NOTHING`, `COVER`, `DENIAL`."""

    kind: str
    points: float
    words: tuple[str, ...]
