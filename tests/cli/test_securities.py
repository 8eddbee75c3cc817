"""The names of companies on the command line, without a broker."""

from __future__ import annotations

import json

import pytest

from streams.cli import run


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.delenv("NEWS_ALERTS_BROKER", raising=False)


@pytest.fixture
def shell(capsys):
    """Run a command; returns its exit code and what it printed on stdout and stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(("securities", *arguments))
        return (code, *capsys.readouterr())

    return call


def test_a_listing_is_found_by_its_code_and_by_part_of_a_name(shell):
    assert shell("find", "01398")[:2] == (0, "01398.HK   工商银行 of 601398.SH\n")
    code, out, err = shell("find", "中国平", "--json", "--limit", "1")
    assert (code, json.loads(out)["sheet"]["ticker"]) == (0, "601318.SH")
    assert "--limit shows them" in err


def test_what_is_not_found_ends_with_the_code_of_a_bad_input(shell):
    assert shell("find", "nobody is called so") == (5, "", "nothing is called 'nobody is called so'\n")
    code, _, err = shell("show", "工商银")
    assert code == 5
    assert "hint: `news-alerts securities find 工商银` looks for parts" in err


def test_an_issuer_is_shown_with_listings_names_and_sources(shell):
    code, out, _ = shell("show", "601398")
    assert code == 0
    assert out.startswith("601398.SH  工商银行 the issuer's first, BK0475\n  short       工商银行 ")
    assert "\n01398.HK   工商银行 listing of 601398.SH\n" in out
    old, new = (json.loads(line) for line in sorted(shell("show", "430047", "--json")[1].splitlines()))
    assert (old["issuer"], old["valid_to"]) == (new["ticker"], "2025-10-08")


def test_the_shipped_master_is_checked_and_all_is_explained(shell):
    code, out, err = shell("check")
    assert (code, out) == (0, "")
    assert " 0 unexplained" in err
    code, out, _ = shell("check", "--all", "--json")
    assert (code, {"concern", "subject", "explanation"} <= json.loads(out.splitlines()[0]).keys()) == (
        0,
        True,
    )


def test_a_list_is_checked_as_if_it_were_imported_and_every_faulty_row_is_named(shell, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("ticker,kind,name\n688999.SH,short,工商银行\n688998.SH,nick,x\n")
    code, out, err = shell("check", str(path), "--json")
    assert code == 5
    assert [json.loads(line)["tickers"] for line in out.splitlines()] == [["601398.SH", "688999.SH"]]
    assert f"error: {path}:3: 2 faults" in err or f"error: {path}:3: kind: must be one of" in err


def test_what_is_said_wrongly_is_told_at_once_and_before_a_broker_is_asked(shell):
    code, _, err = shell("add", "茅台", "--name", "晨", "--board", "银行", "--broker", "127.0.0.1:1")
    assert code == 5
    assert "3 faults" in err
