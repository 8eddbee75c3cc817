"""Which houses speak in an article, and which only do business."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.houses import find_speakers


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("晨光证券:看好白酒", ("晨光证券",), id="a-view"),
        pytest.param("晨光证券研报称,库存见顶", ("晨光证券",), id="a-report"),
        pytest.param("晨光证券:筹划重大资产重组", (), id="its-own-plan"),
        pytest.param("晨光证券:净利润预计增长三成", (), id="its-own-results"),
    ],
)
def test_a_house_speaks_unless_it_tells_of_itself(title: str, expected: tuple[str, ...]) -> None:
    assert find_speakers(title, "") == expected
