"""Going back and forth between flashnotes and Anki, by commands alone."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import subprocess
import sys
import zipfile
from base64 import b64encode
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import DECK

if TYPE_CHECKING:
    from tests.conftest import Runner

SHARED = Path(__file__).parents[3] / "shared"
FIXTURES, CORRUPT = SHARED / "anki" / "fixture", SHARED / "anki" / "corrupt"
PACKAGES = sorted(FIXTURES.glob("*pkg"))
WITH_SCHEDULE = [path for path in PACKAGES if "plain" not in path.name]
GENERATOR = SHARED / "faults" / "gen_packages.py"
needs_fixtures = pytest.mark.skipif(
    not PACKAGES, reason="the packages made by Anki are not beside the project"
)

Dump = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n a picture"


def everything(run: Runner, folder: Path) -> dict[str, Dump]:
    """Each card with its schedule and reviews, by id, as `export` to JSON tells it."""
    assert run("export", str(folder / "all.json")).status == 0
    cards = json.loads((folder / "all.json").read_text(encoding="utf-8"))["cards"]
    return {card["id"]: {**card, **card["sides"]["forward"]} for card in cards}


def answers(card: Dump) -> list[tuple[str, int, int]]:
    return [(each["reviewed_at"], each["rating"], each["duration_ms"]) for each in card["reviews"]]


def plan(run: Runner, path: Path, *options: str) -> Dump:
    ran = run("import", "--json", *(options or ("--yes",)), str(path))
    assert ran.status == 0, ran.err
    described: Dump = json.loads(ran.out)
    return described


def state_of_home(home: Path) -> Dump:
    files = {
        str(path): path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".db"
    }
    with closing(sqlite3.connect(home / "flashnotes.db")) as database:
        tables = {
            name: database.execute(f"SELECT * FROM {name}").fetchall()
            for name in ("review", "action", "card")
        }
    return {**{name: data for name, data in files.items() if "flashnotes.db" not in name}, **tables}


def edit_package(path: Path, *statements: str) -> None:
    """Run SQL on the collection of a package, as a person's work in Anki would."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    database = path.with_suffix(".sqlite")
    database.write_bytes(members["collection.anki21"])
    with closing(sqlite3.connect(database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    members["collection.anki21"] = database.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def edit_deck(home: Path, old: str, new: str) -> None:
    path = home / "decks" / "basics.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def card_row(front: str) -> str:
    return f"(SELECT cards.id FROM cards JOIN notes ON notes.id = nid WHERE flds LIKE '{front}\x1f%')"


@pytest.fixture
def package(run: Runner, home_with_deck: Path, tmp_path: Path) -> Path:
    """An export of the deck, of which c0 and c1 were answered, c1 is suspended."""
    run("answer", "c0", "good", "--at", "2026-03-01 10:00")
    run("answer", "c0", "again", "--at", "2026-03-02 10:00")
    run("answer", "c0", "good", "--at", "2026-03-02 10:01")
    run("answer", "c1", "easy", "--at", "2026-03-01 10:05")
    run("suspend", "c1")
    assert run("export", str(tmp_path / "out.apkg")).status == 0
    return tmp_path / "out.apkg"


# Out


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("a.apkg", b"PK"),
        ("a.txt", b"#separator:tab"),
        ("a.csv", b"id,deck,kind"),
        ("a.json", b'{"format": "flashnotes"'),
    ],
)
def test_the_ending_says_the_format(
    run: Runner, home_with_deck: Path, tmp_path: Path, name: str, beginning: bytes
) -> None:
    ran = run("export", str(tmp_path / name))
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(beginning)
    assert "3 cards" in ran.out


def test_another_ending_is_wrong_usage(run: Runner, home_with_deck: Path, tmp_path: Path) -> None:
    ran = run("export", str(tmp_path / "a.pdf"))
    assert ran.status == 2
    assert ".apkg, .txt, .csv, .json" in ran.err
    assert not (tmp_path / "a.pdf").exists()


def test_without_its_schedule_every_card_is_new(run: Runner, package: Path, tmp_path: Path) -> None:
    run("export", "--no-schedule", str(tmp_path / "new.json"))
    cards = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["cards"]
    assert {card["sides"]["forward"]["state"]["phase"] for card in cards} == {"new"}


