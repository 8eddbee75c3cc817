"""Steps of a process: an application is accepted, reviewed, approved, registered; a deal is done, or ends.

Plans and applications are no steps: every report of a later step tells them again.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.record import Stage

_LEAD = 160
_STAGES = re.compile(
    # Most characters begin no step: one look at a class tells.
    r"(?=[终中撤取告未被不否流失放获受同注予准过审通批核无附挂上首正敲登完实交落竣投办已累])(?:"
    r"(?P<ended>终止|中止|撤回|撤销|取消|告吹|未获通过|未通过|未能通过|被否|不予核准|否决|流产|失败|放弃)"
    r"|(?P<accepted>获受理|受理)"
    r"|(?P<registered>同意注册|注册生效|予以注册|获准注册|注册获批|获批注册)"
    r"|(?P<reviewed>过会|审核通过|审议通过|获通过|通过聆讯|通过审核|通过审议)"
    r"|(?P<approved>获批|获准|获得批准|批准|核准|批复|获得许可|获得牌照|获证监会同意|获得受理号|无条件通过|附条件批准)"
    r"|(?P<listed>挂牌|上市首日|首日上市|正式上市|上市交易|敲钟|登陆(?:科创板|创业板|上交所|深交所|北交所|港交所|纳斯达克|纽交所|主板))"
    r"|(?P<done>(?<!超额)完成(?!(?:度|率|情况))|实施完毕|交割|落成|竣工|投产|正式签|办理完毕|已回购|累计回购))"
)


def find_stages(text: str) -> tuple[Stage, ...]:
    """Return the steps that the opening of a folded text tells, each once, in order.

    Args:
        text: Folded title and text.
    """
    return tuple(
        dict.fromkeys(Stage(match.lastgroup) for match in _STAGES.finditer(text[:_LEAD]) if match.lastgroup)
    )
