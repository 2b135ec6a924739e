"""Serves the session to a browser on this machine, by textual-serve, behind the gate and on a page of our own."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import signal
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from aiohttp import web
from textual_serve.server import Server

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Sequence

    from flashnotes.web.gate import Gate

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PAGE = Path(__file__).parent / "page"
_SECONDS_TO_END = 3
"""How long a session may take to end once the server is to stop."""


class StudyServer:
    """One process of `command` for each page that is open; it ends when its page does."""

    def __init__(self, gate: Gate, command: Sequence[str]) -> None:
        self._gate = gate
        self._terminals = Server(shlex.join(command), host="127.0.0.1", port=gate.port)
        self._sessions: set[asyncio.Task[web.StreamResponse]] = set()

    async def run(self, listening: socket.socket, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then end the sessions that are open."""
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=_SECONDS_TO_END)
        await runner.setup()
        try:
            await web.SockSite(runner, listening).start()
            await stop.wait()
        finally:
            await runner.cleanup()

    def application(self) -> web.Application:
        app = web.Application(middlewares=[web.middleware(self._guarded())])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._session),
                web.get("/download/{key}", self._terminals.handle_download),
                web.static("/page", _PAGE),
                web.static("/static", self._terminals.statics_path),
            ]
        )
        app.on_response_prepare.append(self._seal)
        app.on_shutdown.append(self._end_sessions)
        return app

    def _guarded(self) -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
        gate = self._gate

        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            visit = request.query.get("token") if request.path == "/" else None
            shown = request.cookies.get(gate.cookie, "") if visit is None else visit
            refusal = gate.refusal(request.host, request.headers.get("Origin"), shown)
            if refusal:
                return web.Response(status=403, text=f"{refusal}\n")
            return await handler(request) if visit is None else _first_visit(gate)

        return guarded

    async def _page(self, request: web.Request) -> web.StreamResponse:
        page = Template((_PAGE / "index.html").read_text(encoding="utf-8"))
        # The name that the browser called us by: the cookie holds for no other.
        text = page.substitute(websocket=f"ws://{request.host}/ws")
        return web.Response(text=text, content_type="text/html")

    async def _session(self, request: web.Request) -> web.StreamResponse:
        session = asyncio.ensure_future(self._terminals.handle_websocket(request))
        self._sessions.add(session)
        session.add_done_callback(self._sessions.discard)
        return await session

    async def _end_sessions(self, _app: web.Application) -> None:
        for session in self._sessions:
            session.cancel()
        if self._sessions:
            await asyncio.wait(self._sessions, timeout=_SECONDS_TO_END)

    async def _seal(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let the page load nothing from elsewhere, stand in no other page and stay in no cache."""
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"img-src 'self' data:; connect-src ws://{request.host}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
            if request.host in self._gate.hosts
            else "default-src 'none'"
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"


def _first_visit(gate: Gate) -> web.Response:
    """Put the token in a cookie and leave it out of the address, so that it stays in no history."""
    response = web.Response(status=303, headers={"Location": "/"})
    response.set_cookie(gate.cookie, gate.token, httponly=True, samesite="Strict", path="/")
    return response


def serve(gate: Gate, command: Sequence[str], listening: socket.socket) -> None:
    """Serve sessions, each a process of `command`, until a signal ends it."""
    asyncio.run(_serve(StudyServer(gate, command), listening))


async def _serve(server: StudyServer, listening: socket.socket) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):  # Windows
            loop.add_signal_handler(getattr(signal, name), stop.set)
    await server.run(listening, stop)
