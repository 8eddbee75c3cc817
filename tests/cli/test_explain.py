"""`explain` shows what was read, linked, rejected and alerted, without a broker."""

import json
from pathlib import Path

import pytest

from streams.cli import run
from tests.cli.lines import a_line

POST = """---
layout: post
title: "科技金融试点启动"
date: 2025-03-03 08:31:00 +0800
categories: wire
---
<p>监管部门与中国<span id="stock_1.601398"><a class="keytip"
href="http://quote.eastmoney.com/unify/r/1.601398"
data-code="1,601398">工商银行</a></span>联合印发通知，在<span id="stock_0.000931"><a
href="http://quote.eastmoney.com/unify/r/0.000931" class="keytip"
data-code="0,000931">中关村</a></span>科技园启动试点。（示例日报）</p>
"""


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.md"
    path.write_text(POST, "utf-8")
    return path


def entries(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_entry_holds_what_the_scorers_read(post, capsys):
    assert run(["explain", "--json", str(post)]) == 0

    (entry,) = entries(capsys)
    assert entry["path"] == str(post)
    assert entry["title"] == "科技金融试点启动"
    assert entry["published_at"] == "2025-03-03T08:31:00.000+08:00"
    assert entry["url"] is None
    assert entry["media"] == "示例日报"
    assert {(m["ticker"], m["role"]) for m in entry["mentions"]} == {
        ("601398.SH", "subject"),
        ("01398.HK", "subject"),
    }
    assert {(r["ticker"], r["reason"]) for r in entry["rejected"]} == {("000931.SZ", "place")}
    assert "BK0475" in [sector["code"] for sector in entry["sectors"]]
    assert entry["events"][0]["kind"] == "policy"
    assert ("601398.SH", "created") in [(alert["subject"], alert["action"]) for alert in entry["alerts"]]


def test_a_person_reads_why_a_place_is_no_company_and_which_listing_is_the_same_issuer(post, capsys):
    run(["explain", str(post)])

    out = capsys.readouterr().out
    assert "rejected 000931.SZ 中关村  place" in out
    assert "linked   01398.HK  工商银行  subject" in out
    assert "same issuer as 601398.SH" in out


def test_subscriptions_say_who_would_get_it_and_who_not(post, tmp_path, capsys):
    wishes = tmp_path / "wishes.ndjson"
    wishes.write_text(
        '{"id":"a","subscriber":"desk-a","tickers":["01398.HK"]}\n'
        '{"id":"b","subscriber":"desk-b","tickers":["601398.SH"],"events":["dividend"]}\n'
    )
    run(["explain", "--subscriptions", str(wishes), str(post)])

    out = capsys.readouterr().out
    assert "    desk-a: created, a (ticker 01398.HK)" in out
    assert "    not desk-b: b, event policy" in out


def test_silences_say_who_would_not_get_it_by_what(post, tmp_path, capsys):
    wishes, silences = tmp_path / "wishes.ndjson", tmp_path / "silences.ndjson"
    wishes.write_text('{"id":"a","subscriber":"desk-a","tickers":["601398.SH"]}\n')
    silences.write_text(
        '{"id":"quiet","tickers":["601398.SH"],"starts_at":"2020-01-01T00:00Z","ends_at":"2999-01-01T00:00Z",'
        '"author":"trader","comment":"results day"}\n'
    )
    flags = ["--subscriptions", str(wishes), "--silences", str(silences)]
    run(["explain", *flags, str(post)])
    assert "    not sent: silenced by quiet, to desk-a" in capsys.readouterr().out

    run(["explain", "--json", *flags, str(post)])
    (entry,) = entries(capsys)
    (alert,) = [alert for alert in entry["alerts"] if alert["subject"] == "601398.SH"]
    assert (alert["action"], alert["to"]) == ("created", [])
    (missed,) = alert["not_sent"]
    assert (missed["reason"], missed["by"], missed["subscribers"]) == ("silenced", ["quiet"], ["desk-a"])


def test_files_are_one_stream_so_a_copy_is_suppressed(post, tmp_path, capsys):
    copy = tmp_path / "relay.json"
    content = POST.split("---\n")[2]
    copy.write_text(
        json.dumps(
            {"source": "relay", "title": "科技金融试点启动", "content": content, "content_type": "text/html"}
        )
    )
    run(["explain", "--json", str(post), str(copy), str(post)])

    first, second, third = entries(capsys)
    (alert,) = [alert for alert in second["alerts"] if alert["subject"] == "601398.SH"]
    assert (alert["action"], alert["relation"]) == ("suppressed", "copy")
    assert alert["story"] == next(a["story"] for a in first["alerts"] if a["subject"] == "601398.SH")
    assert third["redelivery"] is True


def test_a_file_that_cannot_be_read_has_an_error_entry_and_stops_no_other(post, tmp_path, capsys):
    bad = tmp_path / "bad.json"
    bad.write_text('{"source": "s"')
    code = run(["explain", "--json", str(bad), str(tmp_path / "absent.md"), str(post)])

    broken, absent, good = entries(capsys)
    assert code == 5
    assert broken["error"]["code"] == "not_json"
    assert "No such file" in absent["error"]["message"]
    assert good["title"]


def test_faulty_subscriptions_are_told_with_their_lines(post, tmp_path, capsys):
    wishes = tmp_path / "wishes.ndjson"
    wishes.write_text('{"subscriber":"d","tickers":["nonsense"]}\n\n{"tickers":1}\n')

    assert run(["explain", "--subscriptions", str(wishes), str(post)]) == 5
    err = capsys.readouterr().err
    assert [
        part for part in ("line 1, tickers: ", "line 3, subscriber: ", "line 3, tickers: ") if part not in err
    ] == []


def test_control_characters_of_an_article_do_not_reach_the_terminal(tmp_path, capsys):
    (tmp_path / "x.txt").write_text("\x1b[31m工商银行(601398.SH)公告\x1b]0;title\x07分红。")
    run(["explain", str(tmp_path / "x.txt")])

    assert "\x1b" not in capsys.readouterr().out


def test_only_cases_are_written(post, capsys):
    assert run(["explain", "--write", str(post)]) == 2
    assert "--write goes with --check" in capsys.readouterr().err


def test_a_stream_is_received_as_it_was_published_and_its_time_never_goes_back(tmp_path, capsys):
    late = a_line(1, id="other", published_at="2025-03-01T09:00:00+08:00")
    path = tmp_path / "events.ndjson"
    path.write_text("\n".join([a_line(1), a_line(9), late, a_line(9)]), "utf-8")

    assert run(["explain", "--json", "--stream", str(path)]) == 0

    said = entries(capsys)
    actions = [[a["action"] for a in entry["alerts"] if a["subject"] == "601398.SH"] for entry in said]
    assert [entry["n"] for entry in said] == [1, 2, 3, 4]
    # Received with the event of the 9th, the copy comes after its story was forgotten.
    assert actions == [["created"], ["created"], ["created"], []]
    assert said[3]["redelivery"]


def test_a_stream_says_story_and_reason_for_subjects_and_not_for_those_named_in_passing(tmp_path, capsys):
    path = tmp_path / "events.ndjson"
    speaker = a_line(
        1, title="中信证券：工商银行业绩稳健", content="中信证券认为，工商银行(601398.SH)业绩稳健。"
    )
    path.write_text("\n".join([speaker, a_line(1, id="b"), a_line(1, id="c")]), "utf-8")

    run(["explain", "--json", "--stream", str(path)])

    first, second, third = entries(capsys)
    assert "600030.SH" not in [alert["subject"] for alert in first["alerts"]]
    bank, copy = (next(a for a in e["alerts"] if a["subject"] == "601398.SH") for e in (second, third))
    assert (copy["action"], copy["story"]) == ("suppressed", bank["story"])
    assert copy["reason"]


def test_what_storm_control_held_back_is_told_at_the_end(tmp_path, capsys):
    wish = {"id": "m1", "subscriber": "desk-a", "tickers": ["300750.SZ"]}
    (tmp_path / "wishes.ndjson").write_text(json.dumps(wish))
    feed = [
        {
            "source": "wire",
            "id": str(number),
            "title": title,
            "published_at": f"2024-05-06T09:30:{number}0+08:00",
        }
        for number, title in enumerate(("宁德时代的员工食堂换了菜单", "宁德时代参加城市马拉松"))
    ]
    (tmp_path / "feed.ndjson").write_text(
        "\n".join(json.dumps(each | {"content": each["title"]}) for each in feed)
    )
    asked = ["--stream", "--storm-per-minute", "1", "--subscriptions", str(tmp_path / "wishes.ndjson")]

    assert run(["explain", "--json", *asked, str(tmp_path / "feed.ndjson")]) == 0
    *_, held, ended = entries(capsys)
    (unsent,) = next(each for each in held["alerts"] if each["subject"] == "300750.SZ")["not_sent"]
    assert (unsent["reason"], ended["ended"]) == ("storm", "2024-05-06T01:31:00.000+00:00")
    assert [(each["relation"], each["to"]) for each in ended["alerts"]] == [("digest", ["desk-a"])]

    assert run(["explain", *asked, str(tmp_path / "feed.ndjson")]) == 0
    assert "    desk-a: a digest of alert_" in capsys.readouterr().out.splitlines()[-1]
