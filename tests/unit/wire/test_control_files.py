"""Subscriptions are read from NDJSON and JSON files, every fault with its line."""

import pytest

from streams.errors import BadInput
from streams.wire.control import SUBSCRIPTION
from streams.wire.control_files import read_records

GOOD = b'{"id": "a", "subscriber": "desk", "tickers": ["601398.SH"]}'
OTHER = b'{"id": "b", "subscriber": "desk", "market": true}'


def read(data: bytes) -> list[tuple[int, object]]:
    return [
        (line, [str(f) for f in found.faults] if isinstance(found, BadInput) else found.id)
        for line, found in read_records(SUBSCRIPTION, data.splitlines(keepends=True))
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(GOOD + b"\n\n" + OTHER + b"\n", [(1, "a"), (3, "b")], id="one-object-a-line"),
        pytest.param(b"[" + GOOD + b",\n\n" + OTHER + b"]", [(1, "a"), (3, "b")], id="array"),
        pytest.param(
            b"[\n" + GOOD + b"\n,\n" + OTHER + b"\n]\n", [(2, "a"), (4, "b")], id="array-over-lines"
        ),
        pytest.param(
            b"""{
 "id": "a",
 "subscriber": "d",
 "market": true
}
{
"id":"b","subscriber":"d","market":true}""",
            [(1, "a"), (6, "b")],
            id="objects-over-lines",
        ),
        pytest.param(b"\xef\xbb\xbf" + GOOD, [(1, "a")], id="byte-order-mark"),
        pytest.param(b"[]", [], id="empty-array"),
        pytest.param(b"", [], id="empty-file"),
    ],
)
def test_all_forms_give_the_same_subscriptions_with_their_lines(data: bytes, expected: list) -> None:
    assert read(data) == expected


def test_a_faulty_line_does_not_stop_the_others() -> None:
    found = read(b"{nonsense\n" + GOOD + b'\n{"subscriber": 1, "tickers": ["x"]}\n[1]\n')

    assert [line for line, _ in found] == [1, 2, 3, 4]
    assert found[1] == (2, "a")
    assert [fault.split(":")[0] for fault in found[2][1]] == ["subscriber", "tickers"]


def test_an_id_that_stands_twice_names_the_first_line() -> None:
    assert read(GOOD + b"\n" + GOOD) == [(1, "a"), (2, ["id: stands on line 1 already"])]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"[" + GOOD + b", nonsense", id="syntax"),
        pytest.param(b"[" + GOOD + b"," + b"[" * 100_000, id="too-deep"),
    ],
)
def test_an_array_is_read_up_to_where_it_breaks(data: bytes) -> None:
    (_, first), (line, faults) = read(data)

    assert first == "a"
    assert line == 1
    assert faults[0].startswith("$: is not JSON")


@pytest.mark.parametrize("end", [b"", b"] more", b"]]"])
def test_an_array_that_does_not_end_well_is_a_fault(end: bytes) -> None:
    assert read(b"[" + GOOD + end) == [(1, "a"), (1, ["$: is not JSON: the array does not end here"])]


def test_a_value_that_is_no_object_is_a_fault() -> None:
    assert read(b"[\n1,\n" + GOOD + b"]") == [(2, ["$: must be a JSON object"]), (3, "a")]
