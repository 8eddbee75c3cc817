"""Changed names beside the shipped ones: two automata, found as if they were one.

The large automaton of the shipped names takes a second to build, so a change builds a small one of the
changed names only. In a text the leftmost and longest of both wins; a shipped name that means nobody any
more is passed over. Where one's match cuts the other's, the text behind is looked at again: a short way
at first, then twice as far each time they agree, so that the work stays linear in the text's length.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping

from streams.enrichment.linking.lexicon import Entry, Lexicon

Match = tuple[int, int, Entry]


class Overlay:
    """The shipped names with others laid over; immutable.

    Args:
        shipped: The shipped names.
        laid: Folded name to what it stands for now, whatever the shipped names say.
        hidden: Shipped names that mean nobody any more.
    """

    __slots__ = ("_hidden", "_laid", "_near", "_shipped", "longest")

    def __init__(self, shipped: Lexicon, laid: Mapping[str, Entry], hidden: Collection[str]) -> None:
        self._shipped, self._laid = shipped, Lexicon(laid)
        self._hidden = {key: _shorter(key, shipped, hidden) for key in hidden}
        self.longest = max(shipped.longest, self._laid.longest)
        self._near = 4 * max(self.longest, 1)

    def get(self, key: str) -> Entry | None:
        """Return what a whole folded name stands for."""
        return next((entry for start, end, entry in self.matches(key) if end - start == len(key)), None)

    def matches(self, folded: str) -> Iterator[Match]:
        """Yield (start, end, entry) of names and covers in folded text: leftmost, longest, in order."""
        at, reach = 0, len(folded)
        while at < len(folded):
            piece = folded[at : at + reach]
            # A name that begins behind that may go on behind the piece.
            whole = len(piece) if at + reach >= len(folded) else len(piece) - self.longest
            went = yield from self._agreed(piece, at, whole)
            reach = 2 * reach if went >= whole else self._near
            at += went

    def _agreed(self, piece: str, at: int, whole: int) -> Generator[Match, None, int]:
        """Yield a piece's matches until one cuts another; return how far into the piece they are right."""
        shipped, laid = iter(self._shipped.matches(piece)), iter(self._laid.matches(piece))
        theirs, ours = next(shipped, None), next(laid, None)
        went = 0
        while (best := _first(theirs, ours)) is not None:
            hides = best is theirs and piece[best[0] : best[1]] in self._hidden
            if best[0] >= whole:
                break
            if hides:
                start = best[0]
                instead = self._instead(piece[start : best[1]], start, ours)
                if instead is None:
                    return start + 1
                yield at + start, at + instead[1], instead[2]
                return instead[1]
            yield at + best[0], at + best[1], best[2]
            went = best[1]
            while theirs and theirs[0] < went:
                if theirs[1] > went:
                    return went
                theirs = next(shipped, None)
            while ours and ours[0] < went:
                if ours[1] > went:
                    return went
                ours = next(laid, None)
        return max(went, whole)

    def _instead(self, key: str, start: int, ours: Match | None) -> Match | None:
        """Return the longest match that begins where a hidden name stands."""
        shorter = self._hidden[key]
        if ours is not None and ours[0] == start and (shorter is None or ours[1] - start >= shorter[0]):
            return ours
        return (start, start + shorter[0], shorter[1]) if shorter else None


def _first(theirs: Match | None, ours: Match | None) -> Match | None:
    """Return the leftmost, of those the longest, and ours where both are alike."""
    if ours is None or theirs is None:
        return theirs or ours
    return theirs if (theirs[0], -theirs[1]) < (ours[0], -ours[1]) else ours


def _shorter(key: str, shipped: Lexicon, hidden: Collection[str]) -> tuple[int, Entry] | None:
    """Return the longest shipped name that a hidden one begins with, and its length."""
    for length in range(len(key) - 1, 0, -1):
        if key[:length] not in hidden and (entry := shipped.get(key[:length])) is not None:
            return length, entry
    return None
