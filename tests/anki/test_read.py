"""Packages made by Anki itself, by us, and by nobody in his right mind."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashnotes.anki import ExportCard, export_apkg, read_package
from flashnotes.anki.container import open_package
from flashnotes.anki.html import to_cloze_html, to_html
from flashnotes.anki.notes import guid_of
from flashnotes.anki.rows import CollectionRows, read_rows
from flashnotes.anki.schedule import Calendar
from flashnotes.errors import AnkiError
from flashnotes.models import Card, CardId, CardKind, DueAt, DueDay, Phase, ReviewKind, Source
from tests.anki.samples import studied_deck

if TYPE_CHECKING:
    from flashnotes.anki.read import ImportedCard, ImportedPackage
    from flashnotes.models import Day, Moment

SHARED = Path(__file__).parents[3] / "shared" / "anki"
FIXTURES = SHARED / "fixture"
PACKAGES = [
    *(f"apkg-{age}-{what}.apkg" for age in ("latest", "legacy") for what in ("plain", "sched")),
    *(f"colpkg-{age}.colpkg" for age in ("latest", "legacy")),
]
with_shared = pytest.mark.skipif(
    not FIXTURES.is_dir(), reason="the packages made by Anki are not beside the project"
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURES / "fixture-expected.json").read_text(encoding="utf-8"))
    return loaded


def rows_of(name: str) -> tuple[CollectionRows, dict[str, str], str]:
    path = FIXTURES / f"fixture-{name}"
    with open_package(path) as package:
        media = {each: hashlib.sha1(package.read_media(each) or b"").hexdigest() for each in package.media}
        return read_rows(package.database, path), media, package.format.name


@with_shared
@pytest.mark.parametrize("name", PACKAGES)
class TestFixtures:
    def test_notes(self, name: str, truth: dict[str, Any]) -> None:
        rows, _, _ = rows_of(name)
        kept = set() if "sched" in name or "colpkg" in name else {"marked", "leech"}
        read = {
            note.guid: (rows.note_types[note.note_type].name, note.fields, set(note.tags) - kept)
            for note in rows.notes.values()
        }
        assert read == {
            note["guid"]: (note["notetype"], tuple(note["fields"].values()), set(note["tags"]) - kept)
            for note in truth["notes"]
        }
        assert rows.left_out == {}

    def test_media(self, name: str, truth: dict[str, Any]) -> None:
        _, media, _ = rows_of(name)
        expected = {each["name"]: each["sha1"] for each in truth["media"]}
        if "apkg" in name and "colpkg" not in name:
            expected.pop("_style.css")
        assert media == expected

    def test_schedule(self, name: str, truth: dict[str, Any]) -> None:
        cards = {key_of(card): card for card in read_fixture(name)}
        assert len(cards) == len(truth["cards"])
        for expected in truth["cards"]:
            card = cards[expected["note_guid"], expected["ord"]]
            if "plain" in name:
                # Without the schedule Anki does not say where the cards of a filtered deck belong.
                assert card.deck == expected["deck"]
                assert (card.state.phase, card.answers) == (Phase.NEW, ())
                continue
            assert card.deck == expected.get("home_deck", expected["deck"])
            assert card.state.lapses == expected["lapses"]
            assert card.state.flag == expected["flags"]
            assert card.state.suspended == (expected["queue_n"] == -1)
            assert (card.state.phase is Phase.NEW) == (expected["type_n"] == 0)
            if card.state.phase is not Phase.NEW:
                assert card.state.interval == expected["ivl"]
                assert due_on(card) == expected["due_on"]
                assert getattr(card.state.memory, "factor", 0) * 10 == max(
                    expected["factor"] // 10 * 10 or 2500, 1300
                )
                assert getattr(card.strength, "stability", None) == expected["data"].get("s")

    def test_review_log(self, name: str, truth: dict[str, Any]) -> None:
        rows, _, _ = rows_of(name)
        read = [
            (row.at, row.ease, row.interval, row.last_interval, row.factor, row.time) for row in rows.answers
        ]
        expected = [
            (row["id"], row["ease"], row["ivl"], row["last_ivl"], row["factor"], row["time_ms"])
            for row in truth["revlog"]
        ]
        assert read == ([] if "plain" in name else expected)
        answers = [answer for card in read_fixture(name) for answer in card.answers]
        by_hand = [
            row
            for row in truth["revlog"]
            if row["ease"] == 0 or row["kind"] not in {"learn", "review", "relearn", "cram", "filtered"}
        ]
        assert len(answers) == (0 if "plain" in name else len(expected) - len(by_hand))


def read_fixture(name: str) -> tuple[ImportedCard, ...]:
    return read_package(FIXTURES / f"fixture-{name}", local_offset=0).cards


def key_of(card: ImportedCard) -> tuple[str, int]:
    assert card.anki is not None
    return card.anki.guid, card.anki.ord


def due_on(card: ImportedCard) -> str | None:
    if isinstance(card.state.due, DueDay):
        return date.fromordinal(card.state.due.day).isoformat()
    return None if card.state.due is None else iso_moment(card.state.due)


def iso_moment(due: DueAt) -> str:
    return datetime.fromtimestamp(due.ms / 1000, UTC).replace(tzinfo=None).isoformat()


@with_shared
def test_the_three_formats_are_told_apart() -> None:
    assert rows_of("apkg-legacy-sched.apkg")[2] == "LEGACY_2"
    assert rows_of("apkg-latest-sched.apkg")[2] == "LATEST"


@with_shared
def test_words_of_the_fixture() -> None:
    kept: dict[str, bytes] = {}
    package = read_package(
        FIXTURES / "fixture-apkg-latest-sched.apkg", local_offset=0, keep_media=kept.__setitem__
    )
    cards = {key_of(card): card for card in package.cards}
    assert cards["lK2k*U9L%P", 0].back == r"$$\int_{-\infty}^{\infty} e^{-x^2}\,dx=\sqrt{\pi}$$"
    assert cards["fTX4`<?PO&", 0].front == "If a < b && c, what is $a<b$?"
    assert cards["HQ7ghv}O(>", 1].front == r"The derivative of {{c1::$\sin x$}} is {{c2::$\cos x$::trig}}."
    assert (cards["HQ7ghv}O(>", 1].kind, cards["HQ7ghv}O(>", 1].back) == (CardKind.CLOZE, "extra")
    assert (cards["pZh*_i0.Uf", 1].front, cards["pZh*_i0.Uf", 1].back) == (
        "Natural Language Processing",
        "NLP",
    )
    assert cards["x=XXab3`Yc", 0].front == "![图 1.png](<media/fn-4152138be318f3ad.png>)"
    assert cards["x=XXab3`Yc", 0].back == "[sound:media/fn-2e6605e053db101b.mp3] picture"
    assert sorted(kept) == sorted(package.media) == ["fn-2e6605e053db101b.mp3", "fn-4152138be318f3ad.png"]


@with_shared
@pytest.mark.parametrize(
    "path", sorted((SHARED / "corrupt").glob("*pkg")) if SHARED.is_dir() else [], ids=lambda path: path.name
)
def test_broken_packages_are_read_or_refused_in_words(path: Path) -> None:
    kept: dict[str, bytes] = {}
    package = read_or_refusal(path, kept)
    if isinstance(package, str):
        assert package.startswith(f"{path}: ")
        assert package.isprintable()
    else:
        assert package.cards
        assert len({card.anki for card in package.cards}) == len(package.cards)
        assert all(name.startswith("fn-") and "/" not in name for name in kept)


def read_or_refusal(path: Path, kept: dict[str, bytes]) -> ImportedPackage | str:
    try:
        return read_package(path, local_offset=0, keep_media=kept.__setitem__)
    except AnkiError as error:
        return str(error)


class TestOwnPackages:
    @pytest.fixture(scope="class")
    @classmethod
    def deck(cls, today: Day) -> list[ExportCard]:
        return studied_deck(today, 60)

    @pytest.fixture(scope="class")
    @classmethod
    def package(
        cls, deck: list[ExportCard], at: Moment, today: Day, tmp_path_factory: pytest.TempPathFactory
    ) -> Path:
        path = tmp_path_factory.mktemp("own") / "deck.apkg"
        export_apkg(path, deck, calendar=Calendar(at, today))
        return path

    def test_come_back_as_they_went(self, deck: list[ExportCard], package: Path) -> None:
        cards = {key_of(card): card for card in read_package(package, local_offset=0).cards}
        for item in deck:
            card = min(
                (card for key, card in cards.items() if key[0] == guid_of(item.card)),
                key=lambda c: key_of(c)[1],
            )
            assert (card.card_id, card.kind, card.deck) == (item.card.id, item.card.kind, item.deck)
            assert card.aliases == item.card.aliases
            render = to_cloze_html if card.kind is CardKind.CLOZE else to_html
            assert render(card.front) == render(item.card.front)
            assert to_html(card.back) == to_html(item.card.back)
            assert [answer.ms // 1000 for answer in card.answers] == [
                review.at.ms // 1000 for review in item.reviews
            ]
            assert [answer.rating for answer in card.answers] == [review.rating for review in item.reviews]
            if item.state.phase is not Phase.NEW and not item.state.drilling:
                expected = replace(item.state, failed_on=None, buried_until=None, last_at=card.state.last_at)
                assert replace(card.state, phase=expected.phase, repetitions=expected.repetitions) == expected

    def test_first_answers_are_learning(self, package: Path) -> None:
        for card in read_package(package, local_offset=0).cards:
            assert all(answer.kind is ReviewKind.LEARN for answer in card.answers[:1])

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_damage_is_read_or_refused_in_words(
        self, data: st.DataObject, package: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with zipfile.ZipFile(package) as archive:
            collection = bytearray(archive.read("collection.anki21"))
        for _ in range(data.draw(st.integers(1, 20))):
            collection[data.draw(st.integers(0, len(collection) - 1))] = data.draw(st.integers(0, 255))
        path = tmp_path_factory.mktemp("damaged") / "damaged.apkg"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("collection.anki21", bytes(collection))
            archive.writestr("media", "{}")
        package_or_words = read_or_refusal(path, {})
        assert not isinstance(package_or_words, str) or package_or_words.isprintable()

    def test_the_newer_format_without_its_library_says_which_box_to_tick(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from flashnotes.anki import zstd

        monkeypatch.setattr(zstd, "_LIBRARIES", ())
        path = tmp_path / "new.apkg"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("meta", b"\x08\x03")
            archive.writestr("collection.anki21b", b"\x28\xb5\x2f\xfd")
        with pytest.raises(AnkiError, match="tick"):
            read_package(path, local_offset=0)

    @pytest.mark.parametrize("name", ["missing.apkg", "."])
    def test_what_is_no_file(self, name: str, tmp_path: Path) -> None:
        with pytest.raises(AnkiError):
            read_package(tmp_path / name, local_offset=0)


class TestStrangersNoteTypes:
    """Note types with more than their fields on the card."""

    def package(self, path: Path, at: Moment, today: Day, front: str, text: str) -> Path:
        card = Card(
            CardId("x"), CardKind.CLOZE, "{{c1::x}}", "back", tags=("maths",), source=Source("n.md", 1)
        )
        export_apkg(path, [ExportCard(card, "A::B")], calendar=Calendar(at, today))
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        with closing(sqlite3.connect(":memory:")) as collection:
            collection.deserialize(members["collection.anki21"])
            models = json.loads(collection.execute("SELECT models FROM col").fetchone()[0])
            model = next(each for each in models.values() if each["type"] == 1)
            model["tmpls"][0]["qfmt"] = front
            collection.execute("UPDATE col SET models = ?", (json.dumps({"77": model}),))
            collection.execute(
                "UPDATE notes SET mid = 77, flds = ? || substr(flds, instr(flds, char(31)))", (text,)
            )
            collection.commit()
            members["collection.anki21"] = collection.serialize()
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    @pytest.mark.parametrize(
        ("front", "shown"),
        [
            ("{{cloze:Text}}", "{{c1::one}} and more"),
            ("<b>{{Source}}</b><br>{{cloze:Text}}", "**n.md**\n{{c1::one}} and more"),
            ("{{#Tags}}{{Tags}}, {{/Tags}}{{Subdeck}}: {{ cloze:Text }}", "maths, B: {{c1::one}} and more"),
            ("{{#c1}}first {{/c1}}{{#c2}}second {{/c2}}{{cloze:Text}}", "first {{c1::one}} and more"),
        ],
    )
    def test_a_cloze_keeps_what_stands_around_it(
        self, at: Moment, today: Day, tmp_path: Path, front: str, shown: str
    ) -> None:
        path = self.package(tmp_path / "x.apkg", at, today, front, "{{c1::one}} and more")
        assert [card.front for card in read_package(path, local_offset=0).cards] == [shown]
