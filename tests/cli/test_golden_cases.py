"""`explain --check` holds golden cases, or says in lines what differs."""

import json
from pathlib import Path

import pytest

from streams.cli import run
from tests.cli.lines import a_line

CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_golden_case_holds(case, capsys):
    code = run(["explain", "--check", str(case)])

    assert code == 0, capsys.readouterr().out


def test_a_golden_case_that_does_not_hold_is_told_in_lines(tmp_path, capsys):
    case = json.loads((CASES / "a-copy-is-suppressed.json").read_text())
    case["expect"] = [{"n": 1, "alerts": [], "mentions": [{"ticker": "600519.SH"}]}]
    (tmp_path / "case.json").write_text(json.dumps(case))

    assert run(["explain", "--check", str(tmp_path / "case.json")]) == 5
    out = capsys.readouterr().out
    assert "differs" in out
    assert "article 1, mentions: none with ticker 600519.SH" in out


def test_alerts_that_differ_are_shown_beside_those_expected(tmp_path, capsys):
    case = json.loads((CASES / "an-update-reaches-its-receivers.json").read_text())
    tape, desk, new = case["expect"][1]["alerts"]
    case["expect"][1]["alerts"] = [tape | {"why": "version 2"}, desk | {"to": "subscriber:desk-x"}, new]
    (tmp_path / "case.json").write_text(json.dumps(case))

    assert run(["explain", "--check", str(tmp_path / "case.json")]) == 5
    lines = [line.split(" (")[0] for line in capsys.readouterr().out.splitlines()]
    assert lines[2:] == [
        "  article 2, alerts:",
        "      subject 601398.SH, action updated, to tape",
        "    - subject 601398.SH, action updated, to subscriber:desk-x",
        "    + subject 601398.SH, action updated, to subscriber:desk-a",
        "      subject 601398.SH, action created, to subscriber:desk-g",
    ]


def test_a_reason_is_met_by_a_part_of_it(tmp_path, capsys):
    case = json.loads((CASES / "a-recap-next-morning-is-a-copy.json").read_text())
    case["expect"][2]["alerts"][0]["why"] = "53亿元"
    (tmp_path / "case.json").write_text(json.dumps(case))

    assert run(["explain", "--check", str(tmp_path / "case.json")]) == 5
    assert "- subject 300750.SZ, action updated, to tape (53亿元)" in capsys.readouterr().out


@pytest.mark.parametrize("case", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_case_that_holds_is_written_as_it_is(case, tmp_path):
    copy = tmp_path / case.name
    copy.write_bytes(case.read_bytes())

    assert run(["explain", "--check", "--write", str(copy)]) == 0
    assert copy.read_text("utf-8") == case.read_text("utf-8")


def test_what_came_of_a_case_is_written_as_expected(tmp_path, capsys):
    case = json.loads((CASES / "two-listings-one-alert.json").read_text())
    expect = case.pop("expect")
    (tmp_path / "case.json").write_text(json.dumps(case))

    assert run(["explain", "--check", str(tmp_path)]) == 5  # it lacks what it expects
    assert run(["explain", "--check", "--write", str(tmp_path)]) == 0
    found = json.loads((tmp_path / "case.json").read_text("utf-8"))["expect"]
    assert [one["alerts"] for one in found[: len(expect)]] == [one["alerts"] for one in expect]


def test_time_of_a_case_never_goes_back(tmp_path, capsys):
    articles = [
        a_line(1, received_at=at) for at in ("2026-03-02T10:00:00+08:00", "2026-03-02T09:00:00+08:00", "noon")
    ]
    (tmp_path / "case.json").write_text(f'{{"articles": [{",".join(articles)}], "expect": [{{"n": 1}}]}}')

    assert run(["explain", "--check", str(tmp_path)]) == 5
    err = capsys.readouterr().err
    assert "articles[2].received_at: is earlier than that of the article before" in err
    assert "articles[3].received_at: must be a time" in err


def test_all_mistakes_of_a_golden_case_are_told_at_once(tmp_path, capsys):
    (tmp_path / "case.json").write_text(
        json.dumps(
            {
                "abuot": "typo",
                "subscriptions": [{"subscriber": 1}],
                "articles": [{"source": "s", "content": 5}],
                "expect": [{"n": 2, "alerts": [{"subject": "x", "acton": "y"}]}, 7],
            }
        )
    )

    assert run(["explain", "--check", str(tmp_path / "case.json")]) == 5
    err = capsys.readouterr().err
    faults = (
        "abuot",
        "subscriptions[1].subscriber",
        "articles[1].content",
        "expect[1].alerts.acton",
        "expect[2]",
    )
    assert [name for name in faults if f"  {name}: " not in err] == []
