"""Letters that Unicode has in other shapes: mathematical alphabets, sub- and superscripts, accents.

Source: the Unicode code charts (Mathematical Alphanumeric Symbols, Letterlike Symbols, Superscripts and
Subscripts, Phonetic Extensions, Combining Diacritical Marks).
"""

from __future__ import annotations

from typing import Final, NamedTuple

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_GREEK_UPPER = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_LOWER = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"

_LETTERLIKE: Final = {
    "bb": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "cal": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "frak": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_FIRST: Final = {  # capital A, small a, digit zero, capital alpha, small alpha
    "bf": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
    "bi": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
    "bb": (0x1D538, 0x1D552, 0x1D7D8, 0, 0),
    "cal": (0x1D49C, 0x1D4B6, 0, 0, 0),
    "bcal": (0x1D4D0, 0x1D4EA, 0, 0, 0),
    "frak": (0x1D504, 0x1D51E, 0, 0, 0),
    "bfrak": (0x1D56C, 0x1D586, 0, 0, 0),
    "sf": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
    "bsf": (0x1D5D4, 0x1D5EE, 0x1D7EC, 0, 0),
    "tt": (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
}


def _alphabet(font: str) -> dict[str, str]:
    letters: dict[str, str] = {}
    series = (_UPPER, _LOWER, "0123456789", _GREEK_UPPER, _GREEK_LOWER)
    for characters, first in zip(series, _FIRST[font], strict=True):
        if first:
            letters.update((character, chr(first + place)) for place, character in enumerate(characters))
    if font == "bb":
        letters.update(zip("γπΓΠ∑", "ℽℼℾℿ⅀", strict=True))
    return letters | _LETTERLIKE.get(font, {})


_alphabets: dict[str, dict[str, str]] = {}


def styled(text: str, font: str) -> str:
    """`text` in the mathematical alphabet `font` (bf, bi, bb, cal, frak, sf, tt), where Unicode has it."""
    if font not in _FIRST:
        return text
    letters = _alphabets.get(font) or _alphabets.setdefault(font, _alphabet(font))
    return "".join([letters.get(character, character) for character in text])


def plain_letters() -> dict[int, tuple[str, bool]]:
    """Each letter of the mathematical alphabets beyond the basic plane: its plain form, and whether it is bold."""
    bold = {"bf", "bcal", "bfrak", "bsf"}
    return {
        ord(letter): (plain, font in bold)
        for font in _FIRST
        if font != "bi"
        for plain, letter in _alphabet(font).items()
        if ord(letter) > 0xFFFF
    }


SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′″‴∗*⊤⊺∘†‡",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′″‴**ᵀᵀ°†‡",
        strict=True,
    )
)
SUBSCRIPTS: Final = dict(
    zip(
        "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)


class Mark(NamedTuple):
    """How an accent is drawn: combining on one cell, else a row of `left fill middle fill right`."""

    combining: str
    row: str
    """One character to be centred, two for `left` and `fill`…: see `boxes.stretched`."""
    above: bool = True


MARKS: Final[dict[str, Mark]] = {
    "hat": Mark("\u0302", "^"),
    "widehat": Mark("\u0302", "^"),
    "tilde": Mark("\u0303", "~"),
    "widetilde": Mark("\u0303", "~"),
    "utilde": Mark("\u0330", "~", above=False),
    "bar": Mark("\u0304", "__"),
    "overline": Mark("\u0304", "__"),
    "overbar": Mark("\u0304", "__"),
    "underline": Mark("\u0332", "‾‾", above=False),
    "underbar": Mark("\u0332", "‾‾", above=False),
    "vec": Mark("\u20d7", "─→"),
    "overrightarrow": Mark("\u20d7", "─→"),
    "overleftarrow": Mark("\u20d6", "←─"),
    "overleftrightarrow": Mark("\u20e1", "←─→"),
    "overrightharpoon": Mark("\u20d1", "─⇀"),
    "overleftharpoon": Mark("\u20d0", "↼─"),
    "Overrightarrow": Mark("", "═⇒"),
    "underrightarrow": Mark("\u20ef", "─→", above=False),
    "underleftarrow": Mark("\u20ee", "←─", above=False),
    "underleftrightarrow": Mark("", "←─→", above=False),
    "dot": Mark("\u0307", "."),
    "ddot": Mark("\u0308", "‥"),
    "dddot": Mark("\u20db", "…"),
    "ddddot": Mark("\u20dc", "…."),
    "acute": Mark("\u0301", "´"),
    "grave": Mark("\u0300", "`"),
    "check": Mark("\u030c", "ˇ"),
    "widecheck": Mark("\u030c", "ˇ"),
    "breve": Mark("\u0306", "˘"),
    "mathring": Mark("\u030a", "˚"),
    "underbrace": Mark("", "╰─┬─╯", above=False),
    "overbrace": Mark("", "╭─┴─╮"),
    "underbracket": Mark("", "└─┬─┘", above=False),
    "overbracket": Mark("", "┌─┴─┐"),
    "overparen": Mark("\u0311", "╭─╮"),
    "wideparen": Mark("\u0311", "╭─╮"),
    "overgroup": Mark("\u0311", "╭─╮"),
    "underparen": Mark("", "╰─╯", above=False),
    "undergroup": Mark("", "╰─╯", above=False),
}
