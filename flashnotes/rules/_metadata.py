"""Labels of what is said about a text: who wrote it, when, under which headings it is filed."""

from __future__ import annotations

from flashnotes.rules._genus import opens_as_kind

_DIRECTIVES = frozenset(
    """
    align alt arxiv author authors citation cite citep citet class correct date doi email eqlabel eqref explain github href id isbn label name numref
    orcid ref src text title url width 标签 邮箱 网址
    """.split()
)
"""What is written so in markup and at the head of a text, and is no term whatever follows."""
_METADATA = frozenset(
    """
    alias aliases categories category conference contact course courses created deadline due duration edited editor
    homepage instructor instructors journal keyword keywords language lecture lecturer license link links modified
    place posted prerequisite professor published publisher reading readings related reviewer semester slides source
    sources speaker status subject subjects submitted tag tags teacher textbook textbooks topic topics translator
    updated venue version video videos website week year
    作者 译者 编辑 日期 时间 年份 链接 课程 讲师 老师 教师 主讲 来源 出处 期刊 会议 单位 机构 出版社 视频 课件
    教材 学期 关键词 关键字 发表 发表时间 发布时间 更新时间 创建时间 修改时间 论文链接 代码链接 原文链接 项目地址 论文标题 论文题目
    """.split()
)
"""The same, unless a meaning follows: a journal may be a record of what was paid."""
_OF_WHAT = ("created", "edited", "last", "paper", "posted", "published", "submitted", "updated", "written")
"""What such a label begins with that has more than one word: last updated, paper link."""
_OF_TWO_WORDS = _METADATA | frozenset(("at", "author", "authors", "by", "date", "title", "on", "url"))


def is_metadata(name: str, back: str) -> bool:
    """Whether the label `name` before `back` says something of the text that it stands in."""
    name = name.strip(" *_:：").casefold()
    if name in _DIRECTIVES:
        return True
    first, _, last = name.partition(" ")
    files = name in _METADATA or (first in _OF_WHAT and last in _OF_TWO_WORDS)
    return files and not opens_as_kind(back)
