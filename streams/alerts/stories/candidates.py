"""Which stories of a subject a mention may belong to, found by what they have in common.

Every story is filed under some keys: its figures, its names, and triples of characters of its title and
lead. The triples are a sample: those that sort last, so that two texts with words in common sample the
same ones; nothing is drawn and nothing depends on the process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from zlib import crc32

from streams.alerts.filed import Filed
from streams.enrichment.facts.proper_names import core
from streams.enrichment.facts.record import Facts, Running

MAX_TRIPLES = 12
MAX_FIGURES = 10
MAX_NAMES = 6
MAX_HOUSES = 2
# Stories looked at under one key, the newest; a key that so many share tells little.
MAX_FILED = 8
MAX_CANDIDATES = 4

_LEAD = 120
_NOT_WORDS = re.compile(r"[\W\d_]+")


def keys_of(facts: Facts) -> tuple[str, ...]:
    """Return the keys of facts: at most 38, the same for equal facts."""
    bare = _NOT_WORDS.sub("", facts.words[:_LEAD])
    triples = sorted({bare[at : at + 3] for at in range(len(bare) - 2)})[-MAX_TRIPLES:]
    figures = dict.fromkeys(f"{figure.value:.4g}" for figure in facts.figures)
    names = (core(name)[:4] for name in (*facts.parties[:MAX_NAMES], *facts.names[:MAX_NAMES]))
    runs: tuple[str, ...] = ()
    if facts.running is Running.PRICE or (facts.running is Running.VOLUME and facts.thing):
        runs = (f"{facts.running} {facts.day}",)
    elif facts.running is Running.TOLL:
        runs = (Running.TOLL,)
    houses = (f"{house} {facts.day}" for house in facts.speakers[:MAX_HOUSES])
    return tuple(dict.fromkeys((*triples, *list(figures)[-MAX_FIGURES:], *names, *runs, *houses, facts.day)))


class Candidates:
    """Story ids filed by subject and key.

    Keys are hashed to four bytes: there are many.
    What is read back waits until its subject is asked for: the keys cost more than all else of a story, and
    are paid at once only where a mention comes.

    Args:
        facts_of: Returns the facts of a story that waits; None where there are none.
    """

    def __init__(self, facts_of: Callable[[str], Facts | None]) -> None:
        self._facts_of = facts_of
        self._filed: Filed[int] = Filed()
        self._under: dict[str, tuple[int, ...]] = {}
        self._waiting: dict[str, dict[str, None]] = {}
        # What was looked for last, which is usually filed next; its keys are the same for every subject.
        self._last: tuple[Facts | None, tuple[bytes, ...]] = (None, ())
        self._last_hashed: tuple[str, list[int]] = ("", [])

    def __len__(self) -> int:
        return len(self._filed)

    def file(self, subject: str, id_: str, facts: Facts | None = None) -> None:
        """File a story under its keys, at the latest before its subject is asked for.

        Args:
            subject: The story's.
            id_: Its id.
            facts: Its facts, where they are at hand.
        """
        if facts is not None and self._last[0] is facts and subject not in self._waiting:
            self._file(id_, self._hashed(subject, facts))
        else:
            self._waiting.setdefault(subject, {})[id_] = None

    def remove(self, subject: str, id_: str) -> None:
        """Take a story out."""
        waiting = self._waiting.get(subject, {})
        if id_ in waiting:
            del waiting[id_]
            if not waiting:
                del self._waiting[subject]
            return
        self._filed.remove(self._under.pop(id_, ()), id_)

    def find(
        self, subject: str, facts: Facts, counts: Callable[[str], bool] | None = None
    ) -> list[tuple[str, float]]:
        """Return the ids of the stories that share most keys, and what share of all; best first, a few.

        Args:
            subject: Whose stories.
            facts: What they are to have in common with.
            counts: Says which of the ids filed are looked at; None for all.
        """
        for id_ in self._waiting.pop(subject, ()):
            facts_ = self._facts_of(id_) if counts is None or counts(id_) else None
            if facts_ is not None:
                self._file(id_, self._hashed(subject, facts_))
        keys = self._hashed(subject, facts)
        found = Counter(self._filed.newest_of_all(keys, MAX_FILED, counts))
        most = sorted([(-shared, id_) for id_, shared in found.items()])[:MAX_CANDIDATES]
        return [(id_, -shared / len(keys)) for shared, id_ in most]

    def _file(self, id_: str, keys: list[int]) -> None:
        self._under[id_] = tuple(keys)
        self._filed.add(keys, id_)

    def _hashed(self, subject: str, facts: Facts) -> list[int]:
        """Return the keys of facts about a subject."""
        if self._last[0] is not facts:
            self._last = facts, tuple(key.encode("utf-8", "surrogatepass") for key in keys_of(facts))
        elif self._last_hashed[0] == subject:
            return self._last_hashed[1]
        seed = crc32(subject.encode())
        self._last_hashed = subject, [crc32(key, seed) for key in self._last[1]]
        return self._last_hashed[1]
