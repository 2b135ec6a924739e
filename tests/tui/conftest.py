from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from textual._context import active_app
from textual.app import ScreenStackError

if TYPE_CHECKING:
    from textual.app import App

_PUT_OFF = 0.01
"""Seconds: the longest that Textual lets a new size of the terminal wait for another."""


async def settled(_min_sleep: float = 0.0, max_sleep: float = 60.0) -> None:
    """Wait until the app has nothing left to do but wait for keys and for clocks.

    Textual's own waiting, twice for a key, sleeps 20 ms again and again until hardly any processor time was used
    meanwhile: slow on a quiet machine, and on a loaded one no proof that anything was done.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(max_sleep):
        while True:
            await asyncio.sleep(0)
            working = [worker.wait() for worker in active_app.get().workers if worker.is_running]
            if working:
                await asyncio.gather(*working, return_exceptions=True)
            elif (wait := _until_next(loop)) is not None:
                await asyncio.sleep(wait)
            elif not _draws(active_app.get(), loop):
                return


def _until_next(loop: asyncio.AbstractEventLoop) -> float | None:
    """Seconds until the app goes on by itself; None when it waits for a key or a clock."""
    if loop._ready:  # type: ignore[attr-defined]
        return 0.0
    timers = loop._scheduled  # type: ignore[attr-defined]
    first = min((timer.when() for timer in timers if not timer.cancelled()), default=float("inf"))
    wait = max(0.0, first - loop.time())
    return wait if wait < _PUT_OFF else None


def _draws(app: App[object], loop: asyncio.AbstractEventLoop) -> bool:
    """Draw now what waits for its sixtieth of a second; whether there is something to do after it."""
    with contextlib.suppress(ScreenStackError):
        app.screen._on_timer_update()
    return _until_next(loop) is not None


@pytest.fixture(autouse=True)
def _keys_wait_for_what_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.app.wait_for_idle", settled)
    monkeypatch.setattr("textual.pilot.wait_for_idle", settled)
