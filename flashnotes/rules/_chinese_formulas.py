"""How a Chinese sentence names the formula after it: `X 的公式为：`, `…，其定义为：`, `…得到 X 的更新规则：`, `…称为 X：`."""

from __future__ import annotations

import re

from flashnotes.rules._terms import BRACKETS
from flashnotes.rules._text import masked_by, without

_MASKED = re.compile(rf"\$[^$]+\$|{BRACKETS}")
_FORMULA = re.compile(
    r"\s*(?P<name>[^，,。；;:：？?！!]{2,120}?)\s*(?:的)?(?P<role>(?:数学|一般|具体|完整|标准|详细)?(?:计算"
    r"|更新|迭代|递推|表达|定义|求解)?(?:公式|表达式|定义式|形式|式子|算式|计算方式|计算方法|计算过程"
    r"|数学表达|数学定义|表示方式|表达方式|定义|计算|表示)?)"
    r"(?:(?:可以?)?(?:由|通过|按照?|用|使用|根据)(?:下式|下面?的?(?:公式|式子|等式)|以下(?:公式|等式)|如下(?:公式|等式|形式))(?:来)?(?:计算|给出|表示|得到|定义|求得|得出|描述)?"
    r"|由[^，。；]{2,60}(?:计算|推导|推算)?(?:得到|得出|给出|计算|决定)|(?:可以|可|就|通常|一般)?(?:被)?(?:(?:表示|定义|写|记|描述|计算|表达|化简|简化|近似|变|转化|转换|改写|重写|扩展|推广)[作成]"
    r"|(?:表示|定义|写|记|描述|计算|表达|化简|简化|近似|给出|变|转化|转换|改写|重写|扩展|推广)?(?:为|是|即|如下|如下所示|有|得|为如下形式|等于))(?:以下|如下|下式|下面)?(?:所示)?)\s*[:：，,。]?$"
)
_OBJECT = re.compile(
    r"(?:来|以|去|可以?|需要?|要|并|我们|^)\s*(?:计算|求解?|估计|定义|度量|衡量|得到|量化|表示)(?:出|了)?(?P<name>[^，。；：:的]{2,12}(?:的[^，。；：:的]{2,8})?)[:：]$"
)
"""A sentence that says what is computed by the formula after it: `…来计算梯度的范数：`."""
_LAST_OBJECT = re.compile(
    r"(?:来|以|去|可以|需要|我们)(?:计算|求解?|估计|得到)(?:出|了)?[^，。；：:]{4,40}的(?P<name>[^，。；：:的]{2,12})[:：]$"
)
"""The same, the name at the end of a longer description: `…来计算任何时间的隐状态：`."""
_COMPUTES = re.compile(
    r"(?:来|以|去|可以|需要|我们|直接|间接|进行)(?:计算|求解|估计)(?:出|了)?(?P<name>[^，。；：:的]{2,12})$"
)
"""The same without a colon: the formula is the rest of the sentence."""
_SYMBOL_DEFINED = re.compile(
    r"(?:定义|记|令|称)\s*(?:\x00{3,40}|[A-Za-z](?:_?\w)?)\s*为\s*(?P<name>[^，,。；;：:\x00]{2,16}?)(?:[，,](?:其|它的?)?(?:公式|定义|表达式)?(?:定义)?(?:为|如下|是))?[：:]?$"
)
"""A symbol is said to be the thing that the formula after it gives: `定义 $A$ 为转移矩阵，公式为：`."""
_AS_FOLLOWS = re.compile(r"(?<=[^，,]{4})[，,]\s*(?:如下(?:所示)?|即为?|也就是)[:：]$")
"""What announces a formula that the clause before it names: `…得到贪婪策略，如下：`."""
_COMPUTED = re.compile(
    r"(?:(?:\x00{3,4}|\w{1,2}[)）.、])\s*)?(?:首先|然后|接着|再|最后|最终|从而|由此|进而|于是|其次)?(?:我们)?(?:可以?|就|便|需要?|能)?(?:计算|求出?|得到|得出|写出|推出"
    r"|导出|更新|构造|构建|定义|引入|给出)(?:出|了)?\s*(?P<name>[^，,。；;：:]{2,40}?)\s*[:：]?"
)
"""A step that computes something, or comes to it: `(b) 计算分类误差率`, `然后可以写出链式法则：`."""
_CALLED = re.compile(
    r"(?:称之为|称为|称作|叫做|叫作|名为)(?:是|了)?\s*[“\"「]?(?P<name>[^，,。；;：:“”\"「」]{2,24})[”\"」]?[:：]$"
)
"""A sentence that gives its name to the formula after it: `…，这一目标称为损失函数：`."""
_RESULT = re.compile(
    r"(?:得到|得出|推出|导出|写出|给出|有)(?:了|出)?(?:如下|以下|下面)?的?(?P<name>[^，,。；;：:]{2,40}?)(?:的)?"
    r"(?P<role>(?:计算|更新|迭代|递推|表达|定义|闭式)?(?:公式|表达式|定义式|规则|方程式?|解))[:：]?$"
)
"""What a derivation comes to: `…代入上式，就得到了权重的更新公式：`."""
_ITS = re.compile(
    r"[，,；;](?:(?:其|它)的?(?:数学|具体|计算|一般|更新)?(?:公式|表达式|定义|形式|式子|概率密度函数|密度函数|计算公式|计算方式)|(?:其|它)?(?:可以?)?(?:被)?(?:定义|表示|计算|写))?"
    r"(?:如下(?:所示)?|为|是|成|作|有)?(?:如下|以下)?(?:所示)?[:：]$"
)
_THAT_IS = re.compile(r"\s*(?:也就是|亦即|即为?|记[为作])\s*[:：]?")
_DEFINED_BEFORE = re.compile(
    r"(?:称之?为|称作|叫做?|记为)(?:是|了)?\s*[“\"「]?(?P<called>[^，,。；;：:“”\"「」]{2,24})[”\"」]?$"
    r"|(?:^|[，,])\s*(?:那么|则|而)?(?P<name>[^，,。；;：:]{2,24}?)\s*(?:可以?)?(?:被)?(?:定义|规定)(?:为|成)[^，,。；;]{4,60}$"
)
"""What the clause before `即` says the formula is of: `…的差称为偏差，即`, `谱半径定义为特征值模的最大值，即`."""
_INTRODUCED = re.compile(
    r"(?:考虑|引入|使用|采用|定义|选择|选取|选用|利用|提出|给出|构造|通过|用到|是|有|叫做|称为)了?(?:一[个种类])?(?:所谓的?)?\s*"
    r"(?P<name>[^，,。；;：:的]{2,20})$"
)
"""What a clause brings in and the next one gives the formula of: `我们使用高斯核，其定义为：`."""
ROLES = re.compile(r"规则|方程式?|解")
"""Roles that stay part of the name: 更新规则, 状态方程."""
LONGEST_CLAUSE = 160
"""Characters before a formula in which its name is looked for."""


