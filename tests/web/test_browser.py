"""A session of ten cards in a real browser: what is answered there is in the database."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

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


async def test_ten_cards_are_studied_in_a_browser(home: Path, tmp_path: Path) -> None:
    write_deck(home)
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "flashnotes", "serve", stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout
    try:
        line = (await server.stdout.readline()).decode()
        address = re.fullmatch(r"open (http://127\.0\.0\.1:(\d+)/\?token=[\w-]{43})\n", line)
        assert address, line
        async with open_page(tmp_path / "profile") as page:
            await page.do("Page.navigate", url=address[1])
            await page.until(lambda text: "浏览器" in text)
            await page.press(" ")
            given = {}
            for number, (grade, (front, _, shown)) in enumerate(zip(GRADES, CARDS, strict=True)):
                await page.until(lambda text, front=front: front in text)
                asked = await page.picture()
                drawn = len(page.text)
                await page.press(" ")
                await page.until(lambda text, drawn=drawn, shown=shown: shown in text[drawn:])
                if number == 1:
                    assert await page.picture() != asked
                await asyncio.sleep(0.2)
                await page.press(str(grade))
                given[f"w{number}"] = grade
            print(page.requested, page.errors)
        server.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.wait(), 10) == 0
    finally:
        if server.returncode is None:
            server.kill()
            await server.wait()
    assert dict(reviews(home)[:10]) == given
