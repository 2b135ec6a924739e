"""When an update is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flashnotes.anki import ExportCard, Mark, digest_of, next_mark, returned
from flashnotes.anki.html import to_html
from flashnotes.anki.media import Media
from flashnotes.anki.notes import guid_from_id, make_note
from flashnotes.models import Card, CardId, CardKind, Source

CARD = Card(
    CardId("td-误差-k3x9p2"), CardKind.FORMULA, "TD 误差", "$$x$$", ("TD error",), ("rl",), Source("n.md", 1)
)


def test_the_first_export_is_the_time_of_change() -> None:
    assert next_mark(None, "a", now=50) == Mark("a", 50)


def test_the_time_stays_while_the_content_does() -> None:
    assert next_mark(Mark("a", 50), "a", now=99) == Mark("a", 50)


@pytest.mark.parametrize(("now", "modified"), [(99, 99), (50, 51), (7, 51)])
def test_the_time_grows_with_a_change_whatever_the_clock_says(now: int, modified: int) -> None:
    assert next_mark(Mark("a", 50), "b", now=now) == Mark("b", modified)


@pytest.mark.parametrize(
    "change",
    [
        {"front": "x"}, {"back": "x"}, {"aliases": ()}, {"tags": ("x",)}, {"kind": CardKind.BASIC},
        {"source": Source("other.md", 1)}, {"retired": True},
    ],
)  # fmt: skip
def test_what_anki_shows_is_content(change: dict[str, Any]) -> None:
    assert digest(replace(CARD, **change)) != digest(CARD)


def test_a_line_that_moves_is_not() -> None:
    assert digest(replace(CARD, source=Source("n.md", 99))) == digest(CARD)


def test_the_text_has_a_hash_of_its_own() -> None:
    """The base of a merge: a tag that changes here is no edit of the text."""
    tagged, edited = (Mark(digest(replace(CARD, **change)), 0) for change in ({"tags": ()}, {"back": "y"}))
    assert tagged.text == Mark(digest(CARD), 0).text != edited.text


def digest(card: Card) -> str:
    return digest_of(make_note(ExportCard(card, "D"), Media(None)))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("notes/强化/td.md", "notes/强化/td.md"),
        ("../../secret/td.md", "td.md"),
        ("/home/me/td.md", "td.md"),
        ("C:/x/td.md", "td.md"),
    ],
)
def test_a_source_outside_the_home_tells_no_folders(path: str, shown: str) -> None:
    note = make_note(ExportCard(replace(CARD, source=Source(path, 3)), "D"), Media(None))
    assert shown in note.fields
    assert not any("secret" in field or "me/" in field for field in note.fields)


def test_guids_are_frozen() -> None:
    """They are the identity in people's collections: other text would double every note there."""
    assert guid_from_id(CARD.id) == "fn-fd01685f6fa973818fa76670"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("كلمة NLP بالعربية", '<div dir="rtl">كلمة NLP بالعربية</div>'),
        (r"$\alpha+\beta+\gamma$ هو", r'<div dir="rtl">\(\alpha+\beta+\gamma\) هو</div>'),
        ("the word كلمة", "the word كلمة"),
        ("术语", "术语"),
    ],
)
def test_what_is_written_from_right_to_left(text: str, field: str) -> None:
    for kind, front in ((CardKind.BASIC, text), (CardKind.CLOZE, f"{{{{c1::{text}}}}}")):
        card = replace(CARD, kind=kind, front=front, back=text)
        shown = (
            field if kind is CardKind.BASIC else field.replace(to_html(text), f"{{{{c1::{to_html(text)}}}}}")
        )
        assert make_note(ExportCard(card, ""), Media(None)).fields[:2] == (shown, field)
        assert (front, text) in returned(card)
