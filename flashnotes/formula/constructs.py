"""Commands that build: fractions, roots, delimiters, what stands above or below, each from its arguments."""
# ruff: noqa: S105 - a token of LaTeX is no password

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.effects import dimension
from flashnotes.formula.problem import Problem
from flashnotes.formula.symbols import ATOMS, DELIMITERS
from flashnotes.formula.text_mode import named
from flashnotes.formula.tree import (
    CLOSE,
    EMPTY,
    LIMITS,
    OPEN,
    ORD,
    REL,
    STACKED,
    Accent,
    Delimiter,
    Fenced,
    Fraction,
    Group,
    Node,
    Operator,
    Root,
    Scripts,
    Symbol,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.formula.command import Parser

# fractions and roots


def fraction(parser: Parser) -> Node:
    over = parser.argument()
    return Fraction(over, parser.argument())


def continued_fraction(parser: Parser) -> Node:
    parser.optional_source()
    return fraction(parser)


def binomial(parser: Parser) -> Node:
    over = parser.argument()
    return fenced("(", Fraction(over, parser.argument(), bar=False), ")")


def general_fraction(parser: Parser) -> Node:
    left, right, thickness = (parser.source().strip() for _ in range(3))
    parser.source()
    over = parser.argument()
    bare = thickness.startswith("0")
    return (
        fenced(left, Fraction(over, parser.argument(), bar=not bare), right)
        if left or right
        else Fraction(over, parser.argument(), bar=not bare)
    )


def fenced(left: str, body: Node, right: str) -> Node:
    return Fenced(DELIMITERS.get(left, left), (body,), (), DELIMITERS.get(right, right))


def root(parser: Parser) -> Node:
    index = parser.optional()
    return Root(parser.argument(), index)


def root_of(parser: Parser) -> Node:
    index = []
    while parser.peek() not in ("\\of", ""):
        index.append(parser.argument())
    parser.expect("\\of", "\\root has no \\of")
    return Root(parser.argument(), Group(tuple(index)))


def split(left: str, right: str, bar: bool, parser: Parser, over: Node) -> Node:
    fraction = Fraction(over, Group(tuple(parser.items())), bar)
    return fenced(left, fraction, right) if left else fraction


def split_with_bar(parser: Parser, over: Node) -> Node:
    dimension(parser)
    return split("", "", True, parser, over)


def atop(parser: Parser, over: Node) -> Node:
    return Table(((over,), (Group(tuple(parser.items())),)), "c", "substack")


INFIX: Final[dict[str, Callable[[Parser, Node], Node]]] = {
    "\\over": partial(split, "", "", True),
    "\\atop": atop,
    "\\choose": partial(split, "(", ")", False),
    "\\brack": partial(split, "[", "]", False),
    "\\brace": partial(split, "\\{", "\\}", False),
    "\\above": split_with_bar,
}
"""Commands that stand between what is over and what is under."""


# delimiters


def delimiter(parser: Parser) -> str:
    token = parser.peek()
    if not token:
        raise Problem("a delimiter is missing at the end")
    parser.place += 1
    if token == "{" and parser.tokens[parser.place + 1 : parser.place + 2] == ["}"]:
        token = parser.tokens[parser.place]
        parser.place += 2
    if token in DELIMITERS:
        return DELIMITERS[token]
    atom = ATOMS.get(token)
    if isinstance(atom, Symbol) and len(atom.text) == 1:
        return atom.text
    raise Problem(f"{token} is no delimiter")


def left(parser: Parser) -> Node:
    left = delimiter(parser)
    parts = [Group(tuple(parser.items()))]
    middles = []
    while parser.accept("\\middle"):
        middles.append(delimiter(parser))
        parts.append(Group(tuple(parser.items())))
    parser.expect("\\right", f"\\left{left} has no \\right")
    return Fenced(left, tuple(parts), tuple(middles), delimiter(parser))


def sized(kind: int | None, parser: Parser) -> Node:
    text_ = delimiter(parser)
    if kind is None:
        atom = ATOMS.get(text_)
        kind = atom.kind if isinstance(atom, Symbol) else {"{": OPEN, "}": CLOSE}.get(text_, ORD)
    return Delimiter(text_, kind) if text_ else EMPTY


def pair(left: str, right: str, parser: Parser) -> Node:
    return Fenced(left, (parser.argument(),), (), right)


# one thing above or below another

_LONG: Final = frozenset(["overline", "underline", "underbar", "overrightarrow", "overleftarrow"])


def accent(name: str, parser: Parser) -> Node:
    """An accent; one over a letter with scripts sits on the letter, where it can be seen to belong."""
    body = parser.argument()
    letter = body.base if isinstance(body, Scripts) else None
    if isinstance(letter, Symbol) and len(letter.text) == 1 and MARKS[name].combining and name not in _LONG:
        return body._replace(base=Accent(letter, name)) if isinstance(body, Scripts) else body
    return Accent(body, name)


def over(parser: Parser) -> Node:
    above = parser.argument()
    return Scripts(named(parser.argument()), None, above, STACKED)


def under(parser: Parser) -> Node:
    below = parser.argument()
    return Scripts(named(parser.argument()), below, None, STACKED)


def over_and_under(parser: Parser) -> Node:
    above, below = parser.argument(), parser.argument()
    return Scripts(named(parser.argument()), below, above, STACKED)


def build_relation(parser: Parser) -> Node:
    above = []
    while parser.peek() not in ("\\over", ""):
        above.append(parser.argument())
    parser.expect("\\over", "\\buildrel has no \\over")
    return Scripts(parser.argument(), None, Group(tuple(above)), STACKED)


def arrow(shape: str, parser: Parser) -> Node:
    below = parser.optional()
    above = parser.argument()
    empty = isinstance(above, Group) and not above.items
    return Scripts(Symbol(shape, REL), below, None if empty else above, STACKED)


def sideset(parser: Parser) -> Node:
    before, after = parser.argument(), parser.argument()
    symbol = parser.argument()
    if isinstance(after, Scripts):
        after = Scripts(symbol, after.sub, after.sup)
        return Group((before, after))
    return Group((before, symbol, after))


def prescript(parser: Parser) -> Node:
    above, below = parser.argument(), parser.argument()
    return Group((Scripts(EMPTY, below, above), parser.argument()))


def mathop(parser: Parser) -> Node:
    body = named(parser.argument())
    if isinstance(body, Operator):
        return Operator(body.text, True)
    if isinstance(body, Symbol):
        return Operator(body.text, True)
    return Scripts(body, None, None, LIMITS)


def operator_name(parser: Parser) -> Node:
    limits = parser.accept("*")
    font = parser.font
    parser.restore_font("rm")
    name = named(parser.argument())
    parser.restore_font(font)
    if isinstance(name, (Symbol, Operator)):
        return Operator(name.text, limits)
    return Scripts(name, None, None, LIMITS) if limits else name
