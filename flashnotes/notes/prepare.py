"""Dialects of Markdown turned into the one that is parsed, line for line, so that every block keeps its line.

Formulas in brackets with backslashes (doubled or not), between lone dollar signs and in bare environments;
admonitions of Docusaurus, MyST and MkDocs; lists of attributes (`{target="_blank"}`, `{: .centre }`); regions that a
person switched off. Code is left as it is.
"""

from __future__ import annotations

import re

CALLOUT = "flashnotes-callout"
"""The HTML comment that stands for the first or last line of an admonition begins with this."""

_NEEDS_WORK = re.compile(
    r"\n(?:[ \t]*(?:\\begin|:::|!!!|\?\?\?|===|\$\$)|[ \t>]*\$\$?[ \t]*$|#.*\[\[[\w-]+\]\][ \t]*$|\^{3,}[ \t]*$)",
    re.MULTILINE,
)
"""A line that is to be rewritten; the line's end before it comes first, so that only beginnings are looked at."""
_SIGNS = ("$", "\\begin", ":::", "!!!", "???", "===", "[[", "^^^")
"""What `_NEEDS_WORK` cannot do without."""
_BEFORE_ATTRIBUTES = ("){", "]{", "*{", "`{", "{:")
"""What `_ATTRIBUTES` cannot do without."""
_ANYWHERE = ("\\(", "\\[", "flashnotes:")
"""What is to be rewritten wherever it stands."""
_TOUCHED = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:```|~~~|\$|\^|#.*\]\]|:::|!!!|\?\?\?|===)")
"""How a line begins that is more than prose, one with a backslash or a switch apart."""
_INLINE = re.compile(r"\\\\?\((?P<body>(?:[^\\\n]|\\(?!\\?[()]))+)\\\\?\)")
_DISPLAY = re.compile(r"\\\\?\[(?P<body>(?:[^\\\n]|\\(?!\\?[\[\]]))+)\\\\?\]")
_LOOKS_LIKE_MATHS = re.compile(r"\\[A-Za-z]|[=^_]")
_ENVIRONMENT = re.compile(r"\\begin\{((?:equation|align|aligned|gather|multline|eqnarray|cases|split)\*?)\}")
LONGEST_FORMULA = 80
"""Lines."""
_ADMONITION = re.compile(r"[ \t]*:{3,}[ \t]*\{?([\w-]+)\}?[ \t]*(?:\[([^\]]*)\]|(.*))$")
_INDENTED = re.compile(r"([ \t]*)(?:!!!|\?\?\?\+?|===!?)[ \t]+(?:([\w-]+)[^\"\n]*)?(?:\"([^\"]*)\")?[ \t]*$")
_ATTRIBUTE = r"(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[\w%-]+))"
# The brace comes first and what it begins after: a search for one character is many times as fast.
_ATTRIBUTES = re.compile(
    rf"\{{(?:(?<=[)\]*]\{{)|(?<=[^`]`\{{)|:)[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,8}}[ \t]*\}}"
)
"""How a link, a picture or a paragraph is to look on a page, in braces behind it (Markdown Extra, kramdown)."""
_SWITCH = re.compile(r"<!--\s*flashnotes:\s*(on|off)\s*-->")
_SLUG = re.compile(r"[ \t]*\[\[[\w-]{1,80}\]\][ \t]*$")
_QUOTE = re.compile(r"[ \t>]*")
CODE_INDENT = 4
"""Spaces before a line that make it code, unless it goes on with a paragraph."""
_MARKER = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s|>")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\$\$)")
"""The marker of a list item that opens with a formula."""


def prepare(text: str) -> str:
    """`text` with the dialects resolved, as many lines as before."""
    if "{" in text and any(sign in text for sign in _BEFORE_ATTRIBUTES):
        text = _ATTRIBUTES.sub("", text)
    if any(sign in text for sign in _ANYWHERE) or (
        any(sign in text for sign in _SIGNS) and _NEEDS_WORK.search("\n" + text)
    ):
        return "\n".join(_Preparer().lines(text.split("\n")))
    return text


class _Preparer:
    """Walks the lines once, knowing whether it is in code, in a formula or in a region switched off."""

    def __init__(self) -> None:
        self.fence = ""
        self.closer = ""
        self.prefix: str | None = None
        """What stands before the fence that opened a formula, and before the one that closes it; None in a list item."""
        self.dedent: str | None = None
        """What stands before the outermost of the admonitions whose text is indented; None outside of all."""
        self.inside = 0
        self.ended = ""
        """The ends of admonitions that no blank line stands after: they wait for the next one, or for the next admonition."""
        self.off = False
        self.out: list[str] = []

    def lines(self, lines: list[str]) -> list[str]:
        in_prose = True
        for number, line in enumerate(lines):
            if in_prose and not ("\\" in line or _may_touch(line) or "flashnotes:" in line):
                self.out.append(line)
            else:
                self.out.append(self._line(line, lines, number))
                in_prose = self._is_in_prose()
        return self.out

    def _is_in_prose(self) -> bool:
        return not (self.fence or self.closer or self.off or self.ended) and self.dedent is None

    def _line(self, line: str, lines: list[str], number: int) -> str:
        if "flashnotes:" in line and (found := _SWITCH.search(line)):
            self.off = found[1] == "off"
            return ""
        if self.off:
            return ""
        if self.closer:
            return self._in_formula(line)
        if self.ended and not line.strip():
            ended, self.ended = self.ended, ""
            return ended
        if self.dedent is not None and not self.fence:
            line = self._dedented(line, self.dedent)
        stripped = line.strip()
        if self.fence or stripped.startswith(("```", "~~~")):
            return self._code(line, stripped)
        return self._prose(line, stripped, lines, number)

    def _dedented(self, line: str, indent: str) -> str:
        """`line` without the indent of the admonitions that it stands in; those that it no longer stands in end before it."""
        if not line.strip():
            return line
        depth, rest = 0, line.removeprefix(indent) if line.startswith(indent) else ""
        while depth < self.inside and (bare := _without_indent(rest)) is not None:
            depth, rest = depth + 1, bare
        ended = f"<!--{CALLOUT} -->" * (self.inside - depth)
        if ended and not self.out[-1].strip():
            self.out[-1], ended = ended, ""
        self.ended, self.inside = self.ended + ended, depth
        if not depth:
            self.dedent = None
            return line
        return indent + rest

    def _code(self, line: str, stripped: str) -> str:
        if not self.fence:
            ticks = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
            self.fence = "" if "`" in stripped[len(ticks) :] else ticks
        elif stripped.startswith(self.fence) and not stripped.strip(self.fence[0]):
            self.fence = ""
        return line

    def _in_formula(self, line: str) -> str:
        stripped = line.strip().lstrip("> ")
        if not stripped.endswith(self.closer):
            return line
        if tail := stripped if self.closer.startswith("\\end") else stripped.removesuffix(self.closer):
            self.out[-1] += " " + tail
        self.closer = ""
        return (_prefix(line) if self.prefix is None else self.prefix) + "```"

    def _prose(self, line: str, stripped: str, lines: list[str], number: int) -> str:
        bare = stripped.lstrip("> ")
        marker = _ITEM.match(bare) if "$$" in bare and lines[number + 1 : number + 2] != [""] else None
        if marker and lines[number + 1 : number + 2] and lines[number + 1][:1] in " \t":
            bare = bare[marker.end() :]
        else:
            marker = None
        if (opened := _opened(bare)) and _closes(opened[0], lines, number):
            self.closer = opened[0]
            prefix = "" if not marker and self._goes_on(line) else _prefix(line)
            self.prefix = None if marker else prefix
            return f"{prefix}{marker[0] if marker else ''}```math {opened[1]}".rstrip()
        if "\\" in line:
            line = _formulas(line)
        elif stripped and not stripped.strip("^"):
            return ""
        elif stripped.startswith("#") and stripped.endswith("]]"):
            return _SLUG.sub("", line)
        if stripped[:3] in (":::", "!!!", "???", "==="):
            return self._admonition(line, stripped)
        return line

    def _goes_on(self, line: str) -> bool:
        """Whether the indented `line` stands under a line of prose, where no block can be indented as code is."""
        above = self.out[-1] if self.out else ""
        return (
            line.expandtabs(CODE_INDENT)[:CODE_INDENT].isspace()
            and above[:1].strip() != ""
            and not _MARKER.match(above)
        )

    def _admonition(self, line: str, stripped: str) -> str:
        if not stripped.strip(":"):
            return f"<!--{CALLOUT} -->"
        if found := _ADMONITION.match(line):
            return f"<!--{CALLOUT} {found[1]}|{(found[2] or found[3] or '').strip('- ')}-->"
        if (found := _INDENTED.match(line)) and (found[2] or found[3]):
            self.dedent = found[1] if self.dedent is None else self.dedent
            self.inside += 1
            ended, self.ended = self.ended, ""
            return f"{found[1]}{ended}<!--{CALLOUT} {found[2] or ''}|{(found[3] or '').strip('- ')}-->"
        return line


