"""What Anki itself makes of our packages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flashnotes.anki import ExportCard, Side, export_apkg
from flashnotes.anki.notes import guid_from_id, guid_of
from flashnotes.anki.schedule import Calendar, Practice
from flashnotes.errors import AnkiError
from flashnotes.models import (
    AnkiRef,
    Card,
    CardId,
    CardKind,
    Day,
    DueAt,
    DueDay,
    Ease,
    Moment,
    Phase,
    ScheduleState,
    Strength,
)
from tests.anki.samples import studied_deck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.anki.conftest import AskAnki

Dump = dict[str, Any]


@pytest.fixture(scope="module")
def deck(at: Moment, today: Day) -> list[ExportCard]:
    return studied_deck(today, modified=at.ms // 1000 - 86_400)


@pytest.fixture(scope="module")
def package(deck: list[ExportCard], at: Moment, today: Day, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "deck.apkg"
    export_apkg(path, deck, calendar=Calendar(at, today))
    return path


@pytest.fixture(scope="module")
def imported(package: Path, ask_anki: AskAnki) -> Dump:
    return ask_anki(package)


def first_card(dump: Dump, item: ExportCard) -> Dump:
    guid = guid_of(item.card)
    return min(
        (card for key, card in dump["cards"].items() if key.startswith(guid)), key=lambda card: card["key"]
    )


def export(path: Path, *items: ExportCard, at: Moment, today: Day) -> Path:
    export_apkg(path, items, calendar=Calendar(at, today))
    return path


def basic(name: str, **more: Any) -> ExportCard:
    return ExportCard(Card(CardId(name), CardKind.BASIC, f"front {name}", f"back {name}"), "Deck", **more)


class TestImport:
    def test_every_note_arrives_once(self, imported: Dump, deck: list[ExportCard]) -> None:
        assert imported["logs"] == [{"new": len(deck), "updated": 0, "duplicate": 0, "conflicting": 0}]
        assert imported["notes"].keys() == {guid_of(item.card) for item in deck}
        assert imported["empty"] == []

    def test_check_database_finds_nothing(self, imported: Dump) -> None:
        assert [line for line in imported["problems"] if "rebuilt and optimized" not in line] == []

    def test_dates_intervals_and_counts_are_those_of_flashnotes(
        self, imported: Dump, deck: list[ExportCard]
    ) -> None:
        for item in deck:
            card = first_card(imported, item)
            if item.state.phase is Phase.NEW:
                assert (card["type"], card["ivl"], card["factor"], card["reps"]) == (0, 0, 0, 0)
                continue
            assert isinstance(item.state.due, DueDay)
            assert isinstance(item.state.memory, Ease)
            expected = (
                item.state.interval,
                item.state.memory.factor * 10,
                len(item.reviews),
                item.state.lapses,
            )
            assert (card["ivl"], card["factor"], card["reps"], card["lapses"]) == expected
            if card["type"] == 2:
                assert card["due_on"] == date.fromordinal(item.state.due.day).isoformat()
            else:
                assert item.state.drilling

    def test_suspended_buried_and_flags(self, imported: Dump, deck: list[ExportCard]) -> None:
        for item in deck:
            card = first_card(imported, item)
            queue = -1 if item.state.suspended else -2 if item.state.buried_until else card["type"]
            assert (card["queue"], card["flag"]) == (queue, item.state.flag)

    def test_every_answer_arrives(self, imported: Dump, deck: list[ExportCard]) -> None:
        by_card: dict[str, list[Dump]] = {}
        for answer in imported["answers"]:
            by_card.setdefault(answer["card"], []).append(answer)
        assert len(imported["answers"]) == sum(len(item.reviews) for item in deck)
        for item in deck:
            answers = by_card.get(first_card(imported, item)["key"], [])
            assert [answer["ease"] for answer in answers] == [int(review.rating) for review in item.reviews]
            for answer, review in zip(answers, item.reviews, strict=True):
                assert 0 <= answer["at"] - review.at.ms < 1000
                assert answer["ivl"] == (-600 if review.state.drilling else review.state.interval)

    def test_decks_nest_and_tags_hold_no_spaces(self, imported: Dump, deck: list[ExportCard]) -> None:
        assert imported["decks"] == sorted(
            ["Default", "Optimisers", "Vision", "Vision::Metrics", "强化学习", "强化学习::时序差分"]
        )
        for item in deck:
            assert first_card(imported, item)["deck"] == item.deck
            tags = imported["notes"][guid_of(item.card)]["tags"]
            assert sorted(tags) == sorted(tag.replace(" ", "_") for tag in item.card.tags)

    def test_fields_and_rendering(self, imported: Dump, deck: list[ExportCard]) -> None:
        formula = first_card(imported, deck[2])
        assert "Formula · 公式" in formula["front"]
        assert "TD 误差" in formula["front"]
        assert r"\[\delta_t = r_{t+1} + \gamma v(s_{t+1}) - v(s_t)\]<br>其中 \(\gamma\)" in formula["back"]
        assert r"\(a&lt;b\)" in first_card(imported, deck[3])["front"]
        cloze = first_card(imported, deck[7])
        assert "[...]" in cloze["front"]
        assert r"\(x^{2^{n} }\)" in cloze["back"]
        assert cloze["key"].endswith("/0")
        assert "[a type]" in imported["cards"][cloze["key"].removesuffix("0") + "1"]["front"]
        note = imported["notes"][guid_of(deck[0].card)]
        assert note["type"] == "flashnotes Definition"
        assert note["fields"]["Aliases"] == "TD error, 时序差分误差"
        assert note["fields"]["Source"] == "notes/强化学习.md"
        assert note["fields"]["Ref"] == deck[0].card.id


class TestDates:
    def test_do_not_depend_on_the_age_of_the_collection(
        self, imported: Dump, package: Path, ask_anki: AskAnki
    ) -> None:
        aged = ask_anki(package, age=300)
        assert dates(aged) == dates(imported)

    def test_do_not_depend_on_the_zone_of_the_importer(
        self, imported: Dump, package: Path, ask_anki_in_new_york: AskAnki
    ) -> None:
        assert dates(ask_anki_in_new_york(package)) == dates(imported)

    @pytest.mark.parametrize("offset", [-720, -210, 0, 345, 840])
    def test_do_not_depend_on_the_zone_of_the_export(
        self, offset: int, at: Moment, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        local = Day((at.ms + (offset - 240) * 60_000) // 86_400_000 + 719_163)
        days = [local - 40, local - 1, local, local + 1, local + 400]
        items = [
            basic(str(day), state=ScheduleState(Phase.REVIEW, DueDay(Day(day)), 3, 2, memory=Ease()))
            for day in days
        ]
        dump = ask_anki(export(tmp_path / "d.apkg", *items, at=Moment(at.ms, offset), today=local), age=100)
        assert [first_card(dump, item)["due_on"] for item in items] == [
            date.fromordinal(day).isoformat() for day in days
        ]


def dates(dump: Dump) -> dict[str, str | None]:
    return {key: card["due_on"] for key, card in dump["cards"].items()}


class TestPhases:
    @pytest.fixture(scope="class")
    @classmethod
    def items(cls, at: Moment, today: Day) -> dict[str, ExportCard]:
        soon = DueAt(at.ms + 600_000)
        tomorrow = DueDay(Day(today + 1))
        drilled = ScheduleState(
            Phase.RELEARNING, tomorrow, 1, 0, 1, memory=Ease(236), failed_on=today, drilling=True
        )
        return {
            "step": basic("step", state=ScheduleState(Phase.LEARNING, soon, memory=Ease())),
            "restep": basic("restep", state=ScheduleState(Phase.RELEARNING, soon, 4, 0, 1, memory=Ease())),
            "two days": basic("two", state=ScheduleState(Phase.LEARNING, DueAt(at.ms + 172_800_000))),
            "drill": basic("drill", state=drilled),
            "old drill": basic("old", state=replace(drilled, failed_on=Day(today - 1), due=DueDay(today))),
            "fsrs": basic("fsrs", state=ScheduleState(
                Phase.REVIEW, tomorrow, 20, 3, memory=Strength(20.123456, 4.5), last_at=at.ms)),
            "second step": basic("second", state=ScheduleState(Phase.LEARNING, soon, step=1)),
            "no ease": basic("none", state=ScheduleState(Phase.REVIEW, tomorrow, 20)),
            "retired": replace(basic("retired"), card=replace(basic("retired").card, retired=True)),
        }  # fmt: skip

    @pytest.fixture(scope="class")
    @classmethod
    def cards(
        cls, items: dict[str, ExportCard], at: Moment, today: Day,
        tmp_path_factory: pytest.TempPathFactory, ask_anki: AskAnki,
    ) -> dict[str, Dump]:  # fmt: skip
        path = tmp_path_factory.mktemp("p") / "p.apkg"
        export_apkg(path, items.values(), calendar=Calendar(at, today, Practice(3, 2, 0.85, 0.2)))
        # "Import any deck presets" as well.
        dump = ask_anki(path, presets=True)
        assert "flashnotes::retired" in dump["notes"][guid_from_id(CardId("retired"))]["tags"]
        return {name: first_card(dump, item) for name, item in items.items()}

    @pytest.mark.parametrize(
        ("name", "kind", "queue"),
        [
            ("step", 1, 1), ("restep", 3, 1), ("two days", 1, 3), ("drill", 3, 1), ("old drill", 2, 2),
            ("fsrs", 2, 2), ("no ease", 2, 2), ("retired", 0, -1),
        ],
    )  # fmt: skip
    def test_have_their_queue(self, cards: dict[str, Dump], name: str, kind: int, queue: int) -> None:
        assert (cards[name]["type"], cards[name]["queue"]) == (kind, queue)

    def test_a_step_is_due_at_its_moment(self, cards: dict[str, Dump], at: Moment, today: Day) -> None:
        assert cards["step"]["due"] == at.ms // 1000 + 600
        assert cards["two days"]["due_on"] == date.fromordinal(today + 2).isoformat()
        assert cards["drill"]["due"] == at.ms // 1000

    def test_steps_still_to_go(self, cards: dict[str, Dump]) -> None:
        left = {name: cards[name]["left"] for name in ("step", "second step", "restep", "drill", "fsrs")}
        assert left == {"step": 3003, "second step": 2002, "restep": 2002, "drill": 2002, "fsrs": 0}

    def test_memory(self, cards: dict[str, Dump]) -> None:
        assert cards["fsrs"]["wanted"] == pytest.approx([0.85, 0.2])
        assert cards["fsrs"]["memory"] == [pytest.approx(20.1235), pytest.approx(4.5)]
        assert cards["no ease"]["factor"] == cards["fsrs"]["factor"] == 2500


class TestUpdate:
    def test_lands_in_place_once_and_keeps_the_schedule(
        self, deck: list[ExportCard], imported: Dump, package: Path, at: Moment, today: Day,
        tmp_path: Path, ask_anki: AskAnki,
    ) -> None:  # fmt: skip
        now = at.ms // 1000
        edited = [
            replace(item, card=replace(item.card, back="edited"), modified=now) if number in {1, 50} else item
            for number, item in enumerate(deck)
        ]
        new = basic("new", modified=now)
        second = export(tmp_path / "v2.apkg", *edited[:-1], new, at=Moment(at.ms + 5000, 480), today=today)
        dump = ask_anki(package, package, second, second)
        unchanged = {"new": 0, "updated": 0, "duplicate": len(deck), "conflicting": 0}
        assert dump["logs"][1] == unchanged
        assert dump["logs"][2] == {"new": 1, "updated": 2, "duplicate": len(deck) - 3, "conflicting": 0}
        assert dump["logs"][3] == unchanged
        assert dump["notes"][guid_of(deck[1].card)]["fields"]["Back"] == "edited"
        assert dump["answers"] == imported["answers"]
        assert {key: dates(dump)[key] for key in imported["cards"]} == dates(imported)

    def test_a_reverse_side_can_be_added_later(
        self, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        one_way = basic("td", modified=at.ms // 1000 - 60)
        due = ScheduleState(Phase.REVIEW, DueDay(Day(today + 5)), 5, 2, memory=Ease())
        two_way = replace(one_way, reverse=Side(replace(due, flag=3)), modified=at.ms // 1000)
        first = export(tmp_path / "1.apkg", one_way, at=at, today=today)
        second = export(tmp_path / "2.apkg", two_way, at=at, today=today)
        dump = ask_anki(first, second)
        reverse = dump["cards"][guid_of(one_way.card) + "/1"]
        assert "back td" in reverse["front"]
        assert (reverse["ivl"], reverse["flag"]) == (5, 3)
        assert dump["logs"][1]["updated"] == 1


class TestChoices:
    def test_without_schedule_all_is_new(
        self, deck: list[ExportCard], at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        unasked = [ExportCard(item.card, item.deck, modified=item.modified) for item in deck]
        told = export_apkg(tmp_path / "new.apkg", unasked, calendar=Calendar(at, today))
        dump = ask_anki(tmp_path / "new.apkg")
        assert told.reviews == len(dump["answers"]) == 0
        assert {card["queue"] for card in dump["cards"].values()} == {0}
        assert (told.notes, told.cards) == (len(dump["notes"]), len(dump["cards"]))

    def test_cards_that_came_from_anki_keep_their_guid_and_share_a_note(
        self, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        text = "{{c1::Paris}} lies on the {{c2::Seine}}"
        items = [
            ExportCard(
                Card(CardId(f"p{n}"), CardKind.CLOZE, text, "", anki=AnkiRef("a#b!c", n)),
                "D",
                state=ScheduleState(flag=n + 1),
            )
            for n in range(2)
        ]
        dump = ask_anki(export(tmp_path / "c.apkg", *items, at=at, today=today))
        assert {key: card["flag"] for key, card in dump["cards"].items()} == {"a#b!c/0": 1, "a#b!c/1": 2}

    def test_a_cloze_card_without_a_deletion_is_asked_as_a_basic_one(
        self, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        item = ExportCard(Card(CardId("c"), CardKind.CLOZE, "no deletion", "back"), "D")
        dump = ask_anki(export(tmp_path / "c.apkg", item, at=at, today=today))
        assert dump["notes"][guid_of(item.card)]["type"] == "flashnotes Basic"

    @pytest.mark.parametrize(
        ("name", "stored"),
        [
            ("A :: B", "A::B"),
            ("::x", "blank::x"),
            ("", "flashnotes"),
            ("默认\x1f牌组", "默认 牌组"),
            ("Default", "Default"),
        ],
    )
    def test_deck_names_as_anki_takes_them(
        self, name: str, stored: str, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        item = replace(basic("x"), deck=name)
        dump = ask_anki(export(tmp_path / "c.apkg", item, at=at, today=today))
        assert first_card(dump, item)["deck"] == stored

    def test_decks_that_differ_in_case_are_one(
        self, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki
    ) -> None:
        items = [replace(basic("x"), deck="Maths::A"), replace(basic("y"), deck="maths::a")]
        dump = ask_anki(export(tmp_path / "c.apkg", *items, at=at, today=today))
        assert {card["deck"] for card in dump["cards"].values()} == {"Maths::A"}

    def test_tags_as_anki_takes_them(self, at: Moment, today: Day, tmp_path: Path, ask_anki: AskAnki) -> None:
        card = replace(basic("x").card, tags=("a b", "全\u3000角", "rl", "RL", " ", "x::y"))
        dump = ask_anki(export(tmp_path / "c.apkg", ExportCard(card, "D"), at=at, today=today))
        assert sorted(dump["notes"][guid_of(card)]["tags"]) == sorted(["a_b", "全_角", "rl", "x::y"])


class TestRefusals:
    @pytest.mark.parametrize("name", ["collection.apkg", "Collection.APKG", ".", "missing/deck.apkg"])
    def test_names(self, name: str, at: Moment, today: Day, tmp_path: Path) -> None:
        with pytest.raises(AnkiError, match=r"\. .*\."):
            export(tmp_path / name, basic("x"), at=at, today=today)
        assert list(tmp_path.iterdir()) == []

    def test_what_is_no_file(self, at: Moment, today: Day) -> None:
        with pytest.raises(AnkiError, match="no regular file"):
            export(Path("/dev/full"), basic("x"), at=at, today=today)

    def test_two_cards_of_one_id(self, at: Moment, today: Day, tmp_path: Path) -> None:
        with pytest.raises(AnkiError, match="two cards have the id"):
            export(tmp_path / "d.apkg", basic("x"), basic("x"), at=at, today=today)
        assert list(tmp_path.iterdir()) == []

    def test_a_fault_while_reading_cards_leaves_the_old_file(
        self, at: Moment, today: Day, tmp_path: Path
    ) -> None:
        path = export(tmp_path / "d.apkg", basic("x"), at=at, today=today)
        old = path.read_bytes()

        def cards() -> Iterator[ExportCard]:
            yield basic("y")
            raise OSError("the cards, not the package")

        with pytest.raises(OSError, match="the cards"):
            export_apkg(path, cards(), calendar=Calendar(at, today))
        assert path.read_bytes() == old
        assert list(tmp_path.iterdir()) == [path]

    def test_the_same_cards_at_the_same_moment_are_the_same_collection(
        self, deck: list[ExportCard], at: Moment, today: Day, tmp_path: Path
    ) -> None:
        import zipfile

        contents = []
        for name in ("1.apkg", "2.apkg"):
            export_apkg(tmp_path / name, deck, calendar=Calendar(at, today))
            with zipfile.ZipFile(tmp_path / name) as archive:
                contents.append(archive.read("collection.anki21"))
        assert contents[0] == contents[1]
