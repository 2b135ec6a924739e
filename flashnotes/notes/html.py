"""HTML as people paste it into notes, as pieces of Markdown with the line each begins on."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, unquote_plus

_IGNORED = re.compile(
    r"<!--.*?-->|<(script|style|pre|svg|iframe)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
_KEPT = frozenset(["b", "strong", "em", "i", "mark", "code", "sub", "sup"])
_ATTRIBUTE = re.compile(r"(?:src|data-original)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_FORMULA_ADDRESS = re.compile(
    r"(?:equation\?tex=|codecogs\.com/(?:\w+\.\w+|[a-z]+)\?|chart\?cht=tx&(?:amp;)?chl=)(.+)", re.IGNORECASE
)
_DOUBLED = re.compile(
    r"\\\\(?:frac|sqrt|sum|prod|int|left|right|begin|bar|hat|vec|text|math[a-z]+|log|exp|partial|cdot|times|in|alpha|beta|gamma|delta|epsilon|theta"
    r"|lambda|mu|pi|sigma|phi|omega|Delta|Sigma|infty|nabla)(?![a-z])"
)
_SINGLE = re.compile(r"(?<!\\)\\[A-Za-z]")
"""A command whose backslash was not doubled, as a note's own escaping doubles it."""
_COMMAND = re.compile(r"^\\(?:inline|dpi\{\d+\}|bg_\w+|fn_\w+|large|small|tiny|huge)\s*", re.IGNORECASE)
_ROW_END, _CELL_END = "\ue001", "\ue000"
"""Characters of private use that stand for the ends of rows and cells until the tags are gone."""


def formula_of(address: str) -> str | None:
    """The LaTeX that the address of a picture carries, or None."""
    if "tex=" not in address and "codecogs" not in address and "chart?" not in address:
        return None
    found = _FORMULA_ADDRESS.search(html.unescape(address))
    if not found:
        return None
    spaced = "%2B" in found[1] or ("equation?tex=" in address and "%20" not in found[1])
    latex = (unquote_plus if spaced else unquote)(found[1])
    latex = re.sub(r"&(?:preview|eeimg)=\w+$", "", latex).replace("&space;", " ")
    if _DOUBLED.search(latex) and not _SINGLE.search(latex):
        latex = latex.replace("\\\\", "\\")
    while latex != (shorter := _COMMAND.sub("", latex).strip()):
        latex = shorter
    return latex.replace("\n", " ").strip() or None


def pieces(source: str) -> list[tuple[int, str]]:
    """`source` as pieces of Markdown, each with the number of lines before it."""
    source = _IGNORED.sub(lambda found: "\n" * found[0].count("\n"), source)
    found: list[tuple[int, str]] = []
    line = 0
    for part in re.split(f"{_ROW_END}", _TAG.sub(_replace, source)):
        if part.strip():
            lead = len(part) - len(part.lstrip("\n \t"))
            text = "\n".join(row.strip() for row in html.unescape(part.strip()).split("\n"))
            found.append((line + part[:lead].count("\n"), text))
        line += part.count("\n")
    return _with_tables(found)


def _replace(found: re.Match[str]) -> str:
    closing, name, attributes = found[1], found[2].lower(), found[3]
    if name in _INLINE:
        return (
            found[0]
            if name in _KEPT and not attributes.strip()
            else f"<{closing}{name}>"
            if name in _KEPT
            else ""
        )
    if name == "br":
        return _ROW_END
    if name == "img":
        return _picture(attributes)
    newlines = "\n" * found[0].count("\n")
    if name == "summary":
        return newlines + ("**" + _ROW_END if closing else _ROW_END + "**")
    if name in ("td", "th"):
        return newlines + (_CELL_END if closing else "")
    if name == "tr":
        return newlines + (_ROW_END if closing else _ROW_END + _CELL_END)
    if name == "li" and not closing:
        return newlines + _ROW_END + "- "
    if name in ("h1", "h2", "h3", "h4", "h5", "h6") and not closing:
        return newlines + _ROW_END + "#" * int(name[1]) + " "
    return newlines + _ROW_END


def _picture(attributes: str) -> str:
    address = _ATTRIBUTE.search(attributes)
    latex = formula_of(address[1].strip("\"'")) if address else None
    return f"${latex}$" if latex else ""


def _with_tables(parts: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rows (pieces marked by `_replace`) that follow each other become one Markdown table."""
    result: list[tuple[int, str]] = []
    rows: list[str] = []
    start = 0
    for line, text in [*parts, (0, "")]:
        if _CELL_END in text:
            start = start if rows else line
            rows.append(
                "| " + " | ".join(_cell(cell) for cell in text.strip(_CELL_END).split(_CELL_END)) + " |"
            )
            continue
        if rows:
            width = rows[0].count("|") - 1
            result.append((start, "\n".join([rows[0], "|" + "---|" * max(width, 1), *rows[1:]])))
            rows = []
        if text:
            result.append((line, text))
    return result


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