def _may_touch(line: str) -> bool:
    """Whether `line` begins as more than prose."""
    return (not line[:1].isalnum() or (line[:1].isdigit() and "$$" in line)) and _TOUCHED.match(
        line
    ) is not None


def _opened(bare: str) -> tuple[str, str] | None:
    """What closes the formula that the line `bare` opens, and what of the formula stands on that line."""
    if bare in ("$$", "$"):
        return bare, ""
    if bare in ("\\[", "\\\\["):
        return bare[:-1] + "]", ""
    if "`" in bare:
        return None
    if bare.startswith("$$") and bare.count("$$") == 1:
        return "$$", bare[2:].strip()
    if (found := _ENVIRONMENT.match(bare)) and f"\\end{{{found[1]}}}" not in bare:
        return f"\\end{{{found[1]}}}", bare
    return None


def _closes(closer: str, lines: list[str], number: int) -> bool:
    """Whether the formula opened on line `number` is closed before the text goes on without it."""
    for line in lines[number + 1 : number + LONGEST_FORMULA]:
        if line.rstrip().endswith(closer):
            return True
        if line.startswith(("#", "```")):
            return False
    return False


def _without_indent(text: str) -> str | None:
    """`text` without one level of indent, or None where it has none."""
    for indent in ("    ", "\t"):
        if text.startswith(indent):
            return text[len(indent) :]
    return None


def _prefix(line: str) -> str:
    found = _QUOTE.match(line)
    return found[0] if found else ""


def _formulas(line: str) -> str:
    stripped = line.strip().lstrip("> ")
    if _ENVIRONMENT.match(stripped):
        return f"{_prefix(line)}$${stripped}$$"
    if "\\(" in line:
        line = _INLINE.sub(lambda found: "$" + found["body"].strip().rstrip("\\") + "$", line)
    if "\\[" in line:
        line = _DISPLAY.sub(_display, line)
    return line


def _display(found: re.Match[str]) -> str:
    body = found["body"].strip().rstrip("\\")
    return f"$${body}$$" if _LOOKS_LIKE_MATHS.search(body) else found[0]
