"""A headless Chromium, driven by its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")


class Page:
    """One page: what it asked for, what its terminal was sent, and a keyboard."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._came = asyncio.Event()
        self.text = ""
        """Everything the session drew so far, without escape sequences."""
        self.requested: list[str] = []
        self.errors: list[str] = []

    async def listen(self) -> None:
        async for message in self._socket:
            if message.type == WSMsgType.TEXT:
                self._take(json.loads(message.data))

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers.pop(message["id"]).set_result(message)
            return
        what = message["params"]
        match message["method"]:
            case "Network.requestWillBeSent":
                self.requested.append(what["request"]["url"])
            case "Network.webSocketCreated":
                self.requested.append(what["url"])
            case "Network.webSocketFrameReceived" if what["response"]["opcode"] == 2:
                drawn = base64.b64decode(what["response"]["payloadData"])
                self.text += _ESCAPES.sub("", drawn.decode())
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(what["exceptionDetails"]))
            case "Log.entryAdded" if what["entry"]["level"] == "error":
                self.errors.append(what["entry"]["text"])
        self._came.set()

    async def do(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        told = await asyncio.wait_for(answer, 60)
        assert "error" not in told, told
        return told["result"]

    async def evaluate(self, expression: str) -> Any:
        done = await self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        return done["result"].get("value")

    async def press(self, character: str) -> None:
        for kind in ("keyDown", "keyUp"):
            typed = {"text": character} if kind == "keyDown" else {}
            code = ord(character.upper())
            await self.do(
                "Input.dispatchKeyEvent", type=kind, key=character, windowsVirtualKeyCode=code, **typed
            )

    async def until(self, true: Callable[[str], bool], seconds: float = 60) -> None:
        """Wait until what was drawn is as wanted."""
        try:
            async with asyncio.timeout(seconds):
                while not true(self.text):
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            raise AssertionError(f"not drawn; the end is {self.text[-2000:]!r}; {self.errors}") from None

    async def picture(self) -> bytes:
        return base64.b64decode((await self.do("Page.captureScreenshot"))["data"])

    async def __aenter__(self) -> Self:
        self._listening = asyncio.create_task(self.listen())
        for part in ("Network", "Runtime", "Log", "Page"):
            await self.do(f"{part}.enable")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._listening


@asynccontextmanager
async def open_page(profile: Path) -> AsyncIterator[Page]:
    """A blank page of a Chromium of its own, which ends with it."""
    assert PROGRAM
    chromium = await asyncio.create_subprocess_exec(
        PROGRAM,
        "--headless=new",
        "--disable-gpu",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-extensions",
        "--no-first-run",
        "--remote-debugging-port=0",
        "--window-size=1000,640",
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port = await _port_of(profile / "DevToolsActivePort")
        async with ClientSession() as client:
            async with client.get(f"http://127.0.0.1:{port}/json/list") as listed:
                pages = [page for page in await listed.json() if page["type"] == "page"]
            debugger = pages[0]["webSocketDebuggerUrl"]
            async with client.ws_connect(debugger, max_msg_size=0) as socket, Page(socket) as page:
                yield page
    finally:
        chromium.terminate()
        await chromium.wait()


async def _port_of(path: Path) -> int:
    async with asyncio.timeout(60):
        while not path.exists() or "\n" not in path.read_text():
            await asyncio.sleep(0.02)
    return int(path.read_text().split()[0])
