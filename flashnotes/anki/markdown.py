r"""The HTML of Anki's fields as Markdown with LaTeX: what `html.to_html` would turn into the same again.

Formulas (`\(…\)`, `<anki-mathjax>`, `[$]…[/$]`, `[latex]`) become `$…$`; pictures keep their names; what has
no Markdown is left as its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

from flashnotes.anki.html import is_plain, tidy, to_html
from flashnotes.anki.literal import without_marks
from flashnotes.anki.tex import has_balanced_braces, without_text_marks

NameOfPicture = Callable[[str], "str | None"]
"""Where a picture of the package is kept now; None if it is not."""

_FORMULAS = re.compile(
    r"\\\((?P<inline>.*?)\\\)|\\\[(?P<block>.*?)\\\]"
    r"|<anki-mathjax(?P<attributes>[^>]*)>(?P<element>.*?)</anki-mathjax>"
    r"|\[\$\](?P<old_inline>.*?)\[/\$\]|\[\$\$\](?P<old_block>.*?)\[/\$\$\]|\[latex\](?P<latex>.*?)\[/latex\]"
    "|(?P<mark>[\U000f0000-\U000ffffd])",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_SIMPLE_TAG = re.compile(
    r"<(/?)(br|hr|b|i|u|s|em|strong|div|p|span|ul|ol|li|sub|sup|code|pre|h[1-6]|table|tbody|thead|tr|td|th)"
    r"(?:\s+(?:class|id|style|dir)=(?:\"[^\"<>]*\"|[\w-]+))*>",
    re.IGNORECASE | re.ASCII,
)
"""Tags that are all one has to know: their attributes say nothing that Markdown could."""
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])|<(?=!\[)")
_CONDITION = re.compile(r"<!\[(?:if|else|endif|cdata)\b[^>]*>", re.IGNORECASE)
"""Pasted out of Word; the parser of HTML fails at any other word behind `<![`."""
_MARK = re.compile("[\U000f0000-\U000ffffd]")
_FIRST_MARK = 0xF0000
_MOST_FORMULAS = 60_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#$&~|!+=.-])")
_ORDINAL = re.compile(r"^(\s*\d{1,9})(?=\))", re.MULTILINE)
_SOUND = re.compile(r"(\[sound:[^\]\n]*\])")
_SOUND_OR_ENTITY = re.compile(r"(\[sound:[^\]\n]*\]|&#(?:58|123|125);)")
_ENTITY_KEPT = re.compile(r"&#(?:58|123|125);")
_WORDS = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "blockquote",
    "table",
    "section",
    "article",
    "center",
    "dl",
    "figure",
    "dt",
    "dd",
    "details",
    "summary",
}
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_DROPPED = {"script", "style", "head", "template", "button", "select", "textarea"}
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def to_markdown(html: str, *, is_cloze: bool = False, name_of_picture: NameOfPicture | None = None) -> str:
    """A field's HTML as a card's text."""
    formulas: list[str] = []

    def cut(found: re.Match[str]) -> str:
        if len(formulas) >= _MOST_FORMULAS:
            return "\ufffd" if found["mark"] else found[0]
        formulas.append(found["mark"] or _formula(found))
        return chr(_FIRST_MARK + len(formulas) - 1)

    clean = tidy(without_marks(html))
    if is_plain(clean):
        return _SPACE.sub(" ", clean).replace("\xa0", " ").rstrip()
    # The parser of HTML goes to the end of the text from each sign that begins no tag.
    source = _FORMULAS.sub(cut, _NO_TAG.sub("&lt;", _CONDITION.sub("", clean)))
    if is_cloze:
        # An entity inside an answer keeps `}}` and `::` from meaning anything.
        source = _ENTITY_KEPT.sub(lambda found: "&amp;" + found[0][1:], source)
    reader = _Reader(is_cloze=is_cloze, name_of_picture=name_of_picture or (lambda name: None))
    reader.read(source)
    text = tidy(reader.markdown())
    return _MARK.sub(lambda found: formulas[ord(found[0]) - _FIRST_MARK], text)


def _formula(found: re.Match[str]) -> str:
    kind = found.lastgroup
    body = found["element"] if kind == "element" else found[kind or 0]
    tex = without_text_marks(" ".join(unescape(_TAG.sub(" " if "<br" in body else "", body)).split()))
    if not tex:
        return ""
    if not has_balanced_braces(tex) or (kind == "latex" and "$" in tex):
        return tex
    is_block = kind in {"block", "old_block", "latex"} or (
        kind == "element" and bool(re.search(r"block\s*=\s*[\"']?true", found["attributes"], re.IGNORECASE))
    )
    return f"$${tex}$$" if is_block else f"${tex}$"


class _Reader(HTMLParser):
    """Writes Markdown while it reads HTML."""

    def __init__(self, *, is_cloze: bool, name_of_picture: NameOfPicture) -> None:
        super().__init__(convert_charrefs=True)
        self._is_cloze = is_cloze
        self._name_of_picture = name_of_picture
        self._out: list[str] = []
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._emphasis: list[int] = []
        self._script: list[int] = []
        self._dropped = 0
        self._pre = 0
        self._code = 0
        self._cells: list[str] | None = None
        self._rows = 0

    def read(self, html: str) -> None:
        """Take in the whole of a field; one of plain tags alone without the parser of all that HTML can be."""
        pieces = _SIMPLE_TAG.split(html)
        if any("<" in words for words in pieces[::3]):
            self.feed(html)
            self.close()
            return
        for place in range(0, len(pieces), 3):
            if words := pieces[place]:
                self.handle_data(unescape(words))
            if place + 2 < len(pieces):
                tag = pieces[place + 2].lower()
                (self.handle_endtag if pieces[place + 1] else self._begin)(tag)

    def _begin(self, tag: str) -> None:
        self.handle_starttag(tag, [])

    def markdown(self) -> str:
        lines = "".join(self._out).replace("\xa0", " ").split("\n")
        text = "\n".join(line.rstrip() for line in lines)
        return _BLANK_LINES.sub("\n\n", text).strip("\n")

    def _put(self, text: str) -> None:
        if text:
            self._out.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        handler = getattr(self, f"_start_{tag}", None)
        if tag in _DROPPED:
            self._dropped += 1
        elif handler:
            handler({name: value or "" for name, value in attrs})
        elif tag in _EMPHASIS and not self._code:
            self._emphasis.append(len(self._out))
        elif tag in _BLOCKS:
            self._begin_block(tag)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._paragraph()
            self._put("### ")

    def handle_endtag(self, tag: str) -> None:
        handler = getattr(self, f"_end_{tag}", None)
        if tag in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
        elif handler:
            handler()
        elif tag in _EMPHASIS and not self._code:
            self._close_emphasis(_EMPHASIS[tag])
        elif tag in _BLOCKS:
            self._line()
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._paragraph()

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._pre or self._code:
            code = _ENTITY_KEPT.sub(lambda found: unescape(found[0]), data) if self._is_cloze else data
            self._put(code if self._pre else _SPACE.sub(" ", code))
            return
        text = _SPACE.sub(" ", data)
        if self._at_line_start():
            text = text.lstrip(" ")
        self._put(self._as_words(text))

    def _as_words(self, text: str) -> str:
        """Text that Markdown reads as itself: left alone where it does so anyway, else escaped."""
        if is_plain(text.strip(" ")):
            return text
        if to_html(text) == escape(text, quote=False).strip() or not text.strip():
            return text
        parts = (_SOUND_OR_ENTITY if self._is_cloze else _SOUND).split(text)
        parts[::2] = [_ORDINAL.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", part)) for part in parts[::2]]
        return "".join(parts)

    def _at_line_start(self) -> bool:
        return not self._out or self._out[-1].endswith("\n")

    def _line(self) -> None:
        if self._cells is not None:
            return
        if self._out and not self._out[-1].endswith("\n"):
            self._put("\n")

    def _paragraph(self) -> None:
        self._line()
        if self._cells is None and self._out:
            self._put("\n")

    def _begin_block(self, tag: str) -> None:
        if tag == "p" or (tag in {"ul", "ol", "table", "blockquote"} and not self._lists):
            self._paragraph()
        else:
            self._line()
        if tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
        if tag == "blockquote":
            self._put("> ")
        if tag == "table":
            self._rows = 0

    def _close_emphasis(self, mark: str) -> None:
        if not self._emphasis:
            return
        start = self._emphasis.pop()
        words = "".join(self._out[start:])
        del self._out[start:]
        # Markdown knows no emphasis that begins or ends at a space, or goes over paragraphs.
        self._put(_WORDS.sub(lambda line: f"{mark}{line[0]}{mark}", words))

    def _start_br(self, _: dict[str, str]) -> None:
        self._put(" " if self._cells is not None else "\n")

    def _start_hr(self, _: dict[str, str]) -> None:
        self._paragraph()
        self._put("---\n\n")

    def _start_img(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "")
        kept = self._name_of_picture(source)
        words = self._as_words(attributes.get("alt", "") or ("" if source.startswith("data:") else source))
        self._put(f"![{words}](<{kept}>)" if kept else f"[{words}]" if words else "")

    def _start_audio(self, attributes: dict[str, str]) -> None:
        kept = self._name_of_picture(attributes["src"]) if attributes.get("src") else None
        self._put(f"[sound:{kept}]" if kept else "")

    _start_video = _start_source = _start_audio

    def _start_a(self, attributes: dict[str, str]) -> None:
        url = attributes.get("href", "")
        is_fit = re.fullmatch(r"(?:https?|mailto):[^\s<>()]+", url) is not None
        self._links.append(url if is_fit else "")
        self._put("[" if is_fit else "")

    def _end_a(self) -> None:
        url = self._links.pop() if self._links else ""
        self._put(f"]({url})" if url else "")

    def _start_code(self, _: dict[str, str]) -> None:
        self._code += 1
        self._put("" if self._pre else "`")

    def _end_code(self) -> None:
        if self._code:
            self._code -= 1
            self._put("" if self._pre else "`")

    def _start_pre(self, _: dict[str, str]) -> None:
        self._paragraph()
        self._pre += 1
        self._put("```\n")

    def _end_pre(self) -> None:
        if self._pre:
            self._pre -= 1
            self._line()
            self._put("```\n")

    def _start_li(self, _: dict[str, str]) -> None:
        self._line()
        number = self._lists[-1] if self._lists else None
        indent = "   " * max(0, len(self._lists) - 1)
        self._put(indent + ("- " if number is None else f"{number}. "))
        if self._lists and number is not None:
            self._lists[-1] = number + 1

    def _end_ul(self) -> None:
        if self._lists:
            self._lists.pop()
        self._line()
        if not self._lists:
            self._put("\n")

    _end_ol = _end_ul

    def _start_tr(self, _: dict[str, str]) -> None:
        self._line()
        self._cells = []

    def _start_td(self, _: dict[str, str]) -> None:
        if self._cells is not None:
            self._put("| ")
            self._cells.append("---")

    _start_th = _start_td

    def _end_td(self) -> None:
        if self._cells is not None:
            self._put(" ")

    _end_th = _end_td

    def _end_tr(self) -> None:
        if self._cells is None:
            return
        cells, self._cells = self._cells, None
        self._put("|\n")
        self._rows += 1
        if self._rows == 1:
            self._put("|" + "|".join(cells) + "|\n")

    def _start_sub(self, _: dict[str, str]) -> None:
        self._script.append(len(self._out))

    _start_sup = _start_sub

    def _end_sub(self) -> None:
        self._end_script(_SUBSCRIPTS, "_")

    def _end_sup(self) -> None:
        self._end_script(_SUPERSCRIPTS, "^")

    def _end_script(self, letters: dict[int, int], sign: str) -> None:
        if not self._script:
            return
        start = self._script.pop()
        words = "".join(self._out[start:])
        raised = words.translate(letters)
        is_simple = words.isalnum() or words.isascii()
        del self._out[start:]
        if all(ord(char) in letters for char in words):
            self._put(raised)
        elif is_simple and not re.search(r"[\\{}$\n]", words):
            self._put(f"${sign}{{\\text{{{words}}}}}$")
        else:
            self._put(words)

    def _start_rt(self, _: dict[str, str]) -> None:
        self._put("(")

    def _end_rt(self) -> None:
        self._put(")")
