"""Image occlusion: parts of a picture are covered, and each card asks what is under one cover.

Anki draws the covers by a script over the picture. Here each card gets a picture of its own: an SVG that holds the
picture with the covers over it, as any viewer of pictures draws it. Shapes are those of Anki's editor, their measures
shares of the picture's width and height.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashnotes.anki.bitmaps import size_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MARK = "image-occlusion:"
LARGEST = 4 << 20
"""Bytes of a picture that is drawn with covers: each card holds it once more."""
_SHAPE = re.compile(
    rf"\{{\{{c(?P<numbers>[\d,]+)::{MARK}(?P<kind>[a-z]+)(?P<values>(?::[^{{}}:=]+=[^{{}}:]*)*)"
)
_PICTURE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_ASKED, _COVERED, _EDGE = "#ff8e8e", "#ffeba2", "#212121"


@dataclass(frozen=True, slots=True)
class Cover:
    """A shape over the picture, and the numbers of the cards that ask for what is under it."""

    numbers: frozenset[int]
    kind: str
    values: Mapping[str, str]

    @property
    def stays(self) -> bool:
        """It covers the picture while another is asked for, too."""
        return self.values.get("oi") == "1"

    def number(self, name: str) -> float:
        """A measure, 0 where there is none."""
        return _as_float(self.values.get(name, ""))


def covers_of(html: str) -> list[Cover]:
    """The shapes in a field."""
    return [
        Cover(
            frozenset(int(number) for number in found["numbers"].split(",") if number),
            found["kind"],
            dict(value.split("=", 1) for value in found["values"].split(":") if value),
        )
        for found in _SHAPE.finditer(html)
    ]


def picture_in(html: str) -> str | None:
    """The name of the first picture in a field."""
    found = _PICTURE.search(html)
    return next(filter(None, found.groups()), None) if found else None


def covered_picture(picture: bytes, covers: list[Cover], number: int) -> bytes | None:
    """The picture with the covers of a card over it, as SVG; None if it is too large or of no known form."""
    size = size_of(picture) if len(picture) <= LARGEST else None
    if size is None:
        return None
    width, height = size
    shapes = "".join(_drawn(covers, number, width, height))
    if not shapes:
        return None
    source = f"data:{type_of(picture)};base64,{b64encode(picture).decode('ascii')}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{source}"/>'
        f'<g stroke="{_EDGE}" stroke-width="{max(1, width // 400)}">{shapes}</g></svg>\n'
    ).encode("ascii")


def _drawn(covers: list[Cover], number: int, width: int, height: int) -> Iterator[str]:
    for cover in covers:
        is_asked = number in cover.numbers
        shape = _shape(cover, width, height) if is_asked or cover.stays else ""
        if shape:
            angle, left, top = (
                cover.number("angle"),
                cover.number("left") * width,
                cover.number("top") * height,
            )
            turned = f' transform="rotate({angle:.4g} {left:.4g} {top:.4g})"' if angle else ""
            yield f'<{shape} fill="{_ASKED if is_asked else _COVERED}"{turned}/>'


def _shape(cover: Cover, width: int, height: int) -> str:
    left, top = cover.number("left") * width, cover.number("top") * height
    if cover.kind == "rect":
        across, down = cover.number("width") * width, cover.number("height") * height
        return f'rect x="{left:.4g}" y="{top:.4g}" width="{across:.4g}" height="{down:.4g}"'
    if cover.kind == "ellipse":
        across, down = cover.number("rx") * width, cover.number("ry") * height
        return f'ellipse cx="{left + across:.4g}" cy="{top + down:.4g}" rx="{across:.4g}" ry="{down:.4g}"'
    if cover.kind == "polygon":
        return _polygon(cover, left, top, width, height)
    return ""


def _polygon(cover: Cover, left: float, top: float, width: int, height: int) -> str:
    """Its corners are where they are as a whole moves by: the leftmost lies at `left`, the topmost at `top`."""
    corners = [corner.partition(",") for corner in cover.values.get("points", "").split()]
    points = [(_as_float(across) * width, _as_float(down) * height) for across, _, down in corners]
    if len(points) < 3:
        return ""
    right_by = left - min(across for across, _ in points) if "left" in cover.values else 0
    down_by = top - min(down for _, down in points) if "top" in cover.values else 0
    joined = " ".join(f"{across + right_by:.4g},{down + down_by:.4g}" for across, down in points)
    return f'polygon points="{joined}"'


def _as_float(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0
