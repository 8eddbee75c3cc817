"""How to reach the broker: settings as the arguments that every aiokafka client takes."""

from __future__ import annotations

import ssl
from typing import Any

from streams.errors import BadSettings, ErrorCode, Fault
from streams.settings import Settings

# Seconds that a request, and an output with all its retries, may take. A broker that was killed is back
# within 13 s (measured); longer than that and the worker is better restarted by its supervisor.
REQUEST_TIMEOUT_S = 30


def connection(settings: Settings) -> dict[str, Any]:
    """Return the arguments that every aiokafka client takes.

    Args:
        settings: Checked settings; TLS is on exactly when `ca_file` is set, SASL when `username` is.

    Returns:
        Keyword arguments of AIOKafkaProducer, AIOKafkaConsumer and AIOKafkaAdminClient.

    Raises:
        BadSettings: When a certificate or key cannot be read. There is no way on without them.
    """
    tls, sasl = bool(settings.ca_file), bool(settings.username)
    arguments: dict[str, Any] = {
        "bootstrap_servers": settings.broker.split(","),
        "client_id": "news-alerts",
        "request_timeout_ms": REQUEST_TIMEOUT_S * 1000,
        "security_protocol": ("SASL_" if sasl else "") + ("SSL" if tls else "PLAINTEXT"),
    }
    if tls:
        arguments["ssl_context"] = tls_context(settings)
    if sasl:
        arguments["sasl_mechanism"] = settings.sasl_mechanism
        arguments["sasl_plain_username"] = settings.username
        arguments["sasl_plain_password"] = settings.password
    return arguments


def tls_context(settings: Settings) -> ssl.SSLContext:
    """Return a context that checks the broker's name and certificate, and shows ours where there is one.

    Raises:
        BadSettings: Naming the setting whose file cannot be read.
    """
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
    except OSError as error:  # ssl.SSLError is one, too
        raise BadSettings(_unreadable("ca_file", settings.ca_file, error)) from error
    if settings.cert_file:
        try:
            context.load_cert_chain(settings.cert_file, settings.key_file)
        except OSError as error:
            raise BadSettings(_unreadable("cert_file", settings.cert_file, error)) from error
    return context


def _unreadable(setting: str, path: str, error: OSError) -> Fault:
    reason = error.strerror or "holds no PEM that can be used"
    return Fault(setting, ErrorCode.BAD_SETTINGS, f"cannot be read: {path}: {reason}")
