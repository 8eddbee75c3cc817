"""The commands against a real Kafka."""

import asyncio
import json
import subprocess
import sys

import pytest

from streams.errors import BadArticle, ErrorCode, Fault
from streams.wire.envelope import dead_letter_message
from streams.wire.message import Record
from tests.builders import feed, ndjson
from tests.workers import publish, read_topic, until

pytestmark = pytest.mark.connected


def records(broker: str, topic: str) -> list:
    return asyncio.run(read_topic(broker, topic))


def test_topics_are_made_once_and_what_differs_is_told(shell):
    assert shell("topics", "list")[0] == 4
    code, missing, _ = shell("check")
    assert (code, missing.count(" is not there\n"), missing.count("hint: ")) == (4, 10, 1)

    code, made, _ = shell("topics", "create", "--partitions", "2")
    assert (code, made.count("made ")) == (0, 10)
    code, again, _ = shell("topics", "create", "--partitions", "2")
    assert (code, again.count("same ")) == (0, 10)
    code, differs, _ = shell("topics", "create", "--partitions", "3")
    assert (code, differs.count("has 2 partitions, not 3")) == (4, 6)
    assert shell("topics", "list")[0] == 0
    assert shell("check")[:2] == (0, "a worker can start\n")


def test_a_missing_topic_is_told_with_what_to_do(shell, tmp_path):
    (tmp_path / "x.txt").write_text("工商银行公告。")
    code, out, err = shell("ingest", str(tmp_path / "x.txt"))

    assert (code, out) == (4, "")
    assert "hint: `news-alerts topics create`" in err


