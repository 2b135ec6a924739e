"""HTML as a tree of elements with their lines: what a browser would make of a saved page, as far as its text goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ENDS_P = frozenset(
    "address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre"
    " section table ul".split()
)
_SIBLINGS = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""Open elements that the beginning of another ends, up to the list or table they stand in."""
_BOUNDS = frozenset(("ul", "ol", "dl", "table", "thead", "tbody", "tfoot"))
DEEPEST = 200
"""Elements within elements; what is deeper is no text of a person's."""


@dataclass(slots=True)
class Element:
    """An element, its attributes, what stands in it, and the line it begins on."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 1
    lines: dict[int, int] = field(default_factory=dict)
    """By the place of a text among the children: the line it begins on."""

    def each(self) -> Iterator[Element]:
        """The element itself and all in it, in order."""
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def find(self, *tags: str) -> Element | None:
        """The first element of one of `tags` in this one."""
        return next((element for element in self.each() if element.tag in tags and element is not self), None)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def has_class(self, *names: str) -> bool:
        return not set(names).isdisjoint(self.attributes.get("class", "").split())


def parse_html(text: str) -> Element:
    """The tree of `text`; any text gives one."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        element = Element(tag, {name: value or "" for name, value in attrs}, line=self.getpos()[0])
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < DEEPEST:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open[-1].tag == tag and tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return
            if self._open[place].tag in ("table", "td", "th") and tag in ("p", "div", "span"):
                return

    def handle_data(self, data: str) -> None:
        element = self._open[-1]
        element.lines[len(element.children)] = self.getpos()[0]
        element.children.append(data)

    def _close_implied(self, tag: str) -> None:
        """End the paragraph or item that the beginning of `tag` ends."""
        if tag in _ENDS_P and self._open[-1].tag == "p":
            self._open.pop()
        ends = _SIBLINGS.get(tag, frozenset())
        for place in range(len(self._open) - 1, 0, -1):
            name = self._open[place].tag
            if name in ends:
                del self._open[place:]
                return
            if name in _BOUNDS:
                return
