"""A collection as strangers have them, made by Anki itself: asked for by `real_anki`, never imported by tests."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from base64 import b64encode
from pathlib import Path
from typing import Any

NOTES = (
    # Note type, fields, deck.
    ("Script", ["What is <b>x</b>?", "An answer", "a hint", ""], "Script"),
    ("Script", ["Second", "ans", "", "<p>more</p>"], "Script"),
    ("Word", ["食べる", "食[た]べる", "to eat", "[sound:s.mp3]", '<img src="a b.png">'], "日本語::Core 2k"),
    ("Word", ["", "x", "no word", "", ""], "日本語::Core 2k"),
    ("No rule", ["Quest", "Answ", "Src"], "One"),
    ("One field", ["alone"], "One"),
    ("Told", ["q", "a"], "One::Two"),
    ("Basic", ["[latex]\\begin{align*}a&=b\\\\c&=d\\end{align*}[/latex]", "[$]\\frac{a}{b}[/$] [$$]x &lt; y[/$$]"], "Math"),
    ("Basic", [r"\(a&lt;b\) costs $5", "<anki-mathjax>\\alpha</anki-mathjax>"], "Math"),
    ("Basic", ['<img src="a%20b.png"><img src=\'it&#39;s.png\'><img src="nowhere.png" alt="gone">', '<img width=3 src=noend>'], "Pics"),
    ("Basic", ['<video src="v.mp4"></video><audio controls src="s.mp3"></audio>', "<dl><dt>t</dt><dd>d</dd></dl>"], "Pics"),
    ("Basic", ["empty back", ""], "Math"),
    ("Basic", [unicodedata.normalize("NFD", "café"), unicodedata.normalize("NFD", "한글")], "Français::Lec\u0327on"),
    ("Cloze", ["{{c1::outer {{c2::inner::h}} rest}} and {{c3::std&#58;&#58;vec::type}}", "extra"], "Cloze"),
    ("Cloze", ["\\({{c1::a^{2} }}+b\\) {{c2::\\(\\frac{a}{b}\\)}} {{c1,3::multi}}", ""], "Cloze"),
    ("Cloze", ["no deletion", ""], "Cloze"),
    ("Typed cloze", ["The {{c1::capital}} of {{c2::France}}", "P: ", "post"], "Cloze"),
    ("Two clozes", ["{{c1::one}} x", "{{c2::two}} y", "e"], "Cloze"),
    ("Basic (and reversed card)", ["front", "back"], "Rev"),
    ("Basic (optional reversed card)", ["f", "b", ""], "Rev"),
    ("Basic (type in the answer)", ["type q", "type a"], "Rev"),
)  # fmt: skip
TYPES: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "Script": (
        ["Q", "A", "Hint", "Extra"],
        [(
            """<div id="q">{{Q}}</div>{{#Hint}}{{hint:Hint}}{{/Hint}}<br>{{type:A}}
            <script>document.write("<b>" + "{{Q}}" + "</b>");</script><style>.x { color: red }</style>""",
            """{{FrontSide}}<hr id=answer><div>{{A}}</div>
            {{^Extra}}<i>no extra</i>{{/Extra}}{{#Extra}}{{Extra}}{{/Extra}}
            <button onclick="f()">Show</button><select><option>a</option></select><input value="abc">""",
        )],
    ),
    "Word": (
        ["Word", "Reading", "Meaning", "Audio", "Picture"],
        [
            ("{{Word}}", "{{FrontSide}}<hr id=answer>{{furigana:Reading}}<br>{{Meaning}}<br>{{Audio}}{{Picture}}"),
            ("{{Meaning}}", "{{FrontSide}}<hr id=answer>{{Word}}<br>{{kana:Reading}}"),
            ("{{#Audio}}Listen {{Audio}}{{/Audio}}", "{{Word}} {{tts ja_JP:Word}}"),
        ],
    ),
    "No rule": (["Q", "A", "Src"], [("{{Q}}", "<div>{{Q}}</div><div>{{A}}</div><small>{{Src}}</small>")]),
    "One field": (["Text"], [("{{Text}}", "{{Text}}")]),
    "Told": (["Q", "A"], [("{{Deck}} {{Tags}} {{Type}} {{Card}}<br>{{Q}}", "{{FrontSide}}<hr id=answer>{{A}}")]),
    "Typed cloze": (
        ["Text", "Pre", "Post"],
        [("{{Pre}}{{type:cloze:Text}}{{cloze:Text}}", "{{Pre}}{{cloze:Text}}<hr>{{Post}}")],
    ),
    "Two clozes": (
        ["A", "B", "Extra"], [("{{cloze:A}}<br>{{cloze:B}}", "{{cloze:A}}<br>{{cloze:B}}<br>{{Extra}}")]
    ),
}  # fmt: skip
COVERS = (
    "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
    "{{c2::image-occlusion:ellipse:left=.5:top=.2:rx=.1:ry=.2:oi=1:angle=45}}<br>"
    "{{c3::image-occlusion:polygon:left=.1:top=.6:points=.1,.6 .3,.6 .2,.9}}<br>"
    "{{c0::image-occlusion:text:left=.1:top=.1:text=Hi:scale=1:fs=.05}}"
)


def make(package: str) -> None:
    """Export the collection to `package`, of Anki's legacy format, with its schedule and presets."""
    from anki.collection import Collection, ExportAnkiPackageOptions
    from anki.generic_pb2 import Empty
    from anki.import_export_pb2 import ExportLimit

    folder = Path(package).parent
    col = Collection(str(folder / "strangers.anki2"))
    try:
        add_media(Path(col.media.dir()))
        for name, (fields, templates) in TYPES.items():
            add_type(col, name, fields, templates)
        for name, fields, deck in NOTES:
            add_note(col, name, fields, deck)
        add_odd_notes(col, folder)
        study(col)
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=True
        )
        col.export_anki_package(
            out_path=package, options=options, limit=ExportLimit(whole_collection=Empty())
        )
    finally:
        col.close()


def add_media(folder: Path) -> None:
    for number, name in enumerate(("a b.png", "a%20b.png", "it's.png", "noend", "_unused.png")):
        (folder / name).write_bytes(png(4, 2, number))
    (folder / "s.mp3").write_bytes(b"ID3 sound")
    (folder / "v.mp4").write_bytes(b"film")


def png(width: int, height: int, shade: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def add_type(col: Any, name: str, fields: list[str], templates: list[tuple[str, str]]) -> None:
    model = col.models.new(name)
    model["type"] = int("cloze" in name)
    for field in fields:
        col.models.add_field(model, col.models.new_field(field))
    for number, (front, back) in enumerate(templates):
        template = col.models.new_template(f"Card {number + 1}")
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(model, template)
    col.models.add(model)


def add_note(col: Any, type_name: str, fields: list[str], deck: str, tags: tuple[str, ...] = ()) -> Any:
    note = col.new_note(col.models.by_name(type_name))
    note.fields[:] = fields
    note.tags = [*tags, *(["x"] if type_name == "Told" else [])]
    col.add_note(note, col.decks.id(deck))
    return note


def add_odd_notes(col: Any, folder: Path) -> None:
    add_note(col, "Basic", ["many tags", "x"], "Tags", tuple(f"t{n % 50}::sub{n}" for n in range(2000)))
    # Put in behind Anki's editor, which would make a file of it.
    inline = add_note(col, "Basic", ["inline", "x"], "Pics")
    address = b64encode(png(3, 3, 9)).decode()
    col.db.execute(
        "update notes set flds = ? where id = ?",
        f'inline <img src="data:image/png;base64,{address}">\x1f<img src="data:text/html,x">',
        inline.id,
    )
    col.add_image_occlusion_notetype()
    (folder / "covered.png").write_bytes(png(200, 100, 7))
    occlusion = col.models.by_name("Image Occlusion")["id"]
    col.add_image_occlusion_note(
        occlusion, str(folder / "covered.png"), COVERS, "The <b>head</b>", "foot", []
    )


def study(col: Any) -> None:
    """Answers under FSRS, a preset, a filtered deck, a card long overdue and one suspended and flagged."""
    col.set_config("fsrs", True)
    col.decks.set_current(col.decks.id("Script"))
    card = col.sched.getCard()
    card.start_timer()
    col.sched.answerCard(card, 4)
    filtered = col.decks.get(col.decks.new_filtered("Filtered"))
    filtered["terms"] = [["deck:Rev", 10, 0]]
    col.decks.save(filtered)
    col.sched.rebuild_filtered_deck(filtered["id"])
    preset = col.decks.add_config("Mine")
    deck = col.decks.by_name("Math")
    deck["conf"] = preset["id"]
    col.decks.save(deck)
    overdue, held = (col.find_cards(f'"front:{words}"')[0] for words in ("empty back", "*costs*"))
    col.db.execute(
        "update cards set type = 2, queue = 2, due = -500, ivl = 3, factor = 2300, mod = 0 where id = ?",
        overdue,
    )
    col.sched.suspend_cards([held])
    col.set_user_flag_for_cards(5, [held])
