"""Shorter names that a term holds: of a kind (Sarsa算法), in two languages, one or another."""

from __future__ import annotations

import re

from flashnotes.text import CJK

_KIND = re.compile(
    r"^([A-Za-z][\w+.\- ]*?)\s*(?:算法|模型|函数|方法|网络|机制|优化器|技术|框架|协议|系统|架构|结构|定理"
    r"|公式|问题|指标|任务|数据集|损失|层)$"
    r"|^([A-Za-z][\w\- ]{3,}) (?:algorithm|method|technique|approach)$"
)
_KINDS = tuple(
    """算法 模型 函数 方法 网络 机制 优化器 技术 框架 协议 系统 架构 结构 定理 公式 问题 指标 任务 数据集 损失 层
    algorithm method technique approach""".split()
)
"""How what `_KIND` matches ends."""
_OR = re.compile(rf"^([{CJK}\w]{{2,14}}?)(?:或者|或)([{CJK}\w]{{2,14}})$")
_BILINGUAL = re.compile(rf"^([{CJK}]{{2,14}})\s+([A-Za-z][A-Za-z0-9 /.+-]{{2,50}})$")
_LETTER = re.compile(rf"[A-Za-zα-ωΑ-Ω{CJK}]")


def shorter_names(term: str) -> list[str]:
    """Shorter names that `term` holds: Sarsa of Sarsa算法, both of 卷积 Convolution, both of A / B."""
    if _may_be_kind(term) and (found := _KIND.match(term)):
        return [(found[1] or found[2]).strip()]
    if " " in term and (found := _BILINGUAL.match(term)):
        return [found[1], found[2]]
    if "或" in term and (found := _OR.match(term)):
        return [found[1], found[2]]
    if "/" in term and "$" not in term:
        parts = [part.strip() for part in term.split("/")]
        if all(len(part) > 2 and _LETTER.search(part) for part in parts):
            return parts
    return []


def _may_be_kind(term: str) -> bool:
    """Whether `term` can begin and end as `_KIND` does."""
    return term.endswith(_KINDS) and term[:1].isascii()
