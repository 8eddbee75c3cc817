"""The demo's three desks, and what each of them wants."""

from __future__ import annotations

from streams.alerts.routing.subscription import Subscription
from streams.enrichment.article import EventKind

DESKS = ("bank-desk", "tech-desk", "macro-desk")

SUBSCRIPTIONS = (
    # 000931.SZ is 中关村, which the first sample article links and does not mean.
    Subscription(
        id="demo-banks",
        subscriber="bank-desk",
        tickers=("601398.SH", "600036.SH", "601318.SH", "600030.SH", "000931.SZ"),
    ),
    Subscription(id="demo-tech", subscriber="tech-desk", sectors=("BK1036", "BK1033", "BK1031")),
    Subscription(
        id="demo-tech-names",
        subscriber="tech-desk",
        tickers=("688981.SH", "300750.SZ", "002594.SZ", "00700.HK", "09988.HK", "NIO.US"),
        min_relevance=0.3,
    ),
    Subscription(
        id="demo-market",
        subscriber="macro-desk",
        market=True,
        events=(EventKind.MACRO, EventKind.POLICY, EventKind.COMMODITY),
    ),
    Subscription(
        id="demo-dividends", subscriber="macro-desk", tickers=("600519.SH",), events=(EventKind.DIVIDEND,)
    ),
)
