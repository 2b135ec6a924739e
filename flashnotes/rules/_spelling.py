"""Whether words spell a short form out, and from where on.

Short and long form are matched as in Schwartz and Hearst (2003), "A simple algorithm for identifying
abbreviation definitions in biomedical text": from the end backwards every letter of the short form is found
in the long form, the first one at the start of a word. What bears letters at the start of its words is preferred.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTERS = "A-Za-zÀ-ÖØ-öø-ÿα-ωΑ-Ω"
"""The letters of names, as part of a set of characters in a regular expression."""
_DOTTED = re.compile(r"^(?!e\.g\.|i\.e\.|a\.k\.a\.)(?:[a-z]\.){2,6}$")
_NUMBER_WORDS = {
    "1": ("one", "first", "mono", "uni", "single"),
    "2": ("two", "second", "di", "bi", "double", "twin"),
    "3": ("three", "third", "tri", "ter"),
    "4": ("four", "tetra", "quad"),
    "5": ("five", "fifth", "penta"),
    "6": ("six", "hexa"),
    "7": ("seven", "hepta"),
    "8": ("eight", "octa"),
    "9": ("nine", "ninth", "nona"),
}
"""What the words for the digits of a short form begin with: 3D is three-dimensional."""
_GREEK_NAMES = {"α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "κ": "k", "λ": "l", "μ": "m", "ω": "o"}
"""What the names of Greek letters begin with: TNF-α is tumour necrosis factor alpha."""
_SYLLABLES = re.compile(r"[A-Z][a-z]+|[A-Z]|[a-z]+|\d")
_COUNTED = re.compile(r"([a-z])([2-5])", re.IGNORECASE)
"""A letter and how many of it there are: W3C is World Wide Web Consortium, A2C advantage actor-critic."""
_CROSSED = ("ex", "cross", "trans")
"""What an X in a short form stands for: Extensible, cross-site, transmit."""
_TURNED = re.compile(r"([A-Z][A-Za-z]+)-([a-z]{4,}|[α-ω])")
"""A short form that names first what its words name last: IFN-gamma is gamma-interferon."""
_PLACES = re.compile(
    r"(?:(?:\d+['′]?(?:,\d+['′]?)*|alpha|beta|gamma|delta|epsilon|omega|[α-ω]|[A-Z](?:,[A-Z])*)-)+"
)
"""Where in a molecule something is bound; no letter of a short form stands for it: 17-beta-estradiol."""
_BARE_WORDS = re.compile(rf"[{LETTERS}0-9]+")
_WORDS = re.compile(rf"[{LETTERS}0-9'’&/-]+")
MOST_LETTERS = 10
SHORTEST_WORD = {2: 6, 3: 8}
"""Letters of a single word that a short form of so many letters can be made of; ten for a longer one."""
MOST_DIGITS = 2
"""Digits of a short form; more are a number (CS4320)."""
FEWEST_SHUFFLED = 3
"""Letters of a short form whose order may differ from that of its words."""
_NO_DIGITS = str.maketrans("", "", "0123456789")
LETTERS_A_WORD = 2
"""Letters of a short form for each word, past the first, that may bear none of them."""
LONGEST_NAME = 90
"""Characters of a name in full."""
JOINING = frozenset("the a an of in on for and or to by with from as at via into".split())
"""Small words that may stand inside a name: none of its letters has to be theirs."""
STOP = JOINING | frozenset(
    """
    is are was it we that this which called named use using plus than be been were has have had their its our
    these those such when while between during through can may
    """.split()
)
"""Words that begin no name, unless each word of it gives its first letter."""
_NEVER_INSIDE = STOP - JOINING
_RELATES = frozenset("through during between using plus than".split())
"""Words that may stand inside a name where they give it a letter: backpropagation through time (BPTT)."""


def long_form(short: str, text: str) -> str | None:
    """The shortest end of `text` that spells `short` out, or None.

    The words that begin with its letters or syllables (XGBoost, BiLSTM) are preferred to the shortest end that holds
    its letters in order. Where they are not all there in order, its digits are read as so many of the letter before
    (A3C), as words (3D) or left out (CO2), its Greek letters by their names, its parts the other way round, or its
    letters are taken as the first ones of as many words in any order.
    """
    long = (
        _initials(short, text)
        or _by_beginnings(short, text)
        or _spelled(short, text)
        or _spelled_numbers(short, text)
        or _spelled_greek(short, text)
        or _turned(short, text)
        or _shuffled(short, text)
    )
    return _with_places(long, text) if long and not _says_nothing(short, long) else None


def small_long_form(short: str, text: str) -> str | None:
    """The end of `text` whose words begin with the small letters of `short`, a plural's s apart: amino acid (aa)."""
    capitals = short.upper()
    return _by_beginnings(capitals, text) or (
        _by_beginnings(capitals[:-1] + "s", text) if capitals.endswith("S") and text.endswith("s") else None
    )


