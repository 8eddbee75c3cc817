"""Which silences mute an alert: an index from subject, else from subscriber, to silences.

An alert costs what the silences of its subject and of its subscribers cost, however many there are,
and nothing where none is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from streams.alerts.routing.condition import Condition, subjects_of
from streams.alerts.routing.reading import Reading
from streams.alerts.routing.silence import Silence, SilenceState
from streams.enrichment.subjects import SubjectMention


@dataclass(frozen=True, slots=True)
class _Entry:
    silence: Silence
    condition: Condition


class Silences:
    """All silences, expired ones too: a replay of their days is muted as those days were.

    Iteration is in order of id.
    """

    def __init__(self) -> None:
        self._held: dict[str, Silence] = {}
        # By subject; those of every subject by subscriber; those of every subscriber, too, apart.
        self._by_subject: dict[str, dict[str, _Entry]] = {}
        self._by_subscriber: dict[str, dict[str, _Entry]] = {}
        self._others: dict[str, _Entry] = {}

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Silence]:
        return (self._held[id_] for id_ in sorted(self._held))

    def put(self, silence: Silence) -> None:
        """Hold a silence, in place of an earlier one of the same id."""
        self.remove(silence.id)
        self._held[silence.id] = silence
        entry = _Entry(silence, Condition.of(silence))
        for index, key in self._places(silence):
            index.setdefault(key, {})[silence.id] = entry
        if not (subjects_of(silence) or silence.subscribers):
            self._others[silence.id] = entry

    def remove(self, id_: str) -> None:
        """Let a silence go; an unknown id changes nothing."""
        silence = self._held.pop(id_, None)
        if silence is None:
            return
        for index, key in self._places(silence):
            del index[key][id_]
            if not index[key]:
                del index[key]
        self._others.pop(id_, None)

    def muting(
        self, mention: SubjectMention, subscribers: Collection[str], now: datetime
    ) -> dict[str, tuple[str, ...]]:
        """Find the silences that mute the alerts of a mention.

        Args:
            mention: An article seen from one subject.
            subscribers: To whom an alert would go.
            now: The time of the record in hand.

        Returns:
            Subscriber to the ids of the silences that mute it, in order; only of those that are muted.
        """
        active = [
            (entry.silence, entry.condition, named)
            for entry, named in self._candidates(mention, subscribers)
            if entry.silence.state(now) is SilenceState.ACTIVE
        ]
        if not active:
            return {}
        found: dict[str, list[str]] = {}
        reading = Reading(mention)
        for silence, condition, named in active:
            if (named or not condition.named_only) and condition.met_by(reading) is not None:
                for name in silence.subscribers or subscribers:
                    if name in subscribers:
                        found.setdefault(name, []).append(silence.id)
        return {name: tuple(sorted(set(ids))) for name, ids in found.items()}

    def _candidates(
        self, mention: SubjectMention, subscribers: Collection[str]
    ) -> Iterator[tuple[_Entry, bool]]:
        """Yield the silences that may mute it, each with whether the mention names its very subject."""
        if self._by_subject:
            asked = [(listing.ticker, listing.named) for listing in mention.listings]
            for key, named in asked or [(mention.subject, True)]:
                yield from ((entry, named) for entry in self._by_subject.get(key, {}).values())
        if self._by_subscriber:
            for name in subscribers:
                yield from ((entry, True) for entry in self._by_subscriber.get(name, {}).values())
        yield from ((entry, True) for entry in self._others.values())

    def _places(self, silence: Silence) -> list[tuple[dict[str, dict[str, _Entry]], str]]:
        if subjects := subjects_of(silence):
            return [(self._by_subject, key) for key in dict.fromkeys(subjects)]
        return [(self._by_subscriber, name) for name in dict.fromkeys(silence.subscribers)]


# Where nothing is muted; never changed.
NO_SILENCES = Silences()
