"""Proper names out of folded text, found by how they are written: no list of names is needed.

Parties are firms and authorities, by their last word (有限公司, 集团, 管理局), and whoever stands between 与
and 签订. Names are works and brands in 《》 or quotes, and words in Latin letters. A name is compared by its
`core`: without the legal form, the place in brackets and the words that every firm's name has.
"""

from __future__ import annotations

import re

from streams.enrichment.facts.wordlists import one_of

MAX_NAME = 24

_QUOTED = re.compile(r"[《“「『‘\"]([^《》“”「」『』‘’\"\n]{2,24})[》”」』’\"]")
_FORMS = """股份有限公司 有限责任公司 集团有限公司 有限公司 集团 药业 医药 影业 置业 控股 银行 证券 保险 信托
创投 大学 研究院 研究所 管理局 委员会 医院 商务厅 工信厅 交易所 法院 协会"""
_FORM = re.compile(
    # Most characters begin no form: one look at a class tells.
    rf"(?=[制科{''.join(sorted({form[0] for form in _FORMS.split()}))}])"
    rf"(?:{one_of(_FORMS)}|(?<!仿)制药|科技(?=[,。;:、\s(]|$|成立|增资|股权|股份))(?![人内旗])"
)
# Backwards from its form: what may belong to a name.
_BACKWARDS = re.compile(r"[\u4e00-\u9fff]{0,12}(?:\)[\u4e00-\u9fff]{2,6}\()?[\u4e00-\u9fff]{0,10}")
_LOOK_BACK = 32
# Where a name begins: behind the last of these within what was found.
_BEFORE_NAME = one_of(
    """旗下 子公司 股东 关联公司 新增 通过 收购 入股 获得 成立 维持 变更为 更名 包括 持有 平台 企业 认购
    出售 转让 设立 宣布 发布 公告 披露 联合 携手 收到 设于 来自 根据 属于 显示 日前 近日 今日 昨日 正式"""
)
_INNER = re.compile(
    rf"[与和及向由对给被将在的从了为于至]|{_BEFORE_NAME}|公司(?!$)|投资(?!有限|基金|管理|集团|控股|发展|公司)"
)
_SIGN = one_of("签订 签署 签约 达成 订立 合资 组建")
_LATELY = one_of("正式 成功 近日 日前 今日 就 在")
_PARTNER = re.compile(
    rf"(?=[与携牵同和])(?:与|携手|牵手|(?<!共)同|和)([\u4e00-\u9fffa-z0-9·]{{2,14}}?){_LATELY}?{_SIGN}"
)
_LATIN = re.compile(r"[a-z][a-z0-9]*(?:[-.&'+/][a-z0-9]+)*(?: [a-z0-9]+(?:[-.&'][a-z0-9]+)*\.?)*")
# Words in Latin letters that are nobody's name: markets, terms, software that figures come from.
_COMMON = frozenset(
    """a b h app etf ipo gdp cpi ppi pmi lpr mlf ceo cfo cto coo vip ai it kg km bp bps hk us sh sz bj usd cny
    rmb wind choice ifind pe pb eps roe esg a股 h股 b股 com www http https cn vs tv pc ok q1 q2 q3 q4 pct html
    span app. ah yoy qoq fed pdf ev""".split()
)
_CODE = re.compile(r"[a-z]{1,5}\.(?:us|n|o|hk|sh|sz)")
_BRACKETS = re.compile(r"\([^()]*\)?")
_ENDING = re.compile("(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团股份|集团|公司|股份|控股)+$")
_SOME = "[一二三四五六七八九十两多数各几首]+家.*|双方|各方|对方|其他.*"
_NOBODY = re.compile(f"^(?:.?(?:公司|集团|银行|证券|保险)|上市公司|中小银行|{_SOME})$")


def find_parties(text: str) -> list[tuple[int, str]]:
    """Find the firms and authorities that a folded text names.

    Args:
        text: Folded text.

    Returns:
        Offset and name; a name may come more than once.
    """
    found = [(match.start(1), match[1]) for match in _PARTNER.finditer(text)]
    end = 0
    for match in _FORM.finditer(text):
        before = _BACKWARDS.match(text[max(end, match.start() - _LOOK_BACK) : match.start()][::-1])
        start, end = match.start() - (before.end() if before else 0), match.end()
        begin = start
        for inner in _INNER.finditer(text[start : match.start()]):
            begin = start + inner.end()
        found.append((begin, text[begin:end]))
    return [(at, name) for at, name in found if 2 < len(name) <= MAX_NAME and not _NOBODY.match(name)]


def find_names(text: str) -> list[tuple[int, str]]:
    """Find the works, brands and Latin names of a folded text.

    Args:
        text: Folded text.

    Returns:
        Offset and name; a name may come more than once.
    """
    found = [(match.start(1), match[1]) for match in _QUOTED.finditer(text)]
    for match in _LATIN.finditer(text):
        name = match[0]
        if len(name) > 1 and name not in _COMMON and not _CODE.fullmatch(name):
            found.append((match.start(), name[:MAX_NAME].rstrip()))
    return found


def core(name: str) -> str:
    """Return the part of a name by which it is known, at least two characters.

    >>> core("元境生生(北京)科技有限公司"), core("华中药业")
    ('元境生生', '华中药业')
    """
    bare = _ENDING.sub("", _BRACKETS.sub("|", name))
    first = bare.split("|")[0]
    return first if len(first) >= 2 else (bare.replace("|", "") if len(bare) > 2 else name)