def _with_places(long: str, text: str) -> str:
    """`long`, the end of `text`, with the places in a molecule that are written before it."""
    before = text.rstrip()[: -len(long)]
    places = before[before.rfind(" ") + 1 :]
    return places + long if _PLACES.fullmatch(places) else long


def _says_nothing(short: str, long: str) -> bool:
    """Whether `long` holds `short`, or is the same name with another number: apoB-44 and apoB-74 are two things."""
    same = short.translate(_NO_DIGITS) == long.translate(_NO_DIGITS)
    return same or short.casefold() in long.casefold().split()


def is_dotted(short: str) -> bool:
    """Whether `short` is small letters with full stops: i.i.d., s.d., but not e.g."""
    return _DOTTED.match(short) is not None


def are_initials(short: str, text: str) -> bool:
    """Whether `short` is the first letters of the words of `text`, words that join passed over or not."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    telling = (word for word in words if word not in STOP)
    return short.casefold() in ("".join(word[0] for word in words), "".join(word[0] for word in telling))


def _initials(short: str, text: str) -> str | None:
    """The end of `text` whose words begin with the letters of the dotted `short`: i.i.d., words that join passed over."""
    if not _DOTTED.match(short):
        return None
    words = list(_WORDS.finditer(text))
    start = len(text)
    for letter in reversed(short.replace(".", "").casefold()):
        while words and words[-1][0].casefold() in STOP and not words[-1][0].casefold().startswith(letter):
            words.pop()
        if not words or not words[-1][0].casefold().startswith(letter):
            return None
        start = words.pop().start()
    return text[start:].strip()


def _by_beginnings(short: str, text: str) -> str | None:
    """The end of `text` whose words begin with the syllables of `short`, with its letters, or with its letters repeated."""
    single = short[:-1] if short[-1] == "s" and short[:-1].isupper() else short
    letters = [letter for letter in single.casefold() if letter.isalnum()]
    spellings = [[part.casefold() for part in _SYLLABLES.findall(single)], letters]
    if _COUNTED.search(single):
        spellings.append(list(_COUNTED.sub(lambda found: found[1] * int(found[2]), single.casefold())))
    words = list(_BARE_WORDS.finditer(text[-3 * LONGEST_NAME :]))
    for parts in spellings:
        start = _begun_by(parts, words) if 1 < len(parts) <= MOST_LETTERS else None
        if start is not None:
            long = text[-3 * LONGEST_NAME :][start:].strip()
            if len(short) < len(long) <= LONGEST_NAME:
                return long
    return None


def _begun_by(parts: Sequence[str], words: Sequence[re.Match[str]]) -> int | None:
    """Where the last `words` begin that begin with `parts` one by one, words that join passed over."""
    at, start = len(words) - 1, None
    for number, part in enumerate(reversed(parts)):
        while number and at >= 0 and words[at][0].casefold() in JOINING and not _begins(words[at][0], part):
            at -= 1
        if at < 0 or not _begins(words[at][0], part):
            return None
        start = words[at].start()
        at -= 1
    return start


def _begins(word: str, part: str) -> bool:
    """Whether `word` begins with `part`, or with what an X stands for."""
    word = word.casefold()
    return word.startswith(part) or (part == "x" and word.startswith(_CROSSED))


def _spelled_numbers(short: str, text: str) -> str | None:
    digits = sum(map(str.isdigit, short))
    if not 0 < digits <= MOST_DIGITS:
        return None
    again = _COUNTED.sub(lambda found: found[1] * int(found[2]), short)
    bare = "".join(letter for letter in short if not letter.isdigit())
    return (
        (_spelled(again, text) if again != short else None)
        or _spelled_in_words(short, text)
        or (_spelled(bare, text) if sum(map(str.isalpha, bare)) > 1 else None)
    )


def _spelled_in_words(short: str, text: str) -> str | None:
    """The end of `text` that spells `short` out with words for its digits, of which it has one or two."""
    digits = [letter for letter in short if letter in _NUMBER_WORDS]
    lower = text.casefold()
    for words in product(*[_NUMBER_WORDS[digit] for digit in digits]):
        if all(word in lower for word in words):
            first = iter(words)
            long = _spelled("".join(next(first)[0] if letter in digits else letter for letter in short), text)
            if long and all(word in long.casefold() for word in words):
                return long
    return None


def _spelled_greek(short: str, text: str) -> str | None:
    named = "".join(_GREEK_NAMES.get(letter, letter) for letter in short.casefold())
    return _spelled(named, text) if named != short.casefold() else None


def _turned(short: str, text: str) -> str | None:
    """The end of `text` that names the last part of `short` first, in full."""
    parts = _TURNED.fullmatch(short)
    long = _spelled(f"{parts[2]}-{parts[1]}", text) if parts else None
    return long if parts and long and long.casefold().startswith(parts[2]) else None


def _shuffled(short: str, text: str) -> str | None:
    letters = sorted(short.casefold())
    if len(letters) < FEWEST_SHUFFLED or not short.isupper() or not short.isalpha():
        return None
    words = [word for word in _WORDS.finditer(text) if word[0].casefold() not in JOINING][-len(letters) :]
    if sorted(word[0][0].casefold() for word in words) != letters:
        return None
    return text[words[0].start() :].strip()


def _spelled(short: str, text: str) -> str | None:
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    lower = text.casefold()
    if not letters or len(lower) != len(text):
        return None
    places = _places_of(letters, lower)
    if not places:
        return None
    long = text[places[0] :].strip()
    if not 1 < len(long) <= LONGEST_NAME or len(long) <= len(short):
        return None
    return long if _is_name(short, long, [place - places[0] for place in places]) else None


def _is_name(short: str, long: str, places: Sequence[int]) -> bool:
    """Whether `long` can be the name in full of `short`, whose letters it has at `places`."""
    words = list(_WORDS.finditer(long))
    if not 0 < len(words) <= min(len(short) + 5, len(short) * 2) or any(
        _breaks_off(word, places) for word in words[1:]
    ):
        return False
    if len(words) == 1:
        return "-" in long or len(long) >= SHORTEST_WORD.get(len(places), 10)
    return _idle(words, places) <= _most_idle(words, places) and (
        words[0][0].casefold() not in STOP or _opens_each(long, places)
    )


def _breaks_off(word: re.Match[str], places: Sequence[int]) -> bool:
    """Whether no name goes on past `word`, whose letters at `places` stand for it."""
    own = word[0].casefold()
    return own in _NEVER_INSIDE and not (own in _RELATES and word.start() in places)


def _idle(words: Sequence[re.Match[str]], places: Sequence[int]) -> int:
    """How many of `words`, those that join and the places in a molecule apart, bear none of the letters at `places`."""
    return sum(
        not any(word.start() <= place < word.end() for place in places)
        and word[0].casefold() not in STOP
        and not (word[0].rstrip("'").isdigit() and word.string[word.end() : word.end() + 1] == ",")
        for word in words
    )


def _most_idle(words: Sequence[re.Match[str]], places: Sequence[int]) -> int:
    """How many words of a name may bear no letter: none where the second and last stands inside a later word (CO)."""
    inside_later = len(places) == 2 and all(word.start() != places[1] for word in words[1:])
    if inside_later and places[1] >= words[0].end():
        return 0
    return max(1, len(places) // LETTERS_A_WORD)


def _opens_each(long: str, places: Sequence[int]) -> bool:
    """Whether the letters at `places` are the first ones of all words of `long`."""
    starts = [0, *[at + 1 for at, character in enumerate(long) if character == " "]]
    return starts == list(places)


def _places_of(letters: Sequence[str], text: str) -> list[int]:
    """Where the shortest end of `text` has `letters` in order, the first one at the start of a word; empty where none has."""
    places: list[int] = []
    position = len(text) - 1
    for index in range(len(letters) - 1, -1, -1):
        while position >= 0 and (
            text[position] != letters[index] or (index == 0 and position > 0 and text[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return []
        places.append(position)
        position -= 1
    return places[::-1]
