"""Labels that are a role and not a term (定义, 优点, Core concept): the context names what they label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashnotes.rules._context import context_head, nearest
from flashnotes.rules._generic import is_remark
from flashnotes.rules._head import Head
from flashnotes.rules._words import QUALITIES
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashnotes.notes import Block


def _roles(leads: str, roles: str) -> frozenset[str]:
    """Each of `roles`, alone and after each of `leads`, both with commas between them."""
    own = [role.strip() for role in roles.split(",")]
    return frozenset([*own, *[lead.strip("\n") + role for lead in leads.split(",") for role in own]])


# Whole names and no patterns: a set tells at once that a name is none of them, and nearly all are none.
_MEANING = _roles(
    "基本,数学,核心,通俗,直观,简单",
    "定义, 概念, 含义, 意思, 是什么, 简介, 介绍, 解释, 描述, 说明, 本质, 直观理解, 理解",
) | _roles(
    "formal ,core ,basic ,key ",
    "definition, def, defn, concept, meaning, description, what, what it is, what is it, idea, overview, explanation, intuition",
)
_FORMULA = _roles(
    "数学,计算,更新,具体",
    "公式, 表达式, 计算公式, 更新公式, 更新规则, 计算方法, 计算方式, 计算, 表达, 数学表达, 数学形式, 数学, 函数定义, 函数表达式",
) | _roles(
    "update ,mathematical ",
    "formula, equation, update, rule, update rule, expression, math, formulation, calculation",
)
_ASPECT = _roles(
    "主要,核心,基本",
    """优点, 缺点, 优势, 劣势, 优缺点, 特点, 特性, 特征, 作用, 目的, 目标, 用途, 应用, 应用场景, 适用场景, 使用场景, 必要性, 思想,
    思路, 原理, 核心思想, 基本思想, 主要思想, 动机, 原因, 局限, 局限性, 不足, 性质, 输入, 输出, 步骤, 流程, 方法, 结构, 关键, 贡献,
    机制, 工作机制, 工作原理, 好处, 坏处, 解决方法, 解决方案, 解决办法, 导数, 梯度, 时间复杂度, 空间复杂度, 复杂度, 功能, 意义, 组成, 效果, 范围, 取值范围, 单位, 条件""",
) | _roles(
    "key ,main ",
    """advantage, advantages, disadvantage, disadvantages, pros, cons, benefit, benefits, drawback, drawbacks, limitation,
    limitations, purpose, goal, objective, use, uses, use case, use cases, usage, application, applications, properties,
    feature, features, characteristics, how it works, key idea, main idea, core idea, motivation, why, time complexity,
    space complexity, complexity, strength, strengths, weaknesses, range, input, output, steps, process, components,
    when to use, function, role, interpretation""",
)
_ANY = _MEANING | _FORMULA | _ASPECT
_EDGES = " :：*"
_BESIDES = ("another ", "additional ", "extra ", "bonus ", "minor ", "side ", "personal ", "final ", "last ")
"""What makes of it one thought among others."""
_GISTS = ("idea", "intuition", "gist", "insight")
_OF_DISTRIBUTION = frozenset(
    part.strip()
    for part in """期望, 数学期望, 期望值, 均值, 方差, 标准差, 概率, 概率密度, 概率密度函数, 密度函数, 概率质量函数, 概率函数, 分布函数,
    累积分布函数, 分布律, 分布列, 特征函数, 矩母函数, 中位数, 众数, 偏度, 峰度, mean, expectation, expected value, variance,
    standard deviation, probability, pdf, pmf, cdf, mgf, density, density function, probability density function,
    probability mass function, cumulative distribution function, moment generating function, characteristic function,
    median, mode, skewness, kurtosis, support""".split(",")
)
"""What each distribution has one of."""
_DISTRIBUTIONS = ("分布", "distribution", "分佈")


def is_role(name: str) -> bool:
    """Whether `name` says what follows is, not what it is of."""
    return _bare(name) in _ANY or name.strip(_EDGES) in QUALITIES or _is_gist(name)


def _bare(name: str) -> str:
    return name.strip(_EDGES).lower()


def is_meaning(name: str) -> bool:
    """Whether `name` announces what something is: 定义, Core concept."""
    return _bare(name) in _MEANING or _is_gist(name)


def _is_gist(name: str) -> bool:
    """Whether `name` announces the one sentence that says what something is: central idea, guiding intuition."""
    bare = _bare(name)
    return bare.endswith(_GISTS) and is_remark(bare) and not bare.startswith(_BESIDES)


def role_head(name: str, block: Block) -> tuple[Head, tuple[str, ...]] | None:
    """The term that the context gives to what is labelled `name`, with the role as its aspect or without."""
    name = name.strip(_EDGES)
    if name in QUALITIES:
        head = context_head(block.parents[-1]) if block.parents else None
    else:
        head = nearest(block.headings, block.parents)
    if head is None:
        return None
    if is_meaning(name):
        return head, ("role meaning",)
    if _bare(name) in _FORMULA:
        return head, ("role formula",)
    whole, _, aspect = head.term.rpartition("的")
    if whole and is_role(aspect):
        head = Head(whole, head.aliases)
    front = f"{head.term}的{name}" if has_cjk(name) else f"{head.term}: {name.lower()}"
    return Head(front, (head.term, f"{head.term} {name}", *head.aliases)), ("role aspect",)


def part_head(name: str, headings: Sequence[str], parents: Sequence[str]) -> Head | None:
    """What the context says `name` is of, where each of its kind has one: the variance of a distribution."""
    if _bare(name) not in _OF_DISTRIBUTION:
        return None
    head = nearest(headings, parents)
    if head is None or not any(word.endswith(_DISTRIBUTIONS) for word in (head.term.lower(), *head.aliases)):
        return None
    name = name.strip(" :：*")
    if name.istitle():
        name = name.lower()
    front = f"{head.term}的{name}" if has_cjk(name) else f"{head.term}: {name}"
    return Head(front, (f"{head.term} {name}", *(f"{alias} {name}" for alias in head.aliases)))


def step_head(name: str, block: Block) -> tuple[Head, tuple[str, ...]] | None:
    """The step `name` of the algorithm that the context names: 更新参数 of SGD."""
    head = nearest(block.headings, block.parents)
    if head is None:
        return None
    return Head(f"{head.term} {name}", (head.term, *head.aliases)), ("step",)
