"""The securities topic on the command line, against a real Kafka."""

import json
from dataclasses import replace

import pytest

from streams.wire.codec import encode
from tests.unit.enrichment.builders import an_article, enriched
from tests.workers import publish

pytestmark = pytest.mark.connected


def test_a_list_is_imported_faulty_rows_are_named_and_names_are_added_and_removed(shell, topics, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "ticker,kind,name\n688999.SH,short,澄湖晶材\n688999.SH,alias,澄湖\n688998.SH,nick,北岭\n", "utf-8"
    )

    code, out, err = shell("securities", "import", str(path))
    assert (code, out) == (5, "1 tickers said, 1 rows refused\n")
    assert f"error: {path}:4: kind: must be one of" in err
    assert shell("securities", "add", "688999.SH", "--name", "澄湖科技", "--to", "2026-12-31")[0] == 0
    (said,) = [json.loads(line) for line in shell("securities", "list", "--json")[1].splitlines()]
    assert [(name["name"], name.get("valid_to")) for name in said["names"]] == [
        ("澄湖晶材", None),
        ("澄湖", None),
        ("澄湖科技", "2026-12-31"),
    ]
    assert shell("securities", "find", "澄湖科")[1] == "688999.SH  澄湖晶材 by 澄湖科技\n"

    assert shell("securities", "add", "688999.SH", "--name", "澄湖", "--replace")[0] == 0
    assert shell("securities", "list")[1].startswith("688999.SH  澄湖 (alias) ; instead of the shipped names")
    assert shell("securities", "remove", "688999.SH")[0] == 0
    assert shell("securities", "remove", "688999.SH")[0] == 5
    assert shell("securities", "list")[1] == ""


def test_a_bad_record_in_the_securities_topic_is_named_and_can_be_removed(shell, topics, broker, prefix):
    publish(broker, f"{prefix}.securities", (b"688999.SH", b"{}", []))

    assert "not held: 688999.SH: ticker: is missing" in shell("securities", "list")[2]
    assert shell("securities", "remove", "688999.SH")[0] == 0
    assert shell("securities", "list")[2] == ""


def test_unknown_names_are_listed_those_of_most_articles_first(shell, topics, broker, prefix):
    bodies = [
        encode(enriched(replace(an_article(text), id=f"article_{number}")))
        for number, text in enumerate(("北岭股份扩产。", "北岭股份减产。南湖股份扩产。"))
    ]
    publish(
        broker,
        f"{prefix}.articles",
        *((b"%d" % n, body, []) for n, body in enumerate(bodies)),
        (b"x", b"{}", []),
    )

    code, out, err = shell("securities", "unknown", "--json")
    assert code == 0
    assert [(one["surface"], one["articles"]) for one in map(json.loads, out.splitlines())] == [
        ("北岭股份", 2),
        ("南湖股份", 1),
    ]
    assert "not an article" in err
    code, out, err = shell("securities", "unknown", "--limit", "1", "--since", "1h")
    assert (code, out.split()[:2]) == (0, ["2", "北岭股份"])
    assert "2 names, 1 more than shown" in err
