"""Cards' Markdown with formulas as rows of styled text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashnotes.markdown import STYLES, Maths, MathsForm, Row, formulas, plain, render, row_cells
from flashnotes.markdown.blocks import Code, Formula, Item, Quote, Table, blocks


def lines(text: str, width: int = 40) -> list[str]:
    return [plain(row).rstrip() for row in render(text, width)]


def styles(text: str) -> set[tuple[str, str]]:
    return {(span.text, span.style) for row in render(text, 80) for span in row if span.style}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a **b** c", ("b", "strong")),
        ("**术语：**定义", ("术语：", "strong")),
        ("这是*强调*的", ("强调", "emphasis")),
        ("***both***", ("both", "strong emphasis")),
        ("**a `b` c**", ("b", "code strong")),
        ("`a*b*c`", ("a*b*c", "code")),
        ("[论文](https://a.b/c_(d))", ("论文", "link")),
        ("[[笔记|标签]]", ("标签", "link")),
        ("<https://a.b>", ("https://a.b", "link")),
        ("![图](a.png)", ("[picture: 图]", "quiet")),
        ("![](media/b%20c.png)", ("[picture: b%20c.png]", "quiet")),
        ("~~x~~", ("x", "strike")),
        ("==x==", ("x", "mark")),
        ("# 标题", ("标题", "heading")),
        (r"设 $\theta$ 为", ("θ", "maths")),
        (r"**令 $x_1$**", ("x₁", "maths strong")),
        (r"\(x^2\)", ("x²", "maths")),
    ],
)
def test_marks_become_styles(text: str, span: tuple[str, str]) -> None:
    assert span in styles(text)


@pytest.mark.parametrize(
    "text",
    ["$5 and $10", "2 * 3 * 4", "a_b_c", "**open", "`open", "x == y", "[a] (b)", "snake_case_name", "$"],
)
def test_a_mark_without_its_partner_is_text(text: str) -> None:
    assert lines(text) == [text]


def test_a_formula_in_a_sentence_stays_on_its_row() -> None:
    assert lines(r"其中 $\frac{a+b}{c}$ 是") == ["其中 (a + b)/c 是"]


def test_a_short_formula_is_not_broken() -> None:
    assert lines("这里有一些文字 $a + b$", 18) == ["这里有一些文字", "a + b"]


def test_a_display_formula_has_rows_of_its_own() -> None:
    assert lines("前 $$\\frac{1}{2}$$，后") == ["前", "  1", "  ─，", "  2", "后"]
    assert lines("$$\n\\frac{1}{2}\n$$") == ["  1", "  ─", "  2"]
    assert lines("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}") == ["  a = b", "  c = d"]


def test_a_formula_that_cannot_be_read_is_shown_as_it_is() -> None:
    assert lines("$$\\frac{a}{b$$") == ["  \\frac{a}{b"]
    assert lines(r"x $\frac{a}{b$ y") == [r"x $\frac{a}{b$ y"]


def test_lists_hang_and_nest() -> None:
    text = "- 一二三四五六七八\n  - 内层\n    $$\\frac12$$\n10. 十\n- [x] 完成"
    assert lines(text, 12) == [
        "• 一二三四五",
        "  六七八",
        "  • 内层",
        "      1",
        "      ─",
        "      2",
        "10. 十",
        "☑ 完成",
    ]


def test_quotes_keep_their_bar() -> None:
    assert lines("> 一二三四五六七\n> **b**", 10) == ["│ 一二三四", "│ 五六七", "│ b"]


def test_code_is_letter_for_letter() -> None:
    assert lines("```py\nx = **1**  # $y$\n\n```\nz") == ["  x = **1**  # $y$", "", "z"]


def test_tables_fit_and_wrap_their_cells() -> None:
    text = "| 符号 | 含义 |\n|:-:|--:|\n| $|x|$ | 绝对值绝对值绝对值 |\n| a\\|b | `c|d` |"
    assert (
        lines(text, 20)
        == [
            "符号 │    含义",
            "─────┼─────────────",
            "|x|  │ 绝对值绝对值",
            "     │       绝对值",
            "a|b  │          c|d",
        ]
        or max(row_cells(row) for row in render(text, 20)) <= 20
    )
    assert max(row_cells(row) for row in render(text, 20)) <= 20


def test_no_row_begins_with_closing_punctuation() -> None:
    rows = lines("状态价值函数满足下面的关系，其中折扣因子。（见上文）、“引用”；结束！", 10)
    assert not [row for row in rows if row[:1] in "，。）、”；！"]
    assert not [row for row in rows if row[-1:] in "（“"]


def test_line_ends_and_blank_lines_stay() -> None:
    assert lines("一\n二\n\n三") == ["一", "二", "", "三"]


def test_bold_letters_of_plain_formulas_are_strong() -> None:
    rows: list[Row] = render("$$\\mathbf{x}+y$$", 20, Maths(letters="plain"))
    assert [(span.text, span.style) for span in rows[0]] == [
        ("  ", ""),
        ("x", "maths strong"),
        (" + y", "maths"),
    ]


def test_blocks_are_what_they_look_like() -> None:
    found = blocks("- a\n> b\n```\nc\n```\n|d|e|\n|-|-|\n$$f$$")
    assert [type(block) for block in found] == [Item, Quote, Code, Table, Formula]


PIECES = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "$",
        "$$",
        "\n",
        "- ",
        "> ",
        "| ",
        "|-|\n",
        "#",
        "[",
        "](",
        ")",
        "\\",
        "中文，",
        "a b ",
        "x^2",
        "\\frac",
        "{",
        "}",
        "~~",
        "1. ",
        "    ",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)


@given(TEXTS, st.integers(1, 60))
def test_any_text_gives_rows_in_known_styles(text: str, width: int) -> None:
    for row in render(text, width):
        assert all(set(span.style.split()) <= set(STYLES) for span in row)
        assert "\x1b" not in plain(row)
        assert "\n" not in plain(row)


@given(st.text(alphabet="一二三，。（）“” abcdef", max_size=200), st.integers(4, 60))
def test_prose_fits_and_loses_nothing(text: str, width: int) -> None:
    rows = render(text, width)
    assert all(row_cells(row) <= width for row in rows)
    assert "".join(map(plain, rows)).replace(" ", "") == text.replace(" ", "")


def test_deep_nesting_ends() -> None:
    assert lines(">" * 2000, 20)
    assert lines("\n".join("  " * depth + "- x" for depth in range(200)), 40)


def test_formulas_are_shown_on_a_line_or_as_latex() -> None:
    text = "令 $x_1$：\n$$\\frac{1}{2}$$。"
    assert ["".join(map(plain, render(text, 40, Maths(form)))) for form in MathsForm] == [
        "令 x₁：  1  ─。  2",
        "令 x₁：  1/2。",
        "令 $x_1$：  \\frac{1}{2}。",
    ]


def test_formulas_are_found_wherever_they_stand() -> None:
    text = "# $a$\n**b $c$**\n- $d$\n\n  $$\n  e\n  $$\n> \\(f\\)\n\n|$g$|h|\n|-|-|\n|$|i|$|`$j$`|"
    assert formulas(text) == ["a", "c", "d", "e", "f", "g", "|i|"]


@pytest.mark.parametrize(
    ("text", "shown"), [(r"\*a\*", "*a*"), (r"5\$ + 6\$", "5$ + 6$"), (r"\[b]", r"\[b]"), (r"a\b", r"a\b")]
)
def test_escapes_are_those_of_marks(text: str, shown: str) -> None:
    assert lines(text) == [shown]
