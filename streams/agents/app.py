"""The Faust app of a worker: one group, one agent for each topic that is read, batches."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import faust
from mode.supervisors import CrashingSupervisor

from streams.agents.alert import AlertAgent
from streams.agents.batch import BatchApp
from streams.agents.control import ControlAgent
from streams.agents.extract import ExtractAgent
from streams.agents.lanes import Lane, work_off
from streams.kafka.connection import REQUEST_TIMEOUT_S, tls_context
from streams.kafka.publisher import BATCH_BYTES
from streams.settings import Settings
from streams.wire.topics import MENTIONS, RAW, Topic, full_name

# Records that one fetch hands over; larger batches do not get cheaper, and block the loop longer.
POLL_RECORDS = 500
# Bytes of one partition that one fetch brings, at least one batch of its producer; our own are not larger.
POLL_BYTES = BATCH_BYTES
# Seconds to commit and to join again at a rebalance, beyond those for started batches and writes under way.
REJOIN_S = 10


def create_app(
    settings: Settings,
    *,
    extract: ExtractAgent,
    alert: AlertAgent,
    controls: Mapping[Topic, ControlAgent],
) -> BatchApp:
    """Build the app; call it inside the event loop that it will run in.

    Args:
        settings: The worker's.
        extract: Reads the raw topic.
        alert: Reads the mentions topic.
        controls: Each reads its control topic.

    Returns:
        An app that was not started.
    """
    raw, mentions = full_name(RAW, settings.prefix), full_name(MENTIONS, settings.prefix)
    app = BatchApp(
        settings.group,
        settings=settings,
        loaders={raw: extract.load, mentions: alert.load},
        broker=";".join(f"kafka://{address}" for address in settings.broker.split(",")),
        broker_credentials=_credentials(settings),
        broker_commit_interval=settings.commit_interval_s,
        broker_session_timeout=settings.session_timeout_s,
        broker_heartbeat_interval=settings.heartbeat_s,
        broker_rebalance_timeout=settings.drain_timeout_s + REQUEST_TIMEOUT_S + REJOIN_S,
        broker_max_poll_records=POLL_RECORDS,
        consumer_max_fetch_size=POLL_BYTES,
        consumer_auto_offset_reset="earliest",
        stream_wait_empty=True,  # safe, because the consumer's own wait_empty is bounded
        agent_supervisor=CrashingSupervisor,
        store="memory://",
        datadir=tempfile.mkdtemp(prefix="news-alerts-"),  # Faust makes one, whatever the store
        topic_allow_declare=False,
        topic_disable_leader=True,
        web_enabled=False,
        autodiscover=False,
    )
    _agent(app, "extract", raw, extract.handle)
    _agent(app, "alert", mentions, alert.handle)
    for topic, control in controls.items():
        _agent(app, topic.name, full_name(topic, settings.prefix), control.handle)
    return app


def _agent(
    app: BatchApp, name: str, topic: str, handle: Callable[[Lane, list[Any]], Awaitable[None]]
) -> None:
    async def work(stream: Any) -> None:
        await work_off(stream, handle, app.settings.batch_records)

    work.__qualname__ = name  # what Faust's log lines call it
    app.agent(app.topic(topic, key_serializer="raw", value_serializer="raw"), name=name)(work)


def _credentials(settings: Settings) -> Any:
    context = tls_context(settings) if settings.ca_file else None
    if settings.username:
        return faust.SASLCredentials(
            username=settings.username,
            password=settings.password,
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context=context) if context else None
