"""The log as an exported file holds it: what another home's events are when its database cannot be reached.

The file is the `.json` of `flashnotes export`. Its cards carry their own reviews; beside them, under `log`, stand the
reviews of cards in no deck, the actions and what was taken back. An event is an object of the columns of its table
without the state after it, for a merge folds that anew.
"""
# ruff: noqa: S608 (SQL is put together from our own lists of columns; what a person wrote is a parameter)

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flashnotes.errors import StoreError
from flashnotes.models import (
    Action,
    ActionKind,
    CardId,
    Day,
    Moment,
    Rating,
    Review,
    ReviewKind,
    other_side_id,
)
from flashnotes.scheduling.columns import STATE
from flashnotes.scheduling.days import parse_day
from flashnotes.store.log import HOME_NUMBERS, HomeId
from flashnotes.store.merge import UNDONE
from flashnotes.store.rows import ACTION, REVIEW, event_row, marks, names, parse_time

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from flashnotes.models import Event
    from flashnotes.store.rows import Row

_EVENT = {"review": REVIEW[: -len(STATE)], "action": ACTION[: -len(STATE)]}
_HIGHEST_ID = 2**63 - 1
_A_DAY_MINUTES = 24 * 60


def dumped(
    connection: sqlite3.Connection, exported: Container[str], *, others: bool
) -> Iterator[dict[str, Any]]:
    """The events that stand beside the `exported` cards, which carry their reviews; with `others`, of all cards."""
    for table, columns in _EVENT.items():
        for row in connection.execute(f"SELECT {names(columns)} FROM {table} ORDER BY id"):
            is_exported = row[1] in exported
            if (is_exported and table == "action") or (others and not is_exported):
                yield {"what": table, **dict(zip(columns, row, strict=True))}
    for row in connection.execute(f"SELECT {names(UNDONE)} FROM undone ORDER BY id"):
        if others or row[1] in exported:
            undone = dict(zip(UNDONE, row, strict=True))
            yield {**undone, "what": "undone", "event": {"what": row[2], **json.loads(undone["event"])}}


@dataclass(slots=True)
class ExportedLog:
    """Another home's events, out of a file."""

    home: HomeId
    rows: dict[str, list[Row]] = field(default_factory=lambda: {"review": [], "action": [], "undone": []})

    def as_database(self) -> sqlite3.Connection:
        """The events in a database of their own, in memory, as a merge reads them."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("CREATE TABLE home (uuid, number)")
        connection.execute("INSERT INTO home VALUES (?, ?)", (self.home.uuid, self.home.number))
        for table, columns in (("review", REVIEW), ("action", ACTION), ("undone", UNDONE)):
            connection.execute(f"CREATE TABLE {table} ({names(columns)})")
            connection.executemany(f"INSERT INTO {table} VALUES ({marks(columns)})", self.rows[table])
        return connection


def is_log(path: Path) -> bool:
    """Whether the file at `path` begins as an exported log does; a database never does."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip().startswith(b"{")
    except OSError:
        return False


def read_log(path: Path) -> ExportedLog:
    """The events in the file at `path`. Raises StoreError for one that is no export, or of which anything is wrong."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{path}: is not the JSON of an export ({error}). Export it again.") from error
    if not isinstance(whole, dict) or whole.get("format") != "flashnotes" or "log" not in whole:
        raise StoreError(f"{path}: is no export with a log. Make one with `flashnotes export FILE.json`.")
    if whole.get("version") != 1:
        raise StoreError(f"{path}: was written by a newer flashnotes. Update flashnotes.")
    try:
        return _log_of(whole)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StoreError(
            f"{path}: an event in it cannot be read ({error!r}). Export it again; nothing was changed."
        ) from error


def _log_of(whole: dict[str, Any]) -> ExportedLog:
    home = whole["home"]
    log = ExportedLog(HomeId(_text(home["uuid"]), _number(home["number"], 0, HOME_NUMBERS - 1)))
    for card_id, values in _reviews_of_cards(whole["cards"]):
        log.rows["review"].append(event_row(_review({**values, "card_id": card_id}))[2])
    for values in whole["log"]:
        if values["what"] == "undone":
            log.rows["undone"].append(_undone(values))
        else:
            table, _, row = event_row(_event(values))
            log.rows[table].append(row)
    return log


def _reviews_of_cards(cards: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for card in cards:
        ids = {"forward": card["id"], "reverse": other_side_id(card["id"])}
        for name, side in card["sides"].items():
            for values in side["reviews"]:
                yield ids[name], values


def _event(values: dict[str, Any]) -> Event:
    return _review(values) if values["what"] == "review" else _action(values)


def _review(values: dict[str, Any]) -> Review:
    return Review(
        id=_number(values["id"], 1, _HIGHEST_ID),
        card_id=CardId(_text(values["card_id"])),
        rating=Rating(values["rating"]),
        grade=_number(values["grade"], 0, 5),
        at=_moment(values["reviewed_at"], values["zone_offset"]),
        day=parse_day(values["day"]),
        kind=ReviewKind(values["kind"]),
        duration_ms=_number(values["duration_ms"], 0, _HIGHEST_ID),
        source=_text(values["source"]),
    )


def _action(values: dict[str, Any]) -> Action:
    return Action(
        id=_number(values["id"], 1, _HIGHEST_ID),
        card_id=CardId(_text(values["card_id"])),
        kind=ActionKind(values["kind"]),
        value=_number(values["value"], 0, Day(4_000_000)),
        at=_moment(values["acted_at"], values["zone_offset"]),
        day=parse_day(values["day"]),
        source=_text(values["source"]),
    )


def _undone(values: dict[str, Any]) -> Row:
    event = dict(values["event"])
    table, _, row = event_row(_event(event))
    del event["what"]
    parse_time(values["undone_at"])
    return (
        *row[:2],
        table,
        json.dumps(event, ensure_ascii=False),
        values["undone_at"],
        _text(values["source"]),
    )


def _moment(text: str, offset: int) -> Moment:
    return Moment(parse_time(text), _number(offset, -_A_DAY_MINUTES, _A_DAY_MINUTES))


def _number(value: Any, lowest: int, highest: int) -> int:
    if type(value) is not int or not lowest <= value <= highest:
        raise ValueError(f"{value!r} is not a whole number from {lowest} to {highest}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is not a text")
    value.encode()
    return value
