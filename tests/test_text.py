"""Text as it is compared: Unicode's normal form, whatever short cut is taken to it."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from flashnotes.text import ascii_words, fold, squash

MIXED = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aeA=<，：（）…～①’“的词かカ\u0301\u0308\u0338\u3099\u1100\u1161\u11a8"),
    )
)
"""Marks that join the letter before them among Chinese, full-width and composed characters."""


@given(MIXED)
@example("cafe\u0301：ｆｕｌｌ…")
@example("的\u0301")
@example("，\u0338")
@example("\u1100\u1161\u11a8，か\u3099")
def test_folding_composes_compatibility_forms(text: str) -> None:
    composed = unicodedata.normalize("NFKC", text).split()
    assert fold(text) == " ".join(composed).casefold()
    assert squash(text) == "".join(composed).casefold()


def test_words_of_ascii_are_parted_by_what_is_no_letter_figure_or_underscore() -> None:
    assert ascii_words("It's we_2, (WE)!") == [b"it", b"s", b"we_2", b"we"]


@given(st.text(st.sampled_from("weWE_2's, .-")))
def test_words_of_ascii_are_those_of_a_pattern(text: str) -> None:
    assert ascii_words(text) == [word.lower().encode() for word in re.findall(r"\w+", text)]
