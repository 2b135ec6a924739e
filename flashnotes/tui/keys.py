"""Keys as input methods send them and as a person chooses them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import Binding


def keymap_problems(keymap: Mapping[str, str], bindings: Iterable[Binding]) -> list[str]:
    """What is wrong with the keys a person chose: actions that there are not, one key for two actions."""
    default = {binding.id: binding.key for binding in bindings if binding.id}
    unknown = [f"Settings: no action is called {name!r}." for name in sorted(set(keymap) - set(default))]
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name, keys in default.items():
        for key in keymap.get(name, keys).split(","):
            owners[key.strip()].append(name)
    clashes = [
        f"Settings: the key {key} is given to {' and '.join(names)}; only one of them gets it."
        for key, names in owners.items()
        if len(names) > 1
    ]
    return unknown + clashes


def narrowed(event: events.Key) -> events.Key:
    """The key meant by a full-width character: an input method makes `３` of `3` and U+3000 of the space."""
    if event.is_forwarded:
        return event
    narrow = unicodedata.normalize("NFKC", event.character or _character_named(event.key))
    if len(narrow) != 1 or not narrow.isascii() or narrow == event.character:
        return event
    return events.Key(_character_to_key(narrow), narrow)


def _character_named(key: str) -> str:
    """The character of a key such as `ideographic_space`, which drivers may send without it."""
    try:
        return unicodedata.lookup(key.replace("_", " ")) if "_" in key else ""
    except KeyError:
        return ""
