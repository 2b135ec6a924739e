"""Anki's HTML as Markdown, and back again."""

from __future__ import annotations

import re
from html import escape
from typing import ClassVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flashnotes.anki.html import tidy, to_cloze_html, to_html, to_text
from flashnotes.anki.markdown import to_markdown
from flashnotes.anki.render import cloze_fields, render_sides
from flashnotes.anki.tex import mathjax

_HAN = re.compile("[中文，]")

CASES = {
    "line breaks": ("a<br>b<br/>c", "a\nb\nc"),
    "lines of the editor": ("a<div>b</div><div>c</div>", "a\nb\nc"),
    "paragraphs": ("<p>a</p><p>b</p>", "a\n\nb"),
    "white space": ("a \n\t b&nbsp;c", "a b c"),
    "emphasis": ("<b>a</b> <i>b</i> <strong>c</strong> <u>d</u>", "**a** *b* **c** d"),
    "emphasis with spaces inside": ("a<b> b </b>c", "a **b** c"),
    "empty emphasis": ("<b></b>a<i><br></i>b", "a\nb"),
    "emphasis over lines": ("<b>a<br>b</b>", "**a**\n**b**"),
    "unclosed": ("<b>a<div>c", "a\nc"),
    "list": ("x<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "x\n\n- a\n- b\n   - c"),
    "numbered list": ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    "table": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2<br>3</td></tr></table>",
        "| a | b |\n|---|---|\n| 1 | 2 3 |",
    ),
    "code": ("<code>x&lt;y</code>", "`x<y`"),
    "code block": ("<pre><code>x&lt;y\n  *z*</code></pre>", "```\nx<y\n  *z*\n```"),
    "formula": (r"\(a&lt;b\) \[c<br>d\]", "$a<b$ $$c d$$"),
    "MathJax of the editor": ('<anki-mathjax block="true">a&lt;b</anki-mathjax>', "$$a<b$$"),
    "inline MathJax of the editor": ("<anki-mathjax>a</anki-mathjax>", "$a$"),
    "LaTeX of old": (r"[$]a[/$] [$$]b[/$$] [latex]\frac{a}{b}[/latex]", r"$a$ $$b$$ $$\frac{a}{b}$$"),
    "sub and superscript": ("H<sub>2</sub>O, x<sup>ab</sup>", r"H₂O, x$^{\text{ab}}$"),
    "link": ('<a href="https://b.c/?d&amp;e">a</a>', "[a](https://b.c/?d&e)"),
    "link that runs": ('<a href="javascript:b">a</a>', "a"),
    "what runs": ("a<script>b</script><style>c</style>", "a"),
    "picture that is not there": ('<img src="a b.png">', "[a b.png]"),
    "picture": ('<img alt="curve" src="known.png">', "![curve](<media/fn-1.png>)"),
    "sound": ("[sound:a.mp3]", "[sound:a.mp3]"),
    "reading": ("<ruby>漢<rt>かん</rt></ruby>", "漢(かん)"),
    "signs of Markdown": ("2*3*4, a_b_c, # 1", "2\\*3\\*4, a\\_b\\_c, \\# 1"),
    "a line like a list": ("1. January", "1\\. January"),
    "escapes for a terminal": ("a\x1b[31mb", "a[31mb"),
    "condition of Word": ("<![if !vml]>a<![endif]>", "a"),
    "what begins like one": ("<![sound:a.mp3] b", r"\<\![sound:a.mp3] b"),
    "tags with attributes": (
        '<div class="a b">x</div><hr id=answer><B style="c: d">y &amp; z</B>',
        "x\n\n---\n\n**y & z**",
    ),
    "right to left": ("<div dir=rtl>سلام</div>", "سلام"),
}


@pytest.mark.parametrize(("html", "text"), CASES.values(), ids=CASES)
def test_fields(html: str, text: str) -> None:
    names = {"known.png": "media/fn-1.png"}
    assert to_markdown(html, name_of_picture=names.get) == text


