"""Commands that change how something looks, leave room, number or drop it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flashnotes.formula.problem import Problem
from flashnotes.formula.text_mode import text
from flashnotes.formula.tokens import tokenize, visible
from flashnotes.formula.tree import (
    CLOSE,
    EMPTY,
    OPEN,
    ORD,
    PUNCT,
    Boxed,
    Fenced,
    Fraction,
    Group,
    Node,
    Operator,
    Phantom,
    Scripts,
    Space,
    Struck,
    Symbol,
    Tag,
    Text,
)

if TYPE_CHECKING:
    from flashnotes.formula.command import Parser

_DIMENSION: Final = re.compile(r"\s*=?\s*([-+]?)\s*(\d*\.?\d*)\s*(pt|em|ex|mm|cm|in|mu|bp|sp|pc|dd|cc|px)?\b")
_CELLS_OF: Final = {"pt": 0.13, "em": 1.6, "ex": 0.8, "mm": 0.4, "cm": 4.0, "in": 10.0, "mu": 0.09, "px": 0.1}


# letters


def font(font: str, parser: Parser) -> Node:
    before = parser.font
    parser.switch_font(font)
    body = parser.argument()
    parser.restore_font(before)
    return word(body)


def word(body: Node) -> Node:
    if isinstance(body, Group) and len(body.items) > 1:
        letters = [item.text for item in body.items if isinstance(item, Symbol) and item.text.isalnum()]
        if len(letters) == len(body.items):
            return Symbol("".join(letters), ORD)
    return body


def switch(font: str, parser: Parser) -> None:
    parser.switch_font(font)


def of_kind(kind: int, parser: Parser) -> Node:
    body = parser.argument()
    if isinstance(body, Group) and len(body.items) == 1:
        body = body.items[0]
    return Symbol(body.text, kind) if isinstance(body, (Symbol, Operator)) else body


def negated(parser: Parser) -> Node:
    body = parser.argument()
    if isinstance(body, Group) and body.items:
        body = body.items[0]
    if isinstance(body, (Symbol, Operator)):
        from unicodedata import normalize

        kind = body.kind if isinstance(body, Symbol) else ORD
        return Symbol(normalize("NFC", body.text[0] + "\u0338") + body.text[1:], kind)
    return Struck(body)


# space


def space(cells: int, parser: Parser) -> Node:
    return Space(cells)


def dimension(parser: Parser) -> int:
    r"""Take a length as TeX writes it, `3pt` or `\textwidth`; answer its cells."""
    start = parser.place
    rest = "".join(parser.tokens[start : start + 12])
    match = _DIMENSION.match(rest)
    if match is None or not match[2]:
        if parser.peek().startswith("\\"):
            parser.place += 1
        return 0
    taken = 0
    while taken < match.end():
        taken += len(parser.tokens[parser.place])
        parser.place += 1
    return cells_of(match)


def cells_of(match: re.Match[str]) -> int:
    """The cells of a length; what moves backwards takes none."""
    if match[1] == "-" or match[2] == ".":
        return 0
    return min(round(float(match[2] or 0) * _CELLS_OF.get(match[3] or "em", 1.0)), 8)


def horizontal_space(parser: Parser) -> Node:
    parser.accept("*")
    match = _DIMENSION.match(parser.source())
    return Space(cells_of(match) if match else 1)


def kern(parser: Parser) -> Node:
    return Space(dimension(parser))


def rule(parser: Parser) -> Node:
    parser.optional_source()
    width, height = (_DIMENSION.match(parser.source()) for _ in range(2))
    cells = cells_of(width) if width else 0
    return Symbol("▁" * cells, ORD) if cells and height else EMPTY


def phantom(parser: Parser) -> Node:
    return Phantom(parser.argument())


# what changes nothing that a terminal shows


def nothing(parser: Parser) -> None:
    return None


def drop(count: int, parser: Parser) -> None:
    parser.accept("*")
    parser.optional_source()
    for _ in range(count):
        parser.source()


def last_of(dropped: int, parser: Parser) -> Node:
    drop(dropped, parser)
    return parser.argument()


def color(parser: Parser) -> None:
    parser.optional_source()
    parser.source()


def choice(parser: Parser) -> Node:
    display = parser.argument()
    drop(3, parser)
    return display


# frames, tags, remainders


def struck(parser: Parser) -> Node:
    return Struck(parser.argument())


def cancel_to(parser: Parser) -> Node:
    value = parser.argument()
    return Scripts(Struck(parser.argument()), None, value)


def boxed(parser: Parser) -> Node:
    return Boxed(parser.argument())


def framed_text(parser: Parser) -> Node:
    return Boxed(text("rm", parser))


def tag(parser: Parser) -> Node:
    starred = parser.accept("*")
    body = text("rm", parser)
    label = " ".join(body.text.split()) if isinstance(body, Text) else ""
    if not label:
        return Group((Space(4), Symbol("(", OPEN), body, Symbol(")", CLOSE)))
    return Tag(label if starred else f"({label})")


def pmod(parser: Parser) -> Node:
    return Group((Space(1), Symbol("(", OPEN), Operator("mod", False), parser.argument(), Symbol(")", CLOSE)))


def mod(parser: Parser) -> Node:
    return Group((Space(2), Operator("mod", False), parser.argument()))


def derivative(sign: str, parser: Parser) -> Node:
    r"""`\dv{f}{x}`, or `\dv{x}` for the operator alone, of the physics package."""
    mark = Symbol(sign, ORD)
    first = parser.argument()
    if parser.peek() != "{":
        return Fraction(mark, Group((mark, first)))
    return Fraction(Group((mark, first)), Group((mark, parser.argument())))


def commutator(left: str, right: str, parser: Parser) -> Node:
    first = parser.argument()
    return Fenced(left, (Group((first, Symbol(",", PUNCT), parser.argument())),), (), right)


def spanning(parser: Parser) -> Node:
    r"""`\multicolumn{2}{c}{…}`: what it spans is left to its own column."""
    drop(2, parser)
    return parser.argument()


def pod(parser: Parser) -> Node:
    return Group((Space(1), Symbol("(", OPEN), parser.argument(), Symbol(")", CLOSE)))


def reference(parser: Parser) -> Node:
    return Text(f"({parser.source()})")


def chemistry(parser: Parser) -> Node:
    source = re.sub(r"(?<=[A-Za-z\])])(\d+)", r"_{\1}", parser.source())
    source = (
        source.replace("<=>", "\\rightleftharpoons ")
        .replace("->", "\\rightarrow ")
        .replace("<-", "\\leftarrow ")
    )
    return Group(tuple(parser.nested(tokenize(source))))


def character(parser: Parser) -> Node:
    source = parser.source()
    digits = source.lstrip('"xX0uU+') if not source.isdigit() else source
    base = 10 if source.isdigit() else 16
    try:
        shown = visible(chr(int(digits or "0", base)))
        return Symbol(shown, ORD) if shown.strip() else EMPTY
    except (ValueError, OverflowError):
        return Text(source)


def ket_bra(parser: Parser) -> Node:
    left, right = parser.argument(), parser.argument()
    return Group((Fenced("|", (left,), (), "⟩"), Fenced("⟨", (right,), (), "|")))


def inner_product(parser: Parser) -> Node:
    left, right = parser.argument(), parser.argument()
    return Fenced("⟨", (left, right), ("|",), "⟩")


def stray(parser: Parser) -> Node | None:
    raise Problem(f"{parser.tokens[parser.place - 1]} does not belong to anything before it")
