"""The broker's settings: what makes one broker small, quick to start and quick to notice.

Three listeners, all on 127.0.0.1: CLIENT is what the tests use, open or with TLS, passwords and rights;
INSIDE is always open and its user may do everything (for the broker itself, and to grant rights);
CONTROLLER is KRaft's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

USERS = {"worker": "worker-secret"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """One port for each listener."""

    client: int
    inside: int
    controller: int


def broker_properties(ports: Ports, logs: Path, keystore: Path | None) -> dict[str, object]:
    """Return the settings of a broker that is its own controller.

    Args:
        ports: Free ports.
        logs: Where topics are kept.
        keystore: The broker's PEM file; None for an open broker.
    """
    properties: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "log.dirs": logs,
        "controller.quorum.voters": f"1@127.0.0.1:{ports.controller}",
        "listeners": f"CLIENT://127.0.0.1:{ports.client},INSIDE://127.0.0.1:{ports.inside},"
        f"CONTROLLER://127.0.0.1:{ports.controller}",
        "advertised.listeners": f"CLIENT://127.0.0.1:{ports.client},INSIDE://127.0.0.1:{ports.inside}",
        "listener.security.protocol.map": f"CLIENT:{'SASL_SSL' if keystore else 'PLAINTEXT'},"
        "INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "INSIDE",
        "controller.listener.names": "CONTROLLER",
        "auto.create.topics.enable": "false",
        **_SMALL,
        **_QUICK,
    }
    return properties | (_secured(keystore) if keystore else {})


_SMALL = {
    "offsets.topic.num.partitions": 4,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.num.partitions": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "share.coordinator.state.topic.num.partitions": 1,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    "num.network.threads": 2,
    "num.io.threads": 2,
    "background.threads": 2,
    "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    "log.segment.bytes": 128 * 1024 * 1024,
}
_QUICK = {
    "group.initial.rebalance.delay.ms": 50,
    "group.min.session.timeout.ms": 1000,
    "controlled.shutdown.enable": "false",
    # A broker that was killed is let in again only after its session: 13 s with the default of 9 s.
    "broker.session.timeout.ms": 3000,
    "broker.heartbeat.interval.ms": 500,
    "log.cleaner.backoff.ms": 200,
}


def _secured(keystore: Path) -> dict[str, object]:
    return {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "false",
        "super.users": "User:ANONYMOUS",  # whoever comes over the open listeners on loopback
        "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.client.scram-sha-512.sasl.jaas.config": "org.apache.kafka.common.security.scram."
        "ScramLoginModule required;",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": keystore,
        "ssl.client.auth": "none",
    }
