"""The worker's HTTP server, asked for real on loopback."""

import aiohttp
import pytest

from streams.agents.http import Server
from streams.errors import BadSettings
from streams.observe.health import Health
from streams.observe.metrics import Metrics


@pytest.fixture
async def served():
    health, metrics = Health(), Metrics()
    server = Server(metrics, health, "127.0.0.1", 0)
    await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as session:
        yield session, health, metrics
    await server.stop()


async def test_ready_says_what_is_waited_for(served):
    session, health, _ = served
    health.expect("subscriptions", "not read yet")
    async with session.get("/readyz") as answer:
        assert (answer.status, await answer.json()) == (
            503,
            {"ok": False, "missing": ["subscriptions: not read yet"]},
        )


async def test_ready_is_yes_when_all_parts_are(served):
    session, health, _ = served
    health.expect("subscriptions", "not read yet")
    health.done("subscriptions")
    async with session.get("/readyz") as answer:
        assert answer.status == 200


async def test_a_live_process_says_so(served):
    session, _, _ = served
    async with session.get("/livez") as answer:
        assert answer.status == 200


async def test_metrics_show_what_was_counted(served):
    session, _, metrics = served
    metrics.alerts.labels("created", 3).inc()
    async with session.get("/metrics") as answer:
        text = await answer.text()
    assert 'news_alerts_alerts_total{action="created",urgency="3"} 1.0' in text
    assert "news_alerts_build_info" in text


async def test_a_taken_port_names_the_setting(served):
    session, health, metrics = served
    taken = session._base_url.port
    with pytest.raises(BadSettings, match="http_port"):
        await Server(metrics, health, "127.0.0.1", taken).start()
