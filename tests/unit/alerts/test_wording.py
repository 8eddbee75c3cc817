"""The words of an alert, and what of it is shown when there is too much."""

from __future__ import annotations

from typing import Any

import pytest

from streams.alerts.judging.judgement import Judgement, Relation
from streams.alerts.judging.wording import evidence, headline, reason, tidy
from streams.alerts.room import cut_to, size_of
from streams.enrichment.article import Event, EventKind, Evidence, Method
from streams.enrichment.subjects import SubjectKind
from streams.news.article import Action
from tests.unit.alerts.builders import Desk, a_mention, a_sector_mention, a_subscription


def found(surface: str, method: Method, field: str = "text", start: int = 0) -> Evidence:
    return Evidence(field=field, start=start, end=start + len(surface), surface=surface, method=method)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": " 央行\n降准 "}, "央行 降准"),
        ({"title": None, "text": "央行宣布降准。市场大涨。"}, "央行宣布降准。"),
        ({"title": "", "text": "Apple grew 1.5 pct. More follows."}, "Apple grew 1.5 pct."),
        ({"title": None, "text": "没有句号的一段"}, "没有句号的一段"),
        ({"title": "字" * 121}, "字" * 119 + "…"),
        ({"title": "\x00\x01", "text": "", "media": "新华社"}, "工商银行: 新华社 has an article"),
        ({"title": None, "text": "", "action": Action.WITHDRAW}, "工商银行: wire takes back an article"),
        (
            {"title": None, "text": "", "source": "", "name": "\x02" * 500},
            "601398.SH: somebody has an article",
        ),
    ],
    ids=[
        "title",
        "first-sentence",
        "decimal-point",
        "no-stop",
        "cut",
        "no-words",
        "withdrawn",
        "nothing-at-all",
    ],
)
def test_the_headline_is_the_title_else_the_first_sentence(fields: dict[str, Any], expected: str) -> None:
    assert headline(a_mention(**fields)) == expected


@pytest.mark.parametrize(
    ("fields", "relation", "expected"),
    [
        ({}, Relation.NEW, "subject by quote link 工商银行 in the text; policy; new story"),
        ({"evidence": (), "events": ()}, Relation.UPDATE, "subject; update: adds to 《某事》"),
        (
            {
                "events": tuple(
                    Event(kind=kind) for kind in (EventKind.IPO, EventKind.RATING, EventKind.OTHER)
                )
            },
            Relation.CORRECTION,
            "subject by quote link 工商银行 in the text; ipo, rating; correction: adds to 《某事》",
        ),
    ],
    ids=["new", "bare", "two-events"],
)
def test_the_reason_is_one_sentence(fields: dict[str, Any], relation: Relation, expected: str) -> None:
    mention = a_mention(**fields)

    judgement = Judgement(relation, None, "adds to 《某事》")

    assert reason(mention, judgement, evidence(mention)) == expected


def test_evidence_is_three_places_the_strongest_first_and_no_words_twice() -> None:
    mention = a_mention(
        evidence=(
            found("工行", Method.ALIAS),
            found("工商银行", Method.SHORT_NAME, start=5),
            found("601398", Method.CODE, start=9),
            found("工商银行", Method.QUOTE_LINK, start=20),
            found("中国工商银行", Method.FULL_NAME, field="title"),
        )
    )

    assert [(e.surface, e.method.value) for e in evidence(mention)] == [
        ("工商银行", "quote_link"),
        ("601398", "code"),
        ("中国工商银行", "full_name"),
    ]


def test_shortened_evidence_still_slices_back_to_its_surface() -> None:
    text = "某" * 50
    (shown,) = evidence(a_mention(text=text, evidence=(found(text, Method.FULL_NAME),)))

    assert text[shown.start : shown.end] == shown.surface
    assert len(shown.surface) == 20


def test_control_characters_and_line_feeds_leave_one_line() -> None:
    assert tidy("a\x00b\r\n\t c", 20) == "a b c"


@pytest.mark.parametrize("text", ["行" * 100, "😀" * 100, '"' * 100, "\x00" * 100, "a行😀" * 40], ids=ascii)
@pytest.mark.parametrize("size", [0, 2, 3, 4, 50, 299])
def test_a_text_cut_to_a_size_is_never_longer(text: str, size: int) -> None:
    assert size_of(cut_to(text, size)) <= size


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut_to("工商银行", 12) == "工商银行"
    assert cut_to("工商银行", 11) == "工商…"


def test_a_long_url_is_left_out_and_never_cut() -> None:
    alerts = [Desk().told(url="https://a.example/" + "x" * length).outcomes[0].alert for length in (100, 500)]

    assert [alert.url is None for alert in alerts] == [False, True]


def test_a_subscriber_with_many_wishes_is_told_the_first_and_the_number_of_the_others() -> None:
    desk = Desk(*(a_subscription(id=f"s{n:02d}") for n in range(12)))

    why = desk.told().outcomes[1].alert.why

    shown = [matched.subscription for matched in why.subscriptions]
    assert shown == [f"s{n:02d}" for n in range(len(shown))]
    assert 3 <= len(shown) <= 10
    assert len(shown) + why.more == 12


def test_a_long_reason_is_cut() -> None:
    keyword = "科技贷款" * 10
    desk = Desk(a_subscription(keywords={"any": [keyword]}))

    (matched,) = desk.told(text=keyword).outcomes[1].alert.why.subscriptions

    assert matched.by == ("ticker 601398.SH", "keyword 科技贷款科技贷款科技贷…")


def test_a_suppressed_alert_counts_the_subscribers_that_it_has_no_room_to_name() -> None:
    desk = Desk(*(a_subscription(id=f"s{n:03d}", subscriber=f"desk-{n:03d}") for n in range(200)))
    desk.told()

    alert = desk.told(id="b").outcomes[0].alert

    assert alert.suppressed is not None
    assert len(alert.suppressed.subscribers) + alert.suppressed.more == 200
    assert len(alert.why.subscriptions) + alert.why.more == 200
    assert alert.summary is None


def test_a_board_is_named_with_its_code() -> None:
    alert = Desk().told(
        **{name: getattr(a_sector_mention(), name) for name in ("subject", "kind", "name", "listings")}
    )

    assert (alert.outcomes[0].alert.ticker, alert.outcomes[0].alert.name) == ("BK0475", "银行")


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), "market: no company is its subject; new story"),
        ((EventKind.OTHER,), "market: no company is its subject; other; new story"),
        ((EventKind.MACRO,), "market; macro; new story"),
    ],
    ids=["no-kind", "other", "macro"],
)
def test_the_reason_of_a_market_alert_without_evidence_says_why_it_is_the_market_s(
    kinds: tuple[EventKind, ...], words: str
) -> None:
    mention = a_mention(
        subject="market",
        kind=SubjectKind.MARKET,
        name="market",
        listings=(),
        evidence=(),
        events=tuple(Event(kind=kind) for kind in kinds),
    )

    assert reason(mention, Judgement(Relation.NEW, None, ""), ()) == words
