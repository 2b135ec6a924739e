"""A session of ten cards in a real browser: what is answered there is in the database."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.web.chromium import Page

pytest.importorskip("textual_serve", reason="needs the extra: pip install 'flashnotes[web]'")

from tests.web.chromium import PROGRAM, open_page

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="needs Chromium")

CARDS = [
    ("特征值", "满足 $Av = \\lambda v$ 的标量 $\\lambda$", "λ"),
    ("TD 误差", "$$\\delta_t = r_{t+1} + \\gamma v(s_{t+1}) - v(s_t)$$", "δ"),
    ("梯度下降", "沿负梯度方向更新参数", "沿负梯度"),
    ("softmax", "$$\\frac{e^{x_i}}{\\sum_j e^{x_j}}$$", "─"),
    ("自举", "用估计值更新估计值", "估计值"),
    ("entropy", "$-\\sum_i p_i \\log p_i$", "log"),
    ("折扣因子", "$\\gamma \\in [0, 1]$", "γ"),
    ("momentum", "a moving average of past gradients", "average"),
    ("策略", "从状态到动作的映射 $\\pi(a|s)$", "映射"),
    ("bias", "$$E[\\hat\\theta] - \\theta$$", "θ"),
]
"""Front, back, and what of the back must be drawn."""
GRADES = [3, 1, 4, 2, 3, 3, 4, 3, 2, 3]


def write_deck(home: Path) -> None:
    """The cards in a deck whose order is the order of asking."""
    (home / "decks").mkdir(parents=True)
    cards = [{"id": f"w{n}", "front": front, "back": back} for n, (front, back, _) in enumerate(CARDS)]
    # JSON is YAML as well.
    (home / "decks" / "web.yaml").write_text(json.dumps({"deck": "浏览器", "cards": cards}), encoding="utf-8")


def reviews(home: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(home / "flashnotes.db")) as database:
        return database.execute("select card_id, rating from review order by id").fetchall()


@asynccontextmanager
async def serving() -> AsyncIterator[str]:
    """The address that the command prints; Ctrl-C ends it, in order, while its page is open."""
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "flashnotes", "serve", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout
    try:
        line = (await server.stdout.readline()).decode()
        address = re.fullmatch(r"open (http://127\.0\.0\.1:\d+/\?token=[\w-]{43})\n", line)
        assert address, line
        yield address[1]
        server.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.wait(), 60) == 0
        assert await server.stdout.read() == b""
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()


async def answer(page: Page, front: str, shown: str, grade: int) -> None:
    """Read the question, see the answer drawn, grade it."""
    await page.until(lambda text: front in text)
    drawn = len(page.text)
    await page.press(" ")
    await page.until(lambda text: shown in text[drawn:])
    await page.press(str(grade))


async def test_ten_cards_are_studied_in_a_browser(home: Path, tmp_path: Path) -> None:
    write_deck(home)
    async with open_page(tmp_path / "profile") as page, serving() as address:
        await page.do("Page.navigate", url=address)
        await page.until(lambda text: "浏览器" in text)
        await page.press(" ")
        for (front, _, shown), grade in zip(CARDS, GRADES, strict=True):
            await answer(page, front, shown, grade)
        # The one that was answered Again is asked once more: by then the last answer is written.
        await page.until(lambda text: "11/11" in text)
        asked, drawn = await page.picture(), len(page.text)
        await page.press(" ")
        await page.until(lambda text: CARDS[1][2] in text[drawn:])
        # What came was painted as well.
        assert await page.picture() != asked
        assert await page.evaluate("location.href") == address.partition("?")[0]
        port = address.split(":")[2].split("/")[0]
        assert {urlsplit(url).netloc for url in page.requested} == {f"127.0.0.1:{port}"}
        assert page.errors == []
    assert reviews(home) == [(f"w{number}", grade) for number, grade in enumerate(GRADES)]
