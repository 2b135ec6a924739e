"""Hypothesis: decks of nasty text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from flashnotes.models import AnkiRef, Card, CardId, CardKind, Deck, Rejected, Source

HARD_WORDS = (
    *("no", "1:30", "2026-01-01", "007", "1e3", "~", "<<", "=", "null", ".inf", "0x1F", "1_000", "Yes"),
    *(
        "$$\\delta: x$$",
        "it's: \\x",
        "a\n b",
        " a\nb",
        "a\n  ",
        "|-",
        "---",
        "...",
        "- x",
        "? x",
        "a #b",
        "'",
        '"',
    ),
    *(
        "C: \\new",
        "*bold*",
        "&amp",
        "!x",
        "%d",
        "@u",
        "`code`",
        "{a}",
        "[x]",
        "x\n\n\ny",
        "\ta",
        "a\t#b",
        "：",
        "x:",
    ),
)
_MARKS = "ab \n\t'\"\\:#-?[]{},&*!|>%@`~=<.0123456789\r\x85\u2028\ufeff：é\x1b甲"

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
hard_text = st.one_of(st.sampled_from(HARD_WORDS), st.text(_MARKS, min_size=1, max_size=12), any_text)
sides = hard_text.filter(str.strip)
names = hard_text.map(str.strip).filter(lambda name: name != "" and "\n" not in name and len(name) < 200)
sources = st.builds(
    Source, hard_text.filter(lambda path: ":" not in path), st.none() | st.integers(1, 99_999)
)


def _deck(name: str, bodies: list[Card], rejected: list[str]) -> Deck:
    cards = tuple(replace(body, id=CardId(f"c{place}")) for place, body in enumerate(bodies))
    return Deck(
        name, cards, tuple(Rejected(CardId(f"r{place}"), text) for place, text in enumerate(rejected))
    )


bodies = st.builds(
    Card,
    st.just(CardId("")),
    st.sampled_from(CardKind),
    sides,
    sides,
    st.lists(hard_text, max_size=3).map(tuple),
    st.lists(hard_text, max_size=3).map(tuple),
    st.none() | sources,
    st.none() | hard_text,
    st.booleans(),
    st.none() | st.builds(AnkiRef, hard_text, st.integers(0, 99)),
)
decks = st.builds(_deck, names, st.lists(bodies, max_size=4), st.lists(any_text, max_size=2))
