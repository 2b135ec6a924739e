"""An offer of an import as rows: one in the list, all of it beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from flashnotes.importing import Pick, Status
from flashnotes.importing.similar import difference
from flashnotes.screen_text import one_line
from flashnotes.tui.faces import answer_rows
from flashnotes.tui.render import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flashnotes.importing import Choosing, Offer
    from flashnotes.importing.choosing import Like
    from flashnotes.markdown import Maths

_MARKS = {
    Pick.LEAVE: "[ ]",
    Pick.TAKE: "[x]",
    Pick.OTHER: "[+]",
    Pick.NEVER: "[-]",
    Pick.JOINED: "[m]",
}
_WORDS = {
    Status.CHANGED: "chng",
    Status.MOVED: "move",
    Status.RETIRED: "gone",
    Status.UNCERTAIN: "ask ",
    Status.KEPT: "mine",
}
"""Four letters in the column of the score."""
_SIGNS = {"-": ("-", "$text-error strike"), "+": ("+", "$text-success underline"), " ": ("", "")}


def list_row(offer: Offer) -> Content:
    """Check box, score or what it is, and front."""
    word = _WORDS.get(offer.entry.status, f"{offer.entry.score:.2f}")
    style = "" if offer.is_chosen else "dim"
    edited = "*" if offer.is_edited else " "
    return Content.styled(f"{_MARKS[offer.pick]}{edited}{word} {one_line(offer.card.front)}", style)


def offer_rows(
    offer: Offer, choosing: Choosing, passage: Sequence[tuple[int, str]], maths: Maths, width: int
) -> list[Content]:
    """The card in full, why it is offered, what it differs from, and its passage."""
    entry = offer.entry
    rule = entry.candidate.rule if entry.candidate else ""
    told = "" if rule and rule in entry.reason else rule
    what = (str(entry.status), str(offer.card.kind), told, f"{entry.score:.2f}", one_line(entry.deck))
    rows = [*wrapped(Content.styled(" · ".join(filter(None, what)), "dim"), width)]
    rows += [*answer_rows(offer.card, None, maths, width), Content("")]
    if offer.card.aliases:
        rows += wrapped(Content.styled("also: " + one_line(", ".join(offer.card.aliases)), "dim"), width)
    rows += wrapped(Content.styled(one_line(_told(offer)), "$text-warning"), width)
    for like in choosing.likes(offer):
        rows += _like_rows(offer, like, width)
    return [*rows, *_passage_rows(offer, passage, width)]


def _told(offer: Offer) -> str:
    """What is to be known before deciding."""
    ways = {
        Pick.NEVER: "never again: not offered while its passage stays the same",
        Pick.JOINED: f"joined with {offer.into.card.front}" if offer.into else "joined",
    }
    if offer.pick in ways:
        return ways[offer.pick]
    if offer.entry.status is Status.UNCERTAIN and offer.entry.instead is not None:
        meaning = {
            Pick.LEAVE: "not decided: space goes through the answers",
            Pick.OTHER: "a card of its own",
            Pick.TAKE: "it is that card, which keeps its reviews",
        }
        return f"{offer.entry.reason}; {meaning[offer.pick]}"
    if offer.entry.status is Status.KEPT:
        return f"{offer.entry.reason}; " + (
            "the note's text is taken" if offer.pick is Pick.OTHER else "yours stays"
        )
    return offer.entry.reason


def _like_rows(offer: Offer, like: Like, width: int) -> Iterable[Content]:
    """Another card of the same term, and what differs: - only there, + only here."""
    head = Content.styled(f"the same term in {one_line(like.where)}; - there, + here:", "dim")
    front = difference(one_line(like.front), one_line(offer.card.front))
    back = difference(one_line(like.back), one_line(offer.card.back))
    parts = [] if like.front == offer.card.front else [*front, (" ", " → ")]
    shown = Content("").join(
        [
            Content.styled(f"{_SIGNS[sign][0]}{text}{_SIGNS[sign][0]}", _SIGNS[sign][1])
            for sign, text in (*parts, *back)
        ]
    )
    return [*wrapped(head, width), *wrapped(shown, width)]


def _passage_rows(offer: Offer, passage: Sequence[tuple[int, str]], width: int) -> Iterable[Content]:
    source = offer.card.source
    if source is None:
        return []
    headings = offer.entry.candidate.headings if offer.entry.candidate else ()
    where = " > ".join((str(source), *headings))
    rows = [Content(""), *wrapped(Content.styled(one_line(where), "bold dim"), width)]
    for line, text in passage:
        number = "›" if line == source.line else " "
        rows += wrapped(Content.styled(f"{number} {one_line(text)}", "dim"), width)
    return rows
