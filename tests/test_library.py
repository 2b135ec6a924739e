"""The home's decks in step with the store's mirror of them."""

from pathlib import Path

from tests.conftest import Runner


def test_a_deck_file_that_cannot_be_looked_at_is_told_and_stops_nothing(
    run: Runner, home_with_deck: Path
) -> None:
    (home_with_deck / "decks" / "b.yaml").symlink_to(home_with_deck / "nowhere")
    ran = run("due")
    assert ran.status == 0
    assert "Basics" in ran.out
    assert ran.err.count("\n") == 1
    assert "b.yaml" in ran.err


def test_a_deck_that_cannot_be_looked_at_any_more_stays_as_it_was_read(
    run: Runner, home_with_deck: Path
) -> None:
    run("due")
    deck = home_with_deck / "decks" / "basics.yaml"
    deck.unlink()
    deck.symlink_to(home_with_deck / "nowhere")
    assert len(run("cards").out.splitlines()) == 3
