"""Markdown and LaTeX as Anki's HTML."""

from __future__ import annotations

import re
import string
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashnotes.anki import ExportCard, export_apkg
from flashnotes.anki.html import tidy, to_cloze_html, to_html, to_text
from flashnotes.anki.literal import told_apart, without_marks
from flashnotes.anki.notes import guid_of
from flashnotes.anki.schedule import Calendar
from flashnotes.anki.tex import has_balanced_braces
from flashnotes.models import Card, CardId, CardKind

if TYPE_CHECKING:
    from flashnotes.models import Day, Moment
    from tests.anki.conftest import AskAnki

CASES = {
    "plain text": ("TD 误差", "TD 误差"),
    "escaping": ("a<b & c>d", "a&lt;b &amp; c&gt;d"),
    "raw HTML is text": ("<b>x</b><script>", "&lt;b&gt;x&lt;/b&gt;&lt;script&gt;"),
    "a block of raw HTML is text": ("<div>\n*x*\n</div>", "&lt;div&gt;<br><i>x</i><br>&lt;/div&gt;"),
    "line breaks stay": ("one\ntwo", "one<br>two"),
    "paragraphs": ("one\n\ntwo", "<p>one</p><p>two</p>"),
    "emphasis": ("*a* **b** ~~c~~ `d<e`", "<i>a</i> <b>b</b> <s>c</s> <code>d&lt;e</code>"),
    "emphasis beside full-width signs": ("**术语：**定义", "<b>术语：</b>定义"),
    "asterisks that are meant as such": (r"\*\*a\*\*", "**a**"),
    "list": ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
    "numbered list": ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    "table with a bar in a formula": (
        "| a |\n|---|\n| $|x|$ |",
        r"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>\(|x|\)</td></tr></tbody></table>",
    ),
    "code block": ("```c\nx<1; // $y$\n```", "<pre><code>x&lt;1; // $y$</code></pre>"),
    "indented code": ("a\n\n    x<1 $y$", "a<pre><code>x&lt;1 $y$</code></pre>"),
    "link": ("[a](https://b.c/?d&e)", '<a href="https://b.c/?d&amp;e">a</a>'),
    "link that runs": ("[a](javascript:b)", "a"),
    "picture with a description": ("![loss *curve*](p/a.png)", "loss <i>curve</i>"),
    "picture without one": ("![](p/图 1.png)\n![](<p/图 1.png>)", "![](p/图 1.png)<br>[图 1.png]"),
    "inline formula": ("$a<b$ 和 $x_1 * y_2$", r"\(a&lt;b\) 和 \(x_1 * y_2\)"),
    "formula on lines of its own": ("$$\na\n- b\n= c\n$$", r"\[a - b = c\]"),
    "formula with spaces inside": (r"$ \alpha $", r"\(\alpha\)"),
    "formula with a command and one space": (r"$\mathrm{Emb} $ 和 $ \pi$", r"\(\mathrm{Emb}\) 和 \(\pi\)"),
    "a letter and a space": ("$f $的期望, $5 $, $A $B, $r = 1 $.", r"\(f\)的期望, $5 $, $A $B, \(r = 1\)."),
    "power between spaces": ("$ x^2 $", r"\(x^2\)"),
    "names of a shell": ("$HOME_DIR and $PATH", "$HOME_DIR and $PATH"),
    "formula over two lines": ("$a +\nb$", r"\(a + b\)"),
    "comment in a formula": ("$$a % note\n+ b \\% c$$", r"\[a + b \% c\]"),
    "percent sign meant as such": ("$95%$", r"\(95\%\)"),
    "row breaks in a formula": (r"$$a\\[4pt] b\\(c)$$", r"\[a\\[4pt] b\\ (c)\]"),
    "formula that ends in a command space": (r"$a\ $", r"\(a\ \)"),
    "prices": ("$5 or $6, US$7-$8", "$5 or $6, US$7-$8"),
    "price and formula": (r"\$5 and $x$", r"$5 and \(x\)"),
    "Chinese in a formula": (
        r"$x_{目标}+\text{奖励}+\frac中国$",
        r"\(x_{{\text{目标}{} }}+\text{奖励}+\frac中国\)",
    ),
    "formula without partners for its braces": ("$a{b$ c", "<code>a{b</code> c"),
    "formula with delimiters of its own": (
        r"$a \text{\(b\)}$",
        r"<code>a \text{\<!-- -->(b\<!-- -->)}</code>",
    ),
    "what MathJax would read": (r"\\(a\\) \\[b\\]", r"\<!-- -->(a\<!-- -->) \<!-- -->[b\<!-- -->]"),
    "backslash before a formula": (r"\\$x$", r"\<!-- -->\(x\)"),
    "what Anki would play": ("[sound:a.mp3] [latex]x[/latex]", "&#91;sound:a.mp3] &#91;latex]x&#91;/latex]"),
    "control characters": ("a\x1fb\x00c\x1b[0m", "abc[0m"),
    "composed": ("e\u0301", "\u00e9"),
    "halves of surrogate pairs": ("a\ud800b", "a?b"),
    "private characters": ("\U000f0000 $x$ \U000f0001", "\U000f0000 \\(x\\) \U000f0001"),
}

