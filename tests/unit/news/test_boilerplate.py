from __future__ import annotations

import pytest

from streams.news.boilerplate import without_boilerplate
from streams.news.lines import Line, Link
from streams.news.links import Target

NEWS = Line("甲公司公告，拟回购不超过一亿元股份。")


def _texts(*lines: str | Line) -> list[str]:
    given = [line if isinstance(line, Line) else Line(line) for line in lines]
    return [line.text for line in without_boilerplate(given)]


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张三",
        "（责任编辑：DF001）",
        "[編輯：李四]",
        "来源链接：http://www.example.com/a?b=1",
        "分享到：微信 微博 QQ空间",
        "微信 微博 收藏",
        "扫一扫下载APP，随时看行情",
        "年末盛典正在评选，快来投票吧。【点击投票】",
        "全新研究助理，立即体验",
        "下载财经客户端",
        "返回首页",
        "点击查看更多",
    ],
)
def test_a_line_beside_the_article_is_dropped(line: str) -> None:
    assert _texts(NEWS, line) == [NEWS.text]


@pytest.mark.parametrize(
    "line",
    [
        "公司声明：网传消息不实，公司经营一切正常。",
        "风险提示：原料价格波动，需求不及预期。",
        "该公司下载量最大的客户端是什么？公司回应称，新版应用已经上线。",
        "公司推荐张三为董事候选人。",
        "相关公司股价随后上涨。",
        "推荐：甲公司获三家券商看好。",
        "更多公司加入回购行列，全年规模可能创新高。",
        "编辑软件厂商乙公司今日上市。",
        "他表示，版权收入增长三成。",
        "公司关注到有关报道，并将及时披露。",
    ],
)
def test_news_with_a_word_of_boilerplate_stays(line: str) -> None:
    assert _texts(line, NEWS, NEWS, NEWS, NEWS, NEWS, NEWS) == [line, *[NEWS.text] * 6]
    assert _texts(NEWS, line) == [NEWS.text, line]


@pytest.mark.parametrize(
    "heading", ["相关阅读：", "【延伸阅读】", "推荐阅读", "相關報道：", "更多新闻：旧闻一则", "往期回顾"]
)
def test_further_reading_is_dropped_up_to_the_next_sentence(heading: str) -> None:
    links = (Line("旧闻一则。", anchored=True), Line("旧闻两则"))
    assert _texts(NEWS, heading, *links, "（文章来源：某报）") == [NEWS.text, "（文章来源：某报）"]


@pytest.mark.parametrize(
    "line",
    [
        "免责声明：本文仅供参考，不构成投资建议。",
        "某某财经声明：内容为作者观点，不代表本站立场。",
        "版权声明：未经授权不得转载。",
        "以上内容仅供参考，据此操作风险自担",
    ],
)
def test_a_disclaimer_at_the_end_is_dropped(line: str) -> None:
    assert _texts(NEWS, line) == [NEWS.text]


def test_a_disclaimer_that_opens_a_long_article_is_read() -> None:
    line = "本文作者认为，该文件不构成要约。"
    assert _texts(line, *[NEWS] * 9)[0] == line


def test_the_tail_of_a_line_is_trimmed_with_its_links() -> None:
    line = Line(
        "甲公司公告。（责任编辑：乙公司）",
        (Link(0, 3, Target("600000.SH")), Link(12, 15, Target("600001.SH"))),
    )
    (trimmed,) = without_boilerplate([line])
    assert trimmed.text == "甲公司公告。"
    assert [link.target.ticker for link in trimmed.links] == ["600000.SH"]


def test_the_notice_of_delayed_quotes_is_trimmed() -> None:
    assert _texts("股价上升。(ab/c)(港股报价延迟最少十五分钟。资料截至 2025-01-02 16:25。)") == ["股价上升。"]


def test_nothing_is_left_of_boilerplate_alone() -> None:
    assert _texts("返回首页", "责任编辑：张三") == []
