"""The demo on a terminal: the latest alerts of the desks, a bar, and what was counted."""

from __future__ import annotations

from collections import deque

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from streams.alerts.notification import Alert
from streams.demo.tally import Tally

# Lines beside the alerts: heads, bar, counts, footer.
_OTHER_LINES = 10
_DESK_STYLES = {"bank-desk": "green", "tech-desk": "cyan", "macro-desk": "magenta"}


class Screen:
    """A live table.

    Args:
        console: Where it is drawn.
        tally: What is counted; read at every refresh.
        footer: A line below, as how to look on from another terminal.
    """

    def __init__(self, console: Console, footer: str) -> None:
        self.tally = Tally(total=0)
        self._footer = footer
        self._alerts: deque[tuple[str, Alert]] = deque(maxlen=max(5, console.height - _OTHER_LINES))
        self.live = Live(console=console, get_renderable=self.render, refresh_per_second=8)

    def add(self, desk: str, alert: Alert) -> None:
        """Show an alert that a desk got."""
        self._alerts.append((desk, alert))

    def render(self) -> RenderableType:
        """Return what is shown now."""
        table = Table(expand=True, box=None, pad_edge=False, header_style="bold dim")
        for name in ("desk", "ticker", "name"):
            table.add_column(name, no_wrap=True)
        table.add_column("headline", ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("kind", no_wrap=True)
        for desk, alert in self._alerts:
            style = _DESK_STYLES.get(desk, "")
            kinds = " ".join(alert.events[:2])
            table.add_row(
                Text(desk, style), Text(alert.ticker, "bold"), alert.name, Text(alert.headline), kinds
            )
        counts = Table.grid(padding=(0, 2))
        bar = ProgressBar(total=max(self.tally.total, 1), completed=self.tally.played)
        counts.add_row(Text("played", "dim"), bar)
        for label, words in self.tally.lines():
            counts.add_row(Text(label, "dim"), Text(words))
        return Group(table, Text(), counts, Text(self._footer, "dim"))
