"""Blocks: every dialect of Markdown ends in the same few kinds, each with its line."""

from __future__ import annotations

from typing import Any

import pytest

from flashnotes.notes import Block, BlockKind, MarkKind, parse_note


def blocks(text: str, path: str = "n.md") -> tuple[Block, ...]:
    return parse_note(text, path=path).blocks


def summary(text: str, path: str = "n.md") -> list[tuple[str, str, int]]:
    return [(block.kind.value, block.text, block.line) for block in blocks(text, path)]


FORMULAS = {
    "display": "a\n\n$$\nx=y\n$$",
    "on one line": "a\n\n$$x=y$$",
    "a lone dollar": "a\n\n$\nx=y\n$",
    "brackets": "a\n\n\\[\nx=y\n\\]",
    "doubled brackets": "a\n\n\\\\[\nx=y\n\\\\]",
    "brackets on one line": "a\n\n\\[ x=y \\]",
    "fence": "a\n\n```math\nx=y\n```",
    "blank line inside": "a\n\n$$\n\nx=y\n\n$$",
    "picture": "a\n\n![](https://www.zhihu.com/equation?tex=x%3Dy)",
    "html picture": 'a\n\n<img src="https://latex.codecogs.com/svg.latex?x=y">',
    "picture with spaces written out": "a\n\n![](https://latex.codecogs.com/gif.latex?x&space;=&space;y)",
    "under a line of prose, indented": "a\n\nThen\n    $$\n    x=y\n    $$",
}


@pytest.mark.parametrize("text", FORMULAS.values(), ids=FORMULAS)
def test_formula_in_every_form(text: str) -> None:
    found = blocks(text)[-1]
    assert "".join(found.text.strip("$").split()) == "x=y"
    assert found.line == (4 if "Then" in text else 3)


def test_a_backslash_that_a_note_doubles_is_one() -> None:
    found = blocks("a\n\n![](https://latex.codecogs.com/gif.latex?\\\\frac{\\\\sigma}{n})")[-1]
    assert found.text.strip("$").strip() == "\\frac{\\sigma}{n}"


def test_an_indent_behind_a_character_without_width_makes_no_code() -> None:
    assert summary("a\n\n\u200b\t\tGIoU = IoU - 1，见下文") == [
        ("paragraph", "a", 1),
        ("paragraph", "GIoU = IoU - 1，见下文", 3),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the state $$h_t$$ and the cell $$c_t$$ of it", ["paragraph"]),
        ("if $$x = 1$$ holds", ["paragraph"]),
        ("the entropy: $$H(X)$$", ["paragraph", "formula"]),
        ("we have $$h_t = f(h_{t-1}, x_t)$$ for all", ["paragraph", "formula", "paragraph"]),
        ("we have\n$$\nh_t\n$$", ["paragraph", "formula"]),
    ],
)
def test_a_symbol_between_two_dollar_signs_is_a_word_of_its_line(text: str, kinds: list[str]) -> None:
    assert [block.kind.value for block in blocks(text)] == kinds


def test_bare_environment_is_a_formula() -> None:
    found = blocks("\\begin{equation}\nx = y\n\\end{equation}")
    assert [block.kind for block in found] == [BlockKind.FORMULA]
    assert "\\end{equation}" in found[0].text


@pytest.mark.parametrize("text", ["\\( x \\)", "\\\\( x \\\\)", "$x$"])
def test_inline_formula_in_every_form(text: str) -> None:
    assert blocks(f"let {text} be")[0].text == "let $x$ be"


def test_escaped_brackets_are_no_formula() -> None:
    assert blocks("n-grams\\[2\\] between")[0].text == "n-grams[2] between"


def test_headings_and_parents() -> None:
    found = blocks("# A\n\n## 1. B\n\n- one\n  - two\n\n    more")
    assert [(block.text, block.headings, block.parents) for block in found[2:]] == [
        ("one", ("A", "B"), ()),
        ("two", ("A", "B"), ("one",)),
        ("more", ("A", "B"), ("one", "two")),
    ]


