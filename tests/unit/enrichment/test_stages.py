"""The steps of a process are found in the opening of an article, plans are none."""

from __future__ import annotations

import pytest

from streams.enrichment.facts.record import Stage
from streams.enrichment.facts.stages import find_stages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("可转债申请获受理", (Stage.ACCEPTED,)),
        ("可转债申请获审核通过", (Stage.REVIEWED,)),
        ("部分门店已恢复营业", (Stage.PARTLY,)),
        ("三分之一产线恢复生产", (Stage.PARTLY,)),
        ("港区作业已全面恢复正常", (Stage.WHOLLY,)),
        ("更正2024年年度报告", (Stage.AMENDED,)),
        ("业绩预告修正公告", (Stage.AMENDED,)),
        ("公司称传闻纯属谣言", (Stage.DENIED,)),
        ("公司没有出售该业务的计划", (Stage.DENIED,)),
        ("消息属实,公司证实正在洽谈", (Stage.CONFIRMED,)),
        ("IPO审核状态变更为已问询".lower(), (Stage.INQUIRED,)),
        ("公司回复上交所审核问询函", (Stage.ANSWERED,)),
        ("收到境外发行上市备案通知书", (Stage.APPROVED,)),
        ("股东大会通过利润分配方案", (Stage.REVIEWED,)),
        ("每股派0.26元,股权登记日为10月23日", (Stage.PAYING,)),
        ("收到行政处罚决定书", (Stage.PENALISED,)),
        ("控股股东解除质押4100万股", (Stage.RELEASED,)),
        ("二审判决驳回上诉", (Stage.APPEALED,)),
        ("双方和解", (Stage.SETTLED,)),
        ("拟申请发行可转债", ()),
        ("方案尚需股东大会审议通过,待监管部门批准", ()),
        ("交易预计于三季度完成", ()),
        ("递交在主板挂牌上市的申请", ()),
        ("收到行政处罚事先告知书", ()),
        ("恢复生产的时间不详", ()),
    ],
)
def test_a_step_is_told_by_its_words(text: str, expected: tuple[Stage, ...]) -> None:
    assert find_stages(text) == expected
