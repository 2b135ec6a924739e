"""What each command of LaTeX makes of its arguments, one small function a kind of command."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.environments import begin, substack
from flashnotes.formula.problem import Problem
from flashnotes.formula.symbols import ATOMS, DELIMITERS
from flashnotes.formula.text_mode import TEXT_COMMANDS, named, text
from flashnotes.formula.tree import (
    BIN,
    CLOSE,
    EMPTY,
    LIMITS,
    OPEN,
    ORD,
    PUNCT,
    REL,
    STACKED,
    Accent,
    Boxed,
    Delimiter,
    Fenced,
    Fraction,
    Group,
    Node,
    Operator,
    Phantom,
    Root,
    Scripts,
    Space,
    Struck,
    Symbol,
    Tag,
    Text,
)

if TYPE_CHECKING:
    from flashnotes.formula.parser import Parser

Command: TypeAlias = "Callable[[Parser], Node | None]"

_DIMENSION: Final = re.compile(r"\s*=?\s*([-+]?)\s*(\d*\.?\d*)\s*(pt|em|ex|mm|cm|in|mu|bp|sp|pc|dd|cc|px)?\b")
_CELLS_OF: Final = {"pt": 0.13, "em": 1.6, "ex": 0.8, "mm": 0.4, "cm": 4.0, "in": 10.0, "mu": 0.09, "px": 0.1}


# fractions and roots


def _fraction(parser: Parser) -> Node:
    over = parser.argument()
    return Fraction(over, parser.argument())


def _continued_fraction(parser: Parser) -> Node:
    parser.optional_source()
    return _fraction(parser)


def _binomial(parser: Parser) -> Node:
    over = parser.argument()
    return _fenced("(", Fraction(over, parser.argument(), bar=False), ")")


def _general_fraction(parser: Parser) -> Node:
    left, right, thickness = (parser.source().strip() for _ in range(3))
    parser.source()
    over = parser.argument()
    bare = thickness.startswith("0")
    return (
        _fenced(left, Fraction(over, parser.argument(), bar=not bare), right)
        if left or right
        else Fraction(over, parser.argument(), bar=not bare)
    )


def _fenced(left: str, body: Node, right: str) -> Node:
    return Fenced(DELIMITERS.get(left, left), (body,), (), DELIMITERS.get(right, right))


def _root(parser: Parser) -> Node:
    index = parser.optional()
    return Root(parser.argument(), index)


def _root_of(parser: Parser) -> Node:
    index = []
    while parser.peek() not in ("\\of", ""):
        index.append(parser.argument())
    parser.expect("\\of", "\\root has no \\of")
    return Root(parser.argument(), Group(tuple(index)))


def _split(left: str, right: str, bar: bool, parser: Parser, over: Node) -> Node:
    fraction = Fraction(over, Group(tuple(parser.items())), bar)
    return _fenced(left, fraction, right) if left else fraction


def _split_with_bar(parser: Parser, over: Node) -> Node:
    _dimension(parser)
    return _split("", "", True, parser, over)


INFIX: Final[dict[str, Callable[[Parser, Node], Node]]] = {
    "\\over": partial(_split, "", "", True),
    "\\atop": partial(_split, "", "", False),
    "\\choose": partial(_split, "(", ")", False),
    "\\brack": partial(_split, "[", "]", False),
    "\\brace": partial(_split, "\\{", "\\}", False),
    "\\above": _split_with_bar,
}
"""Commands that stand between what is over and what is under."""


# delimiters


def _delimiter(parser: Parser) -> str:
    token = parser.peek()
    if not token:
        raise Problem("a delimiter is missing at the end")
    parser.place += 1
    if token == "{" and parser.tokens[parser.place + 1] == "}":
        token = parser.tokens[parser.place]
        parser.place += 2
    if token in DELIMITERS:
        return DELIMITERS[token]
    atom = ATOMS.get(token)
    if isinstance(atom, Symbol) and len(atom.text) == 1:
        return atom.text
    raise Problem(f"{token} is no delimiter")


def _left(parser: Parser) -> Node:
    left = _delimiter(parser)
    parts = [Group(tuple(parser.items()))]
    middles = []
    while parser.accept("\\middle"):
        middles.append(_delimiter(parser))
        parts.append(Group(tuple(parser.items())))
    parser.expect("\\right", f"\\left{left} has no \\right")
    return Fenced(left, tuple(parts), tuple(middles), _delimiter(parser))


def _sized(kind: int | None, parser: Parser) -> Node:
    text_ = _delimiter(parser)
    if kind is None:
        atom = ATOMS.get(text_)
        kind = atom.kind if isinstance(atom, Symbol) else {"{": OPEN, "}": CLOSE}.get(text_, ORD)
    return Delimiter(text_, kind) if text_ else EMPTY


def _pair(left: str, right: str, parser: Parser) -> Node:
    return Fenced(left, (parser.argument(),), (), right)


# one thing above or below another


def _accent(name: str, parser: Parser) -> Node:
    return Accent(parser.argument(), name)


def _over(parser: Parser) -> Node:
    above = parser.argument()
    return Scripts(named(parser.argument()), None, above, STACKED)


def _under(parser: Parser) -> Node:
    below = parser.argument()
    return Scripts(named(parser.argument()), below, None, STACKED)


def _over_and_under(parser: Parser) -> Node:
    above, below = parser.argument(), parser.argument()
    return Scripts(named(parser.argument()), below, above, STACKED)


def _build_relation(parser: Parser) -> Node:
    above = []
    while parser.peek() not in ("\\over", ""):
        above.append(parser.argument())
    parser.expect("\\over", "\\buildrel has no \\over")
    return Scripts(parser.argument(), None, Group(tuple(above)), STACKED)


def _arrow(shape: str, parser: Parser) -> Node:
    below = parser.optional()
    above = parser.argument()
    empty = isinstance(above, Group) and not above.items
    return Scripts(Symbol(shape, REL), below, None if empty else above, STACKED)


def _sideset(parser: Parser) -> Node:
    before, after = parser.argument(), parser.argument()
    symbol = parser.argument()
    if isinstance(after, Scripts):
        after = Scripts(symbol, after.sub, after.sup)
        return Group((before, after))
    return Group((before, symbol, after))


def _prescript(parser: Parser) -> Node:
    above, below = parser.argument(), parser.argument()
    return Group((Scripts(EMPTY, below, above), parser.argument()))


def _mathop(parser: Parser) -> Node:
    body = named(parser.argument())
    if isinstance(body, Operator):
        return Operator(body.text, True)
    if isinstance(body, Symbol):
        return Operator(body.text, True)
    return Scripts(body, None, None, LIMITS)


def _operator_name(parser: Parser) -> Node:
    limits = parser.accept("*")
    font = parser.font
    parser.restore_font("rm")
    name = named(parser.argument())
    parser.restore_font(font)
    if isinstance(name, (Symbol, Operator)):
        return Operator(name.text, limits)
    return Scripts(name, None, None, LIMITS) if limits else name


# letters


def _font(font: str, parser: Parser) -> Node:
    before = parser.font
    parser.switch_font(font)
    body = parser.argument()
    parser.restore_font(before)
    return _word(body)


def _word(body: Node) -> Node:
    if isinstance(body, Group) and len(body.items) > 1:
        letters = [item.text for item in body.items if isinstance(item, Symbol) and item.text.isalnum()]
        if len(letters) == len(body.items):
            return Symbol("".join(letters), ORD)
    return body


def _switch(font: str, parser: Parser) -> None:
    parser.switch_font(font)


def _of_kind(kind: int, parser: Parser) -> Node:
    body = parser.argument()
    if isinstance(body, Group) and len(body.items) == 1:
        body = body.items[0]
    return Symbol(body.text, kind) if isinstance(body, (Symbol, Operator)) else body


def _not(parser: Parser) -> Node:
    body = parser.argument()
    if isinstance(body, Group) and body.items:
        body = body.items[0]
    if isinstance(body, (Symbol, Operator)):
        from unicodedata import normalize

        kind = body.kind if isinstance(body, Symbol) else ORD
        return Symbol(normalize("NFC", body.text[0] + "\u0338") + body.text[1:], kind)
    return Struck(body)


# space


def _space(cells: int, parser: Parser) -> Node:
    return Space(cells)


def _dimension(parser: Parser) -> int:
    """Take a length as TeX writes it, `3pt` or `\\textwidth`; answer its cells."""
    start = parser.place
    rest = "".join(parser.tokens[start : start + 12])
    match = _DIMENSION.match(rest)
    if match is None or not match[2]:
        if parser.peek().startswith("\\"):
            parser.place += 1
        return 0
    taken = 0
    while taken < match.end():
        taken += len(parser.tokens[parser.place])
        parser.place += 1
    return cells_of(match)


def cells_of(match: re.Match[str]) -> int:
    """The cells of a length; what moves backwards takes none."""
    if match[1] == "-" or match[2] == ".":
        return 0
    return min(round(float(match[2] or 0) * _CELLS_OF.get(match[3] or "em", 1.0)), 8)


def _horizontal_space(parser: Parser) -> Node:
    parser.accept("*")
    match = _DIMENSION.match(parser.source())
    return Space(cells_of(match) if match else 1)


def _kern(parser: Parser) -> Node:
    return Space(_dimension(parser))


def _rule(parser: Parser) -> Node:
    parser.optional_source()
    width, height = (_DIMENSION.match(parser.source()) for _ in range(2))
    cells = cells_of(width) if width else 0
    return Symbol("▁" * cells, ORD) if cells and height else EMPTY


def _phantom(parser: Parser) -> Node:
    return Phantom(parser.argument())


# what changes nothing that a terminal shows


def _nothing(parser: Parser) -> None:
    return None


def _drop(count: int, parser: Parser) -> None:
    parser.accept("*")
    parser.optional_source()
    for _ in range(count):
        parser.source()


def _last(dropped: int, parser: Parser) -> Node:
    _drop(dropped, parser)
    return parser.argument()


def _color(parser: Parser) -> None:
    parser.optional_source()
    parser.source()


def _choice(parser: Parser) -> Node:
    display = parser.argument()
    _drop(3, parser)
    return display


# frames, tags, remainders


def _struck(parser: Parser) -> Node:
    return Struck(parser.argument())


def _cancel_to(parser: Parser) -> Node:
    value = parser.argument()
    return Scripts(Struck(parser.argument()), None, value)


def _boxed(parser: Parser) -> Node:
    return Boxed(parser.argument())


def _framed_text(parser: Parser) -> Node:
    return Boxed(text("rm", parser))


def _tag(parser: Parser) -> Node:
    starred = parser.accept("*")
    body = text("rm", parser)
    label = " ".join(body.text.split()) if isinstance(body, Text) else ""
    if not label:
        return Group((Space(4), Symbol("(", OPEN), body, Symbol(")", CLOSE)))
    return Tag(label if starred else f"({label})")


def _pmod(parser: Parser) -> Node:
    return Group((Space(1), Symbol("(", OPEN), Operator("mod", False), parser.argument(), Symbol(")", CLOSE)))


def _mod(parser: Parser) -> Node:
    return Group((Space(2), Operator("mod", False), parser.argument()))


def _pod(parser: Parser) -> Node:
    return Group((Space(1), Symbol("(", OPEN), parser.argument(), Symbol(")", CLOSE)))


def _reference(parser: Parser) -> Node:
    return Text(f"({parser.source()})")


def _chemistry(parser: Parser) -> Node:
    source = re.sub(r"(?<=[A-Za-z\])])(\d+)", r"_{\1}", parser.source())
    source = (
        source.replace("<=>", "\\rightleftharpoons ")
        .replace("->", "\\rightarrow ")
        .replace("<-", "\\leftarrow ")
    )
    inner = type(parser)(_tokens(source))
    inner.depth = parser.depth
    inner.deeper()
    items = inner.items()
    parser.unknown += inner.unknown
    return Group(tuple(items))


def _tokens(source: str) -> list[str]:
    from flashnotes.formula.tokens import tokenize

    return tokenize(source)


def _character(parser: Parser) -> Node:
    source = parser.source()
    digits = source.lstrip('"xX0uU+') if not source.isdigit() else source
    base = 10 if source.isdigit() else 16
    try:
        return Symbol(chr(int(digits or "0", base)), ORD) if int(digits or "0", base) >= 32 else EMPTY
    except (ValueError, OverflowError):
        return Text(source)


def _braket(parser: Parser) -> Node:
    return Fenced("⟨", (parser.argument(),), (), "⟩")


def _ket_bra(parser: Parser) -> Node:
    left, right = parser.argument(), parser.argument()
    return Group((Fenced("|", (left,), (), "⟩"), Fenced("⟨", (right,), (), "|")))


def _inner_product(parser: Parser) -> Node:
    left, right = parser.argument(), parser.argument()
    return Fenced("⟨", (left, right), ("|",), "⟩")


def _stray(parser: Parser) -> Node | None:
    raise Problem(f"{parser.tokens[parser.place - 1]} does not belong to anything before it")


_FONTS: Final = {
    "bf": "mathbf boldsymbol bm pmb mathbold symbf bold vb vectorbold mathbfit symbfit",
    "bb": "mathbb Bbb mathds mathbbm symbb",
    "cal": "mathcal mathscr EuScript symcal symscr mathcalligra",
    "frak": "mathfrak frak goth symfrak",
    "sf": "mathsf symsf mathsfit",
    "tt": "mathtt symtt",
    "rm": "mathrm mathnormal mathup symup mathrmbf",
    "it": "mathit symit",
}
_SWITCHES: Final = {
    "bf": "bf bfseries boldmath bfdefault",
    "cal": "cal scr",
    "sf": "sf sffamily",
    "tt": "tt ttfamily",
    "rm": "rm rmfamily upshape normalfont unboldmath",
    "it": "it itshape sl em slshape mit",
    "frak": "mathfrakswitch",
}
_IGNORED: Final = """
displaystyle textstyle scriptstyle scriptscriptstyle tiny scriptsize footnotesize small normalsize large Large LARGE
huge Huge nonumber notag noindent limits_ allowbreak nobreak nolinebreak linebreak pagebreak break centering
mathstrut strut relax null protect par medskip smallskip bigskip hfill hfil hss vfill dotfill hrulefill newpage
! negthinspace negmedspace negthickspace displaylimits_ hline hdashline toprule midrule bottomrule samepage
mathsurround singlespacing left_ ignorespaces unskip leavevmode scshape scriptfont mathchardef allowdisplaybreaks
(  ) [ ] - / @ global long begingroup endgroup bgroup egroup makeatletter makeatother
"""
_DROPPED: Final = {
    1: "label vspace require hypertarget pagenumbering footnote citep_ setlength_ usepackage phantomsection index",
    2: "definecolor_ setlength setcounter addtolength",
    3: "definecolor",
}
_LAST: Final = {
    0: "ensuremath smash llap rlap clap mathllap mathrlap mathclap mathord_ mathinner mathpalette_ vcenter "
    "adjustlimits_ displaymath_ Hbox lowercase_ boldsymbol_ relaxarg mathchoice_ centerdot_ hphantom_ shoveleft shoveright",
    1: "textcolor colorbox class cssId style htmlClass htmlId htmlStyle htmlData href raisebox scalebox resizebox_ "
    "mathcolor bbox_ underset_ tooltip colorbox_ rotatebox",
    2: "fcolorbox resizebox",
}
_SPACES: Final = {
    1: ", : > ; thinspace medspace thickspace enspace enskip nobreakspace space mskip_ thinmuskip",
    2: "quad",
    4: "qquad",
}
_ARROWS: Final = """
xrightarrow ⟶ xleftarrow ⟵ xleftrightarrow ⟷ xRightarrow ⟹ xLeftarrow ⟸ xLeftrightarrow ⟺ xmapsto ⟼
xhookrightarrow ↪ xhookleftarrow ↩ xrightharpoonup ⇀ xrightharpoondown ⇁ xleftharpoonup ↼ xleftharpoondown ↽
xrightleftharpoons ⇌ xleftrightharpoons ⇋ xlongequal ══ xtwoheadrightarrow ↠ xtwoheadleftarrow ↞ xtofrom ⇄
xrightleftarrows ⇄ xequal ══ xleftrightarrows ⇆
"""
_ACCENT_ALIASES: Final = {
    "^": "hat", "~": "tilde", "=": "bar", ".": "dot", '"': "ddot", "`": "grave", "'": "acute", "u": "breve",
    "v": "check", "r": "mathring", "ul": "underline", "Bar": "bar", "Hat": "hat", "Tilde": "tilde", "Vec": "vec",
    "Dot": "dot", "Ddot": "ddot", "va": "vec", "widebar": "overline", "overrightharp": "overrightharpoon",
    "uline": "underline", "underarrow": "underrightarrow", "overarc": "overparen", "wideparen_": "overparen",
    "vv": "vec", "underbar": "underline", "undertilde": "utilde",
}  # fmt: skip
_SINGLE: Final[dict[str, Command]] = {
    "frac": _fraction, "dfrac": _fraction, "tfrac": _fraction, "nicefrac": _fraction, "sfrac": _fraction,
    "flatfrac": _fraction, "cfrac": _continued_fraction, "genfrac": _general_fraction, "binom": _binomial,
    "dbinom": _binomial, "tbinom": _binomial, "sqrt": _root, "root": _root_of, "left": _left, "overset": _over,
    "stackrel": _over, "underset": _under, "overunderset": _over_and_under, "stackunder": _under,
    "buildrel": _build_relation, "sideset": _sideset, "prescript": _prescript, "mathop": _mathop,
    "operatorname": _operator_name, "operatornamewithlimits": _mathop, "DeclareMathOperator": _operator_name,
    "not": _not, "hspace": _horizontal_space, "hskip": _kern, "kern": _kern, "mkern": _kern, "mskip": _kern,
    "rule": _rule, "phantom": _phantom, "hphantom": _phantom, "vphantom": partial(_drop, 1), "color": _color,
    "mathchoice": _choice, "cancel": _struck, "bcancel": _struck, "xcancel": _struck, "sout": _struck, "st": _struck,
    "cancelto": _cancel_to, "boxed": _boxed, "fbox": _framed_text, "framebox": _framed_text, "tag": _tag,
    "pmod": _pmod, "mod": _mod, "pod": _pod, "bmod": lambda _: Symbol("mod", BIN), "ref": _reference,
    "eqref": _reference, "cite": _reference, "ce": _chemistry, "pu": _chemistry, "unicode": _character,
    "char": _character, "abs": partial(_pair, "|", "|"), "norm": partial(_pair, "‖", "‖"),
    "floor": partial(_pair, "⌊", "⌋"), "ceil": partial(_pair, "⌈", "⌉"), "bra": partial(_pair, "⟨", "|"),
    "Bra": partial(_pair, "⟨", "|"), "ket": partial(_pair, "|", "⟩"), "Ket": partial(_pair, "|", "⟩"),
    "braket": _braket, "Braket": _braket, "ketbra": _ket_bra, "innerproduct": _inner_product,
    "set": partial(_pair, "{", "}"), "Set": partial(_pair, "{", "}"), "qty": partial(_last, 0),
    "begin": begin, "substack": substack, "dd": lambda _: Symbol("d", ORD),
    "mathbin": partial(_of_kind, BIN), "mathrel": partial(_of_kind, REL), "mathord": partial(_of_kind, ORD),
    "mathopen": partial(_of_kind, OPEN), "mathclose": partial(_of_kind, CLOSE), "mathpunct": partial(_of_kind, PUNCT),
    " ": partial(_space, 1), "*": lambda _: Symbol("∗", BIN), "~": partial(_accent, "tilde"), "raise": _kern, "lower": _kern, "moveleft": _kern,
    "moveright": _kern, "vskip": _kern, "of": _stray, "cline": partial(_drop, 1), "cmidrule": partial(_drop, 1),
}  # fmt: skip


def _build_commands() -> dict[str, Command]:
    commands: dict[str, Command] = {}
    for names, make in (
        (_FONTS.items(), _font),
        (_SWITCHES.items(), _switch),
        (_LAST.items(), _last),
        (_DROPPED.items(), _drop),
        (_SPACES.items(), _space),
    ):
        for argument, words in names:
            commands.update((f"\\{word}", partial(make, argument)) for word in words.split())
    commands.update((f"\\{word}", _nothing) for word in _IGNORED.split())
    arrows = _ARROWS.split()
    commands.update((f"\\{n}", partial(_arrow, s)) for n, s in zip(arrows[::2], arrows[1::2], strict=True))
    commands.update((f"\\{name}", partial(_accent, name)) for name in MARKS)
    commands.update((f"\\{alias}", partial(_accent, name)) for alias, name in _ACCENT_ALIASES.items())
    for size in ("big", "Big", "bigg", "Bigg"):
        for suffix, kind in (("", None), ("l", OPEN), ("r", CLOSE), ("m", REL)):
            commands[f"\\{size}{suffix}"] = partial(_sized, kind)
    commands.update(TEXT_COMMANDS)
    commands.update((f"\\{name}", command) for name, command in _SINGLE.items())
    commands["~"] = partial(_space, 1)
    return commands


COMMANDS: Final = _build_commands()
"""Every command with arguments or an effect, by the token that calls it."""