def test_no_broker_is_told_in_a_sentence():
    command = [sys.executable, "-m", "streams", "topics", "list", "--broker", "127.0.0.1:1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert "error: no broker answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_articles_are_published_under_their_id_and_the_faulty_are_named(
    shell, topics, broker, prefix, tmp_path
):
    (tmp_path / "a.txt").write_text("工商银行公告。")
    (tmp_path / "b.ndjson").write_text('{"source":"s","id":"1","content":"公告。"}\nnonsense\n')
    first = shell("ingest", str(tmp_path), "--json")
    assert shell("ingest", str(tmp_path))[1] == "2 published, 1 refused\n"

    assert first[0] == 5
    assert json.loads(first[1]) == {"published": 2, "refused": 1}
    assert f"error: {tmp_path}/b.ndjson:2: is not JSON" in first[2]
    found = records(broker, f"{prefix}.raw")
    assert len(found) == 4
    assert len({(record.key, record.value, record.partition) for record in found}) == 2


def test_stdin_is_published_as_it_comes(topics, broker, prefix):
    environ = {"NEWS_ALERTS_BROKER": broker, "NEWS_ALERTS_PREFIX": prefix, "PATH": ""}
    command = subprocess.Popen(
        [sys.executable, "-m", "streams", "ingest", "-"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    command.stdin.write(b'{"source":"s","id":"1","content":"x"}\n')
    command.stdin.flush()

    asyncio.run(until(broker, f"{prefix}.raw", bool, within_s=30))
    assert command.communicate(timeout=30) == (b"1 published, 0 refused\n", b"")
    assert command.returncode == 0


def test_a_subscription_is_added_shown_listed_and_removed(shell, topics, broker, prefix):
    code, out, _ = shell("subscriptions", "add", "--subscriber", "desk-a", "--ticker", "601398.SH", "--json")
    id_ = json.loads(out)["id"]
    assert code == 0
    assert shell("subscriptions", "add", "--subscriber", "desk-a", "--ticker", "601398.SH")[0] == 0
    assert shell("subscriptions", "add", "--subscriber", "desk-b", "--market", "--id", "b")[0] == 0

    assert f"{prefix}.alerts.desk-a" in shell("topics", "list")[1]
    assert json.loads(shell("subscriptions", "show", id_)[1])["roles"] == ["subject"]
    listed = [json.loads(line)["id"] for line in shell("subscriptions", "list", "--json")[1].splitlines()]
    assert listed == ["b", id_]
    assert shell("subscriptions", "list", "--subscriber", "desk-b")[1] == "b desk-b gets market\n"

    assert shell("subscriptions", "remove", id_)[0] == 0
    assert shell("subscriptions", "show", id_)[0] == 5
    assert records(broker, f"{prefix}.subscriptions")[-1].value is None


def test_who_asks_for_an_unknown_ticker_is_told_until_somebody_says_what_it_is(shell, topics, prefix):
    wish = (
        "subscriptions",
        "add",
        "--subscriber",
        "desk-a",
        "--ticker",
        "999999.SH",
        "--ticker",
        "601398.SH",
    )
    code, out, err = shell(*wish)
    assert (code, out.startswith("added desk-a-")) == (0, True)
    assert err == (
        "warning: tickers: 999999.SH is not in the shipped master, "
        f"nor in {prefix}.securities: nothing is known to be about it\n"
    )

    shell("securities", "add", "999999.SH", "--name", "澄湖晶材")
    assert shell(*wish)[2] == ""


def test_a_bad_record_in_the_subscriptions_topic_is_named_and_can_be_removed(shell, topics, broker, prefix):
    publish(broker, f"{prefix}.subscriptions", (b"bad", b"{}", []))

    code, out, err = shell("subscriptions", "list")
    assert (code, out) == (0, "")
    assert "not held: bad: " in err
    assert shell("subscriptions", "show", "bad")[0] == 5
    assert shell("subscriptions", "remove", "bad")[0] == 0
    assert shell("subscriptions", "list")[2] == ""


def test_what_is_listed_can_be_imported(shell, topics, tmp_path):
    path = tmp_path / "x.ndjson"
    lines = [f'{{"id":"s{n}","subscriber":"desk-a","tickers":["601398.SH"]}}\n' for n in range(3)]
    path.write_text("".join([*lines, "nonsense\n"]))

    code, out, err = shell("subscriptions", "import", str(path))
    assert (code, out) == (5, "3 added, 1 refused\n")
    assert f"error: {path}:4: is not JSON" in err
    assert shell("subscriptions", "list", "--json")[1] == "".join(lines)


def a_letter(prefix: str, offset: int, *, redrives: int = 0, topic: str = "raw", code=ErrorCode.NOT_JSON):
    headers = (("trace", b"1"), *((("redrive_count", b"%d" % redrives),) if redrives else ()))
    record = Record(
        topic=f"{prefix}.{topic}",
        partition=0,
        offset=offset,
        timestamp_ms=0,
        key=b"k",
        value=b"\xff bytes",
        headers=headers,
    )
    message = dead_letter_message(record, BadArticle(Fault("$", code, "is wrong")), prefix)
    return message.key, message.value, list(message.headers)


def test_topics_that_were_just_made_are_read_without_complaint(shell, topics, tmp_path, prefix):
    path = tmp_path / "x.ndjson"
    path.write_bytes(ndjson(feed(3)))
    code, out, err = shell(
        "replay", "--workers", "1", "--partitions", "50", "--into", f"{prefix}-again", str(path)
    )

    assert (code, err) == (0, "")
    assert out.startswith("3 articles replayed, 0 refused, ")


def test_dead_letters_are_listed_shown_and_put_back_once(shell, topics, broker, prefix):
    publish(
        broker,
        f"{prefix}.dead-letter",
        a_letter(prefix, 7),
        a_letter(prefix, 8, redrives=3),
        a_letter(prefix, 9, code=ErrorCode.INTERNAL),
        a_letter(prefix, 1, topic="mentions"),
    )

    listed = [
        json.loads(line) for line in shell("dead-letters", "list", "--json", "--topic", "raw")[1].splitlines()
    ]
    assert [(entry["offset"], entry["code"], entry["redrives"]) for entry in listed] == [
        (0, "not_json", 0),
        (1, "not_json", 3),
        (2, "internal", 0),
    ]
    assert listed[0]["origin"] == {"topic": f"{prefix}.raw", "partition": 0, "offset": 7}
    assert shell("dead-letters", "list", "--code", "internal")[1].count("\n") == 1
    shown = shell("dead-letters", "show", "0")[1]
    assert "error_message: $: is wrong" in shown
    assert "ff20 6279 7465 73" in shown
    assert shell("dead-letters", "show", "99")[0] == 5

    assert shell("dead-letters", "redrive", "--topic", "raw", "--dry-run")[1] == (
        "2 would be put back\n1 refused: came back 3 times\n"
    )
    assert records(broker, f"{prefix}.raw") == []
    assert shell("dead-letters", "redrive", "--topic", "raw")[1].startswith("2 put back\n")
    back = records(broker, f"{prefix}.raw")
    assert {(r.key, r.value, r.headers) for r in back} == {
        (b"k", b"\xff bytes", (("trace", b"1"), ("redrive_count", b"1")))
    }

    assert shell("dead-letters", "redrive", "--code", "not_json", "--topic", "raw")[1] == (
        "0 put back\n1 refused: came back 3 times\n1 refused: was put back before\n"
    )
    assert shell("dead-letters", "redrive", "0", "--again")[1] == "1 put back\n"
    assert [r.topic for r in records(broker, f"{prefix}.mentions")] == []
    assert json.loads(shell("dead-letters", "list", "--json")[1].splitlines()[0])["redriven"] == 2


def test_tail_prints_the_lines_of_the_topic_and_filters_by_any_listing(shell, topics, broker, prefix):
    line = json.dumps(
        {
            "headline": "头条",
            "ticker": "601398.SH",
            "name": "工商银行",
            "action": "created",
            "alert_id": "alert_1",
            "tickers": ["601398.SH", "01398.HK"],
            "version": 1,
            "role": "subject",
            "relevance": 0.9,
            "urgency": 3,
            "source": "s",
            "received_at": "2025-03-03T08:00:00.000+00:00",
            "events": ["policy"],
            "why": {"reason": "because"},
            "story": {"id": "story_1", "articles": 1, "copies": 0},
            "article": {"id": "article_1", "version": 1, "topic": "t", "partition": 0, "offset": 0},
        },
        ensure_ascii=False,
    ).encode()
    publish(broker, f"{prefix}.alerts", (b"601398.SH", line, []), (b"x", b"no alert", []))

    assert shell("tail", "--no-follow", "--json")[1].encode() in (
        line + b"\nno alert\n",
        b"no alert\n" + line + b"\n",
    )
    for ticker, count in (("601398.SH", 1), ("01398.HK", 1), ("000931.SZ", 0)):
        code, out, err = shell("tail", "--no-follow", "--json", "--ticker", ticker)
        assert (code, out.encode()) == (0, (line + b"\n") * count)
        assert "not an alert" in err
    out = shell("tail", "--no-follow")[1]
    assert "created   601398.SH 工商银行 头条 [subject 0.90 policy] because" in out
    assert shell("tail", "--no-follow", "--subscriber", "nobody")[0] == 4
