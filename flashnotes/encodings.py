"""The encoding of a note: UTF-8 unless the person says otherwise, and never a guess that nobody asked for.

Chinese is told by its characters: nine in ten of a real text are among the 3,755 of GB 2312's first level or the 5,401
of Big5's, and a text read in the wrong encoding is made of rare ones. What that does not settle, charset-normalizer does.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from flashnotes.errors import NoteError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

AUTO = "auto"
_CHINESE = ("gb18030", "big5")
_WIDE = ("utf-16-le", "utf-16-be")
_MANY_BYTES = (*_CHINESE, *_WIDE, "utf-16", "shift_jis", "euc_jp", "cp949")
_LOOKED_AT = 65_536
"""Bytes that an encoding is told by."""
_PLAUSIBLE = 0.8
"""Share of the characters beyond ASCII that must be usual ones."""
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text holds: a text with them was read in the wrong encoding."""
_USUAL = re.compile(
    "[\u00a1-\u00ff\u0391-\u03c9\u2000-\u22ff\u2460-\u24ff\u25a0-\u26ff\u3000-\u30ff\uff01-\uff5e\uffe0-\uffe6]"
)
_FIRST_LEVEL = {"gb2312": range(0xB0, 0xD8), "big5": range(0xA4, 0xC7)}
"""First bytes of the characters in frequent use."""

_FEW = 0.25
"""Share of its letters that a text in a Western language has beyond ASCII, at most."""
_SCRIPTS = (
    ("euc_jp", re.compile("[\u3041-\u30fa]"), 0.2),
    ("shift_jis", re.compile("[\u3041-\u30fa]"), 0.2),
    ("cp949", re.compile("[\uac00-\ud7a3]"), 0.9),
)
"""Encodings whose bytes are Chinese in another, and the share of their own letters that no Chinese text reaches."""


def checked_encoding(name: str) -> str:
    """`name` if Python knows a text encoding of it, or `auto`. Raises UsageError."""
    if name == AUTO:
        return name
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError, TypeError):
        raise UsageError(
            f"--encoding {name}: no such encoding. Try auto, gb18030, big5, utf-16, shift_jis or cp1252."
        ) from None


def decode(data: bytes, path: Path, encoding: str | None = None) -> str:
    """The text of the note at `path`, whose bytes are `data`.

    UTF-8 is always read as such; other bytes in `encoding`, `auto` for the likeliest. Raises NoteError that names the
    likely encoding, or the byte that does not fit.
    """
    problem = _utf8_problem(data)
    if problem is None:
        return data.decode("utf-8-sig")
    if encoding is None:
        raise NoteError(f"{path}: {problem}. {_remedy(data)}")
    name = likely_encoding(data) if encoding == AUTO else _exact(encoding, data)
    if name is None:
        raise NoteError(f"{path}: its encoding cannot be told. Name it with --encoding, or save it as UTF-8.")
    return _strict(data, name, path)


def likely_encoding(data: bytes) -> str | None:
    """What `data` is most likely written in; None if nothing fits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:_LOOKED_AT]
    names = _WIDE if len(data) % 2 == 0 and b"\x00" in start else (*_CHINESE, *_WIDE)
    for name, letters, share in _SCRIPTS:
        if _share(letters, start, name) > share:
            return name
    usual = {name: _plausibility(start, name) for name in names}
    best = max(usual, key=lambda name: usual[name])
    if usual[best] >= _PLAUSIBLE:
        return best
    return None if b"\x00" in start else _guessed(start)


def _utf8_problem(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
    if b"\x00" in data and likely_encoding(data) in _WIDE:
        return "holds a NUL in every other byte"
    return None


def _remedy(data: bytes) -> str:
    likely = likely_encoding(data)
    if likely:
        return f"It looks like {likely}: give --encoding {likely} (or auto), or save it as UTF-8."
    if b"\x00" in data[:4096]:
        return "It looks like a binary file: name a text file."
    return "Name its encoding with --encoding, or save it as UTF-8."


def _exact(encoding: str, data: bytes) -> str:
    """`utf-16` of bytes without a mark says nothing of their order: the likelier is taken."""
    if encoding == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return max(_WIDE, key=lambda name: _plausibility(data[:_LOOKED_AT], name))
    return encoding


def _strict(data: bytes, name: str, path: Path) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise NoteError(
            f"{path}: byte {error.start} (0x{data[error.start]:02x}) is not {name}. "
            "Name its encoding with --encoding, or save it as UTF-8."
        ) from None
    if found := _BINARY.search(text):
        raise NoteError(
            f"{path}: is not {name}, which would make control characters of it (U+{ord(found[0]):04X}). "
            "Name its encoding with --encoding, or save it as UTF-8."
        )
    if len(text) == len(data) and (likely := likely_encoding(data)) in _MANY_BYTES:
        raise NoteError(f"{path}: is not {name}; it looks like {likely}. Give --encoding {likely}.")
    return text.removeprefix("\ufeff")


def _share(letters: re.Pattern[str], data: bytes, name: str) -> float:
    """Which share of the characters beyond ASCII `letters` are, 0 to 1; 0 for bytes that are not `name`."""
    try:
        text = codecs.getincrementaldecoder(name)().decode(data)
    except UnicodeDecodeError:
        return 0.0
    if _BINARY.search(text):
        return 0.0
    beyond = sum(character > "\x7f" and character.isalpha() for character in text)
    return len(letters.findall(text)) / beyond if beyond else 0.0


def _plausibility(data: bytes, name: str) -> float:
    """Which share of the characters beyond ASCII is usual, 0 to 1; 0 for bytes that are not `name`."""
    decoder = codecs.getincrementaldecoder(name)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return 0.0
    if _BINARY.search(text):
        return 0.0
    beyond = [character for character in text if character > "\x7f" and character != "\ufeff"]
    if not beyond:
        return 1.0
    return sum(map(_is_usual, beyond)) / len(beyond)


def _is_usual(character: str) -> bool:
    if _USUAL.match(character):
        return True
    for encoding, first in _FIRST_LEVEL.items():
        data = character.encode(encoding, "ignore")
        if len(data) > 1 and data[0] in first:
            return True
    return False


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    letters = sum(byte >= 0x80 or bytes((byte,)).isalpha() for byte in data)
    beyond = sum(byte >= 0x80 for byte in data)
    if beyond < _FEW * letters and _plausibility(data, "cp1252") >= _PLAUSIBLE:
        return "cp1252"
    best = from_bytes(data).best()
    if best is None or _BINARY.search(str(best)):
        return None
    return codecs.lookup(best.encoding).name