def test_pictures_of_the_home_and_of_the_note_go_along(run: Runner, home: Path, tmp_path: Path) -> None:
    for path in (home / "media" / "a.png", tmp_path / "vault" / "notes" / "b c.png", tmp_path / "secret.png"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG + path.name.encode())
    (home / "decks").mkdir()
    source = Path("..") / ".." / tmp_path.relative_to(home.parents[1]) / "vault" / "notes" / "n.md"
    deck = "deck: D\ncards:\n"
    for number, address in enumerate(
        ("media/a.png", "b%20c.png", "../../secret.png", str(tmp_path / "secret.png"))
    ):
        deck += f"  - {{id: p{number}, front: 'picture {number}', back: '![]({address})', source: '{source}:1'}}\n"
    (home / "decks" / "d.yaml").write_text(deck, encoding="utf-8")
    assert run("export", str(tmp_path / "out.apkg")).status == 0
    with zipfile.ZipFile(tmp_path / "out.apkg") as archive:
        assert len(json.loads(archive.read("media"))) == 2


def modified(package: Path) -> int:
    with zipfile.ZipFile(package) as archive:
        package.with_suffix(".sqlite").write_bytes(archive.read("collection.anki21"))
    with closing(sqlite3.connect(package.with_suffix(".sqlite"))) as connection:
        return int(connection.execute("SELECT max(mod) FROM notes").fetchone()[0])


def test_another_picture_under_the_same_name_is_an_update(run: Runner, home: Path, tmp_path: Path) -> None:
    for name in ("media", "decks"):
        (home / name).mkdir(parents=True)
    (home / "media" / "a.png").write_bytes(PNG)
    (home / "decks" / "d.yaml").write_text(
        "deck: D\ncards:\n  - {id: p, front: f, back: '![](media/a.png)'}\n", encoding="utf-8"
    )
    times = []
    for content in (PNG, PNG, PNG + b"2", PNG + b"2"):
        (home / "media" / "a.png").write_bytes(content)
        assert run("export", str(tmp_path / "out.apkg")).status == 0
        times.append(modified(tmp_path / "out.apkg"))
    assert times[0] == times[1] < times[2] == times[3]
    assert plan(run, tmp_path / "out.apkg")["same"] == 1


# There and back


