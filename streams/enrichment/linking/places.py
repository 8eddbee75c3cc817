"""What is said of a company at each of its places, by the words around the row of names that it stands in.

    speaks    a broker or a medium with a view or a report (高盛：, 中信证券研报认为, 据人民网); its data
              are what is told (同程旅行数据显示)
    reports   something is told of it (公告, 拟, 被罚)
    moves     its price moves by 5 % or more (by 10 % under a figure that it shares) or by its limit
    figure    its price, with a lesser move or none
    passing   it is an example, a holder, a customer (如, 包括, 质押给, 由), a sponsor, or one of three and
              more in a row that have no codes beside them
    plain     none of these

The words are a table (`data/roles.csv`). Source of the 5 %: what the project's labels call a report rather
than a figure in a list of movers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from streams.enrichment.article import RejectReason
from streams.enrichment.linking.candidates import Candidate
from streams.enrichment.linking.cues import Cues
from streams.enrichment.linking.enumerations import rows
from streams.enrichment.linking.securities import Master
from streams.news.article import Article

_MOVE = re.compile(
    r"[^,;。:\n]{0,8}?(?:涨|跌|升|挫|扬|软|泻|飙|炒高|滑|弹|高开|低开)(?:幅|了)?(?:超|逾|近|约|达|至)*"
    r"(?:(?P<percent>\d+(?:\.\d+)?)(?:%|厘)|(?P<tenths>[半一二两三四五六七八九]成)|(?P<limit>停))"
)
# A run of days at the limit: 走出三连板, 5天4板.
_RUN = re.compile(
    r"(?:走出|录得|斩获|收获|晋级|拿下|实现|喜提)?"
    r"(?:\d{1,2}(?:天|日)\d{1,2}板|(?:\d{1,2}|[二两三四五六七八九十]{1,2})连板)"
)
# The legal form that may follow a name; who speaks for a company, and how it joins others, before what is
# told of it; a day that opens what is told.
_FORM = re.compile(r"(?:股份有限公司|有限公司|集团|公司|股份|控股)+")
_SPOKEN = re.compile(
    r"(?:(?:相关|有关|内部)(?:负责人|人士)|工作人员|方面|同日|当日|随即|随后|先后|陆续|相继|纷纷|则)+"
)
# Quotes and brackets around a name.
_OPENING, _CLOSING = ' \n\t【「『“"《', ' \n\t】」』”"》'
# What those in a row are counted as, before it is said what they all did: 中国银行、工商银行等多家大行|下调.
_COUNTED = re.compile(
    r"等(?:多|数|\d+|[两二三四五六七八九十]+)?(?:家|只)?(?:国有|全国性|上市|头部)?"
    r"(?:大行|银行|险企|券商|公司|企业|车企|房企|药企|平台|航司|个股)"
)
_DATED = re.compile(r"(?:20)?\d{1,2}(?:年|月|日)")
# A number that belongs to a name in a list.
_NUMBER = re.compile(
    r"[\s(:]{0,2}[+-]?\d+(?:\.\d+)?\s?(?:%|[亿万]?(?:美元|港元|元|港仙|股|家|次|倍|点|名))(?=[\s,;。、)]|$)"
)
# What is told by the data that a company publishes of others: 同程旅行数据显示.
_DATA = re.compile(
    r"(?:发布|平台|旅行|旅游|消费|研究院|大数据|最新|的|监测|统计|预订|搜索){0,3}(?:数据|统计|监测)显示"
)
# A rank among others: 增速居前, 溢价率居首.
_RANKED = re.compile(r"[^,;。:、!?\s\d]{1,8}?(?:居前|居首|靠前|垫底)")
# A result of its own beside the name: 7009.4亿元,增长7.7%.
_RESULT = re.compile(
    r"[\s:]{0,2}\d+(?:\.\d+)?\s?[亿万](?:美元|港元|元|千瓦时|吨|辆|台|头|股)?,?(?:同比|按年|环比)?(?:增|升|降|减|下降|下滑)"
)
# Behind these a sentence begins, or an item of a list.
OPENS = frozenset("\n。;!?: )]】①②③④⑤⑥⑦⑧⑨⑩-·")
_LARGE, _LARGE_SHARED = 5.0, 10.0
IN_A_ROW = 3


class Place(Enum):
    """What is said of a company at one place."""

    SPEAKS = auto()
    REPORTS = auto()
    MOVES = auto()
    FIGURE = auto()
    PASSING = auto()
    PLAIN = auto()


@dataclass(frozen=True, slots=True)
class Company:
    """A company and its places in an article, in order."""

    candidates: Sequence[Candidate]
    places: Sequence[Place]

    @property
    def titled(self) -> bool:
        """Whether the title names it other than in passing."""
        return any(
            candidate.field == "title" and place not in (Place.PASSING, Place.SPEAKS)
            for candidate, place in zip(self.candidates, self.places, strict=True)
        )

    @property
    def priced(self) -> bool:
        """Whether nothing but its price is told, which is that of one listing."""
        return all(place in (Place.MOVES, Place.FIGURE) for place in self.places)


def read_places(
    article: Article, found: Mapping[str, Sequence[Candidate]], master: Master
) -> dict[str, Company]:
    """Return what is said of each company at each of its places.

    Args:
        article: As read.
        found: By issuer all its places that were taken, in order, at least one.
        master: Knows who is a broker, and the cues.
    """
    read = _read(article, found, master)
    return {
        issuer: Company(candidates, [read[id(candidate)] for candidate in candidates])
        for issuer, candidates in found.items()
    }


def _read(article: Article, found: Mapping[str, Sequence[Candidate]], master: Master) -> dict[int, Place]:
    """Return what is said at each place, by the candidate's identity."""
    everything = sorted(
        (candidate for candidates in found.values() for candidate in candidates),
        key=lambda c: (c.field == "text", c.start),
    )
    places: dict[int, Place] = {}
    for row in rows(article, everything):
        before, after = row[0].before.rstrip(_OPENING), row[-1].after.lstrip(_CLOSING)
        if (form := _FORM.match(after)) is not None:
            after = after[form.end() :]
        counted = _COUNTED.match(after)
        issuers = len({c.issuer for c in row})
        several = issuers >= IN_A_ROW and not any(c.coded for c in row)
        for candidate in row:
            around = candidate
            if candidate.before != before or candidate.after != after:
                around = candidate._replace(before=before, after=after)
            place = _place(around, master, several=several, alone=issuers == 1)
            if counted is not None and place is Place.PASSING:
                did = _spoken(around._replace(after=after[counted.end() :]))
                place = Place.REPORTS if master.roles.say("reports", did) else place
            places[id(candidate)] = place
    return places


