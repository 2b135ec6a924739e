"""The home's decks and reviews in step: deck files that changed are read again, the others never."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from flashnotes.deckfile.listing import deck_files
from flashnotes.errors import DeckError, FlashnotesError
from flashnotes.scheduling import scheduler_for
from flashnotes.scheduling.days import logical_day
from flashnotes.store import DeckFile as Mirrored
from flashnotes.store import Rules, Selection, Stamp, Store
from flashnotes.store.queue import LEECH_TAG
from flashnotes.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flashnotes.config import Settings
    from flashnotes.home import Home
    from flashnotes.models import Day, Moment, Rejected

_TAGS_NAMED = 10


@dataclass(slots=True)
class Library:
    """An open home."""

    home: Home
    settings: Settings
    store: Store
    problems: list[str] = field(default_factory=list)
    """Deck files that could not be taken, a line each; what was last read of them stays."""
    is_in_step: bool = False
    """The store mirrors every deck file as it is; false while one of them cannot be taken."""

    @classmethod
    def open(cls, home: Home, settings: Settings, *, at: Moment) -> Self:
        """Open the home, making it where there is none, and bring the mirror of its decks up to date."""
        home = home.with_database(settings.database)
        home.check_database()
        home.make()
        library = cls(home, settings, Store.open(home.database, rules_of(settings), at=at))
        library.refresh()
        return library

    def follow(self, settings: Settings) -> None:
        """Go by other settings from now on; where the database is stays as it was opened."""
        self.settings = settings
        self.store.follow(rules_of(settings))

    def refresh(self) -> list[Mirrored]:
        """Read the deck files that changed since they were last read, and forget those gone; those read."""
        known = self.store.known_files()
        there = {path.name: path for path in deck_files(self.home.decks)}
        changed: list[Mirrored] = []
        problems: list[str] = []
        for name, path in there.items():
            try:
                if (file := _if_changed(path, known.get(name))) is not None:
                    changed.append(file)
            except DeckError as error:
                problems.append(str(error))
        gone = known.keys() - there.keys()
        problems += [
            f"{self.home.decks / claim.refused_to}: the id {claim.id!r} is already in {claim.kept_by}; "
            "that card is left out. Remove one of the two."
            for claim in (self.store.sync(changed, gone) if changed or gone else ())
        ]
        self.problems += [problem for problem in problems if problem not in self.problems]
        self.is_in_step = not problems
        return changed

    def day(self, at: Moment) -> Day:
        """The logical day of a moment, as this home begins its days."""
        return logical_day(at, self.settings.day_starts_at)

    def all_deleted(self) -> dict[str, list[Rejected]]:
        """By deck, the cards whose lines the person removed from it; those of a deck removed whole may come again."""
        found: dict[str, list[Rejected]] = {}
        for name, gone in self.store.deleted():
            found.setdefault(name, []).append(gone)
        return found

    def selection(self, decks: Sequence[str], tag: str | None = None) -> Selection:
        """The cards that deck names and a tag choose. Raises FlashnotesError for a deck or tag that is not there."""
        known = self.store.deck_names()
        for name in decks:
            if not any(deck == name or deck.startswith(f"{name}::") for deck in known):
                raise FlashnotesError(
                    f"there is no deck {name!r}. {did_you_mean(name, known) or '`flashnotes decks` lists them.'}"
                )
        selection = Selection(tuple(decks), tag)
        if tag is not None and tag != LEECH_TAG and not self.store.has_cards(selection):
            where = f" in {', '.join(decks)}" if decks else ""
            raise FlashnotesError(
                f"no card{where} has the tag {tag!r}. {_tags_meant(tag, self.store.tags())}".rstrip()
            )
        return selection


def rules_of(settings: Settings) -> Rules:
    """What a home's settings say of the fold over its events."""
    return Rules(scheduler_for(settings), settings.day_starts_at, settings.suspend_leeches, settings.reverse)


def _if_changed(path: Path, known: Stamp | None) -> Mirrored | None:
    """The deck at `path` if it is not as it was `known`. Raises DeckError."""
    try:
        about = path.stat()
    except OSError as error:
        raise DeckError(f"{path}: cannot be read ({error.strerror}). Mend it or remove it.") from error
    if known and known.sha and (known.size, known.mtime_ns) == (about.st_size, about.st_mtime_ns):
        return None
    from flashnotes.deckfile.files import read_deck

    file = read_deck(path)
    return Mirrored(path.name, Stamp(about.st_size, about.st_mtime_ns, file.digest), file.deck)


def _tags_meant(tag: str, known: Sequence[str]) -> str:
    more = " …" if len(known) > _TAGS_NAMED else ""
    there = f"There are {', '.join(known[:_TAGS_NAMED])}{more}." if known else ""
    return did_you_mean(tag, known) or there
