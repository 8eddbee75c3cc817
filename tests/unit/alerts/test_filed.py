"""Ids filed under keys come back newest first, and leave nothing behind."""

from __future__ import annotations

from streams.alerts.filed import Filed


def test_ids_under_a_key_come_newest_first() -> None:
    filed: Filed[str] = Filed()
    for id_ in ("a", "b", "c", "a"):
        filed.add(["key"], id_)

    assert list(filed.newest("key")) == ["a", "c", "b"]


def test_one_id_filed_twice_stands_once() -> None:
    filed: Filed[int] = Filed()
    filed.add([1], "a")
    filed.add([1], "a")

    assert list(filed.newest(1)) == ["a"]


def test_what_is_taken_out_leaves_no_key_behind() -> None:
    filed: Filed[int] = Filed()
    for key, id_ in ((1, "a"), (2, "a"), (2, "b")):
        filed.add([key], id_)
    for key, id_ in ((1, "a"), (2, "b"), (2, "a"), (2, "never filed"), (3, "a")):
        filed.remove([key], id_)

    assert len(filed) == 0
    assert list(filed.newest(2)) == []
