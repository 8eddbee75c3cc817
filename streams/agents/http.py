"""The worker's own small HTTP server: /metrics, /livez, /readyz. Up before the first assignment."""

from __future__ import annotations

import time

from aiohttp import web

from streams.errors import BadSettings, ErrorCode, Fault
from streams.observe.health import Answer, Health
from streams.observe.metrics import CONTENT_TYPE, Metrics


def routes(metrics: Metrics, health: Health) -> web.Application:
    """Return the application that answers the three paths."""

    async def exposition(_: web.Request) -> web.Response:
        metrics.ready.set(health.ready().ok)
        return web.Response(body=metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})

    def answer(found: Answer) -> web.Response:
        return web.json_response(
            {"ok": found.ok, "missing": list(found.missing)}, status=200 if found.ok else 503
        )

    async def livez(_: web.Request) -> web.Response:
        return answer(health.live(time.monotonic()))

    async def readyz(_: web.Request) -> web.Response:
        return answer(health.ready())

    app = web.Application()
    app.router.add_get("/metrics", exposition)
    app.router.add_get("/livez", livez)
    app.router.add_get("/readyz", readyz)
    return app


class Server:
    """Serves `routes` on one address.

    Args:
        metrics: Shown at /metrics.
        health: Asked by /livez and /readyz.
        host: Address to bind.
        port: Port to bind; 0 for any free one, told by `port` after `start`.
    """

    def __init__(self, metrics: Metrics, health: Health, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._runner = web.AppRunner(routes(metrics, health), access_log=None)

    async def start(self) -> None:
        """Bind and serve.

        Raises:
            BadSettings: When the address cannot be bound.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self.host, self.port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise BadSettings(
                Fault("http_port", ErrorCode.BAD_SETTINGS, f"{self.host}:{self.port}: {error.strerror}"),
                hint="another worker on this machine? give each its own --http-port",
            ) from error
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop serving."""
        await self._runner.cleanup()
