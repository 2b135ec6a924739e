"""The server over real sockets: what it refuses, what it serves, and how it ends."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import socket
import subprocess
import sys
import warnings
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import flashnotes.web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.conftest import Runner

PAGE = Path(flashnotes.web.__file__).parent / "page"


def test_what_is_missing_is_told(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "flashnotes.web.server", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    ran = run("serve")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("pip install 'flashnotes[web]'\n")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_a_port_is_a_number(run: Runner, port: str) -> None:
    assert run("serve", f"--port={port}").status == 2


def test_the_page_names_no_other_place() -> None:
    files = sorted(PAGE.iterdir())
    assert [file.suffix for file in files] == [".html", ".css", ".js"]
    for file in files:
        assert not re.findall(r"(?:https?:|[\"'(])//\S+", file.read_text(encoding="utf-8"))


def test_a_session_ends_when_its_server_is_gone(home_with_deck: Path) -> None:
    """However it went: the pipe from it is closed."""
    command = [sys.executable, "-m", "flashnotes", "study"]
    environment = os.environ | {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    done = subprocess.run(command, input=b"", capture_output=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"__GANGLION__\n")


@pytest.fixture
def _web() -> None:
    pytest.importorskip("textual_serve", reason="needs the extra: pip install 'flashnotes[web]'")


@pytest.fixture
def _web_with_sessions(_web: None) -> Iterator[None]:
    yield
    # textual-serve waits for no process that it started: what is left of them when a loop has
    # closed is collected here, or it would warn in whatever test comes next.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.usefixtures("_web")
def test_a_port_that_is_taken(run: Runner) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("Name another with --port.\n")


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[str, str, str]]:
    """A server on a free port: its host, its token and the name of its cookie."""
    from flashnotes.web.gate import Gate
    from flashnotes.web.server import StudyServer

    with socket.create_server(("127.0.0.1", 0)) as listening:
        gate = Gate(listening.getsockname()[1])
        stop = asyncio.Event()
        # A session that never begins to draw, but ends when it is told to.
        server = asyncio.create_task(StudyServer(gate, ["head", "-c", "1"]).run(listening, stop))
        try:
            yield gate.hosts[0], gate.token, gate.cookie
        finally:
            stop.set()
            await asyncio.wait_for(server, 60)


@pytest.mark.usefixtures("_web")
async def test_who_has_no_token_gets_nothing() -> None:
    from aiohttp import ClientSession

    async with serving() as (host, token, cookie), ClientSession() as client:
        known = {"Cookie": f"{cookie}={token}"}
        for headers in ({}, {"Cookie": f"{cookie}=guess"}, known | {"Host": "rebound.example"}):
            for path in ("/", "/ws", "/download/1", "/page/page.js", "/static/js/textual.js", "/nowhere"):
                async with client.get(f"http://{host}{path}", headers=headers) as answer:
                    assert answer.status == 403, (path, headers)
        async with client.get(f"http://{host}/?token=guess", headers=known) as answer:
            assert answer.status == 403


@pytest.mark.usefixtures("_web_with_sessions")
async def test_no_websocket_without_token_or_from_another_page() -> None:
    from aiohttp import ClientSession, WSServerHandshakeError

    async with serving() as (host, token, cookie), ClientSession() as client:
        known = {"Cookie": f"{cookie}={token}"}
        refused = [
            {},
            {"Cookie": f"{cookie}=guess"},
            known | {"Origin": "http://127.0.0.1:1"},
            known | {"Host": "rebound.example"},
        ]
        for headers in refused:
            with pytest.raises(WSServerHandshakeError, match="403"):
                await client.ws_connect(f"ws://{host}/ws", headers=headers)
        own = await client.ws_connect(f"ws://{host}/ws", headers=known | {"Origin": f"http://{host}"})
        await own.send_json(["ping", "here"])
        assert await own.receive_json(timeout=60) == ["pong", "here"]
        await own.close()


@pytest.mark.usefixtures("_web")
async def test_the_first_visit_leaves_the_token_in_a_cookie_alone() -> None:
    from aiohttp import ClientSession, CookieJar

    async with serving() as (host, token, cookie), ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
        async with client.get(f"http://{host}/?token={token}", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/")
            assert (answer.cookies[cookie]["httponly"], answer.cookies[cookie]["samesite"]) == (
                True,
                "Strict",
            )
        async with client.get(f"http://{host}/") as answer:
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
        assert f'"ws://{host}/ws"' in page
        assert token not in page
        assert policy.startswith("default-src 'none'; script-src 'self';")
        assert set(re.findall(r"\w+://[^\s;]+", policy)) == {f"ws://{host}"}
        for path in set(re.findall(r'(?:src|href)="(/[^"]+)"', page)):
            async with client.get(f"http://{host}{path}") as answer:
                assert answer.status == 200, path