def announced_name(last: str) -> tuple[str, str] | None:
    """What the sentence `last` before a formula says that the formula is of, and its role."""
    whole = masked_by(_MASKED, last.rstrip("，, "))
    masked = _AS_FOLLOWS.sub("", whole)
    if len(masked) < len(whole) and (
        found := _COMPUTED.fullmatch(masked, max(masked.rfind("，"), masked.rfind(",")) + 1)
    ):
        return _part(last, found, "name").removeprefix("其"), ""
    found = (
        _SYMBOL_DEFINED.search(masked)
        or _OBJECT.search(masked)
        or _LAST_OBJECT.search(masked)
        or _COMPUTES.search(masked)
        or _CALLED.search(masked)
        or _COMPUTED.fullmatch(masked)
    )
    if found:
        return _part(last, found, "name"), ""
    start = max(masked.rfind("，"), masked.rfind(",")) + 1
    if (
        start
        and _THAT_IS.fullmatch(masked, start)
        and (found := _DEFINED_BEFORE.search(masked, 0, start - 1))
    ):
        return _part(last, found, "name" if found["name"] else "called"), ""
    if len(masked) - start > LONGEST_CLAUSE:
        return None
    if start and _ITS.match(masked, start - 1) and (named := _introduced(last, masked[: start - 1])):
        return named
    if (found := _RESULT.search(masked, start)) and found["role"]:
        name = _part(last, found, "name")
        return (f"{name}的{found['role']}" if ROLES.fullmatch(found["role"]) else name), found["role"]
    found = _FORMULA.match(masked[start:])
    if not found:
        return None
    return last[start + found.start("name") : start + found.end("name")].strip(), found["role"]


