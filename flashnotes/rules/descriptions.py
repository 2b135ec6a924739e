"""What the extractor looks for, in words: each rule's sentence and an example of the Markdown it reads.

The examples are cases of `tests/rules/cases/`, held to them by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from flashnotes.rules import RULES

EXAMPLES = {
    "written_card": "Capital of France :: Paris",
    "callout": "> [!definition] Entropy\n> The expected surprise of a random variable.",
    "question": "Q: What does recall measure?\n\nA: The share of positives that were found.",
    "definition_list": "Entropy\n: The expected surprise of a random variable.",
    "table": "| Term | Definition |\n|---|---|\n| Batch | The examples of one step |",
    "label": "**Momentum**: a moving average of past gradients.",
    "chinese_definition": "在目标检测中，锚框指的是预先设定的一组候选框。",
    "english_definition": "A confusion matrix is a table of predicted against actual classes.",
    "chinese_apposition": "这个方法的核心是使用重要性采样，即用一个分布的样本估计另一个分布下的期望。",
    "chinese_naming": "把一个词还原成它的词典形式，这个过程称为词形还原。",
    "english_naming": "The task of cutting a text into words is called tokenization.",
    "chinese_enumeration": "并发的两个问题：脏读，读到别的事务还没有提交的数据；幻读，两次查询得到的行数不同。",
    "chinese_label": "【分布式锁】让多台机器上的进程互斥地访问同一份资源的机制。",
    "chinese_role": "## 对比学习\n\n核心思想是让相似样本的表示靠近，让不相似样本的表示远离。",
    "formula": "## Learning rate decay\n\n$$\\alpha_t = \\alpha_0 e^{-kt}$$\n\nwhere $k$ is the decay rate.",
    "inline_formula": "The standard error is given by $s = \\sigma / \\sqrt{n}$.",
    "worded_formula": "准确率 = 正确数 / 总数",
    "theorem": "**Theorem 2.1** (Bolzano-Weierstrass)\n\nEvery bounded sequence of reals has a convergent subsequence.",
    "heading": "## 什么是感受野\n\n是特征图上一个点对应的输入区域。",
    "outline": (
        "- **Early stopping**:\n"
        "  - Training ends when the error on held-out data stops falling.\n"
        "  - The best weights so far are kept."
    ),
    "abbreviation": "We model it as a Markov Decision Process (MDP).",
}


@dataclass(frozen=True, slots=True)
class RuleDescription:
    """A rule as `flashnotes rules` lists it."""

    name: str
    description: str
    example: str


def rule_descriptions() -> tuple[RuleDescription, ...]:
    """Every rule in order of precedence, with its one-line description and an example of its own cases."""
    return tuple(
        RuleDescription(rule.__name__, (rule.__doc__ or "").strip(), EXAMPLES[rule.__name__])
        for rule in RULES
    )
