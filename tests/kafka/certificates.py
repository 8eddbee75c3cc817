"""An authority and a broker's certificate for 127.0.0.1, made with openssl for one run of the tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

# OpenSSL's strict mode (Python from 3.13 on) wants the key usage of the authority.
_CA_USE = "keyUsage=critical,keyCertSign,cRLSign"
_BROKER_USE = """\
subjectAltName=IP:127.0.0.1,DNS:localhost
extendedKeyUsage=serverAuth
keyUsage=critical,digitalSignature,keyEncipherment
authorityKeyIdentifier=keyid
basicConstraints=CA:FALSE
"""


def make_certificates(directory: Path) -> tuple[Path, Path]:
    """Make an authority and a broker's key and certificate.

    Args:
        directory: Where the files go; made where missing.

    Returns:
        The authority's certificate for clients, and the broker's PEM file: key, certificate, authority.
    """
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "broker.ext").write_text(_BROKER_USE)

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=directory, check=True, capture_output=True)

    new_key = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *new_key, "-days", "2", "-subj", "/CN=tests' authority", "-addext", _CA_USE,
            "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    openssl("req", *new_key, "-subj", "/CN=tests' broker", "-keyout", "broker.key", "-out", "broker.csr")
    openssl("x509", "-req", "-in", "broker.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", "broker.ext", "-out", "broker.crt")  # fmt: skip
    parts = ("broker.key", "broker.crt", "ca.pem")
    broker = directory / "broker.pem"
    broker.write_text("".join((directory / part).read_text() for part in parts))
    return directory / "ca.pem", broker