def test_rows_know_their_header() -> None:
    row = blocks("| a | b |\n|---|---|\n| 1 | **2** |")[0]
    assert (row.kind, row.header, row.cells, row.line) == (BlockKind.ROW, ("a", "b"), ("1", "2"), 3)


def test_display_maths_stays_in_its_cell() -> None:
    first, second, after = blocks(
        "| a | b |\n|---|---|\n| x $$y=1$$ z | $$u=v$$ |\n| 1 | 2 |\n\nso $$w=f(a, b, c, d)$$ is"
    )[:3]
    assert (first.cells, second.cells) == (("x $y=1$ z", "$u=v$"), ("1", "2"))
    assert {first.kind, second.kind} == {BlockKind.ROW}
    assert (after.kind, after.text) == (BlockKind.PARAGRAPH, "so")


CALLOUTS: dict[str, tuple[str, str]] = {
    "obsidian": ("> [!note] Title\n> inside", "note|Title"),
    "docusaurus": (":::tip Title\n\ninside\n\n:::", "tip|Title"),
    "myst": ("```{note} Title\ninside\n```", "note|Title"),
    "mkdocs": ('!!! note "Title"\n    inside\n\nafter', "note|Title"),
}


@pytest.mark.parametrize(("text", "label"), CALLOUTS.values(), ids=CALLOUTS)
def test_callout(text: str, label: str) -> None:
    inside = next(block for block in blocks(text) if block.text == "inside")
    assert inside.label == label


def test_bold_in_a_callout_keeps_its_place() -> None:
    inside = blocks("> [!note] Title\n> **bold**: said")[-1]
    assert [inside.text[mark.start : mark.end] for mark in inside.marks] == ["bold"]


def test_an_indented_chinese_sentence_with_an_equation_is_prose() -> None:
    found = blocks("# IoU\n\n\t两个框不相交时 IoU = 0，不能告诉人们它们离得多远。\n\n\t损失 = 1 - 重叠的面积")
    assert [block.kind for block in found[1:]] == [BlockKind.PARAGRAPH] * 2


@pytest.mark.parametrize("code", ["x = f(y)，z", "// 先读文件，再解析", "名字 = 1"])
def test_an_indented_line_of_code_makes_code_of_all(code: str) -> None:
    found = blocks(f"# IoU\n\n    两个框不相交时，面积是零。\n    {code} == 1;")
    assert [block.kind for block in found[1:]] == [BlockKind.CODE]


@pytest.mark.parametrize(
    ("indented", "kinds"),
    [
        (
            "* Ebb: the sea falls for about six hours\n      and more.\n    * Flood: the sea rises again",
            ["item", "item"],
        ),
        ("1. Take the mean of all $x_i$ of the sample\n    2. Divide by n", ["item", "item"]),
        ("Ebb: the fall of the sea after noon\n    Flood: 海水上涨的一段时间", ["paragraph", "paragraph"]),
        ("- name: install all of the packages\n      run: make", ["code"]),
        ("- x = f(y) for the first of all\n    - b", ["code"]),
        ("* a\n    * b", ["code"]),
        ("- the old line of the text\n    + the new line of the text", ["code"]),
        ("1. Take the mean of the sample\n    and then\n    2. Divide it by n", ["code"]),
        ("Size: 14 of 20 all told here\n    Tokens: ['a', 'b'] and then some more", ["code"]),
        ("Ebb: the fall of the sea after noon", ["code"]),
        ("Ebb: fall\n    Flood: rise", ["code"]),
        (
            "The ebb is the part of the day in which the sea falls.\n    It takes six hours.",
            ["paragraph"],
        ),
        ("The ebb is the part of the day in which the sea falls", ["code"]),
        ("the ebb is the part of the day in which the sea falls.", ["code"]),
        ("Reading examples 9824 done, loading model weights took seconds.", ["code"]),
        ("The value of x[i] is set to {y} and it is the sum of all.", ["code"]),
        ("The sea falls.", ["code"]),
        (
            "Traceback of the last call:\n      File the is not in the list of all of it\n    The value is not in the list.",
            ["code"],
        ),
    ],
)
def test_an_indented_list_is_one_and_labels_are_prose(indented: str, kinds: list[str]) -> None:
    found = blocks(f"# Tides\n\n    {indented}")[1:]
    assert [block.kind for block in found] == kinds
    assert found[-1].line == (3 if len(kinds) == 1 else 5 if "and more" in indented else 4)


