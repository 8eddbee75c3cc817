"""The spellings that follow from a name by rule."""

from __future__ import annotations

import pytest

from streams.enrichment.linking.forms import derived
from streams.enrichment.linking.rows import Row


@pytest.mark.parametrize(
    ("kind", "name", "forms"),
    [
        pytest.param("short", "晨光科技-W", ("晨光科技",), id="hong-kong-marker"),
        pytest.param("short", "远山集团-SW", ("远山集团",), id="two-characters-are-too-few"),
        pytest.param("short", "粤海能A", ("粤海能",), id="share-letter"),
        pytest.param("full", "晨光新材料股份有限公司", ("晨光新材料",), id="legal-form"),
        pytest.param("short", "晨光新材股份", ("晨光新材",), id="group-word"),
        pytest.param("alias", "晨光新材股份", (), id="an-alias-is-short-already"),
        pytest.param("short", "*ST晨光", ("ST晨光", "退市晨光"), id="the-exchange-s-other-marks"),
        pytest.param("english", "Dawn Light Inc.", ("Dawn Light",), id="english-legal-form"),
        pytest.param("english", "Dawn Holdings Co., Ltd.", ("Dawn Holdings Co", "Dawn Holdings", "Dawn")),
        pytest.param("listing", "600000.SH", (), id="no-name"),
    ],
)
def test_a_name_has_further_spellings(kind: str, name: str, forms: tuple[str, ...]) -> None:
    assert derived(Row(ticker="600000.SH", kind=kind, name=name)) == forms
