"""Cloze deletions `{{c1::answer::hint}}`, nested ones too, as Anki reads them.

Anki ends a deletion at the first `}}` and begins its hint at the first `::`, whatever these belong to; here
braces have partners, and formulas and code inside an answer keep theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape

from flashnotes.anki.cut import CODE, FLAGS, FORMULA, OTHER, Cuts, shown, tex_of
from flashnotes.anki.tex import as_words, has_balanced_braces, words_in_text

HIGHEST_CLOZE = 500

_OPEN = r"\{\{c(?P<numbers>\d+(?:,\d+)*)::"
_OPENING = re.compile(_OPEN)
_BRACES = r"(?P<open>" + _OPEN + r") | (?P<hint> ::) | (?P<brace> [{}] )"
_ENTITY = r"(?P<entity> & (?: \# \d+ | \# [xX] [0-9A-Fa-f]+ | [A-Za-z]\w* ) ; )"
_IN_TEXT = re.compile("|".join((CODE, FORMULA, OTHER, _ENTITY, _BRACES)), FLAGS)
_IN_CODE = re.compile(r"(?P<private> [\U000F0000-\U000FFFFD] ) |" + _BRACES, FLAGS)
_BRACE_OR_HINT = re.compile(r"\\.|::|[{}]", re.DOTALL)
_TEX_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(slots=True)
class _Deletion:
    """A deletion that has begun and not ended."""

    source: str
    start: int
    """Where in the output it began."""
    hint: int | None = None
    braces: int = 0


@dataclass(slots=True)
class ClozeCutter:
    """Cuts deletions, formulas and stray markup out of a cloze text."""

    cuts: Cuts
    _out: list[str] = field(default_factory=list)
    _open: list[_Deletion] = field(default_factory=list)

    def cut(self, text: str) -> str:
        return self._scan(text, _IN_TEXT)

    def _scan(self, text: str, pattern: re.Pattern[str]) -> str:
        outer = (self._out, self._open)
        self._out, self._open = [], []
        position = 0
        while found := pattern.search(text, position):
            self._out.append(text[position : found.start()])
            position = self._take(found, text)
        self._out.append(text[position:])
        for deletion in self._open:
            self._out[deletion.start] = self._as_no_deletion(deletion.source)
        result = "".join(self._out)
        self._out, self._open = outer
        return result

    def _take(self, found: re.Match[str], text: str) -> int:
        """Append what was found; the position to go on from."""
        if found["open"]:
            self._begin(found)
        elif found["hint"]:
            self._hint()
        elif found["brace"]:
            return self._brace(found, text)
        elif _is_cut_by_deletion(found):
            self._out.append("$")
            return found.start() + 1
        elif found["private"]:
            self._out.append(self.cuts.put_text(found[0]))
        else:
            self._out.append(self._markup(found))
        return found.end()

    def _begin(self, found: re.Match[str]) -> None:
        if _has_numbers(found):
            self._open.append(_Deletion(found["open"], len(self._out)))
            self._out.append(found["open"])
        else:
            self._out.append(self._as_no_deletion(found["open"]))

    def _as_no_deletion(self, opening: str) -> str:
        # One that never ends would swallow the others.
        return self.cuts.put(opening.replace("::", "&#58;&#58;"))

    def _hint(self) -> None:
        if self._open and self._open[-1].hint is None:
            self._open[-1].hint = len(self._out)
        self._out.append("::")

    def _brace(self, found: re.Match[str], text: str) -> int:
        brace, end = found[0], found.end()
        if not self._open:
            self._out.append(brace)
            return end
        deletion = self._open[-1]
        if brace == "{":
            deletion.braces += 1
            self._out.append("{")
        elif deletion.braces:
            deletion.braces -= 1
            self._out.append(self.cuts.put("&#125;"))
        elif text.startswith("}", end):
            self._close()
            return end + 1
        else:
            self._out.append(self.cuts.put("&#125;"))
        return end

    def _close(self) -> None:
        deletion = self._open.pop()
        answer = "".join(self._out[deletion.start + 1 : deletion.hint])
        if not unescape(self.cuts.restore(answer)).replace("<!-- -->", "").strip():
            # A card that asks for nothing.
            self._out[deletion.start] = self._as_no_deletion(deletion.source)
            self._out.append(self.cuts.put("&#125;&#125;"))
            return
        hint = ""
        if deletion.hint is not None:
            words = "".join(self._out[deletion.hint + 1 :])
            # Anki sets the hint in brackets: a backslash at its end would make a delimiter of the last.
            hint = f"::{self.cuts.restore(as_words(words))}" + ("<!-- -->" if words.endswith("\\") else "")
            del self._out[deletion.hint :]
        self._out[deletion.start] = self.cuts.put(deletion.source)
        self._out.append(self.cuts.put(hint + "}}"))

    def _markup(self, found: re.Match[str]) -> str:
        if found["fenced"] is not None or found["code"] is not None:
            return self._code(found)
        if found["escape"] is not None:
            return self._escape(found[0])
        if found["less"]:
            return self.cuts.put_text("<")
        if found["sound"] is not None:
            return self.cuts.cut_sound(found)
        if found["entity"]:
            return self.cuts.put(found[0], escape(found[0]))
        formula = tex_of(found)
        return self._formula(found, *formula) if formula else found[0]

    def _code(self, found: re.Match[str]) -> str:
        if _OPENING.search(found[0]):
            return self._scan(found[0], _IN_CODE)
        return self._kept_whole(found[0])

    def _kept_whole(self, text: str) -> str:
        """Text in which `}}` and `::` mean nothing, if a deletion is open."""
        if not self._open:
            return text
        return text.replace("}", self.cuts.put("&#125;")).replace("::", self.cuts.put("&#58;&#58;"))

    def _escape(self, escaped: str) -> str:
        if escaped[1] in "{}:":
            return self.cuts.put(f"&#{ord(escaped[1])};", escaped)
        return self.cuts.cut_escape(escaped)

    def _formula(self, found: re.Match[str], tex: str, display: bool) -> str:
        tex = words_in_text(tex)
        inner = self._deletions_in_tex(tex)
        html = shown(inner, display)
        if inner == tex and self._open:
            html = _spread_braces(html).replace("::", "&#58;&#58;")
        return self.cuts.put_formula(found, html)

    def _deletions_in_tex(self, tex: str, *, inside: bool = False) -> str:
        plain = _spread_braces if inside else str
        found = _OPENING.search(tex)
        end = _end_of_deletion(tex, found.end()) if found else None
        if not found or end is None:
            return plain(tex)
        answer, hint = _split_hint(tex[found.end() : end])
        if not _has_numbers(found) or not answer.strip():
            opening = plain(tex[: found.start()]) + found[0].replace("::", ": :")
            return opening + self._deletions_in_tex(tex[found.end() :], inside=inside)
        shown_part = self._deletions_in_tex(answer, inside=True) + _spread_braces(hint)
        gap = " " if shown_part.endswith("}") else ""
        rest = self._deletions_in_tex(tex[end + 2 :], inside=inside)
        return f"{plain(tex[: found.start()])}{found[0]}{shown_part}{gap}}}}}{rest}"


def is_cloze_number(digits: str) -> bool:
    """Whether Anki makes a card for a deletion of that number."""
    return digits.isdecimal() and len(digits) < 5 and 1 <= int(digits) <= HIGHEST_CLOZE


def _has_numbers(found: re.Match[str]) -> bool:
    return all(map(is_cloze_number, found["numbers"].split(",")))


def _is_cut_by_deletion(found: re.Match[str]) -> bool:
    """Whether what looks like a formula begins on one side of a deletion's edge and ends on the other."""
    formula = tex_of(found) if "tight" in found.re.groupindex else None
    if formula is None or has_balanced_braces(formula[0]):
        return False
    return "}}" in formula[0] or _OPENING.search(formula[0]) is not None


def _spread_braces(tex: str) -> str:
    return re.sub(r"\}(?=\})", "} ", tex)


def _end_of_deletion(tex: str, start: int) -> int | None:
    depth = 0
    for found in _TEX_BRACE.finditer(tex, start):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}" and depth:
            depth -= 1
        elif found[0] == "}":
            return found.start() if tex.startswith("}}", found.start()) else None
    return None


def _split_hint(inner: str) -> tuple[str, str]:
    """The answer and, with its colons, the hint, which no braces enclose."""
    depth = 0
    for found in _BRACE_OR_HINT.finditer(inner):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "::" and not depth:
            return inner[: found.start()], inner[found.start() :]
    return inner, ""