def test_short_indented_lines_are_no_paragraph_wrapped_by_hand() -> None:
    long = "涨潮的时候，海水没过了整片滩涂，一直到堤岸的脚下，要过大约六个小时才退去，有大风的日子里还要更久，等到天黑也退不完"
    even = "落潮往往比涨潮要慢得多，在河口需要七个小时左右，在大河的河口需要得更久"
    short = "平潮则很短，只有几分钟，看不出水在动，船就在这时候进港"
    written = "\n    ".join((long, even, short, even))
    assert [block.text for block in blocks(f"# A\n\n    {written}")[1:]] == [long + even + short, even]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("涨潮大约六个小时\n海水没过整片滩涂，一直到堤岸的脚下，然后退去\n平潮很短", 3),
        ("涨潮的时候海水没过整片滩涂\n一直到堤岸的脚下然后才退\n平潮很短", 1),
        ("涨潮大约六个小时，\n海水没过整片滩涂，一直到堤岸的脚下，然后退去", 1),
        ("涨潮大约六个小时\n而海水没过整片滩涂，一直到堤岸的脚下，然后退去", 1),
        ("The tide rises\nand covers the flats up to the foot of the dyke for six hours", 1),
    ],
)
def test_a_line_of_chinese_ends_a_sentence_where_lines_are_uneven(text: str, sentences: int) -> None:
    assert len(parse_note(text, path="note.md").sentences) == sentences


@pytest.mark.parametrize(
    ("bold", "kind"),
    {
        "持久性": BlockKind.HEADING,
        "什么是持久性，它和原子性有什么不同？": BlockKind.HEADING,
        "持久性是指事务提交以后它的改动不会丢失": BlockKind.PARAGRAPH,
        "持久性保证了事务一旦提交，它对数据库的改动就永远保存下来，即使系统在这之后崩溃": BlockKind.PARAGRAPH,
    }.items(),
)
def test_a_bold_line_heads_unless_it_is_a_sentence(bold: str, kind: BlockKind) -> None:
    assert blocks(f"# A\n\n**{bold}**\n\n正文")[1].kind is kind


def test_a_line_that_begins_with_a_bilingual_name_stands_by_itself() -> None:
    found = blocks("工作集: 某段时间内实际访问的页面\n抖动 (thrashing) 页面频繁地换入换出")
    assert [block.text.split()[0] for block in found] == ["工作集:", "抖动"]


def test_callout_ends() -> None:
    assert blocks('!!! note "T"\n    inside\n\nafter')[-1].label == ""


def test_html_is_read_as_markdown() -> None:
    found = summary(
        "<p align='x'>A <b>b</b> $c$</p>\n\n<table><tr><th>k</th></tr><tr><td>v</td></tr></table>"
    )
    assert found == [("paragraph", "A b $c$", 1), ("row", "v", 3)]


def test_code_is_never_prose() -> None:
    assert {block.kind for block in blocks("```\nX: y\n```\n\n    Z: w")} == {BlockKind.CODE}
    assert not parse_note("```\nX is a y.\n```", path="n.md").sentences


def test_left_over_emphasis_is_emphasis() -> None:
    block = blocks("**术语：**定义")[0]
    assert block.text == "术语：定义"
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [
        (MarkKind.STRONG, "术语：")
    ]


def test_wrapped_chinese_is_joined_without_a_space_and_keeps_its_lines() -> None:
    block = blocks("第一行，\n第二行 is\nthe third")[0]
    assert block.text == "第一行，第二行 is the third"
    assert [block.line_at(block.text.index(part)) for part in ("第一", "第二", "the third")] == [1, 2, 3]


def test_plain_text_is_read_line_by_line() -> None:
    assert [line for _, _, line in summary("one\ntwo\nthree", "n.txt")] == [1, 2, 3]


