"""What the benchmark works on: articles of about 2.5 kB HTML, and subscriptions; always the same."""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from streams.alerts.routing.subscription import Keywords, Subscription
from streams.enrichment.article import EventKind, Role
from tests.builders import COMPANIES, feed

UNIVERSE = 5_600
SUBSCRIBERS = tuple(f"desk-{number:02d}" for number in range(1, 41))
KINDS = tuple(kind for kind in EventKind if kind is not EventKind.OTHER)
# Words that subscriptions ask for; one article in four holds one of them.
RARE_WORDS = (
    "停牌",
    "重组",
    "召回",
    "诉讼",
    "罢工",
    "分拆",
    "退市",
    "中试线",
    "海外仓",
    "算力租赁",
    "特高压",
    "商誉减值",
)
OTHER_SOURCES = ("exchange-wire", "regulator-wire", "broker-notes", "copy-wire")
FILLER = (
    "记者从会议上了解到，与会人士就下一阶段的安排交换了意见，多数人认为节奏会比上半年平稳。",
    "从数据看，订单与库存的变化方向一致，但幅度小于去年同期，分析人士提醒不宜作线性外推。",
    "业内人士表示，成本端的压力在第二季度已有缓解，价格能否维持还要看下游的接受程度。",
    "上述负责人说，项目将分三期推进，首期预计明年年中完成，届时将根据市场情况决定后续投入。",
    "<strong>值得注意的是</strong>，同类企业近来也有类似动作，规模与方式各不相同，效果有待检验。",
    "投资者在互动平台上提问较多的是回款周期与海外业务，公司回复称请以定期报告为准。",
    "有研究人员认为，良率是下一步的关键，而设备交付的时间仍有不确定性。",
    "截至发稿，相关各方未就细节作出进一步说明，后续进展将在规定的平台上披露。",
)


@dataclass(frozen=True, slots=True)
class Body:
    """One raw article, encoded; `url` is how an alert is known to be about it."""

    key: bytes
    url: str
    value: bytes


def articles(count: int, *, name: str, copies: float = 0.1, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield raw articles of varying length (mean about 2.5 kB of HTML); `name` keeps two feeds apart."""
    for fields in feed(count, seed=seed, copies=copies):
        content = fields["content"]
        # A copy has the wording of its original, so it gets the same filler.
        rng = random.Random(crc32(content.encode()))
        paragraphs = [rng.choice(FILLER) for _ in range(max(2, round(rng.gammavariate(3.0, 5.4))))]
        if rng.random() < 0.25:
            paragraphs[0] = f"市场还在消化与{rng.choice(RARE_WORDS)}有关的消息，各方看法不一。"
        content += "".join(f"<p>{words}</p>\n" for words in paragraphs)
        id_ = f"{name}-{fields['id']}"
        yield fields | {"id": id_, "url": f"http://news.example/{id_}", "content": content}


def encode(fields: dict[str, Any]) -> Body:
    """Return a raw article as it is sent."""
    value = json.dumps(fields, ensure_ascii=False).encode()
    return Body(key=fields["id"].encode(), url=fields["url"], value=value)


def content_bytes(feed: list[dict[str, Any]]) -> float:
    """Return the mean size of the articles' HTML."""
    return statistics.fmean(len(fields["content"].encode()) for fields in feed)


def subscriptions(count: int, *, seed: int = 1) -> Iterator[Subscription]:
    """Yield subscriptions to one to three tickers, each with a condition that few articles meet."""
    rng = random.Random(seed)
    companies = [ticker for ticker, _, _ in COMPANIES]
    others = {f"{number:06d}.SZ" for number in range(1, UNIVERSE + 1)} - set(companies)
    universe = [*companies, *sorted(others)[: UNIVERSE - len(companies)]]
    for number in range(count):
        yield Subscription(
            id=f"s{number:06d}",
            subscriber=rng.choice(SUBSCRIBERS),
            tickers=tuple(rng.sample(universe, rng.choice((1, 1, 1, 2, 3)))),
            **_condition(rng),
        )


def _condition(rng: random.Random) -> dict[str, Any]:
    match rng.randrange(4):
        case 0:
            return {"events": (rng.choice(KINDS),), "min_relevance": rng.choice((0.7, 0.8, 0.9))}
        case 1:
            return {"keywords": Keywords(any=tuple(rng.sample(RARE_WORDS, 2))), "roles": tuple(Role)}
        case 2:
            return {"sources": (rng.choice(OTHER_SOURCES),)}
        case _:
            return {"events": tuple(rng.sample(KINDS, 2)), "sources": (rng.choice(OTHER_SOURCES),)}
