"""An Anki package as a file: which collection it holds, unpacked within bounds, and its pictures.

Names in the package are looked up, never used as paths; nothing is unpacked beside what is asked for.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from flashnotes.anki.protobuf import WireError, first_bytes, first_int, read_fields
from flashnotes.anki.zstd import ZstdError, ZstdMissingError, decompress
from flashnotes.errors import AnkiError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

_LARGEST_COLLECTION = 2 << 30
_LARGEST_PICTURE = 100 << 20
_LARGEST_MAP = 64 << 20
_LARGEST_META = 4096
_BOMB_FROM = 8 << 20
_BOMB_RATIO = 200
_CHUNK = 1 << 20
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
_TICK_THE_BOX = 'In Anki\'s export window tick "Support older Anki versions" and export again'


class Format(Enum):
    """The collection inside, by the number in the package's `meta`."""

    LEGACY_1 = "collection.anki2"
    LEGACY_2 = "collection.anki21"
    LATEST = "collection.anki21b"


_VERSIONS = {1: Format.LEGACY_1, 2: Format.LEGACY_2, 3: Format.LATEST}


@dataclass(slots=True)
class Package:
    """An open package."""

    path: Path
    format: Format
    database: Path
    """The collection, unpacked."""
    warnings: list[str] = field(default_factory=list)
    _archive: zipfile.ZipFile | None = None
    _members: dict[str, str] = field(default_factory=dict)

    @property
    def media(self) -> tuple[str, ...]:
        """The names of its pictures and sounds, as the package gives them: words, not paths."""
        return tuple(self._members)

    def read_media(self, name: str) -> bytes | None:
        """A picture or sound; None if the package lacks it or it is damaged or too large."""
        member = self._members.get(name)
        if member is None or self._archive is None:
            return None
        try:
            return b"".join(_unpacked(self._archive, member, self.format, _LARGEST_PICTURE))
        except (_TooLargeError, KeyError, ZstdError, *_ZIP_FAULTS):
            return None


class _TooLargeError(Exception):
    pass


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, its collection unpacked into a folder of its own. Raises AnkiError."""
    with tempfile.TemporaryDirectory(prefix="flashnotes-") as folder, _open_zip(path) as archive:
        package_format = _format_of(path, archive)
        database = Path(folder) / "collection"
        _unpack_collection(path, archive, package_format, database)
        package = Package(path, package_format, database, _archive=archive)
        package._members = _media_map(archive, package)
        yield package


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise AnkiError(f"{path}: there is no such file.") from error
    except (*_ZIP_FAULTS, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no zip file, or a damaged one"
        raise AnkiError(f"{path}: is no Anki package ({reason}). Export it from Anki again.") from error
    with archive:
        yield archive


def _format_of(path: Path, archive: zipfile.ZipFile) -> Format:
    names = [info.filename for info in archive.infolist()]
    for name in ("meta", "media", *(each.value for each in Format)):
        if names.count(name) > 1:
            raise AnkiError(f"{path}: holds {name} twice. Export it from Anki again.")
    found = _VERSIONS.get(_meta_version(path, archive)) if "meta" in names else _newest(names)
    if found is None:
        what = "is of a newer format than this program knows" if "meta" in names else "holds no collection"
        raise AnkiError(f"{path}: {what}. {_TICK_THE_BOX}.")
    if found.value not in names:
        raise AnkiError(f"{path}: its collection is missing. Export it from Anki again.")
    if any(
        info.file_size > max(_LARGEST_PICTURE, info.compress_size * _BOMB_RATIO)
        for info in archive.infolist()
    ):
        raise AnkiError(f"{path}: unpacks to more than a package can be. It was not read.")
    return found


def _newest(names: list[str]) -> Format | None:
    # Beside a newer collection the old one holds a single note that asks to update Anki.
    return next((each for each in reversed(Format) if each.value in names), None)


def _meta_version(path: Path, archive: zipfile.ZipFile) -> int:
    try:
        return first_int(b"".join(_unpacked(archive, "meta", None, _LARGEST_META)), 1)
    except (WireError, _TooLargeError, *_ZIP_FAULTS) as error:
        raise AnkiError(f"{path}: is damaged (meta). Export it from Anki again.") from error


def _unpack_collection(path: Path, archive: zipfile.ZipFile, package_format: Format, target: Path) -> None:
    try:
        with target.open("wb") as file:
            for piece in _unpacked(archive, package_format.value, package_format, _LARGEST_COLLECTION):
                file.write(piece)
            if not file.tell():
                raise ZstdError("cut short")
    except ZstdMissingError as error:
        raise AnkiError(
            f"{path}: is of Anki's newer format, which needs the package zstandard here. {_TICK_THE_BOX}."
        ) from error
    except _TooLargeError as error:
        raise AnkiError(f"{path}: unpacks to more than a collection can be. It was not read.") from error
    except (ZstdError, *_ZIP_FAULTS) as error:
        raise AnkiError(f"{path}: is damaged. Export it from Anki again.") from error


def _unpacked(
    archive: zipfile.ZipFile, member: str, package_format: Format | None, largest: int
) -> Iterator[bytes]:
    """The bytes of a member, decompressed; no more than `largest`, and no bomb."""
    info = archive.getinfo(member)
    bound = max(_BOMB_FROM, info.compress_size * _BOMB_RATIO)
    total = 0
    with archive.open(info) as source:
        for piece in decompress(source) if package_format is Format.LATEST else _pieces(source):
            total += len(piece)
            if total > min(bound, largest):
                raise _TooLargeError(member)
            yield piece


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_CHUNK):
        yield piece


def _media_map(archive: zipfile.ZipFile, package: Package) -> dict[str, str]:
    """Names of pictures and the members that hold them; empty, with a warning, if the map is damaged."""
    members = set(archive.namelist())
    if "media" not in members:
        return {}
    try:
        content = b"".join(_unpacked(archive, "media", package.format, _LARGEST_MAP))
        named = dict(_latest_map(content) if package.format is Format.LATEST else _legacy_map(content))
    except (_TooLargeError, ZstdError, ZstdMissingError, *_ZIP_FAULTS):
        package.warnings.append("the list of its pictures is damaged: cards come without them")
        return {}
    unfit = [name for name in named if not _is_plain_name(name)]
    if unfit:
        package.warnings.append(f"{len(unfit)} of its pictures have names that are paths: left out")
    named = {name: member for name, member in named.items() if name not in unfit}
    missing = [name for name, member in named.items() if member not in members]
    if missing:
        package.warnings.append(f"{len(missing)} of its pictures are missing")
    return {name: member for name, member in named.items() if member in members}


def _is_plain_name(name: str) -> bool:
    return name.isprintable() and name.strip(". ") != "" and not any(char in name for char in "/\\:")


def _legacy_map(content: bytes) -> Iterable[tuple[str, str]]:
    entries = json.loads(content)
    if not isinstance(entries, dict):
        raise WireError("no map")
    return [
        (name, member) for member, name in entries.items() if isinstance(name, str) and member.isdecimal()
    ]


def _latest_map(content: bytes) -> Iterable[tuple[str, str]]:
    entries = [value for number, value in read_fields(content) if number == 1 and isinstance(value, bytes)]
    return [(first_bytes(entry, 1).decode("utf-8"), str(place)) for place, entry in enumerate(entries)]