CLOZES = {
    "plain": ("{{c1::a}} b {{c2::c::hint}}", "{{c1::a}} b {{c2::c::hint}}", {1, 2}),
    "braces that end a formula": ("{{c1::$x^{2^{n}}$}}", r"{{c1::\(x^{2^{n} }\)}}", {1}),
    "braces in the hint of a deletion in a formula": (
        "$a+{{c1::b::{{x}}}}$",
        r"\(a+{{c1::b::{{x} } }}\)",
        {1},
    ),
    "Chinese in a formula": ("$a+{{c1::目标}}$", r"\(a+{{c1::{\text{目标}{} } }}\)", {1}),
    "fraction": (r"{{c1::$\frac{a}{b}$}}", r"{{c1::\(\frac{a}{b}\)}}", {1}),
    "colons in code": ("{{c1::`std::vector`}}", "{{c1::<code>std&#58;&#58;vector</code>}}", {1}),
    "colons in a formula": ("{{c1::$a::b$::h}}", r"{{c1::\(a&#58;&#58;b\)::h}}", {1}),
    "colons written as entities": ("{{c1::a&#58;&#58;b}}", "{{c1::a&#58;&#58;b}}", {1}),
    "braces in the answer": ("{{c1::{a: {b: 1}}}}", "{{c1::{a: {b: 1&#125;&#125;}}", {1}),
    "inside a formula": (r"$({{c1::a^{2}}}+b)$", r"\(({{c1::a^{2} }}+b)\)", {1}),
    "nested in a formula": (
        r"${{c1::\frac{a}{ {{c2::b}} }}}$",
        r"\({{c1::\frac{a}{ {{c2::b}} } }}\)",
        {1, 2},
    ),
    "nested": ("{{c1::a {{c2::b}} c::h}}", "{{c1::a {{c2::b}} c::h}}", {1, 2}),
    "inside code": ("`for {{c1::i}} in x`", "<code>for {{c1::i}} in x</code>", {1}),
    "several numbers": ("{{c1,3::b}}", "{{c1,3::b}}", {1, 3}),
    "formula as a hint": ("{{c1::a::$b<c$}}", r"{{c1::a::\(b&lt;c\)}}", {1}),
    "emphasis around": ("是**{{c1::重点}}**的", "是<b>{{c1::重点}}</b>的", {1}),
    "over two paragraphs": ("{{c1::a\n\nb}}", "{{c1::a<br><br>b}}", {1}),
    "across emphasis": ("**a {{c1::b** c}}", "**a {{c1::b** c}}", {1}),
    "formula over the edge": ("{{c1::a$b}} {{c2::c$}}", "{{c1::a$b}} {{c2::c$}}", {1, 2}),
    "one left open before another": ("{{c1::a {{c2::b}}", "{{c1&#58;&#58;a {{c2::b}}", {2}),
    "hint that ends in a backslash": (r"{{c1::a::b\\}}", r"{{c1::a::b\\<!-- -->}}", {1}),
    "left open": ("{{c1::a", "{{c1&#58;&#58;a", set()),
    "number nought": ("{{c0::a}}", "{{c0&#58;&#58;a}}", set()),
    "numbers that Anki has not, in a formula": (
        "$x_{{c0::a}} {{c9999::b}} {{c1::y}}$",
        r"\(x_{{c0: :a}} {{c9999: :b}} {{c1::y}}\)",
        {1},
    ),
    "no answer": (
        "a {{c1::}} {{c2:: ::hint}}",
        "a {{c1&#58;&#58;&#125;&#125; {{c2&#58;&#58; ::hint&#125;&#125;",
        set(),
    ),
}


