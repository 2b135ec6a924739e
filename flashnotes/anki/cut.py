"""Cuts out of a text what Markdown must not touch, leaving one private-use character for each piece.

One character rather than a longer mark: to Markdown it is a letter of the word it stands in, and
`str.translate` puts all pieces back at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flashnotes.anki.tex import as_words, mathjax

_FIRST, _LAST = 0xF0000, 0xFFFFD
_REPLACEMENT = "\ufffd"

CODE = r"""
    (?P<fenced> ^[ ]{0,3} (?P<fence> `{3,} | ~{3,} ) [^\n]*
        (?: \n .*? (?: ^[ ]{0,3} (?P=fence) [`~]* [ \t]* $ | \Z ) | \Z ) )
  | (?P<code> (?<!`) (?:
        (?P<ticks> `{1,2} ) (?!`) (?: (?! \n [ \t]* \n ) . )+? (?<!`) (?P=ticks)
      | (?P<more> `{3,} ) (?!`) .+? (?<!`) (?P=more) ) (?!`) )
"""
# A dollar opens a formula if no space follows it and the next dollar closes it, that is, follows no space
# and stands before no digit: `$5 or $6` are prices. Spaces do no harm if it has a TeX command, is a single word
# or has an index, a power or a sign of equality, and no number begins it.
FORMULA = r"""
    (?P<display> \$\$ (?P<block> (?> (?: \\. | [^\\$] | \$(?!\$) )+ ) ) \$\$ )
  | (?P<tight> \$ (?! [\s$] ) (?P<tex> (?> (?: \\. | [^\\$\n] | \n(?!\s*\n) )+ ) ) (?<! \s ) \$ (?! \d ) )
  | (?P<loose> \$ (?P<spaced>
        (?= [^$\n]* \\[A-Za-z] | [ ]? (?!\d) (?: [^\s$]+ | [^$\n]* [\^_=] [^$\n]* ) [ ] \$ (?![A-Za-z]) )
        (?> (?: \\. | [^\\$\n] )+ ) ) \$ (?! \d ) )
"""
OTHER = r"""
    (?P<escape> \\. )
  | (?P<link> < https?://[^\s<>]* > )
  | (?P<less> (?<! \]\( ) < )
  | \[sound: (?P<sound> [^\]\n]+ ) \]
  | (?P<private> [\U000F0000-\U000FFFFD] )
"""
FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL
_PIECE = re.compile("|".join((CODE, FORMULA, OTHER)), FLAGS)


NameOfPicture = Callable[[str], "str | None"]
"""What the picture or sound at an address is called in the package; None if it is not taken along."""


class Cuts:
    """The pieces taken out of one text: each as HTML, and as it is to stand inside code."""

    def __init__(self, name_of_picture: NameOfPicture) -> None:
        self.name_of_picture = name_of_picture
        self._marks: dict[tuple[str, str], str] = {}
        self._as_html: dict[int, str] = {}
        self._as_code: dict[int, str] = {}

    def put(self, html: str, code: str | None = None) -> str:
        """The character that stands for a piece."""
        piece = (html, html if code is None else code)
        if piece not in self._marks:
            number = _FIRST + len(self._marks)
            if number > _LAST:
                return _REPLACEMENT
            self._marks[piece] = chr(number)
            self._as_html[number], self._as_code[number] = piece
        return self._marks[piece]

    def put_text(self, text: str) -> str:
        """The character that stands for words, whatever they would mean to Markdown."""
        return self.put(as_words(text))

    def put_formula(self, found: re.Match[str], html: str) -> str:
        """The character that stands for a formula; a backslash before it must not join its delimiter."""
        gap = "<!-- -->" if found.string.endswith("\\", 0, found.start()) else ""
        return self.put(gap + html, as_words(found[0]))

    def restore(self, html: str) -> str:
        return html.translate(self._as_html)

    def restore_code(self, html: str) -> str:
        return html.translate(self._as_code)

    def cut(self, text: str) -> str:
        """The text without its formulas, and without a `<` that could begin a tag."""
        return _PIECE.sub(self._replace, text)

    def _replace(self, found: re.Match[str]) -> str:
        if found["escape"] is not None:
            return self.cut_escape(found[0])
        if found["less"] or found["private"]:
            return self.put_text(found[0])
        if found["sound"] is not None:
            return self.cut_sound(found)
        if formula := tex_of(found):
            return self.put_formula(found, shown(*formula))
        return found[0]

    def cut_sound(self, found: re.Match[str]) -> str:
        """A sound that is taken along; any other is mere words."""
        name = self.name_of_picture(found["sound"])
        return self.put(f"[sound:{name}]", as_words(found[0])) if name else found[0]

    def cut_escape(self, escaped: str) -> str:
        # An asterisk that is meant as one must not be taken for emphasis that Markdown overlooked.
        return self.put("*", r"\*") if escaped == r"\*" else escaped


def tex_of(found: re.Match[str]) -> tuple[str, bool] | None:
    """The LaTeX of a match of `FORMULA` and whether it stands on lines of its own."""
    if found["display"] is not None:
        return found["block"], True
    tex = found["tex"] if found["tight"] is not None else found["spaced"]
    return None if tex is None else (tex, False)


def shown(tex: str, display: bool) -> str:
    """A formula as MathJax, or its source where MathJax could not read it."""
    return mathjax(tex, display=display) or f"<code>{as_words(' '.join(tex.split()))}</code>"
