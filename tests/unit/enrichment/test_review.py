"""What is odd in a security master, and what explains it."""

from __future__ import annotations

import pytest

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.review import Concern, Finding, Known, review
from streams.enrichment.linking.rows import Row, WordRow
from streams.wire.reference import load_known, load_master, shipped_rows

Names = list[tuple[str, str, str]]


def found(names: Names, source: str = "curated", **known: object) -> list[Finding]:
    rows = [Row(ticker, kind, name, source) for ticker, kind, name in names]
    return review(rows, Known(**known), lambda ticker: ticker)  # type: ignore[arg-type]  # fields of Known


def test_what_is_plain_is_not_told() -> None:
    assert found([("600001.SH", "short", "晨光新材"), ("600001.SH", "full", "晨光新材股份有限公司")]) == []


@pytest.mark.parametrize(
    ("names", "concern", "subject"),
    [
        pytest.param(
            [("600001.SH", "short", "晨光新材"), ("600001.SH", "short", "晨光新材")],
            Concern.DUPLICATE, "晨光新材", id="twice",
        ),
        pytest.param(
            [("600001.SH", "short", "晨光新材"), ("600002.SH", "short", "晨光新材")],
            Concern.SHARED, "晨光新材", id="shared",
        ),
        pytest.param(
            [("600001.SH", "short", "晨光新材"), ("600001.SZ", "short", "长河科技")],
            Concern.CODE, "600001", id="a-code-twice",
        ),
        pytest.param(
            [("600001.SH", "since", "2020-01-01"), ("600001.SH", "since", "2021-01-01")],
            Concern.CODE, "600001.SH", id="two-first-days",
        ),
        pytest.param(
            [("600001.SH", "short", "晨光新"), ("600001.SH", "former", "晨光新材")],
            Concern.CUT, "晨光新", id="cut-off",
        ),
        pytest.param([("600001.SH", "alias", "晨光")], Concern.WORD, "晨光", id="a-word"),
        pytest.param([("600001.SH", "short", "晨光县")], Concern.PLACE, "晨光县", id="a-place"),
        pytest.param([("600001.SH", "short", "晨光行业")], Concern.BOARD, "晨光行业", id="a-board"),
    ],
)  # fmt: skip
def test_what_nothing_explains_is_told(names: Names, concern: Concern, subject: str) -> None:
    known = {"joints": {"晨光"}, "places": {"晨光县"}, "boards": {"晨光行业"}}
    assert [(f.concern, f.subject, f.explanation) for f in found(names, **known)] == [
        (concern, subject, None)
    ]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        pytest.param([("600001.SH", "short", "ABC"), ("600001.SH", "alias", "Abc")], "spelt", id="spelt"),
        pytest.param(
            [("600001.SH", "short", "晨光新材"), ("600002.SH", "former", "晨光新材")],
            "600001.SH is called so",
            id="former",
        ),
        pytest.param([("600001.SH", "short", "太阳能")], "words.csv", id="a-word-that-is-guarded"),
        pytest.param([("600001.SH", "short", "晨光日报")], "medium|speaks", id="a-medium"),
        pytest.param([("600001.SH", "short", "长河县")], "accepted: the company", id="accepted"),
    ],
)
def test_what_is_explained_says_by_what(names: Names, words: str) -> None:
    (finding,) = found(
        names,
        words=(WordRow(name="太阳能", reason=RejectReason.WORD),),
        media={"晨光日报"},
        places={"长河县"},
        accepted={("place", "长河县"): "the company"},
    )
    assert any(word in (finding.explanation or "") for word in words.split("|"))


def test_a_name_of_two_characters_that_others_list_asks_for_evidence_and_ours_does_not() -> None:
    (theirs,) = found([("600001.SH", "alias", "晨光")], source="dsa", joints={"晨光"})
    (ours,) = found([("600001.SH", "alias", "晨光")], joints={"晨光"})
    assert (theirs.explanation is None, ours.explanation is None) == (False, True)


def test_the_shipped_master_has_nothing_that_is_not_explained() -> None:
    findings = review(shipped_rows(), load_known(), load_master().issuer_of)
    assert [finding for finding in findings if finding.explanation is None] == []


def test_every_accepted_row_is_needed_and_has_its_reason() -> None:
    known = load_known()
    bare = Known(
        words=known.words, joints=known.joints, places=known.places, media=known.media, boards=known.boards
    )
    findings = review(shipped_rows(), bare, load_master().issuer_of)
    open_ = {(finding.concern.value, finding.subject) for finding in findings if finding.explanation is None}
    assert set(known.accepted) == open_
    assert all(known.accepted.values())
