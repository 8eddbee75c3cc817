"""What the shipped tables say of sentences of our own."""

from __future__ import annotations

import pytest

from streams.enrichment.article import EventKind
from streams.enrichment.linking.securities import Master
from streams.wire.reference import load_master, shipped_boards
from tests.unit.enrichment.builders import an_article, enriched


@pytest.fixture(scope="module")
def master() -> Master:
    return load_master()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("财政部、税务总局联合印发通知，明年起减半征收车船税。", ["policy"]),
        ("證監會對一家持牌法團作出譴責並處以罰款。", ["enforcement"]),
        ("法院一审判决驳回原告诉讼请求。", ["litigation"]),
        ("盈利預警：集團預期全年股東應佔溢利將大幅減少。", ["earnings"]),
        ("董事會建議派發末期股息每股12港仙。", ["dividend"]),
        ("公司昨日在場內購回股份五十萬股。", ["buyback"]),
        ("持股5%以上股东拟减持不超过1%股份。", ["shareholding"]),
        ("公司拟以现金收购标的公司全部股权。", ["merger"]),
        ("公司完成发行十亿元中期票据。", ["financing"]),
        ("證監會就其上市申請發出備案通知，公司通過聆訊。", ["ipo"]),
        ("公司中标海外风场项目，合同金额八亿元。", ["contract"]),
        ("公司新药获批上市，下月开售。", ["product"]),
        ("總裁因個人原因辭任，董事會委任陳先生接任。", ["personnel"]),
        ("大行首予買入評級，目標價18元。", ["rating"]),
        ("三大指数集体收涨，沪指涨超1%。", ["price-move"]),
        ("布伦特原油期货主力合约报每桶82美元。", ["commodity"]),
        ("央行开展逆回购操作，利率不变。", ["macro"]),
        ("乘联会：上月乘用车市场零售销量同比增长两成。", ["industry"]),
        ("两国外长就停火举行会谈。", ["geopolitics"]),
        ("工厂发生爆炸，三人受伤。", ["accident"]),
        ("公司更名，证券简称相应变更。", ["other"]),
        ("公司否认重组传闻。", ["other"]),
        ("公司澄清：未收到立案通知，网传消息不实。", ["other"]),
        ("公司从未筹划重大资产重组。", ["other"]),
        ("国产替代未来可期", ["industry"]),
        ("今日质押式回购利率走高", ["macro"]),
        ("公司创新药海外权益独家许可予一家药企，里程碑付款另计。", ["contract"]),
        ("公司董事长被监察委留置，总经理代行职责。", ["enforcement"]),
        ("强降雪致机场临时关闭，列车大面积晚点。", ["accident"]),
        ("两家公司就专利纠纷握手言和，终止全部法律程序。", ["litigation"]),
        ("公司产线带料试车，年底达产。", ["product"]),
        ("网传公司拟并购同行，公司：假的，已报案。", ["other"]),
        ("首期一亿元由两家机构战略投资者入股。", ["financing"]),
        ("Shares were cut to underperform", ["rating"]),
    ],
)
def test_what_happened_is_told_by_the_words_for_it(text: str, kinds: list[str], master: Master) -> None:
    assert [str(event.kind) for event in enriched(an_article(text), master).events][:1] == kinds


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("比亚迪公告，上月销量同比增长两成。", EventKind.EARNINGS),
        ("全国挖掘机上月销量同比增长两成。", EventKind.INDUSTRY),
        ("比亚迪宣布旗下车型降价。", EventKind.PRODUCT),
        ("多家水泥厂宣布涨价，每吨上调30元。", EventKind.COMMODITY),
    ],
)
def test_a_figure_is_the_company_s_where_one_is_named(text: str, first: EventKind, master: Master) -> None:
    assert enriched(an_article(text), master).events[0].kind is first


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("水泥错峰生产扩大，熟料库存下降。", ["BK0424"]),
        ("內房股合約銷售回暖，土地出讓放緩。", ["BK0451"]),
        ("煤炭价格企稳，电煤日耗回升。", ["BK0437"]),
        ("中国证券报：记者获悉会议将如期举行。", []),
        ("十大券商策略：节后怎么看", []),
        ("白酒ETF份额增长", []),
        ("央行公布存款准备金率安排，银行业流动性充裕。", []),
        ("She called the plan a handicap", []),
        ("They underperform", []),
        ("首付款一千万美元，另有里程碑付款", []),
    ],
)
def test_trades_are_told_by_their_words_not_by_names(text: str, codes: list[str], master: Master) -> None:
    assert [sector.code for sector in enriched(an_article(text), master).sectors] == codes


def test_every_board_has_words_and_no_word_is_listed_twice_for_one_board() -> None:
    for board in shipped_boards():
        words = [*board.words, *board.hints]
        assert words, board.name
        assert len(words) == len(set(words)), board.name


def test_the_evidence_of_a_word_in_two_parts_reaches_over_both(master: Master) -> None:
    (event, *_) = enriched(an_article("集团出售旗下两家工厂，交易待股东批准"), master).events
    assert event.kind is EventKind.MERGER
    assert "出售旗下" in event.evidence[0].surface
