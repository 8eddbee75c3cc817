"""A real Apache Kafka for tests: one KRaft broker on 127.0.0.1, ready in about 4 s, gone with the tests.

python -m tests.kafka.cluster     starts one, prints its address, runs until interrupted
"""

from __future__ import annotations

import base64
import ctypes
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.kafka.certificates import make_certificates
from tests.kafka.jars import find_jars
from tests.kafka.properties import USERS, Ports, broker_properties

READY = "Kafka Server started"
START_TIMEOUT_S = 90
# The client compiler alone: a broker that lives for minutes never earns back the optimising one.
QUICK_JVM = ("-XX:TieredStopAtLevel=1", "-Xmx384m")
_JAVA = ("java", "-XX:+UseSerialGC", "-XX:-UsePerfData")
_PR_SET_PDEATHSIG = 1


class Cluster:
    """One broker; use as a context manager, or `start` and `stop`.

    Args:
        data: An own directory for its files; topics survive `kill` and `restart`.
        jars: Of `find_jars`.
        secured: Whether the client listener has TLS, SCRAM-SHA-512 and rights that must be granted.
        jvm: Options of the broker's JVM.

    Attributes:
        bootstrap: The client listener, HOST:PORT.
        inside: The open listener of a user who may do everything.
        ca_file: The authority of the client listener's certificate; None when open.
        users: User to password of the client listener; {} when open.
    """

    def __init__(
        self, data: Path, jars: Path, *, secured: bool = False, jvm: Sequence[str] = QUICK_JVM
    ) -> None:
        ports = Ports(**dict(zip(("client", "inside", "controller"), _free_ports(3), strict=True)))
        self.bootstrap, self.inside = f"127.0.0.1:{ports.client}", f"127.0.0.1:{ports.inside}"
        self.users = USERS if secured else {}
        self.log = data / "broker.log"
        self._jvm = jvm
        self._classpath = ("-cp", f"{jars}/*")
        self._properties = data / "server.properties"
        self._process: subprocess.Popen[bytes] | None = None
        data.mkdir(parents=True, exist_ok=True)
        self.ca_file, keystore = make_certificates(data / "tls") if secured else (None, None)
        lines = broker_properties(ports, data / "topics", keystore)
        self._properties.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))

    def start(self) -> Self:
        """Prepare the storage and start the broker; returns when it is ready."""
        self._format()
        self.restart()
        return self

    def restart(self) -> None:
        """Start the broker after `kill` or `stop`, with all its topics."""
        with self.log.open("ab") as out:
            begin = out.tell()
            self._process = subprocess.Popen(
                [*_JAVA, *self._jvm, *self._classpath, "kafka.Kafka", str(self._properties)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, preexec_fn=_die_with_parent,  # noqa: PLW1509 calls prctl only
            )  # fmt: skip
        self._await_ready(begin)

    def kill(self) -> None:
        """End the broker with SIGKILL, as a power failure would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the broker in an orderly way, by SIGKILL if it takes too long."""
        self._end(signal.SIGTERM)

    @property
    def pid(self) -> int:
        """The broker's process id."""
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _format(self) -> None:
        # One of 64 begins with a hyphen, and would be read as a flag of its own.
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        arguments = ["format", f"--cluster-id={cluster_id}", "--config", str(self._properties)]
        for user, password in self.users.items():
            arguments += ["--add-scram", f"SCRAM-SHA-512=[name={user},password={password}]"]
        done = subprocess.run([*_JAVA, *QUICK_JVM, *self._classpath, "kafka.tools.StorageTool", *arguments],
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"Kafka's storage was not formatted: {done.stdout}{done.stderr}")

    def _await_ready(self, begin: int) -> None:
        assert self._process is not None
        give_up_at = time.monotonic() + START_TIMEOUT_S
        while self._process.poll() is None and time.monotonic() < give_up_at:
            with self.log.open("rb") as log:
                log.seek(begin)
                if READY.encode() in log.read():
                    return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"Kafka did not start:\n{self.log.read_text('utf-8', 'replace')[-3000:]}")

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_ports(count: int) -> Sequence[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _die_with_parent() -> None:
    """Have Linux kill the broker when the tests die, even by SIGKILL."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory, Cluster(Path(directory), find_jars()) as cluster:
        print(f"export NEWS_ALERTS_BROKER={cluster.bootstrap}", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
