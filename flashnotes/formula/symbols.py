"""What each symbol command of LaTeX, AMS and KaTeX looks like, and its class of atom.

Sources: the tables of plain TeX and LaTeX2e, the amssymb, stmaryrd and mathtools symbol lists, KaTeX's
supported functions; the characters are Unicode's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flashnotes.formula.tree import BIN, CLOSE, OPEN, ORD, PUNCT, REL, Operator, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDINARY = """
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ thetasym ϑ iota ι
kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ
Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ
Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω
upalpha α upbeta β upgamma γ updelta δ upepsilon ϵ upeta η uptheta θ uplambda λ upmu μ upnu ν upxi ξ uppi π
uprho ρ upsigma σ uptau τ upphi ϕ upchi χ uppsi ψ upomega ω upDelta Δ upOmega Ω
aleph ℵ alef ℵ alefsym ℵ beth ℶ gimel ℷ daleth ℸ ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ wp ℘ weierp ℘
Re ℜ real ℜ Im ℑ image ℑ partial ∂ infty ∞ infin ∞ nabla ∇ emptyset ∅ empty ∅ varnothing ∅ O Ø o ø
forall ∀ exists ∃ exist ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢
prime ′ backprime ‵ dprime ″ trprime ‴ degree ° flat ♭ natural ♮ sharp ♯ surd √ backslash \\
clubsuit ♣ clubs ♣ diamondsuit ♢ diamonds ♢ heartsuit ♡ hearts ♡ spadesuit ♠ spades ♠ bigstar ★ star ⋆
blacktriangle ▲ blacktriangledown ▼ blacksquare ■ blacklozenge ⧫ lozenge ◊ Diamond ◇ square □ Box □
triangledown ▽ vartriangle △ triangle △ complement ∁ eth ð Finv Ⅎ Game ⅁ Bbbk 𝕜 mho ℧ circledR ® circledS Ⓢ
diagup ╱ diagdown ╲ checkmark ✓ maltese ✠ yen ¥ pounds £ euro € mathsterling £ textsterling £ S § sect § P ¶
copyright © ae æ AE Æ oe œ OE Œ ss ß aa å AA Å l ł L Ł i ı j ȷ dots … ldots … dotsc … dotso … mathellipsis …
textellipsis … hdots … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ adots ⋰ cdotp · ldotp .
R ℝ Reals ℝ reals ℝ N ℕ natnums ℕ Z ℤ C ℂ Complex ℂ cnums ℂ Q ℚ
lq ‘ rq ’ textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textbackslash \\
textasciitilde ~ textasciicircum ^ textunderscore _ textbar | textless < textgreater > textdegree ° textdollar $
textemdash — textendash – textregistered ® texttrademark ™ textdagger † textdaggerdbl ‡ textbullet •
digamma ϝ varepsilon ε Digamma Ϝ stigma ϛ koppa ϟ sampi ϡ cent ¢ second ″ minute ′
hearts ♡ sun ☼ earth ♁ female ♀ male ♂ phone ☎ smiley ☺ frownie ☹ bell ♪ textmu µ micro µ ohm Ω
rightangle ∟ phase ∠ angln n invamp ⅋ imageof ⊷ origof ⊶ Earth ♁ RR ℝ NN ℕ ZZ ℤ QQ ℚ CC ℂ hdotsfor … texttimes ×
textdiv ÷ texteuro € textonehalf ½ textcent ¢ textsection § textparagraph ¶ textmu µ guillemotleft « guillemotright »
textasteriskcentered ∗ textohm Ω textcelsius ℃ textcopyright © textregistered ® textperiodcentered · Arrowvert ‖
arrowvert | bracevert ⎪ permil ‰ permille ‰ textperthousand ‰ QED ∎ qed ∎ blackboxed ∎
"""
_BINARY = """
pm ± plusmn ± mp ∓ times × div ÷ ast ∗ cdot ⋅ sdot ⋅ centerdot ⋅ circ ∘ bullet ∙ bull ∙ cap ∩ cup ∪ uplus ⊎
sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ or ∨ wedge ∧ land ∧ and ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄
bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ oplus ⊕ ominus ⊖
otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ dagger † dag † Dagger ‡ ddagger ‡ ddag ‡ amalg ⨿ dotplus ∔ Cap ⋒ doublecap ⋒
Cup ⋓ doublecup ⋓ barwedge ⊼ veebar ⊻ doublebarwedge ⩞ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉
rtimes ⋊ leftthreetimes ⋋ rightthreetimes ⋌ curlywedge ⋏ curlyvee ⋎ circleddash ⊝ circledast ⊛ circledcirc ⊚
divideontimes ⋇ intercal ⊺ plus + minus − interleave ⫴ obar ⌽ obslash ⦸ fatsemi ⨟
oblong ⌷ talloblong ⫾ minuso ⊖ varotimes ⊗ varoplus ⊕ nplus ⨣ boxslash ⧄ boxbar ◫ boxcircle ⧇
rightslice ⪧ leftslice ⪦ Join ⨝ leftouterjoin ⟕ rightouterjoin ⟖ fullouterjoin ⟗ convolution ∗
"""
_RELATION = """
leq ≤ le ≤ geq ≥ ge ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lt < gt > neq ≠ ne ≠ equiv ≡ approx ≈ thickapprox ≈
approxeq ≊ cong ≅ simeq ≃ sim ∼ thicksim ∼ nsim ≁ backsim ∽ backsimeq ⋍ propto ∝ varpropto ∝ prec ≺ succ ≻
preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ curlyeqprec ⋞ curlyeqsucc ⋟ precsim ≾ succsim ≿ precapprox ⪷
succapprox ⪸ precneqq ⪵ succneqq ⪶ precnsim ⋨ succnsim ⋩ precnapprox ⪹ succnapprox ⪺ nprec ⊀ nsucc ⊁
npreceq ⋠ nsucceq ⋡ precneq ⪱ succneq ⪲ ll ≪ gg ≫ lll ⋘ llless ⋘ ggg ⋙ gggtr ⋙ subset ⊂ sub ⊂ supset ⊃
subseteq ⊆ sube ⊆ supseteq ⊇ supe ⊇ subseteqq ⫅ supseteqq ⫆ subsetneq ⊊ varsubsetneq ⊊ supsetneq ⊋
varsupsetneq ⊋ subsetneqq ⫋ varsubsetneqq ⫋ supsetneqq ⫌ varsupsetneqq ⫌ nsubset ⊄ nsupset ⊅ nsubseteq ⊈
nsubseteqq ⊈ nsupseteq ⊉ nsupseteqq ⊉ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒
in ∈ isin ∈ notin ∉ notni ∌ ni ∋ owns ∋ vdash ⊢ dashv ⊣ vDash ⊨ models ⊨ Vdash ⊩ Vvdash ⊪ VDash ⊫
nvdash ⊬ nvDash ⊭ nVdash ⊮ nVDash ⊯ perp ⟂ Perp ⫫ indep ⫫ independent ⫫ mid ∣ shortmid ∣ nmid ∤ nshortmid ∤
parallel ∥ shortparallel ∥ nparallel ∦ nshortparallel ∦ asymp ≍ bowtie ⋈ frown ⌢ smallfrown ⌢ smile ⌣
smallsmile ⌣ doteq ≐ doteqdot ≑ Doteq ≑ fallingdotseq ≒ risingdotseq ≓ coloneqq ≔ coloneq ≔ colonequals ≔
defeq ≔ eqqcolon ≕ eqcolon ≕ Coloneqq ⩴ dblcolon ∷ eqcirc ≖ circeq ≗ triangleq ≜ stareq ≛ questeq ≟ bumpeq ≏
Bumpeq ≎ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ lesseqqgtr ⪋
gtreqqless ⪌ eqslantless ⪕ eqslantgtr ⪖ lessdot ⋖ gtrdot ⋗ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lvertneqq ≨
gvertneqq ≩ lnsim ⋦ gnsim ⋧ lnapprox ⪉ gnapprox ⪊ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nleqslant ≰ ngeqslant ≱ nleqq ≰
ngeqq ≱ ncong ≇ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ vartriangleright ⊳ blacktriangleleft ◀
blacktriangleright ▶ ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭ between ≬
pitchfork ⋔ therefore ∴ because ∵ varpropto ∝ backepsilon ∍ eqsim ≂ iff ⟺ implies ⟹ impliedby ⟸ to → gets ←
leftarrow ← larr ← rightarrow → rarr → leftrightarrow ↔ lrarr ↔ harr ↔ Leftarrow ⇐ lArr ⇐ Larr ⇐ Rightarrow ⇒
rArr ⇒ Rarr ⇒ Leftrightarrow ⇔ lrArr ⇔ Lrarr ⇔ hArr ⇔ Harr ⇔ uparrow ↑ uarr ↑ downarrow ↓ darr ↓
updownarrow ↕ Uparrow ⇑ uArr ⇑ Uarr ⇑ Downarrow ⇓ dArr ⇓ Darr ⇓ Updownarrow ⇕ longleftarrow ⟵
longrightarrow ⟶ longleftrightarrow ⟷ Longleftarrow ⟸ Longrightarrow ⟹ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
mapsfrom ↤ longmapsfrom ⟻ Mapsto ⤇ hookleftarrow ↩ hookrightarrow ↪ leftharpoonup ↼ leftharpoondown ↽
rightharpoonup ⇀ rightharpoondown ⇁ upharpoonleft ↿ upharpoonright ↾ restriction ↾ downharpoonleft ⇃
downharpoonright ⇂ rightleftharpoons ⇌ leftrightharpoons ⇋ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
dashleftarrow ⇠ dashrightarrow ⇢ leftleftarrows ⇇ rightrightarrows ⇉ leftrightarrows ⇆ rightleftarrows ⇄
upuparrows ⇈ downdownarrows ⇊ Lleftarrow ⇚ Rrightarrow ⇛ twoheadleftarrow ↞ twoheadrightarrow ↠
leftarrowtail ↢ rightarrowtail ↣ looparrowleft ↫ looparrowright ↬ curvearrowleft ↶ curvearrowright ↷
circlearrowleft ↺ circlearrowright ↻ Lsh ↰ Rsh ↱ multimap ⊸ leftrightsquigarrow ↭ rightsquigarrow ⇝ leadsto ⇝
leftsquigarrow ⇜ nleftarrow ↚ nrightarrow ↛ nleftrightarrow ↮ nLeftarrow ⇍ nRightarrow ⇏ nLeftrightarrow ⇎
rightarrowtriangle ⇾ leftarrowtriangle ⇽ shortrightarrow → shortleftarrow ← lightning ↯
nsqsubseteq ⋢ nsqsupseteq ⋣ simneqq ≆ ratio ∶ vcentcolon ∶ Colon ∷ wasypropto ∝ eqdef ≝ corresponds ≙
trianglelefteqslant ⊴ trianglerighteqslant ⊵ succnapprox ⪺ gneqq ≩ nni ∌ nin ∉ notsubset ⊄ approxident ≋ starequal ≛ And &
coloncolon ∷ coloncolonequals ⩴ Coloneq ∷− coloncolonminus ∷− colonminus ∶− Colonapprox ∷≈ colonapprox ∶≈
coloncolonapprox ∷≈ Colonsim ∷∼ colonsim ∶∼ coloncolonsim ∷∼ simcolon ∼∶ simcoloncolon ∼∷ approxcolon ≈∶
approxcoloncolon ≈∷ Eqcolon −∷ Eqqcolon =∷ equalscolon =∶ equalscoloncolon =∷ minuscolon −∶ minuscoloncolon −∷
"""
_OPEN = """
lbrace { lbrack [ lparen ( langle ⟨ lang ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lgroup ⟮ lmoustache ⎰ ulcorner ⌜
llcorner ⌞ llbracket ⟦ lBrack ⟦ lBrace ⦃ lAngle ⟪ llangle ⟪ llparenthesis ⦇ lbrbrak ❲ llfloor ⌊ llceil ⌈
"""
_CLOSE = """
rbrace } rbrack ] rparen ) rangle ⟩ rang ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rgroup ⟯ rmoustache ⎱ urcorner ⌝
lrcorner ⌟ rrbracket ⟧ rBrack ⟧ rBrace ⦄ rAngle ⟫ rrangle ⟫ rrparenthesis ⦈ rbrbrak ❳ rrfloor ⌋ rrceil ⌉
"""
_PUNCTUATION = "colon :"
_LARGE = """
sum ∑ prod ∏ coprod ∐ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
bigsqcup ⨆ bigsqcap ⨅ bigtimes ⨉ bigominus ⊖ bigboxplus ⊞ bigodots ⨀
"""
_INTEGRALS = """
int ∫ intop ∫ smallint ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ idotsint ∫⋯∫ fint ⨍ sqint ⨖
varointclockwise ∲ ointctrclockwise ∳ ointclockwise ∲ intclockwise ∱ upint ⨛ lowint ⨜ ointop ∮ sumint ⨋ bigints ∫
"""
_FUNCTIONS = """
arccos arcsin arctan arctg arcctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim erf exp hom ker lb ld lg
ln log sec sh sin sinh sgn sign tan tanh tg th diag Cov cov Var var Tr tr rank softmax sigmoid ReLU span card
adj ord grad curl sech csch arcsinh arccosh arctanh arctg arcsec arccot arccsc arsinh arcosh artanh erfc Hom Ker End Aut Res rot
"""
_FUNCTIONS_WITH_LIMITS = (
    "det gcd inf lim liminf limsup max min Pr sup injlim projlim argmax argmin plim lcm esssup"
)

_NAMES_IN_FULL = {
    "liminf": "lim inf",
    "limsup": "lim sup",
    "injlim": "inj lim",
    "projlim": "proj lim",
    "argmax": "arg max",
    "argmin": "arg min",
    "varlimsup": "lim sup",
    "varliminf": "lim inf",
    "varinjlim": "inj lim",
    "varprojlim": "proj lim",
    "esssup": "ess sup",
}

_CHARACTERS = {
    BIN: "+-−*±∓×÷⋅·∘∙∩∪∨∧⊕⊗⊙∖•∗⊖⊘⊎⊓⊔",
    REL: "=<>:≤≥≠≈≡∼∈∉⊂⊃⊆⊇→←↔⇒⇐⇔∝≪≫≔≜∣∥⊥⟶⟵↦≃≅≐⩽⩾⟹⟺∋⊢⊨≺≻",
    OPEN: "([⟨⌊⌈⟦",
    CLOSE: ")]⟩⌋⌉⟧!?",
    PUNCT: ",;",
}

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = {"-": "−", "*": "∗", "`": "‘", "~": " "}


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return {"\\" + name: text for name, text in zip(words[::2], words[1::2], strict=True)}


def _build_atoms() -> dict[str, Symbol | Operator]:
    atoms: dict[str, Symbol | Operator] = dict(_characters())
    by_kind = ((ORD, _ORDINARY), (BIN, _BINARY), (REL, _RELATION), (OPEN, _OPEN), (CLOSE, _CLOSE))
    for kind, table in (*by_kind, (PUNCT, _PUNCTUATION)):
        atoms.update((name, Symbol(text, kind)) for name, text in _pairs(table).items())
    atoms.update((name, Operator(text, True)) for name, text in _pairs(_LARGE).items())
    atoms.update((name, Operator(text, False)) for name, text in _pairs(_INTEGRALS).items())
    atoms.update(("\\" + name, Operator(name, False)) for name in _FUNCTIONS.split())
    atoms.update(("\\" + name, Operator(name, True)) for name in _FUNCTIONS_WITH_LIMITS.split())
    atoms.update(("\\" + name, Operator(full, True)) for name, full in _NAMES_IN_FULL.items())
    atoms.update(("\\" + character, Symbol(character, ORD)) for character in "%#_&$")
    atoms.update({"\\Vert": Symbol("‖", ORD), "\\vert": Symbol("|", ORD), "\\|": Symbol("‖", ORD)})
    return atoms | {"\\{": Symbol("{", OPEN), "\\}": Symbol("}", CLOSE)}


def _characters() -> Iterator[tuple[str, Symbol | Operator]]:
    """What is typed as it is."""
    for character in _LETTERS + '0123456789/|.@"‖%':
        yield character, Symbol(character, ORD)
    for kind, characters in _CHARACTERS.items():
        for character in characters:
            yield character, Symbol(_PLAIN.get(character, character), kind)
    for text in _pairs(_LARGE).values():
        yield text, Operator(text, True)
    for text in "∫∬∭∮∯∰":
        yield text, Operator(text, False)


ATOMS: Final = _build_atoms()
"""Symbol commands and plain characters, each as the atom it stands for."""

DELIMITERS: Final = {
    token: atom.text
    for token, atom in ATOMS.items()
    if isinstance(atom, Symbol) and (atom.kind in (OPEN, CLOSE) or atom.text in "|‖/\\↑↓↕⇑⇓⇕")
} | {"<": "⟨", ">": "⟩", ".": "", "!": "!", "?": "?"}
"""What may follow `\\left`, `\\big` and their kin, and the character drawn."""
