"""The score: between 0 and 1, moved by evidence, certain where the note itself says that it is a card."""

from __future__ import annotations

import pytest

from flashnotes.extract import extract, propose
from flashnotes.notes import parse_note
from flashnotes.scoring import EXPLICIT, feature_rows
from flashnotes.weights import WEIGHTS


def score(text: str) -> float:
    return max((card.score for card in extract(parse_note(text, path="n.md"), min_score=0)), default=0.0)


PAIRS = [
    (
        "**Momentum**: a moving average of past gradients.",
        "Training error: it went down after a while for us.",
    ),
    ("# 感受野\n\n感受野是指特征图上一个点对应的输入区域。", "安装过程是需要一些时间的，你可以先去喝茶。"),
    (
        "# Recall\n\nRecall is the share of positives that were found.",
        "The course is one that you will love, we promise.",
    ),
]


@pytest.mark.parametrize(("better", "worse"), PAIRS)
def test_a_definition_scores_above_chat(better: str, worse: str) -> None:
    assert score(better) > score(worse)


@pytest.mark.parametrize(
    "text", ["Q: Why?\n\nA: Because of this.", "front :: back", "{{c1::ATP}} is made here."]
)
def test_what_is_written_as_a_card_is_certain(text: str) -> None:
    assert score(text) == EXPLICIT


def test_weights_name_features_that_occur() -> None:
    text = "# Recall\n\n**Recall** is the share of positives that were found. 召回率是指被找出的正例的比例。"
    note = parse_note(text, path="n.md")
    used = {name for row in feature_rows(extract(note, min_score=0), note) for name in row}
    assert "bias" in used
    assert len(used & WEIGHTS.keys()) > 20


def test_an_article_of_a_note_that_runs_on_is_judged_by_itself() -> None:
    filler = (
        "这一段讲的是别的事情，与后面所说的完全无关，只是为了把它写得长一些，好让它成为一篇没有换行的文章。"
        * 6
    )
    article = "动量是过去梯度的指数加权平均。" + filler
    together = parse_note(f"{article}\n\n{filler}动量，动量，动量，动量，动量。", path="n.txt")
    said = {name for row in feature_rows(propose(together), together) for name in row if "front said" in name}
    alone = parse_note(article, path="n.txt")
    assert "note runs on" in feature_rows(propose(alone), alone)[0]
    assert said == {
        name for row in feature_rows(propose(alone), alone) for name in row if "front said" in name
    }
