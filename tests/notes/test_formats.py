"""Notes in other formats end in the same Markdown, line for line; a broken file is refused in one line."""

from __future__ import annotations

import base64
import io
import random
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from flashnotes import documents
from flashnotes.documents import render_document
from flashnotes.errors import NoteError
from flashnotes.extraction import extract_file
from flashnotes.notefiles import find_notes, read_rendered
from flashnotes.notes.habits import resolve_habits, without_export_id
from flashnotes.notes.notebook import render_notebook
from flashnotes.notes.page import render_page
from flashnotes.pictures import bring_pictures, copy_pictures, still_shown
from tests.notes.files import PICTURE, docx_of, pdf_of

if TYPE_CHECKING:
    from flashnotes.notes import Rendered

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "formats.yaml").read_text(encoding="utf-8")
)


def shown(rendered: Rendered) -> str:
    """The Markdown, each line that says something after its number."""
    rows = enumerate(rendered.text.split("\n"), start=1)
    return "".join(f"{rendered.line_of(number)} {row}\n" for number, row in rows if row.strip())


def named(kind: str) -> Any:
    return pytest.mark.parametrize("case", CASES[kind], ids=lambda case: case["name"])


@named("pages")
def test_a_page_is_its_main_text(case: dict[str, Any]) -> None:
    assert shown(render_page(case["page"])) == case["markdown"]


@named("notebooks")
def test_a_notebook_is_its_markdown_cells(case: dict[str, Any]) -> None:
    rendered = render_notebook(case["notebook"])
    assert rendered is not None
    assert shown(rendered) == case["markdown"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": 3}', "[" * 100_000])
def test_what_is_no_notebook_is_none(text: str) -> None:
    assert render_notebook(text) is None


@named("habits")
def test_habits_are_taken_out_line_for_line(case: dict[str, Any]) -> None:
    rendered = resolve_habits(case["note"], name=case.get("file", "note"))
    assert rendered.text == case["markdown"]
    assert rendered.text.count("\n") == case["note"].count("\n")
    assert list(rendered.tags) == case.get("tags", [])


@named("word")
def test_a_word_file_is_its_paragraphs(case: dict[str, Any]) -> None:
    assert shown(render_document(docx_of(case["body"]), Path("a.docx"))) == case["markdown"]


@named("pdf")
def test_a_pdf_is_its_paragraphs(case: dict[str, Any]) -> None:
    assert shown(render_document(pdf_of(case["pages"]), Path("a.pdf"))) == case["markdown"]


def test_an_exported_id_is_no_part_of_a_name() -> None:
    digits = "8f3a2b1c4d5e6f708192a3b4c5d6e7f8"
    assert without_export_id(f"Optimisers {digits}") == "Optimisers"
    assert without_export_id("Optimisers") == "Optimisers"
    assert without_export_id(digits) == digits


@pytest.mark.parametrize(
    "text",
    [
        "<",
        "<p",
        "<div>" * 5_000,
        "<table><tr><td>",
        "<table><tr><td>" * 2_000,
        "<!--",
        "<ul><li>" * 2_000,
        "\0",
    ],
)
def test_any_text_is_a_page(text: str) -> None:
    render_page(text)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [(".docx", docx_of(CASES["word"][0]["body"])), (".pdf", pdf_of(CASES["pdf"][0]["pages"]))],
)
def test_a_damaged_document_is_refused_in_one_line(suffix: str, data: bytes) -> None:
    chance = random.Random(1)
    refusals = [
        said
        for number in range(60)
        if (said := refusal_of(damaged(data, chance, cut=number % 3 == 0), suffix))
    ]
    assert len(refusals) > 10
    assert all(said.startswith(f"a{suffix}: ") and "\n" not in said for said in refusals)


def damaged(data: bytes, chance: random.Random, *, cut: bool) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(data))] if cut else changed)


def refusal_of(data: bytes, suffix: str) -> str:
    """What is said of a document that cannot be read; nothing of one that can."""
    try:
        render_document(data, Path(f"a{suffix}"))
    except NoteError as error:
        return str(error)
    return ""


def test_a_word_file_that_unpacks_to_a_great_deal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashnotes.documents.word._LARGEST", 10_000)
    with pytest.raises(NoteError, match=r"a\.docx: "):
        render_document(docx_of("<w:p><w:r><w:t>" + "a" * 20_000 + "</w:t></w:r></w:p>"), Path("a.docx"))


def test_a_word_file_with_a_doctype_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    with pytest.raises(NoteError, match=r"a\.docx: "):
        render_document(out.getvalue(), Path("a.docx"))


@pytest.mark.parametrize(("name", "extra", "module"), [("a.docx", "word", "word"), ("a.pdf", "pdf", "pdf")])
def test_a_missing_extra_is_named(
    name: str, extra: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, f"{documents.__name__}.{module}", None)
    with pytest.raises(NoteError) as refusal:
        render_document(b"", Path(name))
    assert (
        str(refusal.value)
        == f"{name}: reading it needs the extra '{extra}'. Run: pip install 'flashnotes[{extra}]'"
    )


