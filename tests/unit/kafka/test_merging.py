"""Records of many partitions in the order of time."""

from aiokafka import TopicPartition

from streams.kafka.merging import Merge
from streams.wire.message import Record

A, B = TopicPartition("t", 0), TopicPartition("t", 1)


def records(place: TopicPartition, *times: int) -> list[Record]:
    return [
        Record(topic="t", partition=place.partition, offset=offset, timestamp_ms=time, value=b"")
        for offset, time in enumerate(times)
    ]


def times(found) -> list[int]:
    return [record.timestamp_ms for record in found]


def test_nothing_is_given_while_an_earlier_record_may_come():
    merge = Merge()
    merge.add({A: records(A, 1, 5)})

    assert merge.hungry([A, B]) == [B]
    assert times(merge.ready([A, B])) == []


def test_records_are_given_until_a_partition_runs_out():
    merge = Merge()
    merge.add({A: records(A, 1, 5, 9), B: records(B, 2, 3)})

    assert times(merge.ready([A, B])) == [1, 2, 3]
    assert merge.hungry([A, B]) == [B]


def test_a_partition_that_is_finished_holds_nothing_up():
    merge = Merge()
    merge.add({A: records(A, 1, 5, 9), B: records(B, 2)})

    assert times(merge.ready([A])) == [1, 2, 5, 9]


def test_draining_gives_all():
    merge = Merge()
    merge.add({A: records(A, 4), B: records(B, 2, 7)})

    assert times(merge.ready(())) == [2, 4, 7]
    assert times(merge.ready(())) == []


def test_the_order_within_a_partition_is_kept_whatever_the_timestamps():
    merge = Merge()
    merge.add({A: records(A, 5, 1, 6), B: records(B, 2, 5)})

    found = list(merge.ready(()))

    assert [record.offset for record in found if record.partition == 0] == [0, 1, 2]
    assert times(found) == [2, 5, 1, 5, 6]


def test_a_fetch_without_records_changes_nothing():
    merge = Merge()
    merge.add({A: []})

    assert merge.hungry([A]) == [A]
