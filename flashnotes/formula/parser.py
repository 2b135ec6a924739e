"""LaTeX to the tree, by recursive descent over tokens."""

# ruff: noqa: S105 - a token of LaTeX is no password

from __future__ import annotations

from functools import lru_cache
from typing import Final

from flashnotes.formula.alphabets import styled
from flashnotes.formula.commands import COMMANDS, INFIX
from flashnotes.formula.environments import finish_rows, read_rows
from flashnotes.formula.macros import expand
from flashnotes.formula.problem import Problem
from flashnotes.formula.symbols import ATOMS
from flashnotes.formula.tokens import COMBINING, cleaned, tokenize
from flashnotes.formula.tree import (
    BESIDE,
    EMPTY,
    LIMITS,
    ORD,
    STACKED,
    Accent,
    Delimiter,
    Group,
    Node,
    Operator,
    Scripts,
    Space,
    Symbol,
    Unknown,
)

MAXIMUM_DEPTH: Final = 60
MAXIMUM_SCRIPTS: Final = 8
"""How often scripts may follow scripts without braces, which TeX refuses and notes contain."""

_STOPS: Final = frozenset(
    ["", "}", "&", "$", "\\\\", "\\cr", "\\newline", "\\tabularnewline", "\\right", "\\middle", "\\end"]
)
_NEXT_CELL: Final = frozenset(["&", "\\\\", "\\cr", "\\newline"])
_SCRIPTING: Final = frozenset(["_", "^", "'", "’", "\\limits", "\\nolimits", "\\displaylimits"])
_PRIMES: Final = ("", "′", "″", "‴", "⁗")
_LOUD: Final = frozenset(["bf", "cal", "frak", "sf"])
_BOLD: Final = {"cal": "bcal", "frak": "bfrak", "sf": "bsf", "bf": "bf", "rm": "bf", "it": "bf"}


@lru_cache(maxsize=32)
def _font_atoms(font: str) -> dict[str, Symbol | Operator]:
    if font in {"", "rm", "it"}:
        return ATOMS
    return {
        token: Symbol(styled(atom.text, font), atom.kind) if isinstance(atom, Symbol) else atom
        for token, atom in ATOMS.items()
    }


