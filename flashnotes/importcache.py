"""What imports remember of notes and decks: in `cache/import.db` in the home, which may be deleted at any time."""

from __future__ import annotations

import sqlite3
import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from flashnotes.home import Home

_OURS = (".", "notes", "rules", "documents", "importing", "deckfile")
"""Folders of the code that the cards of a note, and what is remembered of them, depend on."""
_THEIRS = ("pyromark", "mammoth", "pypdf", "charset_normalizer")
"""And packages."""
_WAIT_S = 5.0
_TABLES = """
CREATE TABLE readers (mark TEXT NOT NULL);
CREATE TABLE note (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, sha TEXT, encoding TEXT, least REAL,
    mark INTEGER, said TEXT
);
CREATE TABLE deck (file TEXT PRIMARY KEY, sha TEXT, name TEXT, active INTEGER, rejected TEXT);
CREATE TABLE card (n INTEGER PRIMARY KEY, id TEXT UNIQUE, file TEXT, source TEXT, state INTEGER, digest INTEGER);
CREATE INDEX card_file ON card (file);
CREATE INDEX card_source ON card (source);
CREATE INDEX card_state ON card (state) WHERE state > 1;
CREATE TABLE name (hash INTEGER, n INTEGER, PRIMARY KEY (hash, n)) WITHOUT ROWID;
CREATE INDEX name_card ON name (n);
CREATE TABLE source (path TEXT PRIMARY KEY, cards INTEGER, mark INTEGER);
"""


class Cache:
    """The database of what is remembered; `with` opens it, again and again."""

    def __init__(self, home: Home) -> None:
        self.file = home.path / "cache" / "import.db"
        self._open: sqlite3.Connection | None = None
        self._depth = 0

    def __enter__(self) -> Self:
        if self._depth == 0:
            self._open = _opened(self.file)
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0 and self._open is not None:
            self._open.close()
            self._open = None

    @property
    def connection(self) -> sqlite3.Connection | None:
        """None where nothing can be remembered, as in a home that cannot be written."""
        return self._open


def _opened(file: Path) -> sqlite3.Connection | None:
    """The database at `file`, made anew where it cannot be read or another version of the readers made it."""
    for _ in range(2):
        connection = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(file, timeout=_WAIT_S, isolation_level=None)
            if _is_of_these_readers(connection):
                return connection
            connection.close()
            file.unlink()
            connection = sqlite3.connect(file, timeout=_WAIT_S, isolation_level=None)
            _make(connection)
            return connection
        except sqlite3.OperationalError:
            if connection is not None:
                connection.close()
            return None
        except sqlite3.DatabaseError:
            if connection is not None:
                connection.close()
            if not _is_removed(file):
                return None
        except OSError:
            return None
    return None


def _is_removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _is_of_these_readers(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA synchronous = NORMAL")
    known = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'readers'").fetchone()
    row = connection.execute("SELECT mark FROM readers").fetchone() if known else None
    return bool(row and row[0] == readers_mark())


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
    connection.execute("INSERT INTO readers VALUES (?)", (readers_mark(),))
    connection.execute("COMMIT")


def readers_mark() -> str:
    """What changes whenever the readers of notes and decks do, by an upgrade or by hand."""
    return _mark_of(_OURS)


@lru_cache(maxsize=4)
def _mark_of(folders: tuple[str, ...]) -> str:
    package = Path(__file__).parent
    files = [file for folder in folders for file in sorted((package / folder).glob("*.py"))]
    specs = [spec for name in _THEIRS if (spec := find_spec(name)) and spec.origin]
    files += [Path(spec.origin) for spec in specs if spec.origin]
    marks = [f"{file} {(about := file.stat()).st_size} {about.st_mtime_ns}" for file in files]
    return blake2b(
        "\n".join([sys.version, *marks]).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()
