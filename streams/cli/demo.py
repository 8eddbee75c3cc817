"""`news-alerts demo`: from sample news to alerts on screen, with nothing but pip."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import click
from rich.console import Console

from streams.alerts.notification import Alert
from streams.cli.output import note, progress, say, say_line
from streams.cli.tail import alert_parts
from streams.demo.broker import PARTITIONS, MockBroker
from streams.demo.play import TOPICS, Play
from streams.demo.screen import Screen
from streams.demo.tally import Tally
from streams.demo.worker import Worker
from streams.settings import Settings
from streams.wire.topics import full_name

_INVENTED = "the articles are invented"


@click.command("demo")
@click.option("--once", is_flag=True, help="Play all, one line an alert, a summary, and end.")
@click.option("--speed", type=click.FloatRange(0, 1000), default=4.0, show_default=True,
              help="Articles a second; 0 for no pause.")  # fmt: skip
def command(*, once: bool, speed: float) -> None:
    """Play about 40 sample articles through a real worker, on a broker inside this process.

    Three desks subscribe. Without --once the broker stays until Ctrl-C, for other commands to look at.
    The articles are invented.
    """
    broker = MockBroker()
    settings = Settings.from_mapping({"broker": broker.address, "partitions": PARTITIONS})
    broker.make_topics(full_name(topic, settings.prefix) for topic in TOPICS)
    look = f"in another terminal: news-alerts tail --broker {broker.address} --since 1h"
    with tempfile.TemporaryDirectory(prefix="news-alerts-demo-") as place:
        worker = Worker(settings, Path(place) / "worker.log")
        try:
            _play(settings, worker, look, once=once, speed=speed)
        finally:
            worker.stop()


def _play(settings: Settings, worker: Worker, look: str, *, once: bool, speed: float) -> None:
    console = Console()
    if once or not console.is_terminal:
        _play_lines(settings, worker, look, once=once, speed=speed)
        return
    screen = Screen(console, f"{_INVENTED}; {look}; Ctrl-C ends")
    play = Play(settings, worker, screen.add, lambda: None)
    screen.tally = play.tally
    with screen.live:
        asyncio.run(play.run(speed=speed, once=once))


def _play_lines(settings: Settings, worker: Worker, look: str, *, once: bool, speed: float) -> None:
    note(f"{_INVENTED}; a worker is starting" + ("" if once else f"; {look}"))
    shown = 0

    def tell(desk: str, alert: Alert) -> None:
        say_line((f"{desk:10}", {"fg": "blue"}), *alert_parts(alert))

    def advance() -> None:
        nonlocal shown
        bar(play.tally.played - shown)
        shown = play.tally.played

    play = Play(settings, worker, tell, advance)
    try:
        with progress("articles", play.tally.total) as bar:
            asyncio.run(play.run(speed=speed, once=once))
    finally:
        _sum_up(play.tally)


def _sum_up(tally: Tally) -> None:
    say("")
    for label, words in tally.lines():
        say_line((f"{label:12}", {"fg": "cyan"}), (words, {}))
