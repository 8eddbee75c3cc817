"""What a headline says of the trading in its subject."""

import pytest

from streams.alerts.stories.trading import Trading, trading_in


@pytest.mark.parametrize(
    ("headline", "says"),
    [
        ("某公司：筹划重大资产重组，股票自明日起停牌", Trading.HALTED),
        ("某公司今起停牌核查", Trading.HALTED),
        ("某公司(00001.HK)早盘短暂停牌", Trading.HALTED),
        ("某公司今早暂停买卖", Trading.HALTED),
        ("某公司重组事项未完成 继续停牌", Trading.HALTED),
        ("某公司延期复牌", Trading.HALTED),
        ("Some Co requests trading halt", Trading.HALTED),
        ("Exchange suspends trading in Some Co", Trading.HALTED),
        ("某公司：停牌核查完成，股票明日复牌", Trading.RESUMED),
        ("某公司恢復買賣", Trading.RESUMED),
        ("Some Co resumes trading", Trading.RESUMED),
        ("上交所决定终止某公司股票上市", Trading.DELISTED),
        ("某公司股票终止上市", Trading.DELISTED),
        ("某公司被强制退市", Trading.DELISTED),
        ("某公司股票明日摘牌", Trading.DELISTED),
        ("Some Co to be delisted", Trading.DELISTED),
        ("某公司发布退市风险警示公告", None),
        ("退市新规落地", None),
        ("某公司终止上市辅导", None),
        ("某公司：股票不停牌", None),
        ("某公司公布业绩", None),
        ("某企业以10亿元摘牌地块", None),
        ("某公司：不会终止上市", None),
        ("某公司股票可能被终止上市的风险提示公告", None),
        ("某公司不存在退市情形", None),
        ("某公司回应退市传闻：不实", None),
        ("某公司：暂不恢复分红", None),
        ("某公司申请复牌被否", None),
        ("某公司尚未收到复牌通知", None),
        ("Some Co denies it will be delisted", None),
        ("", None),
    ],
)
def test_a_headline_says_what_becomes_of_trading(headline: str, says: Trading | None) -> None:
    assert trading_in(headline) is says
