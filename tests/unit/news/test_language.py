from __future__ import annotations

import pytest

from streams.news.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("公司发布业绩预告，预计净利润增长", "zh-Hans"),
        ("公司發布業績預告，預計淨利潤增長", "zh-Hant"),
        ("騰訊挫逾三成", "zh-Hant"),
        ("内房股领涨", "zh-Hans"),
        ("腾讯推出新品牌 Level Infinite，将发行多款游戏", "zh-Hans"),
        ("Shares of the company rose on Monday after results", "en"),
        ("会社は業績を発表しました。これはテストです", "und"),
        ("AAPL", "und"),
        ("600000 12.5%", "und"),
        ("", "und"),
    ],
)
def test_the_script_of_a_text_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language
