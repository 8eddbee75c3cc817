"""What the alerts of one partition come to: each alert as it was last told, and what was told before.

Pure: no Kafka and no clock, so that the same records always give the same view.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from streams.alerts.notification import Alert, AlertAction


class View:
    """The alerts of late, each in its last version.

    Args:
        most: How many are held; beyond that those go whose last version is longest ago.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, Alert] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Alert]:
        """Give the alerts that stand, in the order of their last versions; without those withdrawn."""
        return (alert for alert in self._held.values() if alert.action is not AlertAction.WITHDRAWN)

    def get(self, alert_id: str) -> Alert | None:
        """Return an alert in its last version, a withdrawn one too; None when it is not held."""
        return self._held.get(alert_id)

    def take(self, alert: Alert) -> bool:
        """Hold an alert in place of its earlier version.

        Returns:
            False when this version, or a later one, was taken before; then nothing changes.
        """
        held = self._held.get(alert.alert_id)
        if held is not None and not _later(alert, held):
            return False
        self._held[alert.alert_id] = alert
        self._held.move_to_end(alert.alert_id)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return True


def _later(alert: Alert, held: Alert) -> bool:
    """Say whether an alert comes after the one held.

    When the first article of a story that workers have forgotten comes once more, the story begins anew under
    its old id, from version 1; what is only sent twice was received at the same time.
    """
    anew = alert.action is AlertAction.CREATED and alert.received_at > held.received_at
    return alert.version > held.version or anew