FRONT: list[tuple[str, dict[str, Any]]] = [
    ("---\ndeck: A::B\ntags: [x, y]\n---\ntext", {"deck": "A::B", "tags": ("x", "y")}),
    ("---\ntags:\n  - x\n  - '#y'\n---\ntext", {"deck": None, "tags": ("x", "y")}),
    ('+++\ndeck = "T"\n+++\ntext', {"deck": "T", "tags": ()}),
    ("text\n\n---\ndeck: no\n---", {"deck": None, "tags": ()}),
]


@pytest.mark.parametrize(("text", "expected"), FRONT)
def test_front_matter(text: str, expected: dict[str, Any]) -> None:
    note = parse_note(text, path="n.md")
    assert {"deck": note.deck, "tags": note.tags} == expected
    assert note.blocks[-1].line > 0


def test_switched_off() -> None:
    text = "keep\n\n<!-- flashnotes: off -->\nhidden\n<!-- flashnotes: on -->\n\nback"
    assert [(text, line) for _, text, line in summary(text)] == [("keep", 1), ("back", 7)]
    assert not blocks("---\nflashnotes: false\n---\n\ntext")


def test_byte_order_mark_and_line_ends() -> None:
    assert summary("\ufeff# A\r\n\r\nb\r\n") == [("heading", "A", 1), ("paragraph", "b", 3)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One, e.g. this. Two vs. three.", 2),
        ("一。二！三？四", 4),
        ("$a. B$ is one", 1),
        ("版本 3.5 是新的。旧的是 2.0。", 2),
        ("Fig. 3 is here.", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(parse_note(text, path="n.md").sentences) == count


def test_a_component_of_mdx_is_code() -> None:
    text = 'Before.\n\n<Question choices={[\n  { text: "A sample is a subset.", correct: true },\n]} />\n\nAfter.\n'
    found = blocks(text)
    assert [block.text for block in found if block.kind is BlockKind.PARAGRAPH] == ["Before.", "After."]
    assert all(block.kind is BlockKind.CODE for block in found if "sample" in block.text)


def test_a_text_between_two_rules_is_no_front_matter() -> None:
    found = blocks("---\n\n## Queues\n\nA queue is a list.\n\n---\n\nMore.")
    assert [block.text for block in found] == ["Queues", "A queue is a list.", "More."]
    assert [block.text for block in blocks("---\n标题: 队列\n---\n\nMore.")] == ["More."]
    assert [block.text for block in blocks('+++\ntitle="x"\n+++\n\nMore.')] == ["More."]
    assert [block.text for block in blocks("+++\n[params]\na = 1\n+++\n\nMore.")] == ["More."]


ADMONITIONS = """\
!!! definition "safe sequence"

    Each process can end with what is free.

    $$
    a = b
    $$

    !!! question "How is one found?"

        Greedily.

    Still inside.

Outside.
"""


def test_formulas_and_admonitions_inside_an_admonition_end_where_they_end() -> None:
    found = [(block.label.partition("|")[0], block.text, block.line) for block in blocks(ADMONITIONS)]
    assert found == [
        ("definition", "Each process can end with what is free.", 3),
        ("definition", "a = b", 5),
        ("question", "Greedily.", 11),
        ("definition", "Still inside.", 13),
        ("", "Outside.", 15),
    ]


def test_admonitions_that_no_blank_line_parts() -> None:
    text = '!!! note "Entropy"\n    Entropy is.\n!!! tip "Loss"\n    A number.\n\nOutside.'
    found = [(block.label.partition("|")[0], block.text) for block in blocks(text)]
    assert found == [("note", "Entropy is."), ("tip", "A number."), ("", "Outside.")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('A [queue](q.md){target="_blank"} is.', "A queue is."),
        ("**Heap**{.red #h width=50%}: a tree.", "Heap: a tree."),
        ("A stack is last in, first out.\n{: .centre }", "A stack is last in, first out."),
        ("`f`{.python} is a name.", "f is a name."),
        ("$\\mathbb{E}[X]_{t}{.5}$ stays.", "$\\mathbb{E}[X]_{t}{.5}$ stays."),
        ("A {curly} word {x=1} stays, so does f(x){y}.", "A {curly} word {x=1} stays, so does f(x){y}."),
    ],
)
def test_how_a_thing_looks_on_a_page_is_no_part_of_it(written: str, read: str) -> None:
    assert [block.text for block in blocks(written)] == [read]


@pytest.mark.parametrize("text", ["3个月后完成", "50% 的用户", "12月5日", "1.2倍的速度"])
def test_a_number_alone_makes_no_heading(text: str) -> None:
    assert [block.kind for block in blocks(f"{text}\n\n下文。")] == [BlockKind.PARAGRAPH] * 2


def test_formulas_in_numbered_items_and_under_tabs() -> None:
    numbered = blocks("1. $$\n   a = b\n   $$\n2. 中间的文字\n3. $$\n   c = d\n   $$\n")
    assert [block.kind for block in numbered] == [BlockKind.FORMULA, BlockKind.ITEM, BlockKind.FORMULA]
    assert blocks("**损失** 为\n\t$$\n\ta = b\n\t$$")[-1].kind is BlockKind.FORMULA


def test_a_heading_may_be_an_equation() -> None:
    assert [block.kind for block in blocks("## $y = kx + b$\n\n直线。")] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_the_end_of_a_row_in_an_address_is_kept() -> None:
    found = blocks("a\n\n![](https://www.zhihu.com/equation?tex=x%3D1%5C%5Cy%3D2)")[-1]
    assert found.text.strip("$").strip() == "x=1\\\\y=2"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("_n<sub>u</sub>_ 代表用户", "n_u 代表用户"),
        ("x<sup>(1)</sup> is one", "x^(1) is one"),
        ("a claim<sup>[7]</sup> made", "a claim[7] made"),
        ("H<sub>2</sub>O", "H_2O"),
        ("P2P<sup>7</sup>", "P2P7"),
    ],
)
def test_what_is_set_lower_or_higher_is_not_joined_to_a_lone_letter(written: str, read: str) -> None:
    assert [block.text for block in blocks(written)] == [read]


