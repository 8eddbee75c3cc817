"""What is odd in a security master, and which of it is known and accepted.

A name that several issuers have, that is a word, a place, a medium or a board, or that stands twice, is
linked wrongly sooner or later. Each such finding is explained: by a rule that the linker follows, by a row
of `data/words.csv` that makes it ask for company evidence, or by a row of `data/accepted.csv` that says why
it may stay. What nothing explains is to be mended.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from streams.enrichment.linking.lexicon import CURATED
from streams.enrichment.linking.rows import Row, RowKind, WordRow
from streams.enrichment.security import NameKind
from streams.news.text import fold

_KINDS = frozenset(NameKind)
# Who has a name by one of these is called so now, or says so himself.
_OWN = frozenset((NameKind.SHORT, NameKind.FULL, NameKind.ALIAS, NameKind.ENGLISH))
_FACTS = frozenset((RowKind.BOARD, RowKind.SINCE, RowKind.UNTIL))
_SHORT = 2
# Lists taken on the day of a dividend show XD and three characters; without the mark the last one is missing.
_CUT = 3


class Concern(StrEnum):
    """What can be odd."""

    DUPLICATE = "duplicate"
    CODE = "code"
    CUT = "cut"
    WORD = "word"
    PLACE = "place"
    MEDIUM = "medium"
    BOARD = "board"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One odd thing.

    Args:
        concern: What kind.
        subject: The name, folded, or the code.
        tickers: Whose.
        words: What is odd, for a person.
        explanation: Why it may stay; None where nothing explains it.
    """

    concern: Concern
    subject: str
    tickers: tuple[str, ...]
    words: str
    explanation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Lists that names are held against, folded.

    Args:
        words: Of `data/words.csv`.
        joints: Common words of two characters.
        places, media, boards: Names of such.
        accepted: (concern, subject) to why it may stay.
    """

    words: Iterable[WordRow] = ()
    joints: Collection[str] = frozenset()
    places: Collection[str] = frozenset()
    media: Collection[str] = frozenset()
    boards: Collection[str] = frozenset()
    accepted: Mapping[tuple[str, str], str] = field(default_factory=dict)


def review(rows: Iterable[Row], known: Known, issuer_of: Callable[[str], str | None]) -> list[Finding]:
    """Return all that is odd, by concern and subject, each explained where it is.

    Args:
        rows: All names and facts in force.
        known: The lists.
        issuer_of: Ticker to the primary ticker of its issuer.
    """
    rows = tuple(rows)
    named: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind in _KINDS:
            named[fold(row.name).text].append(row)
    found = [*_codes(rows), *_cut(rows)]
    guarded = {fold(word.name).text: word.reason for word in known.words}
    for key, holders in named.items():
        found += _duplicates(key, holders)
        found += _meanings(key, holders, known, guarded)
        found += _shared(key, holders, issuer_of)
    order = list(Concern)
    found.sort(key=lambda one: (order.index(one.concern), one.subject))
    return [_accepted(one, known.accepted) for one in found]


def _accepted(finding: Finding, accepted: Mapping[tuple[str, str], str]) -> Finding:
    reason = accepted.get((finding.concern, finding.subject))
    if finding.explanation is not None or reason is None:
        return finding
    return Finding(
        concern=finding.concern,
        subject=finding.subject,
        tickers=finding.tickers,
        words=finding.words,
        explanation=f"accepted: {reason}",
    )


def _codes(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield the codes that stand in two markets, and the facts that a ticker has twice."""
    markets: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        markets[row.ticker.rpartition(".")[0]].add(row.ticker)
    for code, tickers in markets.items():
        if len(tickers) > 1:
            yield Finding(
                concern=Concern.CODE, subject=code, tickers=tuple(sorted(tickers)), words="is a code twice"
            )
    for (ticker, kind), times in Counter((row.ticker, row.kind) for row in rows).items():
        if kind in _FACTS and times > 1:
            yield Finding(
                concern=Concern.CODE, subject=ticker, tickers=(ticker,), words=f"has {times} rows of {kind}"
            )


def _cut(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield short names of the mainland that are another name of the ticker without its last character."""
    names: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind in _KINDS and not row.name.isascii() and row.ticker.endswith((".SH", ".SZ", ".BJ")):
            names[row.ticker].append(row)
    for ticker, held in names.items():
        shorts = {row.name for row in held if row.kind == NameKind.SHORT and len(row.name) == _CUT}
        for name in {row.name for row in held if row.name[:-1] in shorts and not row.name[-1].isascii()}:
            words = f"is the short name and {name} a name: the last character seems to be cut off"
            yield Finding(concern=Concern.CUT, subject=fold(name[:-1]).text, tickers=(ticker,), words=words)


def _duplicates(key: str, holders: Iterable[Row]) -> Iterator[Finding]:
    by_ticker: dict[str, list[Row]] = defaultdict(list)
    for row in holders:
        by_ticker[row.ticker].append(row)
    for ticker, rows in by_ticker.items():
        if len(rows) < 2:
            continue
        kinds = list(dict.fromkeys(row.kind for row in rows))
        explanation = None
        if len({(row.kind, row.name) for row in rows}) == len(rows):
            explanation = "spelt differently, or of several kinds, of which the strongest counts"
        words = f"stands {len(rows)} times: {', '.join(kinds)}"
        yield Finding(
            concern=Concern.DUPLICATE, subject=key, tickers=(ticker,), words=words, explanation=explanation
        )


def _meanings(
    key: str, holders: Iterable[Row], known: Known, guarded: Mapping[str, str | None]
) -> Iterator[Finding]:
    tickers = tuple(dict.fromkeys(row.ticker for row in holders))
    explanation = None
    if key in guarded:
        explanation = (
            f"words.csv knows it ({guarded[key] or 'across two words'}): company evidence is asked for"
        )
    elif len(key) <= _SHORT and not any(CURATED in row.source for row in holders):
        explanation = "two characters: company evidence is asked for"
    for concern, names in (
        (Concern.WORD, known.joints),
        (Concern.PLACE, known.places),
        (Concern.BOARD, known.boards),
    ):
        if key in names:
            yield Finding(
                concern=concern,
                subject=key,
                tickers=tickers,
                words=f"is a {concern} too",
                explanation=explanation,
            )
    if key in known.media:
        says = explanation or "media.csv knows it: it speaks, where it does no business"
        yield Finding(
            concern=Concern.MEDIUM, subject=key, tickers=tickers, words="is a medium too", explanation=says
        )
    if key in guarded and not any(
        key in names for names in (known.joints, known.places, known.boards, known.media)
    ):
        yield Finding(
            concern=Concern.WORD,
            subject=key,
            tickers=tickers,
            words="means something else too",
            explanation=explanation,
        )


def _shared(key: str, holders: Iterable[Row], issuer_of: Callable[[str], str | None]) -> Iterator[Finding]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in holders:
        kinds[issuer_of(row.ticker) or row.ticker].add(row.kind)
    if len(kinds) < 2:
        return
    own = [issuer for issuer, held in kinds.items() if held & _OWN]
    words = f"is the name of {len(kinds)}: " + ", ".join(
        f"{issuer} ({'/'.join(sorted(held))})" for issuer, held in sorted(kinds.items())
    )
    explanation = None
    if len(own) == 1:
        explanation = f"{own[0]} is called so itself and comes first; the others were, or own who is"
    yield Finding(
        concern=Concern.SHARED,
        subject=key,
        tickers=tuple(sorted(kinds)),
        words=words,
        explanation=explanation,
    )
