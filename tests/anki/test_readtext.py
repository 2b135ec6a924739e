"""Anki's text exports: its own, ours, and the corners of the format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flashnotes.anki import export_txt, is_anki_text, read_text
from flashnotes.anki.html import to_cloze_html, to_html
from flashnotes.errors import AnkiError
from flashnotes.models import AnkiRef, CardKind
from tests.anki.samples import studied_deck

if TYPE_CHECKING:
    from flashnotes.models import Day

FIXTURES = Path(__file__).parents[3] / "shared" / "anki" / "fixture"
with_shared = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the exports made by Anki are not beside the project"
)


def read(text: str, tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "export.txt"
    path.write_bytes(text.encode("utf-8"))
    return [(card.front, card.back) for card in read_text(path).cards]


@pytest.mark.parametrize(
    "line", ["#separator:tab", "\ufeff#html:true", "# Guid Column : 1", "#columns:A,B", "#deck:X"]
)
def test_what_is_an_export(line: str) -> None:
    assert is_anki_text(line)


@pytest.mark.parametrize(
    "line", ["# Heading", "#tag and text: more", "separator:tab", "", "#include: x", "# 标题：一"]
)
def test_what_is_a_note(line: str) -> None:
    assert not is_anki_text(line)


@with_shared
def test_the_notes_of_anki() -> None:
    truth = json.loads((FIXTURES / "fixture-expected.json").read_text(encoding="utf-8"))
    cards = read_text(FIXTURES / "fixture-notes-html.txt").cards
    assert {card.anki.guid for card in cards if card.anki} == {note["guid"] for note in truth["notes"]}
    assert {(card.anki.guid, card.anki.ord) for card in cards if card.anki} == {
        (card["note_guid"], card["ord"]) for card in truth["cards"]
    }
    by_ref = {card.anki: card for card in cards}
    assert by_ref[AnkiRef("fTX4`<?PO&")].front == "If a < b && c, what is $a<b$?"
    assert by_ref[AnkiRef("pZh*_i0.Uf", 1)].front == "Natural Language Processing"
    assert by_ref[AnkiRef("h/ZuKB@t9O")].deck == "数学::线性代数::特征值"
    assert by_ref[AnkiRef("h/ZuKB@t9O")].tags == ("definition", "数学::代数")


@with_shared
@pytest.mark.parametrize("name", ["notes-plain", "cards-html"])
def test_the_other_exports_of_anki(name: str) -> None:
    package = read_text(FIXTURES / f"fixture-{name}.txt")
    assert 66 <= len(package.cards) <= 70
    assert package.cards[0].front == "特征值的定义是什么？"


def test_our_own_comes_back(tmp_path: Path, today: Day) -> None:
    deck = studied_deck(today, 10)
    export_txt(tmp_path / "d.txt", deck)
    cards = {card.anki.guid: card for card in read_text(tmp_path / "d.txt").cards if card.anki}
    for item, card in zip(deck, cards.values(), strict=True):
        render = to_cloze_html if item.card.kind is CardKind.CLOZE else to_html
        assert str(render(card.front)).startswith(str(render(item.card.front)).split("（")[0])
        assert card.deck == item.deck


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("#separator:comma\n#html:false\na,<b>\nc,d\n", [("a", "<b>"), ("c", "d")]),
        ("#separator:;\n#html:true\r\n<b>a</b>;b\r\n", [("**a**", "b")]),
        ("#html:false\na\tb\n", [("a", "b")]),
        ("#html:false\na|b\n", [("a", "b")]),
        ("#separator:tab,,,\n#html:true,,\na\tb\n", [("a", "b")]),
        ('#separator:comma\n#html:false\n"a,""x""\nb",c\n', [('a,"x"\nb', "c")]),
        ("#separator:tab\n#html:false\n# a comment\tx\n\"#1\"\ty\n", [("#1", "y")]),
        ('#separator:tab\n#html:false\n"a\n# b"\tc\n', [("a\n\\# b", "c")]),
        ("#separator:tab\n#html:true\na\tb\tc\n", [("a", "b\n\nc")]),
        ("\ufeff#separator:tab\n#html:true\n\tb\na\tb\n", [("a", "b")]),
        ("#separator:tab\n#tags column:1\n#html:true\nx y\ta\tb\n", [("a", "b")]),
        ("#separator:tab\n#html:true\n{{c1::a}} {{c2::b}}\tc\n", [("{{c1::a}} {{c2::b}}", "c")] * 2),
    ],
)  # fmt: skip
def test_rows(text: str, cards: list[tuple[str, str]], tmp_path: Path) -> None:
    assert read(text, tmp_path) == cards


@pytest.mark.parametrize(
    ("text", "front", "back", "tags"),
    [
        ("#notetype:Basic\n#columns:Back,Front\nx,y\n", "y", "x", ()),
        ("#columns:Back,Front\nx,y\n", "y", "x", ()),
        ("#notetype:Basic\n#columns:Tags,Back,Front\nt u,x,y\n", "y", "x", ()),
        ("#notetype:Basic\n#columns:Front,Foo,Back,Bar\nt,x,y,z\n", "t", "y", ("z",)),
        ("#notetype:Basic\n#columns:Foo,Back\nx,y\n", "x", "y", ()),
        ("#notetype:Basic\nx,y,t u\n", "x", "y", ("t", "u")),
        ("#notetype:Basic\n#tags column:1\nx,y,t u\n", "y", "t u", ("x",)),
        ("#notetype:Basic (and reversed card)\n#guid column:1\ng,x,y,t u,z\n", "x", "y", ("t", "u")),
        ("#notetype:Cloze\n{{c1::x}},y,t u,z\n", "{{c1::x}}", "y", ("t", "u")),
        ("#notetype column:1\nBasic,x,y,t\n", "x", "y\n\nt", ()),
        ("#notetype:Foo\nx,y,t u\n", "x", "y\n\nt u", ()),
    ],
)
def test_columns_mean_what_they_mean_to_anki(
    text: str, front: str, back: str, tags: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "d.txt"
    path.write_text(f"#separator:comma\n#html:false\n{text}", encoding="utf-8")
    card = read_text(path).cards[0]
    assert (card.front, card.back, card.tags) == (front, back, tags)


def test_notes_from_here_that_lost_their_html_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_text(
        "#separator:tab\n#html:false\n#notetype column:1\nflashnotes Basic\ta\tb\nBasic\tc\td\n",
        encoding="utf-8",
    )
    read = read_text(path)
    assert [card.front for card in read.cards] == ["c"]
    assert list(read.left_out.values()) == [1]


def test_columns_of_tags_and_deck(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_text(
        "#separator:tab\n#html:true\n#deck:D\n#tags:x\n#tags column:3\na\tb\ty z\n", encoding="utf-8"
    )
    [card] = read_text(path).cards
    assert (card.deck, card.tags, card.anki) == ("D", ("y", "z", "x"), None)


@pytest.mark.parametrize(
    "content",
    [
        b"#separator:tab\n",
        b"#html:true\n\xff\tb\n",
        b'#separator:tab\n"' + b"a" * 200_000 + b"\n",
        b"#html:true\n\t\t\n",
    ],
)
def test_refusals(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_bytes(content)
    with pytest.raises(AnkiError, match=r"d\.txt"):
        read_text(path)
