"""Faust as its documentation shows it: one agent, one article at a time, one awaited send for every alert.

Run it as `python faust_documented.py worker --loglevel info --without-web`; the broker and the topics come
from BENCH_BROKER, BENCH_GROUP, BENCH_RAW and BENCH_ALERTS. Everything else is Faust's default.

It does less than news-alerts: one hop, quote links only (no names, no judgement, no sectors), no stories, no
copies held back, no subscriptions, no subscribers' topics, no dead letters. It also promises less: an article
whose agent raises, or whose alert the broker refuses, is skipped.
"""

from __future__ import annotations

import os

import faust
from bs4 import BeautifulSoup

# The publisher's market numbers, as far as the articles of the benchmark use them.
EXCHANGES = {"0": "SZ", "1": "SH"}

app = faust.App(
    os.environ["BENCH_GROUP"],
    broker=f"kafka://{os.environ['BENCH_BROKER']}",
    value_serializer="json",
)
raw = app.topic(os.environ["BENCH_RAW"])
alerts = app.topic(os.environ["BENCH_ALERTS"])


def tickers(soup: BeautifulSoup) -> list[str]:
    """Return the securities that the quote links name, in order, each once."""
    found = []
    for link in soup.find_all("a", attrs={"data-code": True}):
        market, _, code = link["data-code"].partition(",")
        if market in EXCHANGES:
            found.append(f"{code}.{EXCHANGES[market]}")
    return list(dict.fromkeys(found))


@app.agent(raw)
async def extract(stream):
    """Send one alert for every security that an article links."""
    async for article in stream:
        soup = BeautifulSoup(article["content"], "lxml")
        text = soup.get_text(" ", strip=True)
        for ticker in tickers(soup):
            alert = {
                "headline": article["title"],
                "ticker": ticker,
                "summary": text[:200],
                "url": article["url"],
                "source": article["source"],
                "published_at": article["published_at"],
                "article": article["id"],
            }
            await alerts.send(key=ticker, value=alert)


if __name__ == "__main__":
    app.main()
