"""The tables of the database, all in one place.

`review`, `undone` and `action` are the person's: events that can never be made again. `card` and `deckfile`
mirror the deck files, and the state columns of `card` are the fold of its events: both can be rebuilt.
Days are `date.toordinal()` (in SQL: `date(due_day + 1721424.5)`), moments milliseconds since 1970 UTC.

Only creating, migrating and looking after a database imports this module: SQLModel takes longer to import
than `flashnotes due` takes in all, so what must be instant speaks SQL, and a test holds its columns to these.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

SCHEMA = 3


class StateColumns(SQLModel):
    """A schedule state, as columns."""

    phase: str = Field(default="new", sa_column_kwargs={"server_default": "new"})
    due_day: int | None = None
    due_at: int | None = None
    interval: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    repetitions: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    lapses: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    step: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    ease: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    failed_on: int | None = None
    drilling: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    last_at: int | None = None
    suspended: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    buried_until: int | None = None
    flag: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class HomeRow(SQLModel, table=True):
    """The home itself: one row."""

    __tablename__ = "home"

    id: int = Field(default=1, primary_key=True)
    uuid: str
    """The `source` of the events made here."""
    number: int
    """15 bits at the end of this home's event ids, so that two homes never mint the same."""
    created_at: str
    scheduler: str
    """What the states were folded with; another scheduler folds them anew."""


class DeckFileRow(SQLModel, table=True):
    """A deck file as it was when it was last mirrored."""

    __tablename__ = "deckfile"

    path: str = Field(primary_key=True)
    """Relative to the home's decks, forward slashes."""
    size: int
    mtime_ns: int
    sha: str
    deck: str


class CardRow(StateColumns, table=True):
    """A card as its deck file says it, and its state as its events say it."""

    __tablename__ = "card"
    __table_args__ = (
        Index("card_due", "due_day", "id", sqlite_where=text("active = 1 AND suspended = 0")),
        Index(
            "card_new", "deck", "place", sqlite_where=text("active = 1 AND suspended = 0 AND phase = 'new'")
        ),
        Index("card_drilling", "failed_on", sqlite_where=text("drilling = 1")),
        Index("card_step", "due_at", sqlite_where=text("due_at IS NOT NULL")),
        # All that the counts of what is due look at, deck by deck, so that they read no card.
        Index(
            "card_counts",
            *("deck", "due_day", "drilling", "failed_on", "buried_until"),
            sqlite_where=text("active = 1 AND suspended = 0 AND due_day IS NOT NULL"),
        ),
        # The few cards that want attention.
        Index(
            "card_attention",
            *("flag", "lapses", "suspended", "buried_until"),
            sqlite_where=text(
                "active = 1 AND (flag > 0 OR lapses >= 8 OR suspended = 1 OR buried_until > 0)"
            ),
        ),
        Index("card_path", "path"),
        Index("card_sibling", "sibling", sqlite_where=text("sibling <> ''")),
    )

    id: str = Field(primary_key=True)
    path: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Its deck file; empty when it is gone from every deck: its history stays."""
    active: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """In a deck and not retired."""
    deck: str = Field(default="", sa_column_kwargs={"server_default": ""})
    place: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Its position in the deck file, from 0."""
    sibling: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Cards of one value are not asked on one day; empty: no siblings."""
    kind: str = Field(default="basic", sa_column_kwargs={"server_default": "basic"})
    front: str = Field(default="", sa_column_kwargs={"server_default": ""})
    back: str = Field(default="", sa_column_kwargs={"server_default": ""})
    aliases: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    tags: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    source_path: str | None = None
    source_line: int | None = None
    extracted: str | None = None
    retired: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    anki_guid: str | None = None
    anki_ord: int | None = None


class ReviewRow(StateColumns, table=True):
    """One answer given and not undone, with the state after it."""

    __tablename__ = "review"
    __table_args__ = (
        Index("review_card", "card_id", "id"),
        Index("review_day", "day"),
        # The home's number, for the last event made here: a log may hold a million made elsewhere.
        Index("review_home", text("id & 32767")),
        # What a merge looks for; few reviews come by way of Anki.
        Index("review_from_anki", "card_id", sqlite_where=text("source >= 'anki:' AND source < 'anki;'")),
    )

    id: int = Field(primary_key=True)
    card_id: str = Field(foreign_key="card.id")
    rating: int
    grade: int
    reviewed_at: str
    zone_offset: int
    """Minutes east of UTC, where it was answered."""
    day: str
    kind: str
    duration_ms: int
    source: str


class ActionRow(StateColumns, table=True):
    """Something done to a card beside answering it, with the state after it."""

    __tablename__ = "action"
    __table_args__ = (
        Index("action_card", "card_id", "id"),
        Index("action_home", text("id & 32767")),
    )

    id: int = Field(primary_key=True)
    card_id: str = Field(foreign_key="card.id")
    kind: str
    value: int
    acted_at: str
    zone_offset: int
    day: str
    source: str


class UndoneRow(SQLModel, table=True):
    """An event taken back: kept, so that another home learns of it and its id is never minted again."""

    __tablename__ = "undone"

    id: int = Field(primary_key=True)
    card_id: str
    what: str
    """`review` or `action`."""
    event: str
    """The row as it was, as JSON."""
    undone_at: str
    source: str


class ExportedRow(SQLModel, table=True):
    """What of a card was last exported to Anki: an update lands there only with a later time."""

    __tablename__ = "exported"

    card_id: str = Field(primary_key=True)
    digest: str
    """Hash of all that its note in Anki shows, a slash, hash of its text: the base when it is merged again."""
    modified: int
    """Second since 1970 at which it was first exported so."""
