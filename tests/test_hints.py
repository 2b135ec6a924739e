import pytest

from flashnotes.hints import hint
from flashnotes.models import Card, CardId, CardKind

GIVEN = [
    ("translation lookaside buffer", ["t …", "translation …", "translation lookaside …"]),
    ("满足 $\\det A = 0$ 的数", ["满 …", "满足 …", "满足 $\\det A = 0$ …", "满足 $\\det A = 0$ 的 …"]),
    ("$$\\delta_t = r + \\gamma v$$", ["$$\\delta_t =$$ …"]),
    ("- one\n- two\n- three", ["- one\n…", "- one\n- two\n…"]),
    ("$$\na\n$$\n其中 a 是数", ["$$\na\n$$\n…"]),
    ("![图](a.png) 的名", ["![图](a.png) …", "![图](a.png) 的 …"]),
    ("x", []),
    ("$x$", []),
    ("", []),
]


@pytest.mark.parametrize(("back", "given"), GIVEN)
def test_each_step_gives_more_and_the_last_never_all(back: str, given: list[str]) -> None:
    card = Card(CardId("c"), CardKind.BASIC, "front", back)
    shown = [hint(card, step) for step in range(1, len(given) + 2)]
    assert shown == [*given, given[-1] if given else ""]


@pytest.mark.parametrize(
    ("front", "back", "given"),
    [
        ("TLB", "TLB is a cache", ["TLB is …", "TLB is a …"]),
        ("自动求导", "**自动求导**是记下每一步的机制", ["**自动求导**是 …", "**自动求导**是记 …"]),
        ("TLB", "tlb", [""]),
        ("TLB", "TLBs are caches", ["TLBs …", "TLBs are …"]),
    ],
)
def test_the_term_alone_is_no_hint(front: str, back: str, given: list[str]) -> None:
    card = Card(CardId("c"), CardKind.DEFINITION, front, back)
    assert [hint(card, step) for step in range(1, len(given) + 1)] == given


def test_a_cloze_card_hints_at_each_thing_it_hides() -> None:
    front = "TD 误差用 {{c1::下一步::哪个估计}} 减 {{c2::现在的}}。"
    card = Card(CardId("c"), CardKind.CLOZE, front, "")
    assert [hint(card, step) for step in (1, 2, 3)] == ["下 …  现 …", "下一 …  现在 …", "下一 …  现在 …"]
