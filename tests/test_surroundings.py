"""What a note tells of its terms."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from flashnotes.notes import parse_note
from flashnotes.surroundings import RUN_ON, RUNS_ON, setting_of

PARAGRAPHS = st.lists(
    st.builds(str.__mul__, st.sampled_from(("的", "a", "词 ", "of ")), st.integers(1, 2 * RUN_ON)), max_size=6
)


@given(PARAGRAPHS)
@example(["的" * (RUN_ON // 2), "的" * (RUN_ON // 2 + 1)])
@example(["a" * RUN_ON, "a" * (RUN_ON + 1)])
def test_a_note_runs_on_where_most_of_its_prose_does(paragraphs: list[str]) -> None:
    note = parse_note("\n\n".join(paragraphs), path="n.md")
    widths = [sum(2 if character > "\u3fff" else 1 for character in text.strip()) for text in paragraphs]
    assert (RUNS_ON in setting_of(note).traits) == (
        2 * sum(width for width in widths if width > RUN_ON) > sum(widths)
    )
