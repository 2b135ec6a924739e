"""Notes in other encodings: read when the person says so, named and refused when not, never as mojibake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashnotes.encodings import checked_encoding, decode, likely_encoding
from flashnotes.errors import NoteError, UsageError

SIMPLE = "# 时序差分\n\n**自举（Bootstrapping）**：用已有的估计值去更新另一个估计值的做法。\n"
TRADITIONAL = "# 動態規劃\n\n**折扣因子（discount factor）**：決定未來的回報有多重要的數，在零和一之間。\n"
ENGLISH = (
    "**Momentum**: a running mean of past gradients, as in a caf\u00e9 in the na\u00efve \u00e9t\u00e9.\n"
)
JAPANESE = "**勾配**：関数がもっとも急に増える方向を示すベクトルのことである。\n"
KOREAN = "**경사**: 함수가 가장 빠르게 증가하는 방향을 나타내는 벡터이다.\n"
RUSSIAN = "**Градиент**: вектор, который показывает направление наибольшего роста функции.\n"
PATH = Path("note.md")
CASES = [
    (SIMPLE, "gb18030", "gb18030"),
    (SIMPLE, "gbk", "gb18030"),
    (TRADITIONAL, "big5", "big5"),
    (SIMPLE, "utf-16", "utf-16"),
    (SIMPLE, "utf-16-le", "utf-16-le"),
    (SIMPLE, "utf-16-be", "utf-16-be"),
    ("plain ASCII text, two bytes a letter\n", "utf-16-be", "utf-16-be"),
    ("plain ASCII text, two bytes a letter\n", "utf-16-le", "utf-16-le"),
    (ENGLISH, "cp1252", "cp1252"),
    (JAPANESE, "shift_jis", "shift_jis"),
    (JAPANESE, "euc_jp", "euc_jp"),
    (KOREAN, "cp949", "cp949"),
    (RUSSIAN, "cp1251", "cp1251"),
]


@pytest.mark.parametrize(("text", "written", "told"), CASES, ids=[case[1] for case in CASES])
def test_another_encoding_is_read_only_when_asked(text: str, written: str, told: str) -> None:
    data = text.encode(written)
    assert likely_encoding(data) == told
    with pytest.raises(NoteError, match=rf"note.md: .*--encoding {told} \(or auto\)"):
        decode(data, PATH)
    assert decode(data, PATH, "auto") == decode(data, PATH, checked_encoding(told)) == text


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL, ENGLISH])
def test_utf8_is_read_as_utf8_whatever_is_named(text: str) -> None:
    for encoding in (None, "auto", "gb18030", "utf-16"):
        assert decode(text.encode(), PATH, encoding) == text
        assert decode(text.encode("utf-8-sig"), PATH, encoding) == text


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        (SIMPLE, "gb18030", "shift_jis"),
        (SIMPLE, "utf-16-le", "cp1252"),
        (SIMPLE, "gb18030", "latin-1"),
        (ENGLISH, "cp1252", "euc_jp"),
    ],
)
def test_the_wrong_encoding_makes_no_mojibake(text: str, written: str, named: str) -> None:
    with pytest.raises(NoteError, match="is not"):
        decode(text.encode(written), PATH, checked_encoding(named))


def test_utf16_without_a_mark_may_be_named_without_its_order() -> None:
    assert decode(SIMPLE.encode("utf-16-be"), PATH, "utf-16") == SIMPLE


@pytest.mark.parametrize("name", ["nonsense", "", "base64", "utf-16\x00"])
def test_an_encoding_that_there_is_not_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="no such encoding"):
        checked_encoding(name)


def test_bytes_that_are_no_text_are_called_binary() -> None:
    with pytest.raises(NoteError, match="binary"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), PATH)


@settings(max_examples=60)
@given(st.binary(max_size=120), st.sampled_from([None, "auto", "gb18030", "big5", "utf-16", "cp1252"]))
def test_any_bytes_are_text_or_refused_in_words(data: bytes, encoding: str | None) -> None:
    try:
        text = decode(data, PATH, encoding)
    except NoteError as error:
        told = str(error)
    else:
        told = "note.md: read"
        assert "\ufffd" not in text or "\ufffd".encode() in data or encoding in ("gb18030", "utf-16", "auto")
    assert told.startswith("note.md: ")
    assert "\n" not in told
