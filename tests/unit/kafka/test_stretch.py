"""Where reading ends, told with a consumer in memory whose answers are given."""

from collections import deque
from dataclasses import dataclass

from aiokafka import ConsumerRecord, TopicPartition

from streams.kafka.stretch import Stretch

A, B = TopicPartition("t", 0), TopicPartition("t", 1)


@dataclass
class Answer:
    """One answer of the broker: records of A, and where A's reading stands after it."""

    offsets: tuple[int, ...] = ()
    position: int | None = None
    highwater: int = 10
    silent: bool = False


class Consumer:
    """Plays answers one after the other; after the last one the broker is silent."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = deque(answers)
        self._positions: dict[TopicPartition, int] = {}
        self._answered_ms: int | None = None
        self._highwater: int | None = None
        self.polled: list[set[TopicPartition]] = []

    def assign(self, places):
        self._positions = dict.fromkeys(places, 0)

    def seek(self, place, offset):
        assert place in self._positions
        self._positions[place] = offset

    async def position(self, place):
        return self._positions[place]

    def last_poll_timestamp(self, place):
        return self._answered_ms

    def highwater(self, place):
        return self._highwater

    async def getmany(self, *places, timeout_ms):
        self.polled.append(set(places))
        answer = self._answers.popleft() if self._answers else Answer(silent=True)
        if answer.silent:
            return {}
        self._answered_ms = (self._answered_ms or 0) + 500
        self._highwater = answer.highwater
        if answer.offsets:
            self._positions[A] = answer.offsets[-1] + 1
        if answer.position is not None:
            self._positions[A] = answer.position
        return {A: [record(offset) for offset in answer.offsets]} if answer.offsets else {}


def record(offset: int) -> ConsumerRecord:
    return ConsumerRecord("t", 0, offset, 1, 0, None, b"x", None, -1, 1, ())


async def polls_until_done(consumer: Consumer, stretch: Stretch, most: int = 20) -> int | None:
    for count in range(1, most + 1):
        await stretch.poll()
        if not stretch.open:
            return count
    return None


async def test_a_partition_is_done_when_its_last_record_was_read():
    consumer = Consumer(Answer((0, 1, 2)), Answer((3, 9)))
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 2


async def test_a_partition_is_done_when_the_position_passes_records_that_are_gone():
    consumer = Consumer(Answer((0, 1, 2), position=10))
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 1


async def test_a_hole_up_to_the_end_is_believed_after_answers_that_hold_nothing():
    consumer = Consumer(Answer((0, 1, 2)), *[Answer()] * 10)
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 4


async def test_silence_is_no_answer():
    consumer = Consumer(Answer((0, 1, 2)), Answer(), *[Answer(silent=True)] * 10, Answer((9,)))
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 13


async def test_a_broker_that_does_not_know_the_end_yet_is_not_believed():
    behind = [Answer(highwater=3)] * 10
    consumer = Consumer(Answer((0, 1, 2)), *behind, Answer((9,)))
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 12


async def test_empty_answers_between_records_do_not_add_up():
    consumer = Consumer(Answer(), Answer(), Answer((5,)), Answer(), Answer(), Answer((9,)))
    assert await polls_until_done(consumer, Stretch(consumer, {A: 0}, {A: 10})) == 6


def test_an_empty_partition_is_done_from_the_beginning():
    assert Stretch(Consumer(), {A: 4, B: 0}, {A: 4, B: 1}).open == {B}


async def test_only_open_partitions_are_polled():
    consumer = Consumer(Answer((0,)))
    stretch = Stretch(consumer, {A: 0, B: 3}, {A: 1, B: 3})

    await stretch.poll()

    assert consumer.polled == [{A}]


async def test_what_was_written_after_the_measuring_is_left_out_unless_it_is_kept():
    for keep_later, offsets in ((False, [0, 1]), (True, [0, 1, 2, 3])):
        consumer = Consumer(Answer((0, 1, 2, 3)))
        found = await Stretch(consumer, {A: 0}, {A: 2}).poll(keep_later=keep_later)
        assert [record.offset for record in found[A]] == offsets
