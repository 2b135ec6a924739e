"""What a formula says, without how it is set: the form in which two trees are compared.

Spaces, sizes, fonts of names and the room of phantoms say nothing. A name is its letters. A slash divides the
factors before it by the one after it, as a fraction does. Brackets round a lone fraction
or table say nothing, nor do those round all of what a bar or a root sign holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.symbols import ATOMS
from flashnotes.formula.tree import (
    BIN,
    OP,
    PUNCT,
    REL,
    Accent,
    Boxed,
    Delimiter,
    Fenced,
    Fraction,
    Group,
    Node,
    Operator,
    Phantom,
    Root,
    Scripts,
    Space,
    Struck,
    Symbol,
    Table,
    Tag,
    Text,
    Unknown,
    kind_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_STOPPING = frozenset("−+-±∓|‖") | {
    atom.text for atom in ATOMS.values() if kind_of(atom) in (BIN, OP, REL, PUNCT) and len(atom.text) == 1
}
_OPENING, _CLOSING = "([{⌊⌈⟨", ")]}⌋⌉⟩"
_EQUALS = {"″": "′′", "‴": "′′′", "⁗": "′′′′", "⊤": "T", "⊺": "T", "*": "∗", "∘": "°"}

Canonical = list[Any]


def canonical(node: Node) -> Canonical:
    return _without_idle_brackets(_divided(_flat(node)))


def _letters(text: str) -> Canonical:
    return [character for character in text if not character.isspace()]


def _flat(node: Node) -> Canonical:
    match node:
        case Symbol() | Operator() | Text() | Delimiter() | Tag():
            return _letters(node.text)
        case Unknown():
            return [node.source]
        case Group():
            return [part for item in node.items for part in _flat(item)]
        case Scripts():
            return [*_base(node.base), *_scripts(node)]
        case Fraction():
            return [
                (
                    "fraction" if node.bar else "binomial",
                    _stripped(_flat(node.over)),
                    _stripped(_flat(node.under)),
                )
            ]
        case Root():
            return [("root", _stripped(_flat(node.body)), canonical(node.degree) if node.degree else [])]
        case Fenced():
            return _fenced(node)
        case Space() | Phantom():
            return []
        case _:
            return _marked(node)


def _marked(node: Node) -> Canonical:
    match node:
        case Accent():
            body = canonical(node.body)
            return [("accent", (len(body) == 1 and MARKS[node.name].combining) or node.name, body)]
        case Struck():
            return [part + "\u0338" if isinstance(part, str) else part for part in _flat(node.body)]
        case Table():
            return _table(node)
        case Boxed():
            return [("boxed", canonical(node.body))]
    raise TypeError(node)


def _base(base: Node) -> Canonical:
    bracketed = isinstance(base, (Fraction, Root, Table)) or (isinstance(base, Group) and len(base.items) > 1)
    if isinstance(base, Scripts) and (base.sub or base.sup):
        bracketed = True
    return ["(", *_flat(base), ")"] if bracketed else _flat(base)


def _scripts(node: Scripts) -> Canonical:
    sub = canonical(node.sub) if node.sub else []
    sup = canonical(node.sup) if node.sup else []
    sup = [
        letter for part in sup for letter in (_EQUALS.get(part, part) if isinstance(part, str) else [part])
    ]
    return [("scripts", sub, sup)] if sub or sup else []


def _fenced(node: Fenced) -> Canonical:
    parts = [_flat(part) for part in node.parts]
    left, right = node.left, node.right
    if len(parts) == 1 and len(parts[0]) == 1 and parts[0][0][0] == "table":
        left, right = left or ("{" if right == "}" else "("), right or ("}" if left == "{" else ")")
    inside = list(parts[0])
    for middle, part in zip(node.middles, parts[1:], strict=True):
        inside += [*middle, *part]
    if parts[0] and parts[0][0][0] == "binomial":
        return inside
    return [*left, *inside, *right]


def _table(node: Table) -> Canonical:
    if node.look in ("align", "gather"):
        rows = [[[part for cell in row for part in canonical(cell)]] for row in node.rows]
    else:
        rows = [[canonical(cell) for cell in row] for row in node.rows]
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else [("table", rows)]


def _divided(parts: Canonical) -> Canonical:
    """`parts` with each slash and what it divides made a fraction."""
    while "/" in parts:
        slash = parts.index("/")
        start, end = _before(parts, slash), _after(parts, slash)
        if start == slash or end == slash + 1:
            parts = [*parts[:slash], "slash", *parts[slash + 1 :]]
            continue
        fraction = ("fraction", _stripped(parts[start:slash]), _stripped(parts[slash + 1 : end]))
        parts = [*parts[:start], fraction, *parts[end:]]
    return parts


def _before(parts: Canonical, slash: int) -> int:
    place = slash
    while place > 0:
        part = parts[place - 1]
        if isinstance(part, str) and part in _CLOSING:
            opening = _partner(parts, place - 1, -1)
            if opening is None:
                break
            place = opening
        elif (isinstance(part, str) and (part in _STOPPING or part in _OPENING or part == "slash")) or (
            part[0] == "scripts" and place > 1 and _is_operator(parts[place - 2])
        ):
            break
        else:
            place -= 1
    return place


def _is_operator(part: Any) -> bool:
    return isinstance(part, str) and part in _STOPPING


def _after(parts: Canonical, slash: int) -> int:
    place = slash + 1
    derivative = "d" in parts[_before(parts, slash) : slash][:1] and parts[place : place + 1] == ["d"]
    if place < len(parts) and (parts[place] == "∂" or (derivative and _factor(parts, place + 1) > place + 1)):
        place += 1
    end = _factor(parts, place)
    if end < len(parts) and end > place and parts[end] == "(" and parts[place] != "(":
        partner = _partner(parts, end, 1)
        end = end if partner is None else partner + 1
    return end


def _factor(parts: Canonical, place: int) -> int:
    if place >= len(parts):
        return place
    part = parts[place]
    if isinstance(part, str) and part in _OPENING:
        partner = _partner(parts, place, 1)
        end = place if partner is None else partner + 1
    elif isinstance(part, str) and (part in _STOPPING or part in _CLOSING):
        return place
    else:
        end = place + 1
        while part[0].isdigit() and end < len(parts) and parts[end][0].isdigit():
            end += 1
    return end + 1 if end < len(parts) and parts[end][0] == "scripts" else end


def _partner(parts: Canonical, place: int, step: int) -> int | None:
    depth = 0
    while 0 <= place < len(parts):
        part = parts[place]
        if isinstance(part, str):
            depth += (part in _OPENING) - (part in _CLOSING)
        if depth == 0:
            return place
        place += step
    return None


def _stripped(parts: Canonical) -> Canonical:
    while parts and parts[0] == "(" and _partner(parts, 0, 1) == len(parts) - 1:
        parts = parts[1:-1]
    return _without_idle_brackets(_divided(parts))


def _without_idle_brackets(parts: Sequence[Any]) -> Canonical:
    """`parts` without the parentheses that hold nothing but one fraction or one table."""
    kept: Canonical = list(parts)
    place = 0
    while place + 2 < len(kept):
        inner = kept[place + 1]
        if kept[place] == "(" and kept[place + 2] == ")" and inner[0] in ("fraction", "table"):
            kept[place : place + 3] = [inner]
        else:
            place += 1
    return kept
