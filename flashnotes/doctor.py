"""What may be wrong with a home, its database, the clock and the terminal, each finding with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.store.backup import listed, made_at
from flashnotes.times import clock_warning
from flashnotes.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flashnotes.library import Library
    from flashnotes.models import Moment

SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "nextcloud": "Nextcloud",
    "syncthing": "Syncthing",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
}
"""Folder names of programs that copy files behind a database's back."""
OLD_BACKUP = 8
"""Days after which the newest backup is called old, where there are newer reviews."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    said: str
    """What was found and, where it is not good, what to do."""


def examine(library: Library, at: Moment, environ: Mapping[str, str], encoding: str) -> Iterator[Finding]:
    """Everything there is to look at, good or bad."""
    yield _database(library)
    yield _states(library)
    yield _decks(library)
    yield _clock(library, at)
    yield _folder(library.home.path)
    yield _backups(library, at)
    yield _terminal(environ, encoding)


def _database(library: Library) -> Finding:
    faults = library.store.faults()
    said = f"{faults[0]}. Restore a backup: `flashnotes backup --list`." if faults else "sound"
    return Finding("database", not faults, said)


def _states(library: Library) -> Finding:
    wrong = library.store.wrong_states()
    said = f"{counted(wrong, 'card')} elsewhere than the reviews say. Run `flashnotes doctor --rebuild`."
    return Finding("states", not wrong, said if wrong else "every card stands where its reviews put it")


def _decks(library: Library) -> Finding:
    if library.problems:
        return Finding("decks", False, " ".join(library.problems))
    return Finding("decks", True, f"{counted(len(library.store.known_files()), 'deck file')}, all read")


def _clock(library: Library, at: Moment) -> Finding:
    warning = clock_warning(library.store.last_moment(), at)
    return Finding("clock", warning is None, warning or "after the last review, and not by much")


def _folder(home: Path) -> Finding:
    for part in (home, *home.parents):
        name = SYNCED.get(part.name.casefold().split(" - ")[0])
        if name or (part / ".stfolder").exists():
            said = (
                f"the home is inside a folder that {name or 'Syncthing'} copies, and a copied database can be damaged. "
                "Keep the home elsewhere and use `flashnotes sync`; decks may stay there."
            )
            return Finding("folder", False, said)
    return Finding("folder", True, "no program is known to copy it")


def _backups(library: Library, at: Moment) -> Finding:
    backups = listed(library.home.backups)
    last = library.store.last_moment()
    if last is None:
        return Finding("backups", True, "nothing to back up yet")
    newest = made_at(backups[-1]) if backups else None
    if newest is None:
        return Finding("backups", False, "there is none. Run `flashnotes backup`.")
    days = (last.ms / 1000 - newest.timestamp()) / 86_400
    said = f"{len(backups)}, the newest of {newest:%Y-%m-%d %H:%M} UTC"
    return Finding(
        "backups", days < OLD_BACKUP, said if days < OLD_BACKUP else f"{said}. Run `flashnotes backup`."
    )


def _terminal(environ: Mapping[str, str], encoding: str) -> Finding:
    term = environ.get("TERM", "")
    if "utf" not in encoding.casefold():
        return Finding(
            "terminal",
            False,
            f"its encoding is {encoding}: formulas and Chinese need UTF-8. Set LANG, or use --plain.",
        )
    if term in ("", "dumb"):
        return Finding(
            "terminal", False, "TERM names no terminal that can draw. Set it, or use `study --plain`."
        )
    colours = (
        "no colour (NO_COLOR)" if environ.get("NO_COLOR") else environ.get("COLORTERM") or "some colours"
    )
    return Finding("terminal", True, f"{term}, {encoding}, {colours}")
