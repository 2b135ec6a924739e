"""Keys as input methods send them and as a person chooses them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, TypeGuard

from textual import events
from textual.keys import KEY_ALIASES, KEY_NAME_REPLACEMENTS, Keys, _character_to_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import Binding
    from textual.widget import Widget
    from textual.widgets import Input, TextArea

_NAMED = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values()) | set(KEY_ALIASES)
_MODIFIERS = frozenset(["ctrl", "shift", "alt", "super", "meta", "hyper"])


def keymap_problems(keymap: Mapping[str, str], screens: Iterable[Iterable[Binding]]) -> list[str]:
    """What is wrong with the keys a person chose, a line each; `screens` are the bindings that work together.

    Actions that there are not, keys that there are not, and one key for two actions of a screen.
    """
    together = [_defaults(bindings) for bindings in screens]
    names = {name for screen in together for name in screen}
    problems = [
        f"flashnotes.toml: no action is called {name!r} in [keys].{_nearest(name, names)}"
        for name in sorted(set(keymap) - names)
    ]
    problems += [
        f"flashnotes.toml: there is no key {key!r} for {name}. Write it like u, f5 or ctrl+z."
        for name in sorted(set(keymap) & names)
        for key in split_keys(keymap[name])
        if not _is_key(key)
    ]
    clashes = dict.fromkeys(clash for screen in together for clash in _clashes(keymap, screen))
    return problems + [
        f"flashnotes.toml: the key {key} is given to {' and '.join(owners)}; only one of them gets it."
        for key, owners in clashes
    ]


def split_keys(keys: str) -> list[str]:
    """The keys of a list with commas, by Textual's names: `?` is `question_mark`, `,` alone is `comma`."""
    if keys.strip() == ",":
        return ["comma"]
    return [_long_name(key.strip()) for key in keys.split(",") if key.strip()]


def normal_keymap(keymap: Mapping[str, str]) -> dict[str, str]:
    """The chosen keys as Textual takes them; an action left without any keeps its own."""
    return {name: ",".join(split_keys(keys)) for name, keys in keymap.items() if split_keys(keys)}


def takes_text(widget: Widget | None) -> TypeGuard[Input | TextArea]:
    """Whether what is typed goes into `widget` as text."""
    if widget is None:
        return False
    from textual.widgets import Input, TextArea

    return isinstance(widget, Input | TextArea)


def narrowed(event: events.Key) -> events.Key:
    """The key meant by a full-width character: an input method makes `３` of `3` and U+3000 of the space."""
    if event.is_forwarded:
        return event
    narrow = unicodedata.normalize("NFKC", event.character or _character_named(event.key))
    if len(narrow) != 1 or not narrow.isascii() or narrow == event.character:
        return event
    return events.Key(_character_to_key(narrow), narrow)


def _defaults(bindings: Iterable[Binding]) -> dict[str, list[str]]:
    """The keys of each binding that may be changed, by its id."""
    return {binding.id: split_keys(binding.key) for binding in bindings if binding.id}


def _clashes(
    keymap: Mapping[str, str], default: Mapping[str, list[str]]
) -> list[tuple[str, tuple[str, ...]]]:
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for name, keys in default.items():
        for key in dict.fromkeys(split_keys(keymap.get(name, "")) or keys):
            owners[key].append(name)
    return [(key, tuple(names)) for key, names in owners.items() if len(names) > 1]


def _long_name(key: str) -> str:
    *modifiers, last = key.rsplit("+", 1) if len(key) > 1 else (key,)
    return "+".join([*modifiers, _character_to_key(last) if len(last) == 1 else last])


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    is_named = last in _NAMED or len(last) == 1 or len(_character_named(last)) == 1
    return is_named and set(modifiers) <= _MODIFIERS


def _nearest(name: str, names: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, sorted(names), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def _character_named(key: str) -> str:
    """The character of a key such as `ideographic_space`, which drivers may send without it."""
    try:
        return unicodedata.lookup(key.replace("_", " ")) if "_" in key else ""
    except KeyError:
        return ""
