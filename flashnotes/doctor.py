"""What may be wrong with a home, its database, the clock and the terminal, each finding with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.conflicts import conflicted_copies, copies_of
from flashnotes.formula.width import cells
from flashnotes.home import data_folder
from flashnotes.store.backup import listed, made_at
from flashnotes.times import clock_warning
from flashnotes.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from flashnotes.home import Home
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
    "pclouddrive": "pCloud",
    "seafile": "Seafile",
}
"""Folder names of programs that copy files behind a database's back."""
HOW_TO_JOIN = (
    "is another copy of the database, made when two machines had changed it. "
    "`flashnotes sync` of it takes its reviews in; then delete it."
)
OLD_BACKUP = 8
"""Days after which the newest backup is called old, where there are newer reviews."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    good: bool
    said: str
    """What was found and, where it is not good, what to do."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What is known of where the program is shown."""

    environ: Mapping[str, str]
    encoding: str
    measure: Callable[[Sequence[str]], list[int] | None]
    """The cells that texts take on it; None where there is no terminal, or none that says."""


def examine(library: Library, at: Moment, terminal: Terminal) -> Iterator[Finding]:
    """Everything there is to look at, good or bad."""
    yield _database(library)
    yield _states(library)
    yield _decks(library)
    yield _clock(library, at)
    yield _folder(library.home, terminal.environ)
    yield _copies(library.home)
    yield _backups(library, at)
    yield _terminal(terminal.environ, terminal.encoding)
    yield _widths(terminal, library.home)


def _database(library: Library) -> Finding:
    faults = library.store.faults()
    said = f"{faults[0]}. Restore a backup: `flashnotes backup --list`." if faults else "sound"
    return Finding("database", not faults, said)


def _states(library: Library) -> Finding:
    wrong = library.store.wrong_states()
    said = f"{wrong} cards stand elsewhere than their reviews say. Run `flashnotes doctor --rebuild`."
    return Finding("states", not wrong, said if wrong else "every card stands where its reviews put it")


def _decks(library: Library) -> Finding:
    if library.problems:
        return Finding("decks", False, " ".join(library.problems))
    return Finding("decks", True, f"{counted(len(library.store.known_files()), 'deck file')}, all read")


def _clock(library: Library, at: Moment) -> Finding:
    warning = clock_warning(library.store.last_moment(), at)
    return Finding("clock", warning is None, warning or "after the last review, and not by much")


def _folder(home: Home, environ: Mapping[str, str]) -> Finding:
    """A database that is copied while it is written can be damaged; decks may be copied."""
    folder = home.database.parent
    name = next((name for part in (folder, *folder.parents) if (name := _synced_by(part))), None)
    if name is None:
        return Finding("folder", True, "no program is known to copy the database")
    elsewhere = f"{data_folder(environ)}/".replace(environ.get("HOME") or "~", "~", 1)
    said = (
        f"the database is in a folder that {name} copies, and a copied database can be damaged. "
        f'Write `database = "{elsewhere}"` into {home.settings}; the next command then says how to move it. '
        "Decks may stay; reviews travel by `flashnotes sync`."
    )
    return Finding("folder", False, said)


def _synced_by(folder: Path) -> str | None:
    """The program that copies the folder, as far as its name tells."""
    if (folder / ".stfolder").exists():
        return "Syncthing"
    if folder.parent.name == "CloudStorage":
        return folder.name.partition("-")[0]
    return SYNCED.get(folder.name.casefold().split(" - ")[0])


def _copies(home: Home) -> Finding:
    """What a synchronising program left where two machines had changed one file."""
    databases = copies_of(home.database)
    decks = conflicted_copies(home.decks, ".yaml", ".yml")
    said = [f"{path}: {HOW_TO_JOIN}" for path in databases]
    said += [
        f"{path} is a copy of another deck: put what differs into one of them, delete the other."
        for path in decks
    ]
    return Finding("copies", not said, " ".join(said) or "no conflicted copy of the database or of a deck")


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


AMBIGUOUS = "α→─…"
"""Characters that Unicode calls ambiguous (UAX 11): one cell wide here, two in some terminals set up for Chinese."""
_MEASURED = {
    "汉": "Chinese",
    AMBIGUOUS: "Greek letters, arrows and lines",
    "𝔼": "styled letters",
    "x̂": "accents",
}


def _widths(terminal: Terminal, home: Home) -> Finding:
    """Whether the terminal draws characters as wide as formulas are laid out for."""
    found = terminal.measure(list(_MEASURED))
    if found is None:
        return Finding("widths", True, "not measured: the terminal does not say where its cursor stands")
    wrong = [
        f"{what} ({text}) take {there} cells, not {cells(text)}"
        for (text, what), there in zip(_MEASURED.items(), found, strict=True)
        if there != cells(text)
    ]
    if not wrong:
        return Finding("widths", True, f"as formulas need them, {AMBIGUOUS} one cell each")
    said = (
        f"{', '.join(wrong)}: formulas and columns will not line up. Set characters of ambiguous width to narrow "
        f'in the terminal, choose another font, or write `letters = "ascii"` into {home.settings}.'
    )
    return Finding("widths", False, said)