@pytest.mark.parametrize(
    "html",
    [
        "a<br>b", "<b>a</b><br>b<ul><li>x</li></ul>", "<p>a</p><p>b</p>", "<b>a</b>, <i>b</i>", "x &lt; y &amp; z", r"\(a&lt;b\)", r"\[a\]",
        "<ul><li>a</li><li>b</li></ul>", "<code>x</code>", "<pre><code>x\n y</code></pre>", "2*3*4 # 1. _x_",
    ],
)  # fmt: skip
def test_usual_fields_come_back_the_same(html: str) -> None:
    assert to_html(to_markdown(html)) == html


@pytest.mark.parametrize(
    "html",
    [
        r"The {{c1::\(\sin x\)}} is {{c2::\(\cos x\)::trig}}.", "{{c1::a {{c2::b}} c::h}}",
        "{{c1::<code>std&#58;&#58;vector</code>}}", "{{c1::a&#58;&#58;b*c*&#125;&#125;}}",
        r"\({{c1::a^{2} }}+b\)", r"{{c1::\(x^{2^{n} }\)}}", "<b>{{c1::a}}</b> {{c1,2::b}}",
    ],
)  # fmt: skip
def test_clozes_come_back_the_same(html: str) -> None:
    assert to_cloze_html(to_markdown(html, is_cloze=True))[0] == html


words = st.text(st.characters(codec="utf-8") | st.sampled_from("*_`[]()<>#$&\\~|-+1. "), max_size=50).map(
    lambda text: " ".join(tidy(text).split())
)


@given(words)
@example("0)")
@example("1) a (b) 2)")
def test_any_words_come_back_the_same(text: str) -> None:
    if r"\(" in text or r"\[" in text:
        return
    markdown = to_markdown(escape(text))
    assert to_text(to_html(markdown)) == text


@given(st.text(st.sampled_from("<>/abcdiuploretdhs =\"'&;\n{}:1c\\()[]$"), max_size=80))
def test_any_html_is_read(html: str) -> None:
    to_markdown(html)
    to_markdown(html, is_cloze=True)


class TestTemplates:
    FIELDS: ClassVar = {"Front": "f", "Back": "b", "Empty": "", "Jp": "漢字[かんじ]です"}

    @pytest.mark.parametrize(
        ("front", "back", "sides"),
        [
            ("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", ("f", "b")),
            ("{{#Empty}}x{{/Empty}}{{^Empty}}y{{/Empty}}", "{{#Front}}z{{/Front}}", ("y", "z")),
            ("{{#Front}}a{{#Empty}}b{{/Empty}}c{{/Front}}", "", ("ac", "")),
            ("{{text:Front}}{{hint:Back}}{{type:Back}}{{type:nc:Back}}", "{{Unknown}}", ("f", "")),
            ("{{Front}}{{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}", ("f", "b")),
            ("{{Front}}", "{{Back}}<hr id='answer'>", ("f", "b")),
            ("{{Front}}", "{{FrontSide}}<br><hr>{{Back}}", ("f", "b")),
            ("{{Front}}", "{{FrontSide}}{{hint:Back}}", ("f", "b")),
            ("{{furigana:Jp}}", "{{kanji:Jp}} {{kana:Jp}}", ("漢字(かんじ)です", "漢字です かんじです")),
            ("{{tts en_US:Front}}q", "<!-- {{Front}} -->w", ("q", "w")),
        ],
    )
    def test_sides(self, front: str, back: str, sides: tuple[str, str]) -> None:
        assert render_sides(front, back, self.FIELDS) == sides

    def test_the_field_of_a_cloze(self) -> None:
        assert cloze_fields("{{#Head}}x{{/Head}}{{edit:cloze:Text}}") == ("Text",)
        assert cloze_fields("{{Front}}") == ()


def test_an_entity_that_is_shown_is_words() -> None:
    assert to_text(to_html(to_markdown("&amp;#123;"))) == "&#123;"


@given(st.text(st.sampled_from("中文，x\\{}_^ \\text\\frac")))
def test_a_formula_with_chinese_comes_back(tex: str) -> None:
    shown = mathjax(tex, display=False)
    if shown is None or "{} }" in tex:
        return
    plain = mathjax(_HAN.sub("h", tex), display=False)
    assert plain is not None
    # A space before a closing brace says nothing: it is dropped, for clozes have one put there.
    assert _HAN.sub("h", to_markdown(shown)).replace(" }", "}") == to_markdown(plain).replace(" }", "}")
