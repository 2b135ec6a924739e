r"""`\begin{…}…\end{…}`: rows and cells, and what each environment makes of them."""

# ruff: noqa: S105 - a token of LaTeX is no password

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flashnotes.formula.problem import Problem
from flashnotes.formula.tree import EMPTY, ORD, Fenced, Group, Node, Symbol, Table, Tag

if TYPE_CHECKING:
    from flashnotes.formula.command import Parser

MAXIMUM_CELLS: Final = 10_000

_ENDS_ROW: Final = frozenset(["\\\\", "\\cr", "\\newline", "\\tabularnewline"])
_RULES: Final = frozenset(["\\hline", "\\hdashline", "\\toprule", "\\midrule", "\\bottomrule"])
_SKIP_AFTER_ROW: Final = re.compile(r"\s*-?[\d.]*\s*(pt|em|ex|mm|cm|in|mu|bp|sp|px|\\\w+)\s*")

_LOOKS: Final = {
    "align": "align aligned alignat alignedat align* split eqnarray flalign IEEEeqnarray alignat* eqalign xalignat",
    "gather": "gather gathered multline equation displaymath math multlined equations lgathered rgathered "
    "subequations dmath displaylines dgroup empheq document center eqn",
    "matrix": "matrix smallmatrix psmallmatrix bsmallmatrix vsmallmatrix Vsmallmatrix Bsmallmatrix "
    "pmatrix bmatrix Bmatrix vmatrix Vmatrix",
    "array": "array tabular subarray darray tabularx",
    "cases": "cases dcases rcases drcases numcases",
}
_LOOK_OF: Final = {name: look for look, names in _LOOKS.items() for name in names.split()}
_FENCES: Final = {"p": ("(", ")"), "b": ("[", "]"), "B": ("{", "}"), "v": ("|", "|"), "V": ("‖", "‖")}
_TAKES_ARGUMENT: Final = frozenset(
    ["alignat", "alignedat", "xalignat", "array", "tabular", "subarray", "darray", "IEEEeqnarray", "numcases"]
)


def begin(parser: Parser) -> Node:
    r"""An environment, after `\begin`."""
    name = parser.source().strip()
    plain = name.rstrip("*")
    look = _LOOK_OF.get(plain)
    if look is None:
        parser.unknown.append(f"\\begin{{{name}}}")
    columns = ""
    _skip_position(parser)
    if plain in _TAKES_ARGUMENT:
        columns = _columns(parser.source()) if look == "array" else parser.source() and ""
    rows, rules = read_rows(parser)
    parser.expect("\\end", f"\\begin{{{name}}} has no \\end")
    closing = parser.source().strip()
    if closing != name:
        raise Problem(f"\\begin{{{name}}} is closed by \\end{{{closing}}}")
    return _environment(plain, look or "gather", rows, columns, rules)


def _skip_position(parser: Parser) -> None:
    """Skip `[t]` and its like, but no bracket that begins the first row."""
    start = parser.place
    source = parser.optional_source()
    if source is not None and "".join(source).strip() not in {"t", "b", "c", "l", "r"}:
        parser.place = start


def plain_rows(name: str, parser: Parser) -> Node:
    r"""Plain TeX's `\matrix{…\cr…}`: an environment in braces."""
    if not parser.accept("{"):
        return Symbol(name, ORD)
    rows, rules = read_rows(parser)
    parser.expect("}", "a { is not closed")
    return _environment(name, _LOOK_OF[name], rows, "", rules)


def _environment(name: str, look: str, rows: Rows, columns: str, rules: tuple[int, ...]) -> Node:
    if look == "matrix":
        table = Table(rows, "c", "matrix", rules)
        fence = _FENCES.get(name.removesuffix("matrix").removesuffix("small"))
        return Fenced(fence[0], (table,), (), fence[1]) if fence else table
    if look == "cases":
        table = Table(rows, "l", "cases")
        return Fenced("", (table,), (), "}") if name.endswith("rcases") else Fenced("{", (table,), (), "")
    if look == "array":
        return Table(rows, columns, "array", rules)
    return finish_rows(rows, rules, look, "l" if name in ("gather", "gathered") and len(rows) < 2 else "")


Rows = tuple[tuple[Node, ...], ...]


def finish_rows(rows: Rows, rules: tuple[int, ...], look: str = "", columns: str = "") -> Node:
    """Rows that stand in no grid: one alone is a plain list."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    if not look:
        look = "align" if any(len(row) > 1 for row in rows) else "gather"
    return Table(rows, columns or ("rl" if look == "align" else "l"), look, rules)


def substack(parser: Parser) -> Node:
    r"""`\substack{…\\…}`: rows in a script."""
    if parser.peek() != "{":
        return parser.argument()
    parser.place += 1
    rows, _ = read_rows(parser)
    parser.expect("}", "a { is not closed")
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else Table(rows, "c", "substack")


def read_rows(parser: Parser, first: list[Node] | None = None) -> tuple[Rows, tuple[int, ...]]:
    """Rows of cells up to what ends them, and the numbers of the rows below a rule; `first` is read already."""
    rows: list[tuple[Node, ...]] = []
    rules: list[int] = []
    cells: list[Node] = []
    count = 0
    while True:
        while not cells and first is None and parser.peek() in _RULES:
            parser.place += 1
            rules.append(len(rows))
        items, first = first if first is not None else parser.items(), None
        items.sort(key=_is_tag)
        cells.append(items[0] if len(items) == 1 and isinstance(items[0], Group) else Group(tuple(items)))
        count += 1
        if count > MAXIMUM_CELLS:
            raise Problem(f"more than {MAXIMUM_CELLS} cells")
        token = parser.peek()
        if token == "&":
            parser.place += 1
            continue
        rows.append(tuple(cells))
        cells = []
        if token not in _ENDS_ROW:
            break
        parser.place += 1
        _skip_row_space(parser)
    while len(rows) > 1 and all(cell == EMPTY for cell in rows[-1]):
        rows.pop()
    return tuple(rows), tuple(dict.fromkeys(rules))


def _is_tag(item: Node) -> bool:
    return isinstance(item, Tag)


def _skip_row_space(parser: Parser) -> None:
    """Skip `*` and `[2pt]` after a row, but no bracket that begins the next one."""
    if parser.tokens[parser.place] == "*":
        parser.place += 1
    start = parser.place
    source = parser.optional_source()
    if source is not None and not _SKIP_AFTER_ROW.fullmatch("".join(source)):
        parser.place = start


def _columns(source: str) -> str:
    """The letters and rules of an array's column specification."""
    source = re.sub(r"[@!>< ]\{[^{}]*\}", "", source)
    source = re.sub(r"\*\{(\d{1,2})\}\{([^{}]*)\}", lambda repeated: repeated[2] * int(repeated[1]), source)
    source = re.sub(r"[pmbX](\{[^{}]*\})?", "l", source)
    return "".join(letter for letter in source if letter in "lcr|") or "l"
