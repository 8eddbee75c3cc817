"""A batch that does not end is told by its partition, and only its lane's oldest counts."""

from types import SimpleNamespace

from streams.agents.lanes import Lane
from streams.agents.stalls import stuck


def lane(name: str, *delivered_at: float) -> Lane:
    made = Lane(name, 0)
    for number, time_in in enumerate(delivered_at):
        made.add(SimpleNamespace(value=[], offset=number, time_in=time_in, acked=False))
    return made


def test_the_partitions_of_batches_that_do_not_end_are_named():
    assert stuck([lane("p0", 1.0, 9.0), lane("p1", 9.0), lane("p2", 2.0)], 5.0) == (
        "a batch of p0, p2 does not end"
    )


def test_what_is_in_time_or_idle_is_not_stuck():
    assert stuck([lane("p0", 5.0), lane("p1")], 5.0) is None


def test_a_batch_that_ended_does_not_count():
    ended = lane("p0", 1.0, 9.0)
    ended.flight[0].acked = True
    ended.settle()
    assert stuck([ended], 5.0) is None
