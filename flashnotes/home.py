"""The home: one folder that holds everything a person has."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.errors import FlashnotesError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DATABASE = "flashnotes.db"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder and where things stand in it."""

    path: Path
    found: bool = False
    """It was found from the current folder upwards, not named: say so at the first write."""
    database_elsewhere: Path | None = None
    """Where the settings put the database, if not in the home."""

    @property
    def decks(self) -> Path:
        return self.path / "decks"

    @property
    def database(self) -> Path:
        return self.database_elsewhere or self.path / DATABASE

    @property
    def backups(self) -> Path:
        """Beside the database."""
        return self.database.parent / "backups"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def settings(self) -> Path:
        return self.path / "flashnotes.toml"

    @property
    def is_new(self) -> bool:
        """Missing or an empty folder."""
        return not self.path.exists() or (self.path.is_dir() and next(self.path.iterdir(), None) is None)

    def with_database(self, setting: str) -> Home:
        """The home with its database where the setting `database` puts it: a file or a folder, from the home."""
        if not setting:
            return self
        place = self.path / os.path.expanduser(setting)  # noqa: PTH111 (Path's own raises for ~nobody)
        is_folder = setting.endswith(("/", os.sep)) or place.is_dir()
        return replace(self, database_elsewhere=place / DATABASE if is_folder else place)

    def check_database(self) -> None:
        """Raise where the reviews were left behind: an empty database in their place would look like a loss."""
        left = self.path / DATABASE
        if self.database != left and left.exists() and not self.database.exists():
            raise FlashnotesError(
                f"{self.settings}: the database is to be {self.database}, but your reviews are in {left}. "
                f"With no flashnotes running, say `mkdir -p '{self.database.parent}' && mv '{left}' '{self.database}'`."
            )

    def make(self) -> None:
        """Make the folder where it is missing; one line when it cannot be made."""
        try:
            self.decks.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FlashnotesError(
                f"{self.path}: cannot be made the home ({error.strerror}). "
                "Name another with --home or FLASHNOTES_HOME."
            ) from error


def find_home(named: str | None, environment: dict[str, str], here: Path) -> Home:
    """`--home`, `FLASHNOTES_HOME`, the nearest folder upwards with decks, or the platform's data folder."""
    if named == "":
        raise UsageError("--home names no folder.")
    chosen = named or environment.get("FLASHNOTES_HOME")
    if chosen:
        return Home(Path(os.path.expanduser(chosen)).absolute())  # noqa: PTH111 (Path's own raises for ~nobody)
    for folder in (here, *here.parents):
        if (folder / "flashnotes.toml").is_file() or _has_decks(folder / "decks"):
            return Home(folder, found=True)
    return Home(data_folder(environment))


def _has_decks(folder: Path) -> bool:
    try:
        return any(entry.name.endswith((".yaml", ".yml")) for entry in os.scandir(folder))
    except OSError:
        return False


def data_folder(environment: Mapping[str, str]) -> Path:
    """Platform's user data folder, by the XDG rules or the system's own.

    By hand: importing platformdirs costs more than all of `flashnotes due`.
    """
    user = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.cwd())
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or user / "AppData" / "Local") / "flashnotes"
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "flashnotes"
    base = environment.get("XDG_DATA_HOME", "")
    return Path(base if base.startswith("/") else user / ".local" / "share") / "flashnotes"
