"""Labels that are a role and not a term (定义, 优点, Core concept): the context names what they label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashnotes.rules._context import nearest
from flashnotes.rules._head import Head
from flashnotes.text import has_cjk

if TYPE_CHECKING:
    from flashnotes.notes import Block

_MEANING = re.compile(
    r"^(?:基本|数学|核心)?(?:定义|概念|含义|意思|是什么|简介|介绍|解释|描述|说明|本质|直观理解|理解)$"
    r"|^(?:(?:formal |core |basic |key )?(?:definition|concept|meaning|description|what(?: it is| is it)?"
    r"|idea|overview|explanation|intuition))$",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"^(?:数学|计算|更新|具体)?(?:公式|表达式|计算公式|更新公式|更新规则|计算方法|计算方式|计算|表达"
    r"|数学表达|数学形式|数学|函数定义|函数表达式)$"
    r"|^(?:(?:update |mathematical )?(?:formula|equation|update|rule|update rule|expression|math"
    r"|formulation|calculation))$",
    re.IGNORECASE,
)
_ASPECT = re.compile(
    r"^(?:主要|核心|基本)?(?:优点|缺点|优势|劣势|优缺点|特点|特性|特征|作用|目的|目标|用途|应用|应用场景"
    r"|适用场景|使用场景|必要性|思想|思路|原理|核心思想|基本思想|主要思想|动机|原因|局限|局限性|不足|性质|输入"
    r"|输出|步骤|流程|方法|结构|关键|贡献|导数|梯度|时间复杂度|空间复杂度|复杂度|功能|意义|组成|效果|范围"
    r"|取值范围|单位)$"
    r"|^(?:(?:key |main )?(?:advantages?|disadvantages?|pros|cons|benefits?|drawbacks?|limitations?"
    r"|purpose|goal|objective|uses?|use cases?|usage|applications?|properties|features?|characteristics"
    r"|how it works|key idea|main idea|core idea|motivation|why|time complexity|space complexity"
    r"|complexity|strengths?|weaknesses|range|input|output|steps|process|components|when to use|function"
    r"|role|interpretation))$",
    re.IGNORECASE,
)
_ANY = re.compile("|".join(role.pattern for role in (_MEANING, _FORMULA, _ASPECT)), re.IGNORECASE)


def is_role(name: str) -> bool:
    """Whether `name` says what follows is, not what it is of."""
    return _ANY.match(name.strip(" :：*")) is not None


def is_meaning(name: str) -> bool:
    """Whether `name` announces what something is: 定义, Core concept."""
    return _MEANING.match(name.strip(" :：*")) is not None


def role_head(name: str, block: Block) -> tuple[Head, tuple[str, ...]] | None:
    """The term that the context gives to what is labelled `name`, with the role as its aspect or without."""
    name = name.strip(" :：*")
    head = nearest(block.headings, block.parents)
    if head is None:
        return None
    if _MEANING.match(name):
        return head, ("role meaning",)
    if _FORMULA.match(name):
        return head, ("role formula",)
    front = f"{head.term}的{name}" if has_cjk(name) else f"{head.term}: {name.lower()}"
    return Head(front, (head.term, f"{head.term} {name}", *head.aliases)), ("role aspect",)


def step_head(name: str, block: Block) -> tuple[Head, tuple[str, ...]] | None:
    """The step `name` of the algorithm that the context names: 更新参数 of SGD."""
    head = nearest(block.headings, block.parents)
    if head is None:
        return None
    return Head(f"{head.term} {name}", (head.term, *head.aliases)), ("step",)
