"""Steps of a process: an application is accepted, reviewed, approved, registered; a deal is done, or ends.

Plans and applications are no steps: every report of a later step tells them again.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.record import Stage
from streams.enrichment.facts.wordlists import one_of

_LEAD = 160
_RESUMES = one_of("恢复 复工 复产 开放 重启 重开 通车 通航 解封 解除 运营 营业 开业 投运")
_GAP = r"[^,。;:\n]{0,6}?"
# A company's own, not what a medium wrote.
_AMENDS = one_of("更正 修正 更正后的 修订")
_PAPER = one_of(
    "年报 半年报 季报 年度报告 季度报告 业绩快报 业绩预告 招股书 招股说明书 公告 财报 财务报表 权益分派方案"
)
_DENIES = one_of(
    """否认 不属实 不实 非事实 谣言 辟谣 子虚乌有 无中生有 无此事 没有此事 纯属虚构 假消息
    不是事实 澄清"""
)
_STAGES = re.compile(
    # Most characters begin no step: one look at a class tells.
    r"(?=[终中撤取告未被不否流失放获受同注予准过审通批核无附挂上首正敲登完实交落竣投办已累部三半分逐陆全悉更修差谣辟子无纯假澄证属没并死遇身丧罹股备问回一二和处纪权除解])(?:"
    r"(?P<ended>终止|中止|撤回|撤销|取消|告吹|未获通过|未通过|未能通过|被否|不予核准|否决|流产|失败|放弃)"
    r"|(?P<accepted>获受理|受理)"
    r"|(?P<registered>同意注册|注册生效|予以注册|获准注册|注册获批|获批注册)"
    r"|(?P<reviewed>过会|审核通过|审议通过|获通过|股东大?会通过|通过聆讯|通过审核|通过审议)"
    r"|(?P<approved>获批|获准|获得批准|批准|核准|批复|获得许可|获得牌照|获证监会同意|获得受理号|获[^,。;:\n]{0,6}备案|备案通知书|无条件通过|附条件批准)"
    r"|(?P<listed>挂牌(?!(?:并|及)?上市的?申请)|上市首日|首日上市|正式上市|上市交易|敲钟|登陆(?:科创板|创业板|上交所|深交所|北交所|港交所|纳斯达克|纽交所|主板))"
    rf"|(?P<partly>(?:部分|三分之[一二]|半数|分批|逐步|陆续){_GAP}{_RESUMES})"
    rf"|(?P<wholly>(?:全部|全面|全线|完全|悉数)(?:已经?|正常)?{_RESUMES})"
    rf"|(?P<amended>{_AMENDS}(?:了|其|公司|一份|部分)?[^,。;:\n]{{0,12}}?{_PAPER}|{_PAPER}(?:的|之)?(?:更正|修正|差错更正)|差错更正)"
    rf"|(?P<denied>{_DENIES}|(?:没有|并无|暂无|无)[^,。;:\n]{{0,10}}?(?:计划|安排|打算)|并未[^,。;:\n]{{0,4}}?(?:计划|打算))"
    r"|(?P<fatal>死亡|遇难|身亡|丧生|罹难)"
    r"|(?P<answered>回复[^,。;:\n]{0,12}问询|问询函?的?[回答]复)|(?P<inquired>问询)"
    r"|(?P<tried>一审)|(?P<appealed>二审|终审)|(?P<settled>和解|撤诉)"
    r"|(?P<penalised>处罚决定|纪律处分决定)|(?P<released>解除(?:质押|冻结|轮候)|解质押|解冻)"
    r"|(?P<paying>权益分派实施|实施权益分派|股权登记日|除权除息|除息日)"
    r"|(?P<confirmed>证实|(?<!不)属实)"
    r"|(?P<done>(?<!超额)完成(?!(?:度|率|情况))|实施完毕|交割|落成|竣工|投产|正式签|办理完毕|已回购|累计回购))"
)
# A step that is still to come is none: 尚需股东大会审议通过.
_PENDING = re.compile(r"(?:[尚仍还][需须待]|[需须][经报提]|(?<!期)待|预计|预期|有望)[^,。;:\n]*$")
_NEAR = 16
_STAGE_OF = {stage.name.lower(): stage for stage in Stage}


def find_stages(text: str) -> tuple[Stage, ...]:
    """Return the steps that the opening of a folded text tells, each once, in order.

    Args:
        text: Folded title and text.
    """
    lead = text[:_LEAD]
    return tuple(
        dict.fromkeys(
            _STAGE_OF[match.lastgroup]
            for match in _STAGES.finditer(lead)
            if match.lastgroup and _PENDING.search(lead, max(0, match.start() - _NEAR), match.start()) is None
        )
    )
