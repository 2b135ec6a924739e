"""The screen as an SVG picture.

Rich's own export measures Chinese by the character, so that rows drift apart; here every run of text is put at its
cell. No font is fetched: the reader's own monospaced ones are named.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len
from rich.terminal_theme import DIMMED_MONOKAI, TerminalTheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.segment import Segment
    from rich.style import Style
    from textual.app import App

_WIDE: Final = 8.4
"""Pixels of a cell across, at the size of the font."""
_HIGH: Final = 20
_SIZE: Final = 14
_EDGE: Final = 10
_FONTS: Final = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace"
_BLOCKS: Final = {chr(0x2580 + eighths): (1.0, eighths / 8) for eighths in range(1, 9)} | {
    chr(0x2590 - eighths): (eighths / 8, 1.0) for eighths in range(1, 8)
}
"""Of each block element the share of its cell that it fills, across from the left and up from below."""
_RUN: Final = re.compile(r"\s+|[!-~]+|[^\s!-~]")


def svg(app: App[Any], theme: TerminalTheme = DIMMED_MONOKAI) -> str:
    """What `app` shows now, with the colours of `theme` where the screen uses the terminal's own."""
    columns, lines = app.size
    rows = app.screen._compositor.render_strips()
    drawn = [mark for number, row in enumerate(rows) for mark in _row(row, number, theme)]
    width, height = columns * _WIDE + 2 * _EDGE, lines * _HIGH + 2 * _EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"',
            f'    font-family="{_FONTS}" font-size="{_SIZE}" xml:space="preserve">',
            f'<rect width="100%" height="100%" rx="6" fill="{_ground(rows, theme)}"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def _ground(rows: Iterable[Iterable[Segment]], theme: TerminalTheme) -> str:
    first = next((segment.style for row in rows for segment in row if segment.style), None)
    return _colours(first, theme)[1] if first else theme.background_color.hex


def _row(row: Iterable[Segment], number: int, theme: TerminalTheme) -> Iterator[str]:
    column = 0
    texts: list[str] = []
    for segment in row:
        cells = cell_len(segment.text)
        if segment.style is not None and cells:
            ink, ground = _colours(segment.style, theme)
            yield (
                f'<rect x="{_x(column)}" y="{_EDGE + number * _HIGH}" width="{cells * _WIDE + 0.3:.1f}" '
                f'height="{_HIGH + 0.3}" fill="{ground}"/>'
            )
            texts += _texts(segment.text, column, number, f'fill="{ink}"{_face(segment.style)}')
        column += cells
    yield from texts


def _texts(text: str, column: int, number: int, looks: str) -> Iterator[str]:
    """Words of narrow letters, and every other character by itself, each at its own cell."""
    for run in _RUN.findall(text):
        if run in _BLOCKS:
            yield _block(run, column, number, looks)
        elif not run.isspace():
            yield f'<text x="{_x(column)}" y="{_EDGE + number * _HIGH + 15}" {looks}>{escape(run)}</text>'
        column += cell_len(run)


def _block(character: str, column: int, number: int, looks: str) -> str:
    """A block element by its shape: fonts leave gaps between the rows of a chart."""
    across, down = _BLOCKS[character]
    top = _EDGE + number * _HIGH + _HIGH * (1 - down)
    return f'<rect x="{_x(column)}" y="{top:g}" width="{_WIDE * across + 0.4:.1f}" height="{_HIGH * down:g}" {looks}/>'


def _x(column: int) -> str:
    return f"{_EDGE + column * _WIDE:.1f}"


def _colours(style: Style, theme: TerminalTheme) -> tuple[str, str]:
    """Of the letters and what is behind them."""
    ink = style.color.get_truecolor(theme) if style.color else theme.foreground_color
    ground = style.bgcolor.get_truecolor(theme, foreground=False) if style.bgcolor else theme.background_color
    if style.reverse:
        ink, ground = ground, ink
    if style.dim:
        ink = type(ink)(*((one + other) // 2 for one, other in zip(ink, ground, strict=True)))
    return ink.hex, ground.hex


def _face(style: Style) -> str:
    lines = [name for name, on in (("underline", style.underline), ("line-through", style.strike)) if on]
    return "".join(
        [
            ' font-weight="bold"' if style.bold else "",
            ' font-style="italic"' if style.italic else "",
            f' text-decoration="{" ".join(lines)}"' if lines else "",
        ]
    )
