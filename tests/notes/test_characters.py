"""A note in traditional characters gives the cards of the same note in simplified ones, each as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from opencc import OpenCC

from flashnotes.extract import extract
from flashnotes.models import Candidate
from flashnotes.notes import parse_note
from flashnotes.notes.characters import simplified

NOTES = sorted((Path(__file__).parents[2] / "decks" / "notes").glob("*.md"))[::4]
TRADITIONAL, SIMPLIFIED = OpenCC("s2t"), OpenCC("t2s")


def cards(text: str) -> list[Candidate]:
    return extract(parse_note(text, path="note.md"))


def each_character(converter: OpenCC, text: str) -> str:
    return "".join(map(converter.convert, text))


def told(found: list[Candidate]) -> list[tuple[str, str, str, int, float]]:
    return [(str(card.kind), card.front, card.back, card.line, card.score) for card in found]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_shipped_notes_in_traditional_characters(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = each_character(TRADITIONAL, text)
    plain = each_character(SIMPLIFIED, written)
    found = cards(written)
    assert told(
        [
            Candidate(
                card.kind,
                each_character(SIMPLIFIED, card.front),
                each_character(SIMPLIFIED, card.back),
                card.line,
                score=card.score,
            )
            for card in found
        ]
    ) == told(cards(plain))
    assert [card.back for card in found if not set(card.back) <= set(written)] == []


def test_a_card_is_written_as_its_note() -> None:
    text = (
        "# 後驗機率\n\n後驗機率（posterior probability）是在觀察到資料之後，對參數的機率分佈所做的更新。\n\n"
        "皇后問題：在棋盤上放置皇后，使得她們互相不能攻擊的組合問題。"
    )
    found = {card.front: card.back for card in cards(text)}
    assert found["後驗機率"].startswith("後驗機率（posterior probability）是在觀察到資料之後")
    assert found["皇后問題"] == "在棋盤上放置皇后，使得她們互相不能攻擊的組合問題。"


def test_the_headings_of_a_card_are_those_of_its_note() -> None:
    text = "# 統計學習\n\n## 損失函數\n\n經驗風險是指模型在訓練資料上的平均損失，這個量會隨著參數變化。"
    assert {card.headings for card in cards(text)} == {("統計學習", "損失函數")}


def test_words_that_a_rule_puts_together_are_in_the_characters_of_the_note() -> None:
    text = "# 激勵函數\n\n這個函數決定神經元會不會輸出。\n\n- 優點：計算很簡單，對於負數也不會飽和。"
    assert all(card.front == each_character(TRADITIONAL, card.front) for card in cards(text))


def test_card_syntax() -> None:
    text = "這個單元說明過擬合。\n\n過擬合的症狀::訓練誤差很小，測試誤差卻很大\n"
    assert [(card.front, card.back) for card in cards(text)] == [
        ("過擬合的症狀", "訓練誤差很小，測試誤差卻很大")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "感受野是指特征图上一个像素对应的输入区域。",
        "「這個」是繁体字，但是这个笔记里的其他字都是简体的，对于这种笔记不用转换。",
        "他把「這個時候來學習」抄了下来，这是个对于这些学生来说没有说过的从句，时间还过去了。",
        "A receptive field is the part of the input that a unit sees.",
        "",
    ],
)
def test_other_notes_are_read_as_they_are(text: str) -> None:
    assert simplified(parse_note(text, path="note.md")) is None


def test_a_note_in_both_scripts_is_read_in_one() -> None:
    simple = "这个方法是从网上的说明里学习来的，过程和结果都还在后面说。" * 2
    other = (
        "需求曲線是指其他條件相同時，價格與需求量之間的關係，對於這個關係將會說明，這種學習數據實無從過來。"
    )
    note = parse_note(f"{simple}\n\n{other}", path="note.md")
    assert simplified(note) is not None
    assert [card.front for card in extract(note, min_score=0.0) if "曲線" in card.front] == ["需求曲線"]
