"""The key of a flag: what follows it is the flag's number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.screen import Screen

if TYPE_CHECKING:
    from textual import events

FLAGS: Final = 7


class Flagging(Screen[None]):
    """A screen on which cards are flagged by two keys."""

    _is_flagging = False

    def say(self, text: str) -> None:
        """One line to the person."""
        raise NotImplementedError

    def action_flag(self, flag: int) -> None:
        """Set a flag from 1 to 7, or take it away by 0."""
        raise NotImplementedError

    def action_flag_next(self) -> None:
        """The next digit is a flag."""
        self._is_flagging = True
        self.say(f"Flag: 1 to {FLAGS}, 0 takes it away.")

    def flagged_by(self, event: events.Key) -> bool:
        """Whether the key is the digit of a flag that was asked for; any other key gives the flag up."""
        if not self._is_flagging:
            return False
        self._is_flagging = False
        self.say("")
        if (event.character or "") in set(map(str, range(FLAGS + 1))):
            self.action_flag(int(event.character or "0"))
            return True
        return event.key == "escape"
