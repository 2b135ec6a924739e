"""Draws the pictures of the README from the running program, over the shipped decks and six weeks of answers.

python -m docs.pictures
"""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from zlib import crc32

from flashnotes.config import Settings
from flashnotes.desk import Desk
from flashnotes.home import Home
from flashnotes.library import Library
from flashnotes.models import ActionKind, Moment, Rating
from flashnotes.session import Session, Sitting, answer_card
from flashnotes.shipped_decks import copy_shipped
from flashnotes.tui.app import StudyApp, StudyOptions
from flashnotes.tui.picture import svg

HERE = Path(__file__).parent
SIZE = (90, 26)
TODAY = Moment(1_795_255_200_000)
"""2026-11-21 10:00 UTC."""
DAY_MS = 86_400_000
SHOWN = "q-learning-更新-3cj9ay"


def rated(card_id: str, day: int) -> Rating:
    """A person who forgets now and then."""
    lot = crc32(f"{card_id} {day}".encode()) % 20
    return Rating.AGAIN if lot < 2 else Rating.HARD if lot < 4 else Rating.EASY if lot > 17 else Rating.GOOD


def study_for(library: Library, days: int) -> None:
    """Answers on most of the `days` before today."""
    for day in range(days, 0, -1):
        if crc32(bytes([day])) % 14 == 0:
            continue
        now = Moment(TODAY.ms - day * DAY_MS)
        session = Session(library.store, partial(Moment, now.ms), Sitting(new_per_day=6, reviews_per_day=60))
        while session.current is not None and session.done < 60:
            session.answer(rated(session.current.card.id, day), duration_ms=9000)


async def picture(app: StudyApp, name: str, *keys: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        (HERE / f"{name}.svg").write_text(svg(app), encoding="utf-8")


async def draw(library: Library) -> None:
    desk = Desk(library, lambda: TODAY)

    def app(session: Session | None = None) -> StudyApp:
        return StudyApp(
            session, desk=desk, options=StudyOptions(key_guard_ms=0, theme="dark"), clock=lambda: 0.0
        )

    await picture(app(), "start")
    await picture(app(), "statistics", "s")
    session = desk.sit()
    while session.current is not None and session.current.card.id != SHOWN:
        session.skip()
    await picture(app(session), "answer", "space")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        copy_shipped(home)
        settings = Settings(day_starts_at=4)
        library = Library.open(home, settings, at=Moment(TODAY.ms - 50 * DAY_MS))
        with library.store:
            study_for(library, 42)
            answer_card(library.store, SHOWN, Rating.GOOD, Moment(TODAY.ms - 3 * DAY_MS))
            library.store.perform(SHOWN, ActionKind.SET_DUE, library.day(TODAY), at=TODAY)
            asyncio.run(draw(library))


if __name__ == "__main__":
    main()
