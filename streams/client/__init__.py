"""For those who read alerts from Python: each alert once, as a value, and where the reader stands.

Plain Kafka consumers need none of it; README, "Reading alerts from Python", tells what it does for them.
"""

from streams.alerts.notification import Alert, AlertAction
from streams.client.alerts import Alerts
from streams.client.blocking import BlockingAlerts
from streams.kafka.group import Standing

__all__ = ["Alert", "AlertAction", "Alerts", "BlockingAlerts", "Standing"]
