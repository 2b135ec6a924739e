"""Deck files on the disk: read whole or refused, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.deckfile.listing import deck_files, digest_of
from flashnotes.deckfile.names import deck_path
from flashnotes.deckfile.reader import locate_deck, parse_deck, read_text
from flashnotes.deckfile.splice import splice_deck
from flashnotes.deckfile.tidy import tidy_text
from flashnotes.deckfile.writer import dump_deck
from flashnotes.errors import DeckError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flashnotes.deckfile.reader import ParsedDeck
    from flashnotes.models import CardId, Deck

_BOM = b"\xef\xbb\xbf"
_LARGEST = 512 * 1024 * 1024
"""Bytes: a hundred times the largest deck worth having; more is some other file."""


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck as read from its file."""

    path: Path
    deck: Deck
    digest: str
    """Hash of the file's bytes."""
    unnamed: frozenset[CardId] = frozenset()
    """Cards whose id is not written in the file yet."""
    warnings: tuple[str, ...] = ()


def read_decks(folder: Path) -> tuple[list[DeckFile], list[DeckError]]:
    """Every deck of `folder` that can be read, and what is wrong with the others."""
    loaded: list[DeckFile] = []
    problems: list[DeckError] = []
    for path in deck_files(folder):
        try:
            loaded.append(read_deck(path))
        except DeckError as error:
            problems.append(error)
    return without_doubles(loaded, problems)


def without_doubles(
    loaded: Iterable[DeckFile], problems: Iterable[DeckError] = ()
) -> tuple[list[DeckFile], list[DeckError]]:
    """`loaded` without the files one of whose ids an earlier file has; those are told in the problems."""
    kept: list[DeckFile] = []
    told = list(problems)
    id_in: dict[str, Path] = {}
    for file in loaded:
        doubled = next((card.id for card in file.deck.cards if card.id in id_in), None)
        if doubled is not None:
            other = id_in[doubled].name
            told.append(
                DeckError(
                    f"{file.path}:1: the id {doubled!r} is already in {other}. Remove one of the two cards."
                )
            )
        else:
            kept.append(file)
            id_in.update(dict.fromkeys((card.id for card in file.deck.cards), file.path))
    return kept, told


def read_deck(path: Path) -> DeckFile:
    """The deck in the file at `path`.

    Raises DeckError with file, line and remedy.
    """
    data = _read_bytes(path)
    deck, parsed = read_text(decode(data, str(path)), path=str(path), stem=path.stem)
    if parsed is None:
        return DeckFile(path, deck, digest_of(data))
    return DeckFile(path, deck, digest_of(data), parsed.unnamed, parsed.warnings)


def locate_file(path: Path) -> ParsedDeck:
    """The deck in the file at `path`, with the place of everything in it. Raises DeckError as `read_deck` does."""
    return locate_deck(decode(_read_bytes(path), str(path)), path=str(path), stem=path.stem)


def write_deck(path: Path, deck: Deck) -> None:
    """Write `deck` as a new file at `path`; DeckError if there is one already or it cannot be written."""
    if path.exists():
        raise DeckError(f"{path}: is there already. Move it away, or import into another deck.")
    text = whole_text(deck)
    if text is None:
        raise DeckError(f"{path}: would not read back as it is meant. Nothing was written.")
    replace_file(path, text.encode("utf-8"))


@lru_cache(maxsize=64)
def whole_text(deck: Deck) -> str | None:
    """What a file of `deck` holds; None if it would not read back as it is meant.

    Remembered, for an import asks of all decks before it writes the first.
    """
    text = dump_deck(deck)
    try:
        return text if parse_deck(text, path=deck.name) == deck else None
    except DeckError:
        return None


def change_deck(file: DeckFile, deck: Deck, *, write_ids: bool = False) -> bool:
    """Make the file of `file` say `deck`, touching only the lines of what differs; whether a byte changed.

    With `write_ids`, ids that the file lacks are written too. Raises DeckError, and writes nothing, if the file
    changed since it was read.
    """
    data = _read_bytes(file.path)
    if digest_of(data) != file.digest:
        raise DeckError(
            f"{file.path}: changed while it was being worked on. Nothing was written; run the command again."
        )
    bom = _BOM if data.startswith(_BOM) else b""
    parsed = locate_deck(decode(data, str(file.path)), path=str(file.path), stem=file.path.stem)
    new = bom + splice_deck(parsed, deck, path=str(file.path), write_ids=write_ids).encode("utf-8")
    if new == data:
        return False
    replace_file(file.path, new)
    return True


def tidy_deck(path: Path) -> bool:
    """Write the ids that the file at `path` lacks and put its keys in order; whether a byte changed."""
    data = _read_bytes(path)
    bom = _BOM if data.startswith(_BOM) else b""
    new = bom + tidy_text(decode(data, str(path)), path=str(path), stem=path.stem).encode("utf-8")
    if new != data:
        replace_file(path, new)
    return new != data


def place_deck(folder: Path, name: str, files: Iterable[Path] | None = None) -> Path:
    """The path for a new deck called `name`.

    Raises DeckError where its natural file is there but could not be read: writing beside it would double its cards.
    """
    there = list(deck_files(folder) if files is None else files)
    natural = deck_path(folder, name)
    if natural in there and _is_unreadable(natural):
        raise DeckError(f"{natural}: is in the way of the deck {name!r} and cannot be read. Mend it first.")
    return deck_path(folder, name, there)


def _is_unreadable(path: Path) -> bool:
    try:
        read_deck(path)
    except DeckError:
        return True
    return False


def decode(data: bytes, path: str) -> str:
    """The text of a deck file's bytes: UTF-8, with or without a byte-order mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DeckError(f"{path}:1: is UTF-16. Save it as UTF-8.")
    try:
        return data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise DeckError(
            f"{path}:{line}: is not UTF-8 (byte {offset}, 0x{data[offset]:02x}). Save it as UTF-8."
        ) from None


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path`, wholly or not at all, and on the disk when this returns.

    A symbolic link stays one: what it points to is replaced. Permissions stay.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:40]}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_and_sync(temporary, data)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):  # on a read-only disk even this is refused
            temporary.unlink(missing_ok=True)
        raise DeckError(f"{path}: cannot be written ({error.strerror}). The file is as it was.") from error


def _write_and_sync(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DeckError(f"{path}: is no file. Move it out of the folder of decks.")
        if status.st_size > _LARGEST:
            raise DeckError(f"{path}: is larger than 512 MB. Split the deck.")
        return path.read_bytes()
    except OSError as error:
        raise DeckError(
            f"{path}: cannot be read ({error.strerror}). Check that it is there and readable."
        ) from error
