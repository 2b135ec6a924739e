"""Meeting other homes and other programs: the part of Store that takes events in and gives them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.store.log import HOME_NUMBERS, HomeId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Iterable
    from contextlib import AbstractContextManager
    from typing import Any

    from flashnotes.models import Moment
    from flashnotes.store.exchange import ExportedLog
    from flashnotes.store.foreign import History, TakenHistory
    from flashnotes.store.log import Rules
    from flashnotes.store.merge import Merged


class Meeting:
    """Meets others over an open database."""

    home: HomeId
    rules: Rules

    def _reading(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        raise NotImplementedError

    def merge(self, other: Meeting, *, strangers: bool = False) -> Merged:
        """Take another home's events in, all or nothing; merging again changes nothing.

        Raises StoreError for a home that has nothing in common with this one, unless `strangers` may meet.
        """
        with other._reading() as theirs:
            return self._merge(theirs, strangers=strangers)

    def merge_exported(self, log: ExportedLog, *, strangers: bool = False) -> Merged:
        """Take the events of another home's exported log in, as `merge` does."""
        theirs = log.as_database()
        try:
            return self._merge(theirs, strangers=strangers)
        finally:
            theirs.close()

    def _merge(self, theirs: sqlite3.Connection, *, strangers: bool) -> Merged:
        from secrets import randbelow

        from flashnotes.store.merge import merge, settle_numbers

        with self._writing() as ours:
            merged = merge(ours, theirs, self.rules.scheduler, strangers=strangers)
            number = settle_numbers(ours, theirs, self.home, randbelow(HOME_NUMBERS))
        self.home = HomeId(self.home.uuid, number)
        return merged

    def exported_log(self, cards: Container[str], *, others: bool) -> list[dict[str, Any]]:
        """The events to export beside `cards`, which carry their reviews; with `others`, those of all cards."""
        from flashnotes.store.exchange import dumped

        with self._reading() as connection:
            return list(dumped(connection, cards, others=others))

    def take_foreign(
        self, histories: Iterable[History], *, at: Moment, dry_run: bool = False
    ) -> TakenHistory:
        """Take in what another program did with cards, all or nothing; taking it again changes nothing.

        With `dry_run` the reviews are only counted.
        """
        from flashnotes.store import foreign

        with self._reading() if dry_run else self._writing() as connection:
            work = foreign.count if dry_run else foreign.take
            return work(connection, self.rules, histories, at)

    def exported(self, card_id: str) -> tuple[str, int] | None:
        """The hash of what was last exported of a card to Anki, and the second of its first export."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT digest, modified FROM exported WHERE card_id = ?", (card_id,)
            ).fetchone()
        return (row[0], row[1]) if row else None

    def gone_since_export(self) -> list[tuple[str, str, str]]:
        """Cards exported to Anki that stand in no deck any more: id, the deck they were in, front."""
        with self._reading() as connection:
            return connection.execute(
                "SELECT id, deck, front FROM card JOIN exported ON card_id = id WHERE path = '' ORDER BY id"
            ).fetchall()

    def remember_exported(self, marks: Iterable[tuple[str, str, int]]) -> None:
        """Keep card id, hash and second of what was exported now."""
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO exported VALUES (?, ?, ?)", marks)