def test_a_bold_first_line_heads_the_rest_of_its_paragraph() -> None:
    assert summary("**Grafting**\nJoining two plants.\n\n> **Layering**\n> A twig in the soil.") == [
        ("heading", "Grafting", 1),
        ("paragraph", "Joining two plants.", 2),
        ("paragraph", "Layering A twig in the soil.", 4),
    ]
    assert summary("- **Budding**\n  One bud.")[0][0] == "item"
    assert summary("**Budding** and\nmore of it.") == [("paragraph", "Budding and more of it.", 1)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1. **嫁接：**\n* 一句话", ["heading", "item"]),
        ("- **嫁接：**\n* 一句话", ["item", "item"]),
        ("- **嫁接：**\n1. 一句话", ["item", "item"]),
        ("1. **嫁接：**\n2. 一句话", ["item", "item"]),
        ("1. 园艺\n   1. **嫁接：**\n   * 一句话", ["item", "item", "item"]),
        ("1. **嫁接**\n* 一句话", ["item", "item"]),
    ],
)
def test_a_numbered_bold_item_heads_the_list_beside_it(text: str, kinds: list[str]) -> None:
    assert [block.kind.value for block in blocks(text)] == kinds


def test_a_formula_on_its_own_first_line_stands_alone() -> None:
    assert summary("$s = a + b$\nIt is **linear**.") == [
        ("formula", "s = a + b", 1),
        ("paragraph", "It is linear.", 2),
    ]


@pytest.mark.parametrize(("text", "marks"), [("Set `$x=y$` so", 0), ("Set `$HOME$` so", 1)])
def test_a_formula_set_as_code_with_its_dollar_signs_is_one(text: str, marks: int) -> None:
    assert len(blocks(text)[0].marks) == marks


@pytest.mark.parametrize(
    "text", ["\n    \n", "- a\n\n      \n", "-\n\n      \n\n      ", "1.     \n\n\t\t\n"]
)
def test_an_indented_block_of_nothing_is_read(text: str) -> None:
    parse_note(text, path="note.md")
    assert [kind for kind, *_ in summary(f"# A\n\n{text}\n\nb")][-1] == "paragraph"