@pytest.mark.parametrize(("text", "html"), CASES.values(), ids=CASES)
def test_markdown(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(("text", "html", "numbers"), CLOZES.values(), ids=CLOZES)
def test_clozes(text: str, html: str, numbers: set[int]) -> None:
    found, used = to_cloze_html(text)
    assert (found, set(used)) == (html, numbers)


LITERALS = {
    "names of a shell": ("$HOME and $PATH", "$\u200aHOME and $\u200aPATH"),
    "prices": ("$5 or $6", "$5 or $6"),
    "one dollar": ("5 $ or 6", "5 $ or 6"),
    "formula in code": ("<code>$x$</code> \\(y\\)", "<code>$\u200ax$\u200a</code> \\(y\\)"),
    "dollars in a formula": (r"\(\text{5$ or 6$}\)", r"\(\text{5$ or 6$}\)"),
    "a deletion where none can be": ("{{c1::a}}", "{\u2060{c1::a}}"),
    "the end of none": ("a}} b", "a}\u2060} b"),
    "braces with partners": ("{a: {b: 1}}", "{a: {b: 1}}"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "marked"), LITERALS.values(), ids=LITERALS)
def test_words_that_look_like_something_else(html: str, marked: str) -> None:
    assert told_apart(html) == marked
    assert without_marks(marked) == html


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("a {{c1::b}} c}} {{c0&#58;&#58;d}}", "a {{c1::b}} c}\u2060} {\u2060{c0&#58;&#58;d}\u2060}"),
        ("${{c1::a}}b$", "$\u200a{{c1::a}}b$\u200a"),
        (r"{{c1::\(a\)::h}} {{c2::b {{c3::c}} }}", r"{{c1::\(a\)::h}} {{c2::b {{c3::c}} }}"),
    ],
)
def test_deletions_stay_what_they_are(html: str, marked: str) -> None:
    assert told_apart(html, is_cloze=True) == marked


any_text = st.text(
    st.characters(codec="utf-8") | st.sampled_from("$$$\\{}{}`*_<>&|\n -#[]():c1::"), max_size=60
)
one_line = any_text.map(lambda text: " ".join(tidy(text).split()))


def as_markdown(text: str) -> str:
    """Markdown and cloze syntax that mean `text` and nothing else."""
    return "".join(f"\\{char}" if char in string.punctuation else char for char in text)


def tag_faults(html: str) -> list[str]:
    stack: list[str] = []
    faults = []
    for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^<>]*>", html):
        if tag in {"br", "hr"}:
            continue
        if not closing:
            stack.append(tag)
        elif not stack or stack.pop() != tag:
            faults.append(tag)
    return faults + stack


@given(any_text)
def test_any_text_gives_balanced_html(text: str) -> None:
    html = to_html(text)
    assert tag_faults(html) == []
    assert not re.search(r"<(?!/?[a-z]|!-- -->)", html)
    for found in re.finditer(r"(?<!\\)(?:\\\\)*\\[(\[](.*?)\\[)\]]", html):
        assert has_balanced_braces(unescape(found[1]))


@given(any_text)
def test_any_cloze_text_gives_balanced_html(text: str) -> None:
    html, _ = to_cloze_html("{{c1::" + text + "}} and {{c2::" + text + "}}")
    assert tag_faults(html) == []


@given(one_line)
def test_the_words_stay(text: str) -> None:
    assert to_text(to_html(as_markdown(text))) == text


@given(one_line.filter(bool))
def test_the_words_of_an_answer_stay(text: str) -> None:
    html, numbers = to_cloze_html(f"x {{{{c1::{as_markdown(text)}}}}} y")
    assert numbers == {1}
    assert "}}" not in html.removesuffix("}} y")
    assert to_text(html) == f"x {{{{c1::{text}}}}} y"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(one_line.filter(bool), min_size=5, max_size=30))
def test_anki_shows_the_words(
    texts: list[str], at: Moment, today: Day, ask_anki: AskAnki, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("words") / "words.apkg"
    basics = [make_item(f"b{place}", CardKind.BASIC, as_markdown(text)) for place, text in enumerate(texts)]
    clozes = [
        make_item(f"c{place}", CardKind.CLOZE, f"x {{{{c1::{as_markdown(text)}}}}} y")
        for place, text in enumerate(texts)
    ]
    export_apkg(path, [*basics, *clozes], calendar=Calendar(at, today))
    dump = ask_anki(path)
    for item, text in zip(basics, texts, strict=True):
        shown_front = without_marks(dump["cards"][guid_of(item.card) + "/0"]["front"])
        assert to_text(shown_front) == without_marks(text)
    for item, text in zip(clozes, texts, strict=True):
        back = dump["cards"][guid_of(item.card) + "/0"]["back"]
        shown = re.search(r'<span class="cloze" data-ordinal="1">(.*?)</span>', back, re.DOTALL)
        assert shown is not None
        assert to_text(without_marks(shown[1])) == without_marks(text)


def make_item(name: str, kind: CardKind, front: str) -> ExportCard:
    return ExportCard(Card(CardId(name), kind, front, "back"), "Deck")
