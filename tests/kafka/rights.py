"""Granting and taking rights on a secured cluster, by its inside listener."""

from __future__ import annotations

import time

from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from tests.kafka.cluster import Cluster


class Rights:
    """The rights of one user; nothing is allowed at the beginning.

    Args:
        cluster: A started, secured one.
        user: Whose.
    """

    def __init__(self, cluster: Cluster, user: str) -> None:
        self._admin = AdminClient({"bootstrap.servers": cluster.inside})
        self._principal = f"User:{user}"

    def grant(self, operation: str, *topics: str, prefixed: bool = False) -> None:
        """Allow `read`, `write`, `describe`, `create` ... on topics, or on all that begin so."""
        self._add(ResourceType.TOPIC, operation, topics, prefixed=prefixed)

    def grant_group(self, group: str) -> None:
        """Allow to join a consumer group."""
        self._add(ResourceType.GROUP, "read", (group,), prefixed=False)

    def take(self, operation: str, topic: str) -> None:
        """Take what `grant` gave on one topic."""
        pattern = AclBindingFilter(
            ResourceType.TOPIC, topic, ResourcePatternType.LITERAL, self._principal, "*",
            AclOperation[operation.upper()], AclPermissionType.ALLOW,
        )  # fmt: skip
        for future in self._admin.delete_acls([pattern]).values():
            assert future.result(10), f"there was no right to {operation} {topic}"
        self._await(pattern, there=False)

    def _await(self, pattern: AclBindingFilter, *, there: bool) -> None:
        """Wait until the broker acts by a change; it answers the request before that."""
        for _ in range(200):
            if bool(self._admin.describe_acls(pattern).result(10)) is there:
                return
            time.sleep(0.02)
        raise AssertionError("the broker does not take notice of a right")

    def _add(self, kind: ResourceType, operation: str, names: tuple[str, ...], *, prefixed: bool) -> None:
        pattern = ResourcePatternType.PREFIXED if prefixed else ResourcePatternType.LITERAL
        allowed = (self._principal, "*", AclOperation[operation.upper()], AclPermissionType.ALLOW)
        bindings = [AclBinding(kind, name, pattern, *allowed) for name in names]
        for future in self._admin.create_acls(bindings).values():
            future.result(10)
        for name in names:
            self._await(AclBindingFilter(kind, name, pattern, *allowed), there=True)
