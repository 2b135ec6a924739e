"""The LaTeX of a formula in a web page: its TeX annotation, else what its presentation MathML says.

MathML 3, chapter 3 (presentation) and section 5.1 (annotations); pages of KaTeX and Wikipedia carry the TeX, those of
MathJax 3 often the presentation alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flashnotes.notes.htmltree import Element

_TEX = ("application/x-tex", "tex", "latex", "application/x-latex")
_OPERATORS = {
    "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∈": "\\in", "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla",
    "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "→": "\\to", "←": "\\gets", "⇒": "\\Rightarrow",
    "×": "\\times", "·": "\\cdot", "⋅": "\\cdot", "∼": "\\sim", "∝": "\\propto", "∣": "\\mid", "‖": "\\|",
    "∪": "\\cup", "∩": "\\cap", "⊂": "\\subset", "⊆": "\\subseteq", "∀": "\\forall", "∃": "\\exists", "±": "\\pm",
    "…": "\\dots", "⋯": "\\cdots", "∘": "\\circ", "⊤": "\\top", "⊙": "\\odot", "⊗": "\\otimes", "⊕": "\\oplus",
    "≡": "\\equiv", "−": "-", "{": "\\{", "}": "\\}", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": "",
    "%": "\\%", "&": "\\&", "#": "\\#", "√": "\\surd",
}  # fmt: skip
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϵϕ",
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi"
        " chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega epsilon phi".split(),
        strict=True,
    )
)
_ACCENTS = {
    "^": "hat",
    "ˆ": "hat",
    "¯": "bar",
    "‾": "bar",
    "―": "bar",
    "~": "tilde",
    "˜": "tilde",
    "→": "vec",
    "˙": "dot",
    "¨": "ddot",
}
_NAMES = frozenset(
    "sin cos tan log ln exp max min sup inf lim arg det dim ker gcd Pr arccos arcsin arctan cosh sinh tanh".split()
)
_VARIANTS = {
    "bold": "mathbf",
    "double-struck": "mathbb",
    "script": "mathcal",
    "fraktur": "mathfrak",
    "normal": "mathrm",
}


def latex_of(math: Element) -> str:
    """The LaTeX of a `math` element."""
    for element in math.each():
        if element.tag == "annotation" and element.attributes.get("encoding", "").casefold() in _TEX:
            return _bare(element.text)
    if tex := math.attributes.get("alttext"):
        return _bare(tex)
    return " ".join(_row(math.children).split())


def _bare(tex: str) -> str:
    """`tex` without the style that Wikipedia puts round every formula."""
    text = " ".join(tex.split()).strip("$ ")
    for style in ("\\displaystyle", "\\textstyle"):
        if text.startswith("{" + style) and text.endswith("}"):
            text = text[len(style) + 1 : -1]
    return text.strip()


def _row(children: Iterable[Element | str]) -> str:
    return " ".join(filter(None, (_latex(child) for child in children if not isinstance(child, str))))


def _latex(element: Element) -> str:
    if writer := _WRITERS.get(element.tag):
        parts = [child for child in element.children if not isinstance(child, str)]
        return writer(element, parts)
    return _row(element.children)


def _arguments(count: int, write: Callable[..., str]) -> Callable[[Element, list[Element]], str]:
    """A writer for an element of `count` parts; with fewer, its parts stand one after the other."""

    def written(_: Element, parts: list[Element]) -> str:
        if len(parts) < count:
            return _row(parts)
        return write(*map(_latex, parts[:count]))

    return written


def _identifier(element: Element, _: list[Element]) -> str:
    text = element.text.strip()
    variant = _VARIANTS.get(element.attributes.get("mathvariant", ""), "")
    if text in _NAMES:
        return f"\\{text}"
    if len(text) > 1 and not variant and text.isalpha():
        return f"\\operatorname{{{text}}}"
    letters = "".join(f"\\{_GREEK[letter]} " if letter in _GREEK else letter for letter in text).strip()
    return f"\\{variant}{{{letters}}}" if variant and letters else letters


def signs(text: str) -> str:
    """`text` of a formula with its signs and Greek letters as LaTeX names them."""
    if text.strip() in _NAMES:
        return f"\\{text.strip()}"
    return " ".join(
        _OPERATORS.get(sign, f"\\{_GREEK[sign]}" if sign in _GREEK else sign) for sign in text if sign != " "
    )


def _operator(element: Element, _: list[Element]) -> str:
    text = element.text.strip()
    if text in _NAMES:
        return f"\\{text}"
    return " ".join(_OPERATORS.get(sign, sign) for sign in text) if len(text) < 3 else text


def _text(element: Element, _: list[Element]) -> str:
    text = " ".join(element.text.split())
    return f"\\text{{{text}}}" if text else ""


def _over(base: str, above: str) -> str:
    return f"\\{_ACCENTS[above]}{{{base}}}" if above in _ACCENTS else _limits(base, "", above)


def _limits(base: str, below: str, above: str) -> str:
    is_sign = base in ("\\sum", "\\prod", "\\int", "\\lim", "\\max", "\\min", "\\sup", "\\inf")
    if not is_sign and below:
        base = f"\\underset{{{below}}}{{{base}}}"
        below = ""
    if not is_sign and above:
        return f"\\overset{{{above}}}{{{base}}}"
    return base + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _table(_: Element, parts: list[Element]) -> str:
    rows = [
        " & ".join(_row(cell.children) for cell in row.children if not isinstance(cell, str)) for row in parts
    ]
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


def _nothing(_: Element, __: list[Element]) -> str:
    return ""


def _grouped(base: str) -> str:
    return base if len(base) == 1 or (base.startswith("\\") and base[1:].isalpha()) else f"{{{base}}}"


_WRITERS: dict[str, Callable[[Element, list[Element]], str]] = {
    "mi": _identifier,
    "mn": lambda element, _: element.text.strip(),
    "mo": _operator,
    "mtext": _text,
    "ms": _text,
    "mfrac": _arguments(2, lambda above, below: f"\\frac{{{above}}}{{{below}}}"),
    "msup": _arguments(2, lambda base, above: f"{_grouped(base)}^{{{above}}}"),
    "msub": _arguments(2, lambda base, below: f"{_grouped(base)}_{{{below}}}"),
    "msubsup": _arguments(3, lambda base, below, above: f"{_grouped(base)}_{{{below}}}^{{{above}}}"),
    "munder": _arguments(2, lambda base, below: _limits(base, below, "")),
    "mover": _arguments(2, _over),
    "munderover": _arguments(3, _limits),
    "msqrt": lambda _, parts: f"\\sqrt{{{_row(parts)}}}",
    "mroot": _arguments(2, lambda base, index: f"\\sqrt[{index}]{{{base}}}"),
    "mtable": _table,
    "mspace": _nothing,
    "annotation": _nothing,
    "annotation-xml": _nothing,
}
