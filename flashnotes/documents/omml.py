"""The LaTeX of a formula in a Word file: Office Math Markup (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.notes.mathml import signs

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

OMML = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_M = f"{{{OMML}}}"
_NARY = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "⋃": "\\bigcup", "⋂": "\\bigcap", "": "\\int"}
_ACCENTS = {
    "\u0302": "hat",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0303": "tilde",
    "\u20d7": "vec",
    "\u0307": "dot",
}
_BRACKETS = {"{": "\\{", "}": "\\}", "‖": "\\|", "⟨": "\\langle", "⟩": "\\rangle", "": "."}


def latex_of(formula: Element) -> str:
    """The LaTeX of a formula; what it is not known how to write is left as the letters in it."""
    return " ".join(_row(formula).split())


def _row(element: Element | None) -> str:
    if element is None:
        return ""
    return " ".join(filter(None, map(_latex, element)))


def _latex(element: Element) -> str:
    name = element.tag.removeprefix(_M)
    if name == "t":
        return signs(element.text or "")
    if name.endswith("Pr"):
        return ""
    return _WRITERS[name](element) if name in _WRITERS else _row(element)


def _part(element: Element, name: str) -> str:
    return _row(element.find(_M + name))


def _value(element: Element, name: str, default: str) -> str:
    """The character that a property of `element` names; an empty one where it names none."""
    found = element.find(f"{_M}{element.tag.removeprefix(_M)}Pr/{_M}{name}")
    return default if found is None else found.get(_M + "val", "")


def _nary(element: Element) -> str:
    sign = _value(element, "chr", "∫")
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{_NARY.get(sign, sign)}{limits} {_part(element, 'e')}"


def _delimited(element: Element) -> str:
    left, right = _value(element, "begChr", "("), _value(element, "endChr", ")")
    inside = ", ".join(_row(part) for part in element.findall(_M + "e"))
    return f"\\left{_BRACKETS.get(left, left)} {inside} \\right{_BRACKETS.get(right, right)}"


def _matrix(element: Element) -> str:
    rows = (" & ".join(_row(cell) for cell in row.findall(_M + "e")) for row in element.findall(_M + "mr"))
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


def _accent(element: Element) -> str:
    accent = _ACCENTS.get(_value(element, "chr", "\u0302"), "hat")
    return f"\\{accent}{{{_part(element, 'e')}}}"


def _root(element: Element) -> str:
    index = _part(element, "deg")
    return f"\\sqrt{f'[{index}]' if index else ''}{{{_part(element, 'e')}}}"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "f": lambda each: f"\\frac{{{_part(each, 'num')}}}{{{_part(each, 'den')}}}",
    "sSup": lambda each: f"{{{_part(each, 'e')}}}^{{{_part(each, 'sup')}}}",
    "sSub": lambda each: f"{{{_part(each, 'e')}}}_{{{_part(each, 'sub')}}}",
    "sSubSup": lambda each: f"{{{_part(each, 'e')}}}_{{{_part(each, 'sub')}}}^{{{_part(each, 'sup')}}}",
    "limLow": lambda each: f"{_part(each, 'e')}_{{{_part(each, 'lim')}}}",
    "limUpp": lambda each: f"{_part(each, 'e')}^{{{_part(each, 'lim')}}}",
    "func": lambda each: f"{_part(each, 'fName')} {_part(each, 'e')}",
    "bar": lambda each: f"\\overline{{{_part(each, 'e')}}}",
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "m": _matrix,
    "acc": _accent,
}
