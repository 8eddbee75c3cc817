"""Two automata of names are as one: the overlay finds what a single lexicon of all names in force would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streams.enrichment.linking.lexicon import Entry, Lexicon
from streams.enrichment.linking.overlay import Overlay

LETTERS = "天地人"
KEYS = st.text(LETTERS, min_size=1, max_size=4)


def entries(keys: set[str], issuer: str) -> dict[str, Entry]:
    return {key: Entry((issuer,)) for key in sorted(keys)}


@given(
    shipped=st.sets(KEYS, min_size=1, max_size=8),
    laid=st.sets(KEYS, max_size=5),
    hidden=st.sets(KEYS, max_size=5),
    text=st.text(LETTERS + "。", max_size=300),
)
def test_the_overlay_finds_what_one_lexicon_of_all_finds(
    shipped: set[str], laid: set[str], hidden: set[str], text: str
) -> None:
    hidden = (hidden & shipped) - laid
    old, new = entries(shipped, "old"), entries(laid, "new")
    together = {key: entry for key, entry in old.items() if key not in hidden} | new

    found = list(Overlay(Lexicon(old), new, hidden).matches(text))

    assert found == list(Lexicon(together).matches(text))