class Reading:
    """One reading of one formula: where it is, in which font, and the commands it did not know."""

    __slots__ = ("atoms", "depth", "font", "place", "tokens", "unknown")

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = [*tokens, ""]
        self.place = 0
        self.depth = 0
        self.font = ""
        self.atoms = ATOMS
        self.unknown: list[str] = []

    # moving on

    def peek(self) -> str:
        """The next token that is not a space."""
        while self.tokens[self.place] == " ":
            self.place += 1
        return self.tokens[self.place]

    def accept(self, token: str) -> bool:
        """Take the next token if it is `token`."""
        if self.peek() != token:
            return False
        self.place += 1
        return True

    def expect(self, token: str, problem: str) -> None:
        if not self.accept(token):
            raise Problem(problem)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise Problem(f"nested more than {MAXIMUM_DEPTH} deep")

    def switch_font(self, font: str) -> None:
        """Set the font for what follows; bold and another alphabet together are that alphabet in bold."""
        if self.font == "bf" and font in _BOLD:
            font = _BOLD[font]
        elif font == "bf" and self.font in _LOUD:
            font = _BOLD[self.font]
        self.restore_font(font)

    def restore_font(self, font: str) -> None:
        if font != self.font:
            self.font = font
            self.atoms = _font_atoms(font)

    # constructs

    def items(self) -> list[Node]:
        """Everything up to a token that ends a list."""
        self.deeper()
        font = self.font
        items: list[Node] = []
        tokens = self.tokens
        while True:
            token = tokens[self.place]
            node: Node | None = self.atoms.get(token)
            if node is not None:
                self.place += 1
                items.append(node)
            elif token == " ":
                self.place += 1
            elif token in _STOPS:
                break
            elif token in _SCRIPTING:
                self._attach_scripts(items)
            elif token in INFIX:
                self.place += 1
                items = [INFIX[token](self, Group(tuple(items)))]
            elif token in COMBINING and items:
                self.place += 1
                items[-1] = _marked(items[-1], token)
            else:
                node = self._construct(token)
                if node is not None:
                    items.append(node)
        self.restore_font(font)
        self.depth -= 1
        return items

    def group(self) -> Node:
        """What stands up to the closing brace; the opening one is taken."""
        items = self.items()
        if self.peek() in _NEXT_CELL:
            rows, rules = read_rows(self, items)
            items = [finish_rows(rows, rules)]
        self.expect("}", "a { is not closed")
        if len(items) == 1 and not (isinstance(items[0], (Symbol, Delimiter)) and items[0].kind != ORD):
            return items[0]
        return Group(tuple(items))

    def argument(self) -> Node:
        """An argument: a group in braces, or else one token."""
        token = self.peek()
        if token == "{":
            self.place += 1
            return self.group()
        if token in ("'", "’"):
            return self._primes()
        if token in _STOPS or token in _SCRIPTING or token in INFIX:
            raise Problem(
                "something is missing at the end" if not token else f"something is missing before {token}"
            )
        if token[0].isdigit() and len(token) > 1:
            self.tokens[self.place] = token[1:]
            token = token[0]
        else:
            self.place += 1
        node: Node | None = self.atoms.get(token)
        if node is None:
            self.deeper()
            self.place -= 1
            node = self._construct(token)
            self.depth -= 1
        return EMPTY if node is None else node

    def optional(self) -> Node | None:
        """An argument in brackets, if there is one."""
        source = self.optional_source()
        if source is None:
            return None
        items = self.nested(source)
        return items[0] if len(items) == 1 else Group(tuple(items))

    def nested(self, tokens: list[str]) -> list[Node]:
        """What `tokens` read as, one level further in."""
        inner = Reading(tokens)
        inner.depth = self.depth
        inner.restore_font(self.font)
        inner.deeper()
        items = inner.items()
        self.unknown += inner.unknown
        return items

    def optional_source(self) -> list[str] | None:
        """The tokens of an argument in brackets, if there is one."""
        if self.peek() != "[":
            return None
        depth = 0
        for place in range(self.place + 1, len(self.tokens) - 1):
            token = self.tokens[place]
            depth += (token == "{") - (token == "}")
            if depth < 0:
                return None
            if token == "]" and depth == 0:
                source = self.tokens[self.place + 1 : place]
                self.place = place + 1
                return source
        return None

    def source(self) -> str:
        """An argument as it is written, unread."""
        if not self.peek():
            raise Problem("something is missing at the end")
        if self.peek() != "{":
            self.place += 1
            return self.tokens[self.place - 1]
        start = self.place + 1
        depth = 0
        while True:
            token = self.tokens[self.place]
            if not token:
                raise Problem("a { is not closed")
            self.place += 1
            depth += (token == "{") - (token == "}")
            if depth == 0:
                return "".join(self.tokens[start : self.place - 1])

    def _construct(self, token: str) -> Node | None:
        self.place += 1
        if token == "{":
            return self.group()
        command = COMMANDS.get(token)
        if command is not None:
            return command(self)
        if len(token) > 1 and token[0] == "\\":
            self.unknown.append(token)
            return Unknown(token)
        return Symbol(styled(token, self.font), ORD)

    def _attach_scripts(self, items: list[Node]) -> None:
        base = items.pop() if items and not isinstance(items[-1], Space) else EMPTY
        scripts = Scripts(base, None, None, _place(base))
        if isinstance(base, Scripts) and base.sub is None and base.sup is None:
            scripts = base
        nested = 0
        while (token := self.peek()) in _SCRIPTING:
            before = scripts
            scripts = self._attached(scripts, token)
            nested += scripts.base is before
            if nested > MAXIMUM_SCRIPTS:
                raise Problem("too many scripts follow one another")
        if not items and base is EMPTY and scripts.sub is None and scripts.sup and _is_prime(scripts.sup):
            items.append(scripts.sup)
        else:
            items.append(scripts)

    def _attached(self, scripts: Scripts, token: str) -> Scripts:
        """`scripts` with one more; what has one already becomes the base."""
        if token in "'’":
            return scripts._replace(sup=_after(scripts.sup, self._primes()))
        self.place += 1
        if token == "_":
            scripts = Scripts(scripts, None, None) if scripts.sub is not None else scripts
            return scripts._replace(sub=self.argument())
        if token == "^":
            scripts = Scripts(scripts, None, None) if scripts.sup and not _is_prime(scripts.sup) else scripts
            return scripts._replace(sup=_after(scripts.sup, self.argument()))
        return scripts._replace(place=STACKED if token == "\\limits" else BESIDE)

    def _primes(self) -> Node:
        count = 0
        while self.peek() in ("'", "’"):
            self.place += 1
            count += 1
        return Symbol("⁗" * (count // 4) + _PRIMES[count % 4], ORD)


def _marked(node: Node, mark: str) -> Node:
    """`node` with a combining mark that was written after it."""
    return (
        Symbol(node.text + mark, node.kind) if isinstance(node, Symbol) else Group((node, Symbol(mark, ORD)))
    )


def _place(base: Node) -> int:
    if isinstance(base, Operator):
        return LIMITS if base.limits else BESIDE
    if isinstance(base, Accent):
        return STACKED if base.name in _BRACES else BESIDE
    if isinstance(base, Scripts) and base.sub is None and base.sup is None:
        return base.place
    return BESIDE


_BRACES: Final = frozenset(
    ["underbrace", "overbrace", "underbracket", "overbracket", "overgroup", "undergroup"]
)


def _is_prime(node: Node) -> bool:
    return isinstance(node, Symbol) and node.text[0] in "′″‴⁗"


def _after(first: Node | None, second: Node) -> Node:
    if first is None:
        return second
    return Group((first, *(second.items if isinstance(second, Group) else (second,))))


def parse(latex: str) -> tuple[Node, tuple[str, ...]]:
    """The tree of `latex` and the commands in it that nobody knows.

    Raises `Problem` with the reason when it cannot be read.
    """
    parser = Reading(expand(tokenize(cleaned(latex))))
    rows, rules = read_rows(parser)
    while parser.peek() == "$":
        parser.place += 1
        more, _ = read_rows(parser)
        rows += more
    if parser.peek():
        raise Problem(f"{parser.peek()} does not belong to anything before it")
    return finish_rows(rows, rules), tuple(dict.fromkeys(parser.unknown))