def test_a_fresh_home_gets_the_same_cards_and_reviews(
    run: Runner, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = everything(run, tmp_path)
    monkeypatch.setenv("FLASHNOTES_HOME", str(tmp_path / "fresh"))
    assert plan(run, package)["new"] == 3
    there = everything(run, tmp_path)
    assert there.keys() == here.keys()
    for card_id, card in here.items():
        other = there[card_id]
        for key in ("kind", "front", "back", "deck", "tags", "aliases", "anki", "state"):
            assert other[key] == card[key], key
        assert answers(other) == answers(card)


def test_our_own_package_brings_nothing_new(run: Runner, package: Path, home: Path) -> None:
    for card in ("c1", "c2"):
        # Three answers of one millisecond: Anki has room for one, the others move on.
        run("answer", card, "good", "--at", "2026-03-01 10:00")
    run("export", str(package))
    before = state_of_home(home)
    described = plan(run, package)
    assert (described["same"], described["reviews"]) == (3, 0)
    after = state_of_home(home)
    assert {name: after[name] for name in before} == before


def test_reviews_made_in_anki_come_home_once(run: Runner, package: Path, home: Path, tmp_path: Path) -> None:
    edit_package(
        package, f"INSERT INTO revlog SELECT 1773000000123, {card_row('one')}, -1, 3, 6, 1, 2500, 4321, 1"
    )
    assert plan(run, package, "--dry-run")["reviews"] == 1
    assert plan(run, package)["reviews"] == 1
    card = everything(run, tmp_path)["c0"]
    assert answers(card)[-1] == ("2026-03-08T20:00:00.123Z", 3, 4321)
    assert len(card["reviews"]) == 4
    assert card["reviews"][-1]["source"].startswith("anki:")
    assert card["state"]["last_at"] == "2026-03-08T20:00:00.123Z"
    before = state_of_home(home)
    assert plan(run, package)["reviews"] == 0
    assert state_of_home(home)["review"] == before["review"]


def test_an_answer_taken_back_here_does_not_come_again(run: Runner, package: Path, tmp_path: Path) -> None:
    run("undo")
    run("undo")
    assert plan(run, package)["reviews"] == 0
    assert everything(run, tmp_path)["c1"]["reviews"] == []


def test_an_answer_of_the_future_is_left_out(run: Runner, package: Path, tmp_path: Path) -> None:
    edit_package(
        package, f"INSERT INTO revlog SELECT 7258118400000, {card_row('one')}, -1, 3, 6, 1, 2500, 4321, 1"
    )
    ran = run("import", "--yes", str(package))
    assert "left out 1 review made at a time that is still to come" in ran.err
    assert len(everything(run, tmp_path)["c0"]["reviews"]) == 3


def test_suspended_there_is_suspended_here_until_told_otherwise(
    run: Runner, package: Path, tmp_path: Path
) -> None:
    edit_package(
        package, f"UPDATE cards SET queue = -1, flags = 3, mod = mod + 9 WHERE id = {card_row('two')}"
    )
    edit_package(package, f"UPDATE cards SET queue = -1, flags = 3 WHERE id = {card_row('three')}")
    plan(run, package)
    state = everything(run, tmp_path)["c2"]["state"]
    assert (state["suspended"], state["flag"]) == (True, 3)
    run("suspend", "--off", "c2")
    plan(run, package)
    assert everything(run, tmp_path)["c2"]["state"]["suspended"] is False


def test_what_was_suspended_here_stays_so(run: Runner, package: Path, tmp_path: Path) -> None:
    edit_package(package, f"UPDATE cards SET queue = 2, mod = mod + 9 WHERE id = {card_row('two')}")
    plan(run, package)
    assert everything(run, tmp_path)["c1"]["state"]["suspended"] is True


# Edits


EDIT_IN_ANKI = "UPDATE notes SET flds = replace(flds, 'eins', '<b>uno</b>'), mod = mod + 60"


def test_text_edited_only_in_anki_is_followed(run: Runner, package: Path, home: Path, tmp_path: Path) -> None:
    edit_package(package, EDIT_IN_ANKI)
    described = plan(run, package)
    assert (described["changed"], described["same"]) == (1, 2)
    assert everything(run, tmp_path)["c0"]["back"] == "**uno**"
    before = state_of_home(home)
    assert plan(run, package)["same"] == 3
    assert state_of_home(home)["card"] == before["card"]


def test_a_picture_put_into_the_text_in_anki_is_kept_as_a_file(
    run: Runner, package: Path, home: Path, tmp_path: Path
) -> None:
    address = f"data:image/png;base64,{b64encode(PNG).decode()}"
    edit_package(
        package, f"UPDATE notes SET flds = replace(flds, 'eins', '<img src=\"{address}\">'), mod = mod + 60"
    )
    assert plan(run, package)["changed"] == 1
    [kept] = (home / "media").iterdir()
    assert kept.read_bytes() == PNG
    assert everything(run, tmp_path)["c0"]["back"] == f"![](<media/{kept.name}>)"


def test_text_edited_on_both_sides_is_kept_and_told(
    run: Runner, package: Path, home: Path, tmp_path: Path
) -> None:
    edit_package(package, EDIT_IN_ANKI)
    edit_deck(home, "eins", "un")
    described = plan(run, package)
    assert described["kept"] == 1
    told = next(card for card in described["cards"] if card["status"] == "kept")
    assert (told["id"], told["reason"]) == ("c0", "edited here, and in Anki too")
    assert everything(run, tmp_path)["c0"]["back"] == "un"


def test_text_edited_only_here_is_kept(run: Runner, package: Path, home: Path, tmp_path: Path) -> None:
    edit_deck(home, "eins", "un")
    described = plan(run, package)
    assert described["kept"] == 1
    assert everything(run, tmp_path)["c0"]["back"] == "un"


def test_an_edit_of_anki_goes_back_as_it_is(run: Runner, package: Path, tmp_path: Path) -> None:
    edit_package(package, EDIT_IN_ANKI)
    plan(run, package)
    run("export", str(tmp_path / "again.apkg"))
    assert plan(run, tmp_path / "again.apkg")["same"] == 3


def test_text_that_no_way_through_html_leaves_alone_is_no_edit(
    run: Runner, home_with_deck: Path, tmp_path: Path
) -> None:
    edit_deck(home_with_deck, "back: eins", 'back: "_a_ * b\\n\\n* x\\n* $a<b$ &amp; `c`"')
    for name in ("out.apkg", "out.txt"):
        assert run("export", str(tmp_path / name)).status == 0
        assert plan(run, tmp_path / name)["same"] == 3


def test_a_text_file_finds_its_cards_by_their_guids(run: Runner, home: Path, tmp_path: Path) -> None:
    (home / "decks").mkdir(parents=True)
    kinds = ("definition", "formula", "abbreviation", "basic")
    rows = "".join(
        f"  - {{id: {kind}, kind: {kind}, front: f {kind}, back: b, aliases: [x]}}\n" for kind in kinds
    )
    (home / "decks" / "basics.yaml").write_text(f"deck: D\ncards:\n{rows}", encoding="utf-8")
    run("export", str(tmp_path / "out.txt"))
    assert plan(run, tmp_path / "out.txt")["same"] == 4


# Strangers' packages


@needs_fixtures
@pytest.mark.parametrize("path", PACKAGES + sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.name)
def test_importing_twice_changes_nothing(run: Runner, home: Path, path: Path) -> None:
    first = plan(run, path)
    assert first["new"] == len(first["cards"]) >= 69
    before = state_of_home(home)
    second = plan(run, path)
    assert (second["same"], second["reviews"]) == (first["new"], 0)
    after = state_of_home(home)
    assert {name: after[name] for name in before} == before


@needs_fixtures
@pytest.mark.parametrize("path", WITH_SCHEDULE, ids=lambda path: path.name)
def test_the_schedule_is_that_of_anki(run: Runner, home: Path, path: Path, tmp_path: Path) -> None:
    truth = json.loads((FIXTURES / "fixture-expected.json").read_text(encoding="utf-8"))
    plan(run, path)
    cards = {(card["anki"]["guid"], card["anki"]["ord"]): card for card in everything(run, tmp_path).values()}
    assert len(cards) == len(truth["cards"])
    for expected in truth["cards"]:
        card = cards[expected["note_guid"], expected["ord"]]
        state = card["state"]
        assert card["deck"] == expected.get("home_deck", expected["deck"])
        assert (state["suspended"], state["flag"]) == (expected["queue"] == "suspended", expected["flags"])
        given = [row["id"] for row in truth["revlog"] if row["card"] == expected["id"] and row["ease"]]
        assert len(card["reviews"]) == len(given)
        if expected["type_n"] == 2:
            assert (state["due"], state["interval_days"]) == (expected["due_on"], expected["ivl"])
            assert round(state["ease"] * 1000) == (expected["factor"] or 2500)


@needs_fixtures
def test_what_every_format_holds_is_the_same_card(run: Runner, home: Path) -> None:
    plan(run, FIXTURES / "fixture-apkg-legacy-plain.apkg")
    for path in WITH_SCHEDULE:
        assert plan(run, path)["new"] == 0
    with closing(sqlite3.connect(home / "flashnotes.db")) as database:
        assert database.execute("SELECT count(*) FROM review").fetchone() == (240,)
        assert database.execute("SELECT count(*) FROM wrong_state").fetchone() == (0,)


@needs_fixtures
def test_pictures_are_kept_by_their_content(run: Runner, home: Path) -> None:
    plan(run, FIXTURES / "fixture-colpkg-latest.colpkg", "--dry-run")
    assert not (home / "media").exists()
    plan(run, FIXTURES / "fixture-colpkg-latest.colpkg")
    kept = {path.name for path in (home / "media").iterdir()}
    assert len(kept) == 2
    told = run("cards", "--json").out
    decks = "".join(path.read_text(encoding="utf-8") for path in (home / "decks").iterdir())
    assert told
    assert all(f"media/{name}" in decks for name in kept)


@needs_fixtures
def test_an_edit_of_a_strangers_card_made_in_anki_is_followed(
    run: Runner, tmp_path: Path, home: Path
) -> None:
    package = tmp_path / "p.apkg"
    package.write_bytes((FIXTURES / "fixture-apkg-legacy-sched.apkg").read_bytes())
    plan(run, package)
    edit_package(package, "UPDATE notes SET flds = replace(flds, 'Question 57', 'Question 57b')")
    assert plan(run, package)["changed"] == 1
    assert plan(run, package)["changed"] == 0


# Refusals


def test_the_same_card_under_another_identity_is_linked(run: Runner, package: Path, home: Path) -> None:
    refs = "replace(replace(replace(flds, 'c0', ''), 'c1', ''), 'c2', '')"
    edit_package(package, f"UPDATE notes SET guid = 'x' || id, flds = {refs}")
    described = plan(run, package)
    assert (described["same"], described["new"]) == (3, 0)
    assert (home / "decks" / "basics.yaml").read_text(encoding="utf-8").count("guid: x") == 3


def refused(run: Runner, home: Path, path: Path) -> bool:
    """Whatever the package holds: words, and all of it or nothing; whether it was nothing."""
    around = sorted(home.parent.iterdir())
    ran = run("import", "--yes", str(path))
    assert ran.status in (0, 1)
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.out + ran.err
    if ran.status:
        assert path.name in ran.err
        assert not list(home.rglob("*.yaml"))
        assert not (home / "media").exists()
    assert {path.parent for path in home.rglob("*") if path.is_file()} <= {
        home, home / "decks", home / "media", home / "backups", home / "cache",
    }  # fmt: skip
    assert not [path for path in home.rglob("*") if path.suffix in (".tmp", ".new")]
    assert set(home.parent.iterdir()) - set(around) <= {home}
    if not ran.status:
        assert json.loads(run("import", "--yes", "--json", str(path)).out)["new"] == 0
    return bool(ran.status)


@pytest.mark.skipif(not CORRUPT.is_dir(), reason="the damaged packages are not beside the project")
@pytest.mark.parametrize("path", sorted(CORRUPT.glob("*")), ids=lambda path: path.name)
def test_a_damaged_package_is_told_in_words(run: Runner, home: Path, path: Path) -> None:
    refused(run, home, path)


@pytest.mark.skipif(
    not GENERATOR.is_file(), reason="the generator of hostile packages is not beside the project"
)
def test_hostile_packages(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is over 8 MiB and unpacks to 200 times its size is cut off there: 64 MiB do what a gigabyte does.
    source = GENERATOR.read_text(encoding="utf-8").replace("range(1024)", "range(64)")
    source = source.replace("notes=20000", "notes=2000")
    done = subprocess.run(
        [sys.executable, "-c", source, str(tmp_path / "hostile")], capture_output=True, check=False
    )
    assert done.returncode == 0
    cases = json.loads((tmp_path / "hostile" / "manifest.json").read_text(encoding="utf-8"))
    home = tmp_path / "homes" / "first" / "home"
    for number, case in enumerate(cases):
        home.parent.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv("FLASHNOTES_HOME", str(home))
        is_refused = refused(run, home, tmp_path / "hostile" / case["file"])
        # One damaged row is left out and counted; a picture that no card names is never unpacked.
        if case["expect"] == "reject" and case["cls"] != "data" and case["file"] != "bomb-media.apkg":
            assert not list(home.rglob("*.yaml")), case
        if not is_refused:
            # A home in which nothing was left is as good as new for the next package.
            home = tmp_path / "homes" / str(number) / "home"
    assert not Path("/tmp/CANARY_SLIP").exists()


@needs_fixtures
def test_without_zstandard_the_box_to_tick_is_named(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("compression") is not None:
        pytest.skip("this Python reads Zstandard by itself")
    for name in ("backports.zstd", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    ran = run("import", "--yes", str(FIXTURES / "fixture-apkg-latest-sched.apkg"))
    assert ran.status == 1
    assert "Support older Anki versions" in ran.err


def test_a_package_that_is_not_there(run: Runner, tmp_path: Path) -> None:
    ran = run("import", "--yes", str(tmp_path / "none.apkg"))
    assert ran.status == 1
    assert "none.apkg" in ran.err


def test_the_deck_can_be_named(
    run: Runner, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASHNOTES_HOME", str(tmp_path / "fresh"))
    plan(run, package, "--yes", "--deck", "Mine")
    assert {card["deck"] for card in everything(run, tmp_path).values()} == {"Mine"}
    assert "Basics" in DECK


# What an export keeps and tells


def test_a_tag_given_here_does_not_keep_an_edit_made_in_anki_out(
    run: Runner, package: Path, home: Path, tmp_path: Path
) -> None:
    """The base of the merge is the text that was exported, not all of the note."""
    edit_package(package, EDIT_IN_ANKI)
    edit_deck(home, "back: eins", "back: eins, tags: [mine]")
    described = plan(run, package)
    assert (described["changed"], described["kept"]) == (1, 0)
    assert everything(run, tmp_path)["c0"]["back"] == "**uno**"


def test_a_clock_that_was_wrong_in_anki_hides_no_edit(
    run: Runner, package: Path, home: Path, tmp_path: Path
) -> None:
    edit_package(package, EDIT_IN_ANKI.replace("mod + 60", "1"))
    edit_deck(home, "eins", "un")
    assert plan(run, package)["kept"] == 1
    edit_deck(home, "back: un", "back: eins")
    assert plan(run, package)["changed"] == 1


def test_cards_that_are_gone_are_listed_for_removal_in_anki(
    run: Runner, package: Path, home: Path, tmp_path: Path
) -> None:
    assert "removed" not in run("export", str(tmp_path / "again.apkg")).out
    deck = home / "decks" / "basics.yaml"
    lines = deck.read_text(encoding="utf-8").splitlines()
    start = next(place for place, line in enumerate(lines) if "c1" in line)
    end = next(place for place, line in enumerate(lines) if "c2" in line)
    deck.write_text("\n".join((*lines[:start], *lines[end:])) + "\n", encoding="utf-8")
    told = run("export", str(tmp_path / "again.apkg")).out
    assert "To be removed in Anki" in told
    assert "  Ref:c1  two" in told
