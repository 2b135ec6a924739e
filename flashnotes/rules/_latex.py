"""What rules read from the LaTeX of a formula: its left side, the name it spells, how it is shown on a back."""

from __future__ import annotations

import re

from flashnotes.rules._head import Head
from flashnotes.text import CJK, has_cjk

_LOST = re.compile(r"\\(?:tag\*?\{[^{}]*\}|label\{[^{}]*\}|nonumber|notag)")
_ENVIRONMENT = re.compile(
    r"^\\begin\{(equation|align|aligned|gather|gathered|eqnarray|split|multline)(\*?)\}(.*)\\end\{\1\*?\}$",
    re.DOTALL,
)
_NAME = re.compile(
    r"^\s*(?:\\(?:text|textbf|mathrm|operatorname|mathbf|textit|mathit)\*?\s*\{([^{}]{2,48})\}|\\(?:large"
    r"|Large)\s*)(?=\s*(?:[({]|_|\^|=|:|\\)|\s*$)"
)
_ROMAN = re.compile(r"^\s*\{?\\rm\s*\{?([A-Za-z][^{}=]{1,24})\}{1,2}(?=\s*=)")
_FUNCTION = re.compile(
    r"\s*\\?(?:cos|sin|tan|log|ln|exp|max|min|arg\s?max|arg\s?min|sum|prod|lim|det|sup|inf|Pr|sgn|sign)\b"
)
"""Functions that every formula uses: their value is not what a formula names."""
_LEFT = re.compile(
    r"^([^=]{1,40}?)\s*(?:&\s*)?(?::?=|\\leftarrow|\\gets|\\triangleq|\\equiv|\\approx|\\propto|\\sim"
    r"|\\rightarrow)",
    re.DOTALL,
)
_LETTER = f"A-Za-z{CJK}"
_WORD_LEFT = re.compile(
    rf"^((?:[{_LETTER}](?:[0-9{_LETTER}@-]|\\[ _])+)(?:\s(?:[{_LETTER}][0-9{_LETTER}-]*))*)\s*"
    rf"(?:_\{{?\w+\}}?)?\s*(?:\\left)?(?:\([^()=]{{0,40}}\))?\s*&?\s*:?(?:=|\\leftarrow)"
)
_SPACES = re.compile(r"\s{0,3}\\[ ,;]\s{0,3}|~")
LONGEST_SPELLED = 160
"""Characters of a formula in which a name in words and its equals sign are looked for."""
_NUMBERED = re.compile(r"(?!F)[A-Za-z]\d")
"""A letter with a number is one of several symbols; F1 alone is a name."""
_GOES_ON = re.compile(
    r"(?:\\begin\{\w+\*?\})?\s*(?:&\s*)?(?:=(?!>)|\\approx|\\Rightarrow|\\Longrightarrow|\\implies|\\iff|\\leq?\b|\\geq?\b|\\therefore|\\because)"
)
_SIDES = re.compile(r"=|\\approx|\\\\(?:\[[^\]]*\])?|\\Rightarrow|\\implies")
_NUMBER = re.compile(r"(?<![_^\w.{])\d+(?:[.,]\d+)*|(?<=\{)\d+(?:\.\d+)?(?=[^}\d]|\}\{|\}\s*$)")
_COMMAND = re.compile(
    r"\\(?:[dt]?frac|sqrt|times|cdot|left|right|quad|qquad|dots|ldots|cdots|%|[,;!]|log(?:_\d)?|ln|exp|div|pm|boxed|displaystyle|big[lr]?|Big[lr]?)"
)
_TEXT = re.compile(r"\\(?:text|mathrm)\{[^{}]*\}")
_HYPOTHESIS = re.compile(r"\s*H_?\{?[01aA]\}?\s*:")
LONGEST_SHOWN = 700
"""Characters of LaTeX on a back."""


def is_bare(latex: str) -> bool:
    """Whether there is nothing to recall in `latex`: a lone symbol, a number, a word, hypotheses to choose from."""
    return len(latex) < 5 or not re.search(r"[=<>+*/^_\\-]", latex) or _HYPOTHESIS.match(latex) is not None


def goes_on(latex: str) -> bool:
    """Whether `latex` is a further line of an equation that began before it."""
    return _GOES_ON.match(latex) is not None


def is_worked(latex: str) -> bool:
    """Whether `latex` computes with the numbers of an example: one side of it is arithmetic."""
    sides = _SIDES.split(re.sub(r"\\begin\{\w+\*?\}|\\end\{\w+\*?\}|&", " ", latex))
    return any(
        len(_NUMBER.findall(side)) > 1 and not re.search(r"[A-Za-z]", _COMMAND.sub(" ", _TEXT.sub(" ", side)))
        for side in sides[1:]
    )


def shown(latex: str) -> str:
    """`latex` as it stands on a back: tags gone, a derivation of many lines cut to its first and last."""
    latex = _LOST.sub("", latex).strip()
    found = _ENVIRONMENT.match(latex)
    body = found[3] if found else latex
    if "\\begin" not in body:
        rows = [
            row
            for row in re.split(r"\\\\(?:\[[^\]]*\])?", body)
            if re.sub(r"\\(?:large|Large|displaystyle)\b", "", row).strip(" &\n")
        ]
        if len(rows) > 4 or (len(rows) > 1 and len(latex) > LONGEST_SHOWN):
            body = f"{rows[0].strip()} \\\\ \\dots \\\\ {rows[-1].strip()}"
            latex = f"\\begin{{aligned}}{body}\\end{{aligned}}" if found or "&" in body else body
    return f"$${latex}$$"


def left_side(latex: str) -> str:
    """The symbol that an equation defines, as inline LaTeX, or nothing."""
    found = _ENVIRONMENT.match(latex.strip())
    left = _LEFT.match(" ".join((found[3] if found else latex).split()))
    if not left:
        return ""
    symbol = re.sub(r"\\(?:large|Large|displaystyle|quad)\s*|&", "", left[1]).strip()
    if (
        symbol.count("{") != symbol.count("}")
        or not 1 <= len(symbol) <= 36
        or "\\begin" in symbol
        or "\\\\" in symbol
    ):
        return ""
    return f"${symbol}$"


def with_symbol(head: Head, latex: str) -> Head:
    """`head` with the symbol that the equation `latex` defines as one more name, unless it spells the name out."""
    symbol = left_side(latex)
    return Head(head.term, (*head.aliases, symbol)) if symbol and head.term not in symbol else head


def spoken_name(latex: str) -> str:
    """The name that a formula gives its left side in words: a text command before the equals sign."""
    latex = latex.removeprefix("\\begin{aligned}").lstrip("& \n")
    found = _ROMAN.match(latex) or _NAME.match(latex)
    if not found or not found[1]:
        return "" if _FUNCTION.match(latex) else _spelled(latex)
    name = found[1].replace("\\_", "_").strip()
    rest = latex[latex.find(found[0]) + len(found[0]) :].lstrip()
    return name if rest[:1] in ("=", "(", "&", ":") and re.search("[A-Za-z]{2}|[\u4e00-\u9fff]", name) else ""


def _spelled(latex: str) -> str:
    """The word that an equation defines without marking it as text: `IoU = …`, `ReLU(x) = …`."""
    found = _WORD_LEFT.match(_SPACES.sub(" ", latex[:LONGEST_SPELLED]))
    name = (
        " ".join((found[1] or "").replace("\\ ", " ").replace("\\_", "_").replace("\\", "").split())
        if found
        else ""
    )
    if _NUMBERED.fullmatch(name):
        return ""
    return name if len(name) > 2 or has_cjk(name) or name.isupper() else ""
