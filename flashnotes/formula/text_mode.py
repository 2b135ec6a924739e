r"""Upright text inside formulas: `\text{…}` and its kin, with spaces kept and formulas inside it read."""

# ruff: noqa: S105 - a token of LaTeX is no password

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from flashnotes.formula.problem import Problem
from flashnotes.formula.symbols import ATOMS
from flashnotes.formula.tree import ORD, Group, Node, Operator, Scripts, Space, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashnotes.formula.command import Parser

_QUOTES: Final = {"``": "“", "''": "”", "`": "‘", "'": "’"}
_ACCENTS: Final = {
    "\\'": "\u0301",
    "\\`": "\u0300",
    "\\^": "\u0302",
    '\\"': "\u0308",
    "\\~": "\u0303",
    "\\=": "\u0304",
}
_SPACES: Final = {
    "\\ ": " ",
    "~": " ",
    "\\,": " ",
    "\\;": " ",
    "\\:": " ",
    "\\quad": "  ",
    "\\qquad": "    ",
    "\\\\": " ",
}
_IN_MATHS: Final = frozenset(["\\(", "$"])
_SILENT: Final = frozenset(
    [
        "\\!",
        "\\/",
        "\\bf",
        "\\it",
        "\\rm",
        "\\sf",
        "\\tt",
        "\\em",
        "\\small",
        "\\large",
        "\\scriptsize",
        "\\footnotesize",
        "\\displaystyle",
        "\\textstyle",
        "\\normalsize",
        "\\tiny",
        "\\Large",
        "\\itshape",
        "\\bfseries",
        "\\sc",
        "\\-",
    ]
)


class _Pieces:
    """Text and formulas in turn, text joined."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def add(self, piece: str | Node) -> None:
        if not isinstance(piece, str):
            self.nodes.append(piece)
        elif self.nodes and isinstance(self.nodes[-1], Text):
            joined = self.nodes[-1].text + piece
            self.nodes[-1] = Text(joined[:-1] if joined.endswith("  ") and piece == " " else joined)
        else:
            self.nodes.append(Text(piece))

    def node(self) -> Node:
        if len(self.nodes) == 1:
            return self.nodes[0]
        return Group(tuple(self.nodes)) if self.nodes else Text("")


def text(font: str, parser: Parser) -> Node:
    """An argument read as text."""
    if parser.peek() != "{":
        token = parser.tokens[parser.place]
        if not token:
            raise Problem("a text is missing at the end")
        parser.place += 1
        return Text(_plain(token) or token)
    parser.place += 1
    parser.deeper()
    pieces = _Pieces()
    _read(parser, pieces)
    parser.depth -= 1
    return pieces.node()


def _read(parser: Parser, pieces: _Pieces) -> None:
    """Read up to the closing brace of the text."""
    open_braces = 1
    while True:
        token = parser.tokens[parser.place]
        if not token:
            raise Problem("a { is not closed")
        parser.place += 1
        if token in ("{", "}"):
            open_braces += 1 if token == "{" else -1
            if not open_braces:
                return
        elif token in _IN_MATHS:
            pieces.add(_formula(parser, "\\)" if token == "\\(" else "$"))
        else:
            _add_token(parser, pieces, token)


def _add_token(parser: Parser, pieces: _Pieces, token: str) -> None:
    plain = _plain(token)
    if plain is not None:
        pieces.add(plain)
    elif token in TEXT_COMMANDS:
        inner = TEXT_COMMANDS[token](parser)
        pieces.add(inner.text if isinstance(inner, Text) else inner or "")
    elif token in _ACCENTS:
        base = parser.argument()
        pieces.add((base.text if isinstance(base, Symbol) else "") + _ACCENTS[token])
    elif token in _SILENT:
        return
    else:
        parser.place -= 1
        pieces.add(parser.argument())


def _plain(token: str) -> str | None:
    if token in _SPACES:
        return _SPACES[token]
    if token in _QUOTES:
        return _QUOTES[token]
    if token[0] != "\\":
        return token
    if token in ("\\", "\\{", "\\}", "\\%", "\\$", "\\&", "\\#", "\\_"):
        return token[-1]
    atom = ATOMS.get(token)
    return atom.text if isinstance(atom, Symbol) else None


def _formula(parser: Parser, closing: str) -> Node:
    """The formula inside a text, after its opening dollar sign."""
    start = parser.place
    items = list(parser.items())
    if not parser.accept(closing) and parser.peek() != "":
        # A lone dollar sign is money.
        parser.place = start
        return Text("$")
    return Group(tuple(items))


def named(body: Node) -> Node:
    r"""`body` as one operator if it is made of letters, names and spaces alone, as in `{\arg \max}`."""
    if isinstance(body, Group) and len(body.items) == 1:
        return body.items[0]
    if isinstance(body, Group):
        words: list[str] = []
        for item in body.items:
            word = _letters(item)
            if word is None:
                return body
            words.append(f" {word} " if isinstance(item, Operator) else word)
        name = " ".join("".join(words).split())
        return Operator(name, True) if len(name) > 1 else body
    if isinstance(body, Text):
        return Operator(body.text.strip(), True)
    return body


def _letters(item: Node) -> str | None:
    if isinstance(item, (Operator, Text)):
        return item.text
    if isinstance(item, Space):
        return " " * min(item.cells, 1)
    if isinstance(item, Symbol) and (item.text in "-−" or item.kind == ORD):
        return "-" if item.text in "-−" else item.text
    return None


def _script(up: bool, parser: Parser) -> Node:
    body = text("rm", parser)
    return Scripts(Group(()), None if up else body, body if up else None)


_NAMES: Final = """
text textrm textnormal textit textbf texttt textsf textup textsc textmd textsl emph mbox hbox mathtext intertext
shortintertext textsuperscript_ texttiny textstyletext makebox parbox verb textlf tiny_ operatornametext url
"""

TEXT_COMMANDS: Final[dict[str, Callable[[Parser], Node | None]]] = {
    **{f"\\{name}": partial(text, "rm") for name in _NAMES.split()},
    "\\textsuperscript": partial(_script, True),
    "\\textsubscript": partial(_script, False),
}
