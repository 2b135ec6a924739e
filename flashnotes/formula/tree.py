"""The tree of a formula: one type a construct.

The types are named tuples, not dataclasses: a formula is read many times a second and its module is loaded by
commands that must start at once, and both cost a third of what dataclasses cost.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

ORD: Final = 0
OP: Final = 1
BIN: Final = 2
REL: Final = 3
OPEN: Final = 4
CLOSE: Final = 5
PUNCT: Final = 6
"""The classes of atoms of The TeXbook, chapter 17, that decide the spacing; inner atoms count as ordinary."""

BESIDE: Final = 0
LIMITS: Final = 1
STACKED: Final = 2
"""Where scripts stand: beside; under and over unless inside a script (limits); always under and over."""


class Symbol(NamedTuple):
    """A character or an upright word."""

    text: str
    kind: int


class Operator(NamedTuple):
    """A named function or a large operator."""

    text: str
    limits: bool


class Text(NamedTuple):
    """Upright text with its spaces."""

    text: str


class Group(NamedTuple):
    """Items between braces."""

    items: tuple[Node, ...]


class Scripts(NamedTuple):
    """A base with what stands under and over it."""

    base: Node
    sub: Node | None
    sup: Node | None
    place: int = BESIDE


class Fraction(NamedTuple):
    """One thing over another; without a bar it is a binomial coefficient."""

    over: Node
    under: Node
    bar: bool = True


class Root(NamedTuple):
    body: Node
    degree: Node | None


class Accent(NamedTuple):
    """A mark above or below: `name` is the command's, without the backslash."""

    body: Node
    name: str


class Fenced(NamedTuple):
    """What stands between delimiters that grow with it; an empty delimiter is not drawn."""

    left: str
    parts: tuple[Node, ...]
    middles: tuple[str, ...]
    right: str


class Delimiter(NamedTuple):
    """One delimiter that grows with its neighbours."""

    text: str
    kind: int


class Table(NamedTuple):
    """Rows of cells. `columns` has l, c, r a column and `|` for a rule; `rules` are the rows under a line."""

    rows: tuple[tuple[Node, ...], ...]
    columns: str
    look: str
    rules: tuple[int, ...] = ()


class Space(NamedTuple):
    cells: int


class Phantom(NamedTuple):
    """Room for what is not shown."""

    body: Node


class Struck(NamedTuple):
    """Struck through."""

    body: Node


class Boxed(NamedTuple):
    """In a frame."""

    body: Node


class Tag(NamedTuple):
    """The number of an equation, with its brackets."""

    text: str


class Unknown(NamedTuple):
    """A command that we do not know, as written."""

    source: str


Node: TypeAlias = (
    Symbol
    | Operator
    | Text
    | Group
    | Scripts
    | Fraction
    | Root
    | Accent
    | Fenced
    | Delimiter
    | Table
    | Space
    | Phantom
    | Struck
    | Boxed
    | Tag
    | Unknown
)

EMPTY: Final = Group(())


def kind_of(node: Node) -> int:
    """The class that decides the spacing around `node`."""
    while isinstance(node, (Scripts, Accent)):
        node = node.base if isinstance(node, Scripts) else node.body
    if isinstance(node, (Symbol, Delimiter)):
        return node.kind
    return OP if isinstance(node, Operator) else ORD