def _introduced(last: str, masked: str) -> tuple[str, str] | None:
    """The name that the clause before `其定义为：` ends with, its brackets with it."""
    bare = masked.rstrip("\x00 ")
    found = _INTRODUCED.search(bare)
    return (last[found.start("name") : len(masked)].strip(), "") if found else None


def _part(text: str, found: re.Match[str], group: str) -> str:
    return text[found.start(group) : found.end(group)].strip()


_LEADS = re.compile(
    r"^(?:最终|最后|首先)|^.*(?:那么|因此|所以|于是|(?<![规正准原法])则|从而|其中|此时|这时|并且|而"
    r"|(?:由此|可以?)?(?:推得|推出|得出|求得|可得|得到|获得)|下面是|以下是|如下是|这就是|就是)"
)
_SO_CALLED = r"(?:我们|本文|作者|大家|人们)?(?:平时|平常|通常|常|一般|经常)?所(?:称|说|讲|谓)的?"
_FIRST = re.compile(
    rf"^(?:最[^的，]{{1,4}}的|故(?![障事])|即(?!时|席)|{_SO_CALLED}|(?:我们|本文|作者|论文)(?:的|可以|将|把|对)?|将|把|中的|定义(?![域式为])(?=[^，]{4})|(?:可以?)?(?:计算|求)(?:出|得)?(?=[^，]{3}))"
)
_SPOKEN_OF = re.compile(rf"^(?:故(?![障事])|{_SO_CALLED})")
_ABOUT = re.compile(r"[中里上]?关于$")
_JOINS = re.compile(r"^(?:而(?!言)|但是?|不过|那么|所以|因此|其中)[，,]?")
_SOLVED = re.compile(r"(?:写出|列出|求解|解(?![析码耦释空压决离]))(?=.{2,16}(?:方程组?|函数|公式)$)")
"""What is done to an equation in one step: 解贝尔曼方程."""
_OPERATION = re.compile(
    r"^对(?![数偶]).{1,12}(?:求|取|作|做|进行)|代入|(?:求导|求偏导|划分|拆分|求和|求积分|求解|取对数|取负|取反|展开|代入|化简|联立|约分|移项|相[加减乘除])$|^(?:进一步)?(?:变|改写|重写|简化)$"
)
_WITHIN = re.compile(r"^.*(?:[中里上]的|关于[^的]{1,20}的|(?:我们|本文)的)(?=[^的]{2,})")


def bare_name(name: str) -> str:
    """`name` without the words that lead to it."""
    name = _FIRST.sub("", _LEADS.sub("", name).strip()).strip()
    return _ABOUT.sub("", name.removesuffix("的"))


def without_lead(sentence: str) -> str:
    """`sentence` from its subject on: `而我们平时所说的熵是…`."""
    return _SPOKEN_OF.sub("", _JOINS.sub("", sentence.strip())).strip()


def without_step(name: str) -> str:
    """The equation that `name` says is written down or solved."""
    return without(_SOLVED, name)


def is_operation(name: str) -> bool:
    """Whether `name` says what is done to a formula: 对 x 求导."""
    return _OPERATION.search(name) is not None


def innermost(name: str) -> str:
    """The last noun of a `name` that is too long for one, or nothing: 算法中的目标函数."""
    found = _WITHIN.match(masked_by(_MASKED, name))
    return name[found.end() :] if found else ""