def test_cards_of_every_format_stand_on_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html>\n<body>\n<p><b>Epoch</b>: one pass over all examples.</p></body></html>"
    )
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "ad.html").write_text("<p><b>Buy</b>: this now, it is cheap.</p>")
    (tmp_path / "b.ipynb").write_text(CASES["notebooks"][0]["notebook"])
    (tmp_path / "c.docx").write_bytes(docx_of(CASES["word"][0]["body"]))
    (tmp_path / "d.pdf").write_bytes(pdf_of([["Epoch: one pass over all examples."]]))
    found = find_notes([tmp_path]).notes
    assert [path.name for path in found] == ["a.html", "b.ipynb", "c.docx"], "a PDF is read when it is named"
    cards = {
        path.name: [(card.front, card.line) for card in extract_file(path).candidates]
        for path in (*found, tmp_path / "d.pdf")
    }
    assert cards == {
        "a.html": [("Epoch", 3)],
        "b.ipynb": [("Epoch", 9)],
        "c.docx": [("Epoch", 2), ("自举", 4), ("SGD", 7)],
        "d.pdf": [("Epoch", 1)],
    }


PICTURES = """\
**Net**: layers, see ![](../assets/net.PNG) and ![x](../same.png) and ![[same.png]].

**Layer**: units that take the same input. ![](../../secret.png) ![](../code.py) ![](https://example.org/a.png)

![](../same.png)

## What is a kernel?

A small matrix.

![the kernel](../same.png)

## Next

- **Epoch**: one pass over all examples
- **Batch**: the examples of a step ![](../same.png)
"""


def test_pictures_come_along_by_their_content(tmp_path: Path) -> None:
    notes, media = tmp_path / "notes", tmp_path / "home" / "media"
    (notes / "assets").mkdir(parents=True)
    (notes / "assets" / "net.PNG").write_bytes(b"a picture")
    (notes / "same.png").write_bytes(b"a picture")
    (tmp_path / "secret.png").write_bytes(b"not beside the note")
    (notes / "code.py").write_bytes(b"no picture")
    note = notes / "deep" / "a.md"
    note.parent.mkdir()
    note.write_text(PICTURES)
    brought, files, _ = bring_pictures(extract_file(note).candidates, note, read_rendered(note))
    (name,) = files
    shown = {each.front: each.back.split("\n\n")[1:] for each in brought}
    shown.pop("kernel", None)
    assert shown == {
        "Net": [f"![](media/{name})", f"![x](media/{name})"],
        "Layer": [],
        "What is a kernel?": [f"![the kernel](media/{name})"],
        "Epoch": [],
        "Batch": [f"![](media/{name})"],
    }
    text = brought[0].back
    copy_pictures(files, text, media)
    copy_pictures(files, text, media)
    assert [path.read_bytes() for path in media.iterdir()] == [b"a picture"]
    assert name.endswith(".png")
    copy_pictures({"fn-x.png": tmp_path / "gone.png"}, "fn-x.png", media)


DROPOUT = "Dropout is a technique that switches off units at random during training."
BATCH = "Batch is the set of examples that one step looks at."
DATA = b"\x89PNG" + b"z" * 300
"""More than what only holds the place of a picture."""


def page_with_pictures() -> bytes:
    inside = f"data:image/png;base64,{base64.b64encode(DATA).decode()}"
    small = f"data:image/gif;base64,{base64.b64encode(b'tiny').decode()}"
    return (
        f'<p>{DROPOUT}</p><figure><img src="a_files/my net.png" alt="a [net]"></figure><p><img src="{small}">'
        f'<img src="https://example.org/far.png"></p><p>{BATCH} <img src="{inside}"></p><p>Nothing more.</p>'
    ).encode()


def word_with_pictures() -> bytes:
    rows = (f"<w:p><w:r><w:t>{row}</w:t></w:r></w:p>" for row in (DROPOUT, BATCH))
    return docx_of(PICTURE.join((*rows, "")), DATA)


@pytest.mark.parametrize(
    ("name", "note", "named"),
    [
        ("a.html", page_with_pictures(), {"Dropout": ["a net"], "Batch": [""]}),
        ("b.docx", word_with_pictures(), {"Dropout": ["a picture"], "Batch": ["a picture"]}),
        ("c.pdf", pdf_of([[DROPOUT, BATCH]], grey=30), {"Dropout": [""], "Batch": []}),
        ("d.pdf", pdf_of([[DROPOUT, BATCH]], grey=20), {"Dropout": [], "Batch": []}),
    ],
)
def test_pictures_inside_a_note_come_along(
    tmp_path: Path, name: str, note: bytes, named: dict[str, list[str]]
) -> None:
    file, media = tmp_path / name, tmp_path / "media"
    file.write_bytes(note)
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "my net.png").write_bytes(b"a picture")
    brought, files, shown = bring_pictures(extract_file(file).candidates, file, read_rendered(file))
    found = {each.front: re.findall(r"!\[(.*?)\]\(media/(fn-\w+\.png)\)", each.back) for each in brought}
    assert {front: [alt for alt, _ in pictures] for front, pictures in found.items()} == named
    assert all("![" not in each.back.split("\n\n")[0] for each in brought)
    copy_pictures(files, "".join(each.back for each in brought), media)
    there = {each.name: each.read_bytes() for each in media.iterdir()} if media.exists() else {}
    assert there.keys() == {picture for pictures in found.values() for _, picture in pictures}
    assert all(data.startswith(b"\x89PNG") or data == b"a picture" for data in there.values())
    assert still_shown(file, shown) == files


def test_a_picture_of_a_pdf_is_a_png_of_its_samples() -> None:
    rendered = render_document(pdf_of([["A line."]], grey=30), Path("a.pdf"))
    (png,) = rendered.pictures.values()
    size, samples = struct.unpack(">II", png[16:24]), zlib.decompress(png[png.index(b"IDAT") + 4 : -16])
    assert size == (30, 30)
    assert samples == (b"\0" + b"z" * 30) * 30
