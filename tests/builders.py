"""Articles for tests and benchmarks: defaults plus the one thing that matters, and feeds of any length.

Sentences are made up; company names and codes are facts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

COMPANIES = (
    ("601398.SH", "工商银行", "1,601398"),
    ("600519.SH", "贵州茅台", "1,600519"),
    ("300750.SZ", "宁德时代", "0,300750"),
    ("600036.SH", "招商银行", "1,600036"),
    ("000333.SZ", "美的集团", "0,000333"),
    ("002594.SZ", "比亚迪", "0,002594"),
    ("601857.SH", "中国石油", "1,601857"),
    ("600276.SH", "恒瑞医药", "1,600276"),
    ("601012.SH", "隆基绿能", "1,601012"),
    ("000651.SZ", "格力电器", "0,000651"),
    ("600031.SH", "三一重工", "1,600031"),
    ("601088.SH", "中国神华", "1,601088"),
    ("000725.SZ", "京东方A", "0,000725"),
    ("600887.SH", "伊利股份", "1,600887"),
    ("601318.SH", "中国平安", "1,601318"),
    ("000858.SZ", "五粮液", "0,000858"),
    ("002415.SZ", "海康威视", "0,002415"),
    ("601899.SH", "紫金矿业", "1,601899"),
)
HAPPENINGS = (
    "公告称，公司拟以自有资金回购股份，金额不超过{n}亿元",
    "披露，前三季度实现净利润{n}亿元，同比增长{m}%",
    "中标一项合同，金额约{n}.{m}亿元",
    "宣布新产线投产，年产能{n}万件",
    "股东计划减持不超过{n}万股股份",
    "拟每10股派发现金红利{n}.{m}元",
)
FILLER = "市场人士认为，相关安排有助于公司长期经营，具体影响仍有待观察，投资者应关注后续进展与风险提示。"


def a_raw(**fields: Any) -> dict[str, Any]:
    """Return a raw article's fields: a plain flash about 工商银行, unless said otherwise."""
    return {
        "source": "test-wire",
        "id": "n1",
        "title": "工商银行参与专项行动",
        "published_at": "2026-03-02T09:30:00+08:00",
        "content": "监管部门与工商银行联合印发通知，支持科技企业融资。",
        "content_type": "text/plain",
    } | fields


def feed(count: int, *, seed: int = 1, copies: float = 0.1, length: int = 0) -> Iterator[dict[str, Any]]:
    """Yield raw articles with quote links, each about one to three companies.

    Args:
        count: How many.
        seed: The same seed gives the same feed.
        copies: Share that repeats an earlier wording under another id and source.
        length: Characters of filler added to each.
    """
    rng = random.Random(seed)
    told: list[dict[str, Any]] = []
    for number in range(count):
        if told and rng.random() < copies:
            yield rng.choice(told) | {"source": "copy-wire", "id": f"c{number}"}
            continue
        named = rng.sample(COMPANIES, rng.choice((1, 1, 2, 3)))
        parts = [_sentence(name, link, number, rng) for _, name, link in named]
        filler = "".join(f"<p>{FILLER}（{number}-{i}）</p>" for i in range(length // len(FILLER)))
        article = a_raw(
            id=f"n{number}", title=f"{named[0][1]}发布公告（{number}）", content="".join(parts) + filler,
            content_type="text/html",
        )  # fmt: skip
        told = [*told[-200:], article]
        yield article


def _sentence(name: str, link: str, number: int, rng: random.Random) -> str:
    what = rng.choice(HAPPENINGS).format(n=rng.randint(1, 90), m=rng.randint(1, 90))
    dotted = link.replace(",", ".")
    return (
        f'<p><span id="stock_{dotted}"><a href="http://quote.eastmoney.com/unify/r/{dotted}" class="keytip" '
        f'data-code="{link}">{name}</a></span><span id="quote_{dotted}"></span>{what}（第{number}号）。</p>'
    )


def ndjson(articles: Iterator[dict[str, Any]]) -> bytes:
    """Return articles as newline-delimited JSON."""
    return b"".join(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in articles)
