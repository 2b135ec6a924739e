"""What commands share: the home, its settings and the clock."""

from __future__ import annotations

import os
import sys
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from flashnotes.errors import FlashnotesError, UsageError
from flashnotes.home import find_home
from flashnotes.models import Moment
from flashnotes.screen_text import printable

if TYPE_CHECKING:
    from flashnotes.config import Settings
    from flashnotes.home import Home
    from flashnotes.library import Library


class Context:
    """One run of the program; nothing is looked up before a command asks for it."""

    def __init__(self, named_home: str | None) -> None:
        self._named_home = named_home
        self._open: list[Library] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for library in self._open:
            library.store.close()

    @cached_property
    def home(self) -> Home:
        """The home, with its database where the settings put it."""
        return self._folder.with_database(self.settings.database)

    @cached_property
    def _folder(self) -> Home:
        try:
            here = Path.cwd()
        except FileNotFoundError as error:
            raise FlashnotesError(
                "the current folder is not there any more. Change to another one."
            ) from error
        return find_home(self._named_home, dict(os.environ), here)

    @cached_property
    def settings(self) -> Settings:
        from flashnotes.config import read_settings

        return read_settings(self._folder.settings)

    def library(self, *, shipped: bool = False) -> Library:
        """The home's decks and reviews in step; with `shipped`, a new home gets the shipped decks."""
        from flashnotes.library import Library

        if self.home.found and not self.home.database.exists():
            warn(f"the home is {self.home.path}")
        if shipped and self.home.is_new:
            from flashnotes.shipped_decks import copy_shipped

            copy_shipped(self.home)
        library = Library.open(self.home, self.settings, at=self.now())
        self._open.append(library)
        _name_copies(library.home)
        for problem in library.problems:
            warn(problem)
        return library

    def heed_clock(self, library: Library) -> None:
        """Name a clock that has jumped, before something is recorded by it."""
        from flashnotes.times import clock_warning

        warning = clock_warning(library.store.last_moment(), self.now())
        if warning:
            warn(warning)

    def now(self) -> Moment:
        """The clock: read here and nowhere else."""
        seconds = time.time()
        return Moment(int(seconds * 1000), _local_offset(seconds))

    def moment(self, text: str | None) -> Moment:
        """The time a person typed, local where no offset is given; now for None."""
        return self.now() if text is None else parse_moment(text)


def _name_copies(home: Home) -> None:
    """Two databases where there should be one: neither is chosen silently."""
    from flashnotes.conflicts import copies_of

    for path in copies_of(home.database):
        warn(
            f"{path}: is a copy of {home.database.name} that may hold other reviews. `flashnotes doctor` tells more."
        )


def parse_moment(text: str) -> Moment:
    """A time as a person types it. Raises UsageError."""
    import warnings
    from datetime import UTC, datetime

    from dateutil.parser import ParserError, UnknownTimezoneWarning, parse

    noon = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)  # noqa: DTZ005
    try:
        # A zone that is not known would be passed over, and the time taken for a local one.
        with warnings.catch_warnings():
            warnings.simplefilter("error", UnknownTimezoneWarning)
            parsed = parse(text, default=noon)
        aware = parsed if parsed.tzinfo else parsed.astimezone()
        offset = aware.utcoffset()
        since = aware.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    except UnknownTimezoneWarning as error:
        raise UsageError(
            f"{text!r} names no zone known here. Write it like 2026-11-21 09:30+08:00."
        ) from error
    except (ParserError, OverflowError, ValueError) as error:
        raise UsageError(f"{text!r} is not a time. Write it like 2026-11-21 09:30.") from error
    milliseconds = since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000
    return Moment(milliseconds, int(offset.total_seconds() // 60) if offset else 0)


def warn(message: str) -> None:
    """One line to standard error, whatever a name in it holds."""
    told = printable(message).replace("\n", "\N{SYMBOL FOR NEWLINE}")
    print(f"flashnotes: {told}", file=sys.stderr)


def _local_offset(seconds: float) -> int:
    try:
        return time.localtime(seconds).tm_gmtoff // 60
    except (OverflowError, OSError, ValueError):
        return 0
