"""Every setting, once: name, environment variable, flag, default, meaning and check.

A setting `session_timeout_s` is the field `session_timeout_s`, the flag `--session-timeout-s` and
the variable `NEWS_ALERTS_SESSION_TIMEOUT_S`; README, "Settings", is held against this table by a test.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from streams.errors import BadSettings, ErrorCode, Fault

LOOPBACK = re.compile(r"^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$")

Check = Callable[[Any], str | None]


def _setting(default: Any, doc: str, check: Check | None = None, *, secret: bool = False) -> Any:
    return dataclasses.field(default=default, metadata={"doc": doc, "check": check, "secret": secret})


def _between(low: float, high: float) -> Check:
    return lambda value: (
        None if low <= value <= high else f"must lie between {low:g} and {high:g}, is {value:g}"
    )


def _one_of(*allowed: str) -> Check:
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}, is {value!r}"


def _matching(pattern: str, words: str) -> Check:
    return lambda value: None if re.fullmatch(pattern, value) else f"must be {words}, is {value!r}"


_ADDRESS = _matching(r"[^\s,:/@]+:\d{1,5}(,[^\s,:/@]+:\d{1,5})*|\[::1\]:\d{1,5}", "HOST:PORT[,HOST:PORT...]")
_NAME = _matching(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", "1 to 60 letters, digits, '.', '_' or '-'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of all commands, checked together; make one with `from_mapping`."""

    broker: str = _setting("127.0.0.1:9092", "Kafka's bootstrap servers, HOST:PORT[,HOST:PORT...]", _ADDRESS)
    prefix: str = _setting("news", "first part of every topic's name", _NAME)
    group: str = _setting("news-alerts", "consumer group of the workers", _NAME)
    username: str = _setting("", "SASL user; empty for none")
    password: str = _setting("", "SASL password", secret=True)
    sasl_mechanism: str = _setting(
        "SCRAM-SHA-512", "how the password is proved", _one_of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")
    )
    ca_file: str = _setting(
        "", "PEM file of the authority that signed the broker's certificate; set it to use TLS"
    )
    cert_file: str = _setting("", "PEM file of the client's certificate, for mutual TLS")
    key_file: str = _setting("", "PEM file of the client's key, for mutual TLS")
    partitions: int = _setting(
        8, "partitions of the raw, article, mention, story and alert topics", _between(1, 1000)
    )
    replication: int = _setting(1, "replicas of every topic that is made; 3 in production", _between(1, 7))
    http_host: str = _setting("127.0.0.1", "address of /metrics, /livez and /readyz")
    http_port: int = _setting(9464, "port of the same; 0 for any free one", _between(0, 65535))
    log_format: str = _setting(
        "auto", "auto is text on a terminal, else json", _one_of("auto", "text", "json")
    )
    log_level: str = _setting(
        "info", "least level that is logged", _one_of("debug", "info", "warning", "error")
    )
    commit_interval_s: float = _setting(
        1.0, "seconds between commits; bounds what is repeated after kill -9", _between(0.1, 60)
    )
    session_timeout_s: float = _setting(
        10.0, "seconds after which a dead worker's partitions move on", _between(1, 300)
    )
    heartbeat_s: float = _setting(3.0, "seconds between heartbeats", _between(0.1, 100))
    drain_timeout_s: float = _setting(
        10.0, "seconds that a stop or rebalance waits for started batches", _between(0.5, 300)
    )
    stuck_timeout_s: float = _setting(
        120.0, "seconds after which a batch in work ends the process", _between(1, 3600)
    )
    missing_timeout_s: float = _setting(
        15.0, "seconds that an input topic may be missing before the process ends", _between(1, 600)
    )
    batch_records: int = _setting(500, "most records worked on at once, per partition", _between(1, 5000))
    max_article_bytes: int = _setting(
        8_000_000, "raw records longer than this are dead letters", _between(1000, 100_000_000)
    )
    copy_window_h: float = _setting(
        72.0, "hours within which the same text about a subject is a copy", _between(0, 720)
    )
    storm_per_minute: int = _setting(
        0,
        "alerts created for a subscriber in a minute, per partition, before a digest has the rest; 0 for all",
        _between(0, 1_000_000),
    )
    memory_days: float = _setting(7.0, "days that articles and stories are remembered", _between(1, 30))
    most_stories: int = _setting(
        100_000,
        "stories remembered for one partition; beyond that the one told longest ago is let go",
        _between(1000, 10_000_000),
    )

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], environ: Mapping[str, str] | None = None) -> Settings:
        """Build settings from flags and environment; flags win.

        Args:
            values: Field name to value; None means not given. Text is converted to the field's type.
            environ: Variables to read `NEWS_ALERTS_*` from.

        Returns:
            Checked settings.

        Raises:
            BadSettings: With every fault at once, each naming its setting.
        """
        found: dict[str, Any] = {}
        faults: list[Fault] = []
        for field in dataclasses.fields(cls):
            value = values.get(field.name)
            if value is None and environ is not None:
                value = environ.get(variable(field.name))
            if value is None:
                continue
            try:
                convert: Callable[[Any], Any] = type(field.default)
                found[field.name] = convert(value)
            except ValueError:
                kind = "whole number" if isinstance(field.default, int) else "number"
                faults.append(Fault(field.name, ErrorCode.BAD_SETTINGS, f"must be a {kind}, is {value!r}"))
        unknown = sorted(set(environ or ()) - {variable(f.name) for f in dataclasses.fields(cls)})
        faults += [
            Fault(name, ErrorCode.BAD_SETTINGS, "is not a setting")
            for name in unknown
            if name.startswith("NEWS_ALERTS_") and not name.startswith("NEWS_ALERTS_TEST_")
        ]
        settings = cls(**found)
        faults += settings._faults()
        if faults:
            raise BadSettings(*faults, hint="README, Settings, lists all of them")
        return settings

    def _faults(self) -> list[Fault]:
        faults = []
        for field in dataclasses.fields(self):
            check = field.metadata["check"]
            if check and (message := check(getattr(self, field.name))):
                faults.append(Fault(field.name, ErrorCode.BAD_SETTINGS, message))

        def fault(name: str, message: str) -> None:
            faults.append(Fault(name, ErrorCode.BAD_SETTINGS, message))

        if self.heartbeat_s * 2 > self.session_timeout_s:
            fault("heartbeat_s", "must be at most half of session_timeout_s")
        if bool(self.username) != bool(self.password):
            fault("username", "and password are given together or not at all")
        if bool(self.cert_file) != bool(self.key_file):
            fault("cert_file", "and key_file are given together or not at all")
        if self.cert_file and not self.ca_file:
            fault("cert_file", "needs ca_file")
        if self.username and not self.ca_file and not all(LOOPBACK.match(h) for h in self.broker_hosts()):
            fault(
                "username", "would send the password in the clear: set ca_file, or use a broker on loopback"
            )
        return faults

    def broker_hosts(self) -> list[str]:
        """Return the bootstrap hosts without their ports."""
        return [address.rsplit(":", 1)[0] for address in self.broker.split(",")]


def variable(name: str) -> str:
    """Return the environment variable of a setting: `broker` is `NEWS_ALERTS_BROKER`."""
    return f"NEWS_ALERTS_{name.upper()}"


def flag(name: str) -> str:
    """Return the flag of a setting: `http_port` is `--http-port`."""
    return "--" + name.replace("_", "-")
