r"""Definitions inside a formula: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator`, put in place of their use."""

from __future__ import annotations

from typing import Final, NamedTuple

from flashnotes.formula.problem import Problem

MAXIMUM_EXPANSIONS: Final = 500
MAXIMUM_TOKENS: Final = 20_000

_DEFINING: Final = frozenset(
    [
        "\\newcommand",
        "\\renewcommand",
        "\\providecommand",
        "\\def",
        "\\gdef",
        "\\edef",
        "\\xdef",
        "\\let",
        "\\DeclareMathOperator",
    ]
)


class _Macro(NamedTuple):
    parameters: int
    default: list[str] | None
    body: list[str]


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.place = 0

    def skip_spaces(self) -> None:
        while self.place < len(self.tokens) and self.tokens[self.place] == " ":
            self.place += 1

    def peek(self) -> str:
        self.skip_spaces()
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def argument(self) -> list[str]:
        if self.peek() != "{":
            return [self.take()]
        return self.enclosed("{", "}")

    def enclosed(self, opening: str, closing: str) -> list[str]:
        start = self.place + 1
        depth = 0
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            self.place += 1
            depth += (token == opening) - (token == closing)
            if depth == 0:
                return self.tokens[start : self.place - 1]
        raise Problem(f"a {opening} is not closed")


def expand(tokens: list[str]) -> list[str]:
    """`tokens` with the macros they define put in; definitions count wherever they stand."""
    if _DEFINING.isdisjoint(tokens):
        return tokens
    macros: dict[str, _Macro] = {}
    rest: list[str] = []
    reader = _Reader(tokens)
    while reader.place < len(tokens):
        token = tokens[reader.place]
        reader.place += 1
        if token in _DEFINING:
            name, macro = _definition(token, reader)
            macros[name] = macro
        else:
            rest.append(token)
    return _put_in(rest, macros)


def _definition(command: str, reader: _Reader) -> tuple[str, _Macro]:
    starred = command != "\\let" and reader.peek() == "*"
    reader.place += starred
    name = "".join(reader.argument()).strip()
    if command == "\\let":
        if reader.peek() == "=":
            reader.take()
        return name, _Macro(0, None, [reader.take()])
    if command == "\\DeclareMathOperator":
        return name, _Macro(
            0, None, ["\\operatorname", *(["*"] if starred else []), "{", *reader.argument(), "}"]
        )
    if command.endswith("def"):
        parameters = 0
        while reader.peek() not in ("{", ""):
            parameters += reader.take() == "#"
        return name, _Macro(parameters, None, reader.argument())
    count = _number("".join(reader.enclosed("[", "]"))) if reader.peek() == "[" else 0
    default = reader.enclosed("[", "]") if reader.peek() == "[" else None
    return name, _Macro(count, default, reader.argument())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0


def _put_in(tokens: list[str], macros: dict[str, _Macro]) -> list[str]:
    done: list[str] = []
    todo = tokens[::-1]
    expansions = 0
    while todo:
        token = todo.pop()
        macro = macros.get(token)
        if macro is None:
            done.append(token)
            continue
        expansions += 1
        if expansions > MAXIMUM_EXPANSIONS or len(todo) + len(done) > MAXIMUM_TOKENS:
            raise Problem(f"the definition of {token} goes on without end")
        todo += _instance(macro, todo)[::-1]
    return done


def _instance(macro: _Macro, todo: list[str]) -> list[str]:
    if not macro.parameters:
        return macro.body
    reader = _Reader(todo[::-1])
    arguments = []
    if macro.default is not None:
        arguments.append(reader.enclosed("[", "]") if reader.peek() == "[" else macro.default)
    while len(arguments) < macro.parameters:
        arguments.append(reader.argument())
    del todo[len(todo) - min(reader.place, len(todo)) :]
    body: list[str] = []
    pieces = iter(macro.body)
    for piece in pieces:
        number = next(pieces, "") if piece == "#" else ""
        which = _number(number[:1])
        if 0 < which <= len(arguments):
            body += [*arguments[which - 1], *([number[1:]] if number[1:] else [])]
        else:
            body += [piece, *([number] if number else [])]
    return body
