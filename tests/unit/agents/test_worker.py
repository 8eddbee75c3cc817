"""The event loop of a worker follows from how the broker is reached."""

import asyncio

import uvloop

from streams.agents.worker import loop_factory
from streams.settings import Settings


def test_without_tls_the_fast_loop_is_taken():
    assert loop_factory(Settings()) is uvloop.new_event_loop


def test_over_tls_asyncio_s_own_loop_is_taken_because_the_fast_one_stalls():
    assert loop_factory(Settings(ca_file="ca.pem")) is asyncio.new_event_loop
