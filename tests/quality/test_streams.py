"""One alert per story holds on labelled streams of our own, as far as we promise it."""

from __future__ import annotations

from collections import Counter

import pytest

from streams.wire.reference import load_master
from tests.quality.streaming import STREAMS, events, misses, said

# The most of each kind of mistake that is let pass, as a share of the events that could have it.
MOST = {
    "copies alerted": 0.05,
    "merged": 0.01,
    "updates": 0.1,
    "corrections": 0.0,
    "withdrawals": 0.0,
    "false amends": 0.02,
    "false withdrawals": 0.0,
    "known alerted": 0.0,
}
COULD = {
    "copies alerted": {"copy", "redelivery"},
    "merged": {"new", "distinct"},
    "updates": {"update"},
    "corrections": {"correction"},
    "withdrawals": {"withdrawal"},
}


@pytest.mark.parametrize("name", sorted(path.stem for path in STREAMS.glob("*.toml")))
def test_each_event_of_a_stream_is_to_the_desk_what_it_is_to_a_person(name: str) -> None:
    stream = events(name)
    kinds = Counter(event.relation for event in stream)

    wrong, words = misses(stream, said(stream, load_master()))

    for kind, most in MOST.items():
        whole = sum(kinds[relation] for relation in COULD.get(kind, kinds))
        assert wrong[kind] <= most * whole, "\n".join(words)
