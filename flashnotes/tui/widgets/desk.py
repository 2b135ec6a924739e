"""What a screen stands on: what changes on it is painted together, and what does not change is not drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Still(Widget):
    """A widget that shows nothing but its background and border: they are drawn once for a size and a style.

    It must stand last among the bases of a class: Textual takes the style sheet from the first one alone.
    """

    _still: tuple[Region, list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._still is None or self._still[0] != crop:
            self._still = crop, super().render_lines(crop)
        return self._still[1]

    def notify_style_update(self) -> None:
        self._still = None
        super().notify_style_update()


class Desk(Vertical, Still):
    """The ground of a screen.

    Textual sends three messages for each widget that is refreshed, and they cost as much as drawing it: between a
    grade and the next card six widgets change, and one refresh of the desk paints their places.
    """

    def repaint(self, place: Region) -> None:
        """Paint what stands at `place`, of the whole screen, as it now is."""
        self.refresh(place.translate(-self.content_region.offset))
