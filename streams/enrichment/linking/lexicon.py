"""Every name that stands for a security, and every phrase that only looks like one, in one automaton.

The longest reading wins in one pass: `中国证券报` covers nothing of 中国, 苹果公司 is not 苹果. What a match
means is judged in `guards`, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from streams.enrichment.article import Method, RejectReason
from streams.enrichment.linking.forms import derived
from streams.enrichment.linking.rows import Row, RowKind
from streams.news.text import fold

_METHODS: Mapping[str, Method] = MappingProxyType(
    {
        RowKind.SHORT: Method.SHORT_NAME,
        RowKind.FULL: Method.FULL_NAME,
        RowKind.ALIAS: Method.ALIAS,
        RowKind.FORMER: Method.FORMER_NAME,
        RowKind.ENGLISH: Method.ENGLISH_NAME,
        RowKind.SUBSIDIARY: Method.SUBSIDIARY,
        RowKind.BRAND: Method.BRAND,
    }
)
# Whose name it is, where several have it: who is called so now, then who was, then whose brand it is.
_ORDER: Mapping[str, int] = MappingProxyType({kind: place for place, kind in enumerate(_METHODS)})
CURATED = "curated"
# Names so short are words, or parts of words, too often; one that we wrote ourselves is known to be none.
_SHORT, _SHORT_LATIN = 2, 4


class Entry(NamedTuple):
    """What one key of the automaton stands for.

    Args:
        issuers: Those called so, likeliest first; empty for a phrase that only covers names.
        method: How evidence by this name is called.
        doubt: What the name means as well, so that it needs company evidence; a cover's reason.
        covered: (start, end, issuer) of the names inside a cover, as offsets into the key.
        cased: The spellings that a short Latin name may have, since `on` is no company; () for any.
    """

    issuers: tuple[str, ...]
    method: Method = Method.ALIAS
    doubt: RejectReason | None = None
    covered: tuple[tuple[int, int, str], ...] = ()
    cased: tuple[str, ...] = ()


Rank = Callable[[str], tuple[int, str]]
# Key to those called so, likeliest first, each issuer with the row that says it.
Named = Mapping[str, Sequence[tuple[str, Row]]]


class Names(Protocol):
    """Names ready to be found."""

    def get(self, key: str) -> Entry | None:
        """Return what a whole folded name stands for."""
        ...

    def matches(self, folded: str) -> Iterable[tuple[int, int, Entry]]:
        """Yield (start, end, entry) of names and covers in folded text: leftmost, longest, in order."""
        ...


class Lexicon:
    """Names, ready to be found; immutable.

    Args:
        entries: Folded name to what it stands for.
    """

    __slots__ = ("_automaton", "_entries", "longest")

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._automaton = AhoCorasick(
            list(entries),
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )
        self._entries = tuple(entries.values())
        self.longest = max(map(len, entries), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Entry | None:
        """Return what a whole folded name stands for."""
        return next((entry for start, end, entry in self.matches(key) if end - start == len(key)), None)

    def matches(self, folded: str) -> Iterable[tuple[int, int, Entry]]:
        """Yield (start, end, entry) of names and covers in folded text: leftmost, longest, in order."""
        entries = self._entries
        for index, start, end in self._automaton.find_matches_as_indexes(folded):
            yield start, end, entries[index]


def entries_of(named: Named, covers: Mapping[str, RejectReason | None]) -> dict[str, Entry]:
    """Return key to entry of all names, and of the phrases that hold one without meaning it."""
    entries = {key: entry_of(key, found, covers.get(key)) for key, found in named.items()}
    return entries | dict(covering(entries, covers))


def names_of(
    rows: Iterable[Row], covers: Container[str], issuer_of: Callable[[str], str], rank: Rank
) -> dict[str, list[tuple[str, Row]]]:
    """Return key to the issuers called so, likeliest first, each with the row that says it."""
    named: dict[str, list[tuple[str, Row]]] = {}
    further: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row.kind in _METHODS and (key := fold(row.name).text):
            issuer = issuer_of(row.ticker)
            named.setdefault(key, []).append((issuer, row))
            for name in derived(row):
                further.setdefault(fold(name).text, {}).setdefault(issuer, row._replace(name=name))
    for found in named.values():
        if len(found) > 1:
            likeliest_first(found, rank)
    for key, issuers in further.items():
        if key not in named and key not in covers and len(issuers) == 1:
            named[key] = list(issuers.items())
    return named


def likeliest_first(named: list[tuple[str, Row]], rank: Rank) -> None:
    """Put who is called so now first, then who was, then whose brand it is."""
    named.sort(key=lambda one: (_ORDER[one[1].kind], rank(one[0])))


def entry_of(key: str, named: Sequence[tuple[str, Row]], doubt: RejectReason | None) -> Entry:
    """Return what a key stands for; `doubt` is what it means as well."""
    first = named[0][1]
    issuers = tuple(dict.fromkeys(issuer for issuer, _ in named))
    if doubt is None and CURATED not in first.source and len(key) <= _SHORT:
        doubt = RejectReason.WORD
    short = key.isascii() and len(key) <= _SHORT_LATIN
    cased = tuple(dict.fromkeys(row.name for issuer, row in named if issuer == issuers[0])) if short else ()
    return Entry(issuers, _METHODS[first.kind], doubt, (), cased)


def covering(
    entries: Mapping[str, Entry], covers: Mapping[str, RejectReason | None]
) -> Iterator[tuple[str, Entry]]:
    """Yield the phrases that hold a name without meaning it, each with its entry."""
    for phrase, reason in covers.items():
        if phrase not in entries and (covered := tuple(_inside(phrase, entries))):
            yield phrase, Entry((), Method.ALIAS, reason, covered if reason is not None else ())


def _inside(phrase: str, entries: Mapping[str, Entry]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, issuer) of the names in a phrase, leftmost and longest."""
    start = 0
    while start < len(phrase):
        for end in range(len(phrase), start, -1):
            if (entry := entries.get(phrase[start:end])) is not None:
                yield start, end, entry.issuers[0]
                start = end - 1
                break
        start += 1