def _place(candidate: Candidate, master: Master, *, several: bool, alone: bool) -> Place:
    cues = master.roles
    if _DATA.match(candidate.after) is not None:
        return Place.SPEAKS
    if candidate.issuer in master.brokers or candidate.doubt is RejectReason.MEDIUM:
        said = _speaker_s(candidate, cues)
        return Place.PASSING if several and said is Place.PLAIN else said
    if cues.say("example", candidate):
        return Place.PASSING
    said = _told(_spoken(candidate), cues, alone=alone)
    return Place.PASSING if several and said is Place.PLAIN else said


def _told(candidate: Candidate, cues: Cues, *, alone: bool) -> Place:
    """Return what is told of a company that neither speaks nor is an example."""
    if (moved := _moved(candidate, alone=alone)) is Place.MOVES:
        return moved
    after = candidate.after
    if _RESULT.match(after) is not None:
        return Place.REPORTS
    if cues.say("figure", candidate) or _NUMBER.match(after) is not None or _RANKED.match(after) is not None:
        return Place.FIGURE
    if cues.say("reports", candidate) or _DATED.match(after) is not None:
        return Place.REPORTS
    return Place.PASSING if cues.say("passing", candidate) else moved


def _spoken(candidate: Candidate) -> Candidate:
    """Return a candidate with what is told right behind it: 则澄清, 相关负责人表示."""
    told = _SPOKEN.match(candidate.after)
    return candidate if told is None else candidate._replace(after=candidate.after[told.end() :])


def _speaker_s(candidate: Candidate, cues: Cues) -> Place:
    """Return what is said of a broker or a medium: it must be its own business to be a report."""
    if cues.say("serves", candidate):
        return Place.PASSING
    if cues.say("own", candidate):
        return Place.REPORTS
    opens = not candidate.before or candidate.before[-1] in OPENS
    if cues.say("speaks", candidate) or (opens and cues.say("view", candidate)):
        return Place.SPEAKS
    if cues.say("passing", candidate):
        return Place.PASSING
    return _moved(candidate, alone=True)


def _moved(candidate: Candidate, *, alone: bool) -> Place:
    move = _MOVE.match(candidate.after)
    if move is None:
        return Place.PLAIN if _RUN.match(candidate.after) is None else Place.MOVES
    large = bool(move["tenths"] or move["limit"])
    if move["percent"]:
        large = float(move["percent"]) >= (_LARGE if alone else _LARGE_SHARED)
    return Place.MOVES if large else Place.FIGURE
