"""`silences` against a real Kafka."""

import json

import pytest

from tests.workers import publish

pytestmark = pytest.mark.connected
TICKER = ("--ticker", "601398.SH", "--comment", "results day", "--author", "trader")


def listed(shell, *flags: str) -> list[dict]:
    return [json.loads(line) for line in shell("silences", "list", "--json", *flags)[1].splitlines()]


def test_a_silence_is_added_extended_and_expired_and_then_listed_as_expired_only(shell, topics):
    code, out, _ = shell("silences", "add", *TICKER, "--for", "2h", "--json")
    made = json.loads(out)
    assert (code, made["tickers"], made["author"]) == (0, ["601398.SH"], "trader")
    assert shell("silences", "show", made["id"])[1].startswith(f'{{"id":"{made["id"]}","tickers"')
    assert listed(shell) == [made]

    assert shell("silences", "update", made["id"], "--for", "3h", "--comment", "longer")[0] == 0
    (extended,) = listed(shell)
    assert (extended["starts_at"], extended["comment"]) == (made["starts_at"], "longer")
    assert extended["ends_at"] > made["ends_at"]
    assert shell("silences", "update", made["id"], "--starts-at", "2026-01-01T00:00")[0] == 5

    assert shell("silences", "expire", made["id"])[0] == 0
    assert listed(shell) == []
    assert [one["id"] for one in listed(shell, "--expired")] == [made["id"]]
    code, _, err = shell("silences", "expire", made["id"])
    assert (code, "has expired before" in err) == (5, True)
    code, _, err = shell("silences", "update", made["id"], "--for", "9h")
    assert (code, "`news-alerts silences add` makes a new one" in err) == (5, True)


def test_a_pending_silence_expires_without_having_begun(shell, topics):
    assert shell("silences", "add", *TICKER, "--id", "q", "--starts-at", "2999-01-01T00:00")[0] == 0
    assert "q pending mutes 601398.SH" in shell("silences", "list")[1]

    assert shell("silences", "expire", "q")[0] == 0
    (gone,) = listed(shell, "--expired")
    assert gone["starts_at"] == gone["ends_at"]


def test_silences_are_listed_by_the_subscriber_whom_they_mute(shell, topics):
    for id_, flags in (("all", ()), ("a", ("--subscriber", "desk-a")), ("b", ("--subscriber", "desk-b"))):
        assert shell("silences", "add", *TICKER, "--id", id_, *flags)[0] == 0
    assert [one["id"] for one in listed(shell, "--subscriber", "desk-a")] == ["a", "all"]


def test_what_is_listed_can_be_imported_and_bad_records_are_named_and_removed(
    shell, topics, broker, prefix, tmp_path
):
    assert shell("silences", "add", *TICKER, "--id", "q")[0] == 0
    path = tmp_path / "x.ndjson"
    lines = shell("silences", "list", "--json")[1]
    path.write_text(lines + "nonsense\n")
    assert shell("silences", "remove", "q")[0] == 0
    publish(broker, f"{prefix}.silences", (b"bad", b"{}", []))

    code, out, err = shell("silences", "import", str(path))
    assert (code, out) == (5, "1 added, 1 refused\n")
    assert f"error: {path}:2: is not JSON" in err
    assert shell("silences", "list", "--json")[1] == lines
    assert "not held: bad: " in shell("silences", "list")[2]
    assert shell("silences", "show", "bad")[0] == 5
    assert shell("silences", "remove", "bad")[0] == 0
    code, _, err = shell("silences", "show", "bad")
    assert (code, "`news-alerts silences list` shows all" in err) == (5, True)
