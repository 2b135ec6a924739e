r"""Every command with arguments or an effect, by name, and what it does.

Sources: plain TeX, LaTeX2e, amsmath, mathtools, cancel, color, physics and mhchem as MathJax and KaTeX have them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from flashnotes.formula import constructs, effects
from flashnotes.formula.alphabets import MARKS
from flashnotes.formula.constructs import INFIX
from flashnotes.formula.environments import begin, plain_rows, substack
from flashnotes.formula.text_mode import TEXT_COMMANDS
from flashnotes.formula.tree import BIN, CLOSE, OPEN, ORD, PUNCT, REL, Node, Symbol, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flashnotes.formula.command import Command, Parser

__all__ = ["COMMANDS", "INFIX"]

_FONTS: Final = {
    "bf": "mathbf boldsymbol bm pmb mathbold symbf bold vb vectorbold mathbfit symbfit mathbfup mathbfsfup",
    "bb": "mathbb Bbb mathds mathbbm symbb",
    "cal": "mathcal mathscr EuScript symcal symscr mathcalligra",
    "bcal": "mathbfcal mathbfscr symbfcal symbfscr",
    "frak": "mathfrak frak goth symfrak",
    "sf": "mathsf symsf mathsfit",
    "tt": "mathtt symtt",
    "rm": "mathrm mathnormal mathup symup symrm Tt",
    "it": "mathit symit",
}
_SWITCHES: Final = {
    "bf": "bf bfseries boldmath",
    "cal": "cal scr",
    "sf": "sf sffamily",
    "tt": "tt ttfamily",
    "rm": "rm rmfamily upshape normalfont unboldmath",
    "it": "it itshape sl em slshape mit oldstyle",
}
_IGNORED: Final = """
displaystyle textstyle scriptstyle scriptscriptstyle tiny scriptsize footnotesize small normalsize large Large
LARGE huge Huge nonumber notag noindent allowbreak nobreak nolinebreak linebreak pagebreak break displaybreak
centering mathstrut strut relax null protect par medskip smallskip bigskip hfill hfil hss vfill dotfill hrulefill
newpage ! negthinspace negmedspace negthickspace hline hdashline toprule midrule bottomrule samepage mathsurround
singlespacing ignorespaces unskip leavevmode allowdisplaybreaks ( ) [ ] - / @ global long begingroup endgroup bgroup
egroup makeatletter makeatother expandafter noexpand nulldelimiterspace arraystretch baselineskip lineskip item
"""
_DROPPED: Final = {
    1: "label vspace require hypertarget pagenumbering footnote usepackage phantomsection index vphantom cline "
    "cmidrule nocite bibliography pagecolor",
    2: "setlength setcounter addtolength addtocounter",
    3: "definecolor",
}
_LAST: Final = {
    0: "ensuremath smash llap rlap clap mathllap mathrlap mathclap mathinner vcenter shoveleft shoveright qty bbox angl "
    "mathstrutbox lefteqn Aboxed centernot mathtight",
    1: "textcolor colorbox class cssId style htmlClass htmlId htmlStyle htmlData href raisebox scalebox mathcolor "
    "tooltip rotatebox enclose skew hyperref",
    2: "fcolorbox resizebox",
}
_SPACES: Final = {
    1: ", : > ; thinspace medspace thickspace enspace enskip nobreakspace space",
    2: "quad",
    4: "qquad",
}
_ARROWS: Final = """
xrightarrow ⟶ xleftarrow ⟵ xleftrightarrow ⟷ xRightarrow ⟹ xLeftarrow ⟸ xLeftrightarrow ⟺ xmapsto ⟼
xhookrightarrow ↪ xhookleftarrow ↩ xrightharpoonup ⇀ xrightharpoondown ⇁ xleftharpoonup ↼ xleftharpoondown ↽
xrightleftharpoons ⇌ xleftrightharpoons ⇋ xlongequal ══ xtwoheadrightarrow ↠ xtwoheadleftarrow ↞ xtofrom ⇄
xrightleftarrows ⇄ xequal ══ xleftrightarrows ⇆
"""
_ACCENTS: Final = """
^ hat ~ tilde = bar . dot " ddot ` grave ' acute u breve v check r mathring ul underline Bar bar Hat hat Tilde tilde
Vec vec Dot dot Ddot ddot va vec vv vec vu hat widebar overline uline underline underarrow underrightarrow
overarc overparen overlinesegment overline underlinesegment underline undertilde utilde
"""
_LOGOS: Final = ("KaTeX", "LaTeX", "TeX", "LaTeXe", "MathJax")
_PLAIN_TEX: Final = ("matrix", "pmatrix", "cases", "eqalign", "displaylines")
_NAMED: Final[tuple[tuple[Command, str], ...]] = (
    (constructs.fraction, "frac dfrac tfrac nicefrac sfrac xfrac flatfrac"),
    (constructs.continued_fraction, "cfrac"),
    (constructs.general_fraction, "genfrac"),
    (constructs.binomial, "binom dbinom tbinom"),
    (constructs.root, "sqrt"),
    (constructs.root_of, "root"),
    (constructs.left, "left"),
    (constructs.over, "overset stackrel"),
    (constructs.under, "underset stackunder"),
    (constructs.over_and_under, "overunderset"),
    (constructs.build_relation, "buildrel"),
    (constructs.sideset, "sideset"),
    (constructs.prescript, "prescript"),
    (constructs.mathop, "mathop operatornamewithlimits"),
    (constructs.operator_name, "operatorname DeclareMathOperator"),
    (partial(constructs.pair, "|", "|"), "abs"),
    (partial(constructs.pair, "‖", "‖"), "norm"),
    (partial(constructs.pair, "⌊", "⌋"), "floor"),
    (partial(constructs.pair, "⌈", "⌉"), "ceil"),
    (partial(constructs.pair, "⟨", "|"), "bra Bra"),
    (partial(constructs.pair, "|", "⟩"), "ket Ket"),
    (partial(constructs.pair, "{", "}"), "set Set"),
    (partial(constructs.pair, "⟨", "⟩"), "braket Braket expval ev"),
    (effects.ket_bra, "ketbra op dyad"),
    (effects.inner_product, "innerproduct ip"),
    (partial(effects.commutator, "[", "]"), "comm commutator"),
    (partial(effects.commutator, "{", "}"), "acomm anticommutator pb"),
    (partial(effects.derivative, "d"), "dv derivative odv"),
    (partial(effects.derivative, "∂"), "pdv pderivative"),
    (effects.negated, "not slashed"),
    (effects.horizontal_space, "hspace mspace"),
    (effects.kern, "hskip kern mkern mskip raise lower moveleft moveright vskip"),
    (effects.rule, "rule"),
    (effects.phantom, "phantom hphantom"),
    (effects.color, "color"),
    (effects.choice, "mathchoice"),
    (effects.struck, "cancel bcancel xcancel sout st"),
    (effects.cancel_to, "cancelto"),
    (effects.boxed, "boxed"),
    (effects.framed_text, "fbox framebox"),
    (effects.tag, "tag"),
    (effects.pmod, "pmod"),
    (effects.mod, "mod"),
    (effects.pod, "pod"),
    (effects.reference, "ref eqref cite includegraphics"),
    (effects.chemistry, "ce pu"),
    (effects.character, "unicode char"),
    (effects.spanning, "multicolumn multirow"),
    (effects.stray, "of"),
    (partial(effects.of_kind, BIN), "mathbin"),
    (partial(effects.of_kind, REL), "mathrel"),
    (partial(effects.of_kind, ORD), "mathord"),
    (partial(effects.of_kind, OPEN), "mathopen"),
    (partial(effects.of_kind, CLOSE), "mathclose"),
    (partial(effects.of_kind, PUNCT), "mathpunct"),
    (begin, "begin"),
    (substack, "substack"),
)
_ATOMS: Final = (("bmod", Symbol("mod", BIN)), ("*", Symbol("∗", BIN)), ("dd", Symbol("d", ORD)))


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    words = table.split()
    return zip(words[::2], words[1::2], strict=True)


def _write(node: Node, parser: Parser) -> Node:
    return node


def _build_commands() -> dict[str, Command]:
    commands: dict[str, Command] = dict.fromkeys(_IGNORED.split(), effects.nothing)
    for font, names in _FONTS.items():
        commands.update((name, partial(effects.font, font)) for name in names.split())
    for font, names in _SWITCHES.items():
        commands.update((name, partial(effects.switch, font)) for name in names.split())
    for count, names in _DROPPED.items():
        commands.update((name, partial(effects.drop, count)) for name in names.split())
    for count, names in _LAST.items():
        commands.update((name, partial(effects.last_of, count)) for name in names.split())
    for cells, names in _SPACES.items():
        commands.update((name, partial(effects.space, cells)) for name in names.split())
    for command, names in _NAMED:
        commands.update((name, command) for name in names.split())
    commands.update((name, partial(constructs.arrow, shape)) for name, shape in _pairs(_ARROWS))
    commands.update((name, partial(constructs.accent, name)) for name in MARKS)
    commands.update((alias, partial(constructs.accent, name)) for alias, name in _pairs(_ACCENTS))
    commands.update((name, partial(_write, Text(name))) for name in _LOGOS)
    commands.update((name, partial(_write, atom)) for name, atom in _ATOMS)
    commands.update((name, partial(plain_rows, name)) for name in _PLAIN_TEX)
    commands.update(_sizes())
    commands[" "] = partial(effects.space, 1)
    tokens = {f"\\{name}": command for name, command in commands.items()}
    return {**TEXT_COMMANDS, **tokens, "~": commands[" "]}


def _sizes() -> Iterator[tuple[str, Command]]:
    for size in ("big", "Big", "bigg", "Bigg"):
        for suffix, kind in (("", None), ("l", OPEN), ("r", CLOSE), ("m", REL)):
            yield size + suffix, partial(constructs.sized, kind)


COMMANDS: Final = _build_commands()
"""Every command by the token that calls it."""
