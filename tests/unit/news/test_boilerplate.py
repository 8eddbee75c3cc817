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
        "编辑：张三 审核：李四",
        "责任编辑 张三",
        "编辑丨张三",
        "返回搜狐，查看更多",
        "展开全文",
        "点击阅读全文>>",
        "海量消息、精准解读，尽在某某财经APP",
        "更多精彩內容請登陸某某財經網 (https://www.example.com/)",
        "炒股就看某某分析师研报，权威、专业、及时",
        "热点栏目 自选股 数据中心 行情中心 资金流向 模拟交易 客户端",
        "首页 > 股票 > 新闻 > 正文",
        "当前位置：首页 > 某频道 > 甲公司",
        "标签：甲公司 乙公司",
        "下一篇：乙公司中标两个项目",
        "举报/反馈",
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
        "公司位置：项目位于开发区核心地段。",
        "更多消费者选择国产品牌，公司请代言人的费用随之上升。",
        "股票、基金、债券三类产品规模均有增长。",
        "该平台自选股功能上线，行情数据由乙公司提供。",
        "投资者应谨慎看待短期涨幅。",
        "公司客户端日活突破一亿，资讯业务收入增长。",
        "全文将提交股东大会审议。",
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
        "郑重声明：某某网发布此信息与本站立场无关。",
        "市场有风险，投资需谨慎。本文不构成个人投资建议。",
        "风险提示：以上内容仅供参考，不构成投资建议。",
        "投资有风险，入市需谨慎",
        "本文经授权转载自某某周刊",
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
