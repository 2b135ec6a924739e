"""What can be wrong with a person's input.

FlashnotesError
├── NoteError       a note file cannot be read
├── DeckError       a deck file cannot be read or written
├── StoreError      the database cannot be opened, is newer, busy or damaged
├── AnkiError       a package cannot be read or written
├── ConfigError     flashnotes.toml is wrong
└── UsageError      the command line is wrong (exit status 2)

A message is one line: `path:line: what is wrong. What to do.` It is shown once, by the command line or the
screen; a bug is no FlashnotesError and keeps its traceback in tests.
"""


class FlashnotesError(Exception):
    """Something a person can put right; the message says what and how."""

    exit_status = 1


class NoteError(FlashnotesError):
    """A note file cannot be read."""


class DeckError(FlashnotesError):
    """A deck file cannot be read or written."""


class StoreError(FlashnotesError):
    """The database cannot be opened, is newer, busy or damaged."""


class AnkiError(FlashnotesError):
    """A package cannot be read or written."""


class ConfigError(FlashnotesError):
    """The settings file is wrong."""


class UsageError(FlashnotesError):
    """The command line is wrong."""

    exit_status = 2
