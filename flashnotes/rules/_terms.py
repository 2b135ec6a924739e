"""What can be the name of something: terms, their brackets and their other names."""

from __future__ import annotations

import re
from typing import NamedTuple

from flashnotes.text import CJK, has_cjk


class Head(NamedTuple):
    """A term with its other names."""

    term: str
    aliases: tuple[str, ...] = ()


LONGEST_TERM = 60
"""Characters, brackets not counted; half of it in Chinese."""
MOST_WORDS = 8

BRACKET = r"[(（](?:[^()（）]|[(（][^()（）]{0,40}[)）]){1,120}[)）]"
"""A bracket, brackets inside it one deep, as a part of a regular expression."""
# In TD(0) and TD(λ) the bracket is part of the name, in a formula part of the formula.
_BRACKET = re.compile(rf"\$[^$]*\$|\s*(?!(?<=[A-Za-z])[(（][\dλ][)）])({BRACKET})")
_EDGES = " \t\n\v•:：,，.。;；、-—–*_\"“”'‘’「」『』《》<>#~!！?？`→"
_DUNDER = re.compile(r"__\w+__(?:\(\))?")
_SYMBOL_AFTER = re.compile(r"(?<=\S)\s*\$[^$]+\$$")
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-z])[)）.、．]\s*|[①-⑳]\s*|第[一二三四五六七八九十\d]+[章节讲课]\s*"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:\.\d{1,2})*[，,]\s*|\d{1,2}(?:\.\d{1,2})+\.?\s+)+(?=\S)"
)
_PART = re.compile(r"[,，、;；/]|\s或\s?|\bor\b|或者|或称")
_ALSO = re.compile(
    r"^(?:又|也|亦|或|即|简)?(?:被)?(?:称之?为|称作|称|叫做|叫作|叫|名为|名|译为|译作|译|记作|记为|简称为?|简写为?|缩写为?|全称(?:为|是)?|英文(?:名|全称)?(?:为|是)?)\s*[:：]?\s*"
    r"|^(?:also\s+)?(?:known|called|referred\s+to|abbreviated|abbr\.?|short\s+for|aka|a\.k\.a\.|or|i\.e\.,?|named|denoted)\s*(?:as|to|by)?\s+"
    r"|^(?:英文|全称|简称|缩写|英语|英|中文|以下简称|下称|记为|即|后文简称)\s*[:：]?\s*",
    re.I,
)
_NOT_ALIAS = re.compile(
    r"[=。！？$<>\\]|https?:|^\d+$|^[\d.\s%]+$|^(?:如|例如|比如|见|参考|图|表|详见|包括|包含|不|这|注|可|或|由|以|通过|一种|其中|单位|默认|推荐)"
    r"|^(?:e\.g|i\.e|see|such|for|which|the\s|this|not|optional|if|with|in\b|also|from|or\b|and\b|usually|often|recommended|default)",
    re.I,
)

_ZH_START = re.compile(
    r"^(?:[这那该此其它他她我你您咱某每请让把则且而但却和及也又很都就才仅当]|各(?!向)|令(?!牌)|设(?!备|计|施)|取(?!样|值|整|模)|使|将|被(?!动)|从(?![属句])|向(?!量|导|前|后|下)|若|如|并(?![行发查集联])|与(?!门|非)|或(?!门|非)|以(?!太)|再(?!生|现|平衡)|还(?!原)|更(?!新)|最(?:好|终|近|后|初|重要|常)|只(?!读)"
    r"|一(?:个|种|些|般|旦|类|次|方面|开始|样|定|直|下)|有(?:些|的|时|一|人|了)|几[个种类]|两[个种者类]|三[个种类]|多[个种数]|不[同是能会仅过再需要可]|没有|所[有以谓]|任何|由于|因[为此而]|然[而后]|虽然|尽管"
    r"|即使|除了|对[于比]|关于|根据|按照|通过|为(?:了|什么|此|何)|例如|比如|譬如|首先|其[次他中实]|最后|接[着下]|同[时样]|另[外一]|此外|总[之的结体]|通常|大家|可[以能]|需要|应[该当]"
    r"|在(?!线)|到(?!达)|上(?:面|述|文|图|式)|下(?:面|述|文|图|式|一)|以[上下及]|前[者面文]|后[者面文]|图\s*\d|表\s*\d|式\s*[(（\d]|公式\s*[(（\d]|第[一二三四五六七八九十\d]"
    r"|本(?:文|章|节|书|篇|教程|项目|质上)|作者|笔者|读者|论文|文章|现在|目前|近年|最近|如今|今天|经过|随着|具体|简单|换句|事实上|实际上|实践中|值得|注意(?!力)|需要?(?!求)|看[到看来起似]|想[要到]|问(?!题|答|句)|说明|做(?!市|多|空)|用(?!户|例|量|途|词)|给(?!定)|求(?!导|和|解|值)|能(?![量力耗级])|会(?![话议员])|要(?!素|点)|已(?!知)|之所以|之[前后间]|也就是|为(?!$)|由(?!来)|即(?!时|席)|主要|直接|只要|只有|同理|显然|那么|这样|于是|相比|相对|相应|特别|尤其|进而|从而|因|故|乃|倘|假[设如]|基于以|综上|引入|利用(?!率)|使用(?!率|者)|采用)"
)
_ZH_INSIDE = re.compile(
    r"在(?!线)|了(?!解)|处于|位于|的(?:东西|时候|人)(?!工)|(?<![但可还总只不])是(?!否)|(?<![行人认作])为(?!了)|分别|针对|经[过常]|造成|导致|我们|你们?|他们|它们?|这[个种些里样是就]|那[个种些里样么]|可以|需要|因为|所以|如果|但是|就[会是能]|不会|不能|已经|正在|什么|怎么|如何|为何|哪[个些种里]|[吗呢吧啊嘛]|一下|来说|而言|的话|的时候|希望|觉得|认为|知道|看到|发现|得到|进行|时候|之后|之前|情况下|起来|出来|必须|应该|可能|完全|非常|往往|以及|并且|或者"
)
_ZH_END = re.compile(
    r"(?:更偏向于|在于|处于|[的地了着们都也就才还只会能要不并而但则与和或及说看是有在将把被使让为以从向对给]|[^期集池库图]中|[^以之]上|[^以之名]下|[^空室]内|以?后|以?前|[^实即小延定同及]时|之间|当中|为了|来说|而言|等|等等)$"
)
_EN_START = frozenset(
    "it its it's this that these those there there's here he she they we you i me my our your his her their one's"
    " what which who whom whose when where why how if whether for in on at by from with without within as to of into onto"
    " and or but so because since while although though however thus therefore hence then now also moreover furthermore"
    " another other such some any each every both many most several few much more less no not nor neither either"
    " first second third next last finally lastly let let's notice see consider suppose assume imagine given using"
    " based due once until unless after before during between among across through about above below over under up down out"
    " usually typically generally often sometimes always never similarly likewise instead rather still yet just only even"
    " please remember think try use make take get go do does did don't can could should would will may might must"
    " yes ok okay well actually basically essentially specifically particularly especially especially unfortunately fortunately"
    " today yesterday tomorrow currently recently all things thing everything something anything nothing someone everyone people"
    " being having doing is are was were be been has have had same former latter following default besides apart despite"
    " including like unlike according example examples figure fig table section chapter step part lecture day week answer question"
    " compared contrary whenever wherever whereas perhaps maybe clearly obviously intuitively formally informally mathematically"
    " two three four five six seven eight nine ten half various different certain overall additionally alternatively".split()
)
_EN_INSIDE = frozenset(
    "we you it they he she i this that these those which who whom is are was were be been am has have had will would can"
    " could should may might must do does did not don't doesn't isn't aren't won't can't if because when while although"
    " however therefore thus what why how where there here our your their his her its me us them very really just also"
    " every let lets let's".split()
)
_EN_END = frozenset(
    "the a an of in on at by for from with to as and or but is are was be that which this it so than then also not only"
    " usually often always never can will may should would could must into about between we you they he she i has have had"
    " does do did here there below above again too very more most".split()
)
_GENERIC = frozenset(
    "方法 问题 目的 目标 原因 结果 作用 优点 缺点 优势 劣势 优缺点 特点 特性 思想 思路 公式 定义 例子 示例 例 关键 核心 本质 区别 步骤 过程 流程 模型"
    " 算法 函数 参数 数据 值 总结 小结 结论 答案 答 问 注 注意 说明 补充 参考 参考文献 链接 来源 作者 日期 时间 标题 简介 概述 介绍 引言 背景 动机 前言"
    " 摘要 相关 内容 其他 其它 更多 备注 提示 警告 重要 场景 应用 应用场景 适用场景 用法 使用 使用方法 语法 格式 输入 输出 返回 返回值 效果 性能 代码 实现"
    " 原理 机制 结构 组成 类型 分类 种类 方式 形式 条件 要求 功能 意义 含义 概念 名称 描述 解释 理解 直观理解 分析 证明 推导 性质 推论 定理 引理 变量 解决方案 解决方法 解决办法"
    " 第一 第二 第三 第一步 第二步 第三步 步骤一 步骤二 一方面 另一方面 首先 其次 最后 不足 局限 局限性 贡献 创新点 改进 难点 挑战 现状 论文 文章 题目 官网 地址 项目 版本 环境"
    " 今天 大家 人们 人 用户 我 系统 技术 工作 任务 学习 训练 测试 结语 后记 目录 附录 资料 更新公式 更新规则 计算公式 函数定义 数学定义 数学表达 表达式 具体来说 换句话说 简单来说 也就是说"
    " 关键词 关键字 习题 面试题 练习 练习题 思考题 作业 术语表 源码 源码地址 解决 报错 错误 常见问题 更新日志 TLDR 一句话总结 直觉 目标和方法 时间 地点 人物 完整 传统 默认 无法 大部分 业界 论文地址 项目地址"
    " 训练目标 训练过程 推理过程 损失 目标函数 损失函数的作用 核心思想 主要思想 基本思想 核心思路 主要内容 主要特点 时间复杂度 空间复杂度 复杂度 举例 比如 例如 举例来说"
    " note notes tip tips warning important example examples definition definitions formula formulas equation equations"
    " overview introduction intro background motivation summary conclusion conclusions goal goals objective objectives purpose"
    " idea ideas problem problems solution solutions method methods approach approaches result results reason reasons cause"
    " advantage advantages disadvantage disadvantages pros cons limitation limitations benefit benefits drawback drawbacks"
    " usage use uses input inputs output outputs return returns parameter parameters argument arguments step steps process"
    " proof intuition interpretation explanation description meaning properties property features feature key type types"
    " answer question remark caution hint todo references reference source link links author date title name here thing way point"
    " case cases data value values function model algorithm code implementation how why what when where who algorithm complexity"
    " time space challenge challenges difference differences application applications see more details detail context task tasks"
    " tldr tl;dr keywords keyword glossary exercise exercises book training-error proofs intuition intuitively q a best algorithm mean variance"
    " contents recap takeaway takeaways exercise exercises solution highlight highlights pro con best worst theorem lemma"
    " step1 step2 step3 update equation update rule update rules core idea core concept key idea key concept key point main idea"
    " how it works best practices use case use cases when to use worked example interview question questions other others"
    " syntax procedure requirements prerequisites notation setup installation performance training testing file files this that".split()
) | frozenset(
    (
        "update rule", "update rules", "update equation", "core idea", "core concept", "key idea", "key concept", "key point",
        "key points", "main idea", "how it works", "best practices", "best practice", "use case", "use cases", "when to use",
        "worked example", "interview question", "the problem", "the idea", "the goal", "implementation tip", "pro tip",
        "for example", "in practice", "in general", "in short", "in summary", "side note", "further reading", "see also",
        "time complexity", "space complexity", "common mistakes", "key takeaways", "learning objectives", "big picture",
        "alignment process", "key insight", "key features", "key components", "key difference", "learning rule",
    )
)  # fmt: skip
_COMMON = frozenset(
    "模型 算法 函数 参数 数据 变量 系统 学习 训练 测试 损失 目标函数 定理 引理 复杂度 时间复杂度 空间复杂度 结构 任务 环境 论文 过程 值 概念 性质"
    " 公理 命题 推论 特征 信息 知识 技术 用户 语言 服务 项目 文章 实体 关系 事件 场景 状态 问题"
    " parameter parameters argument data value values function functions model algorithm code variable mean variance statistic process"
    " feature features task input output syntax key keys type types context method methods case time space recall date best"
    " property properties theorem lemma step training testing file files performance implementation notation reference references".split()
)
_IDENTIFIER = re.compile(r"(?:^|.*\s)((?=\S*[._])[A-Za-z@.][\w.]*\w(?:\(\))?)$")
_TWICE = re.compile(r"^(?:.*\s)?(\S(?:.{0,40}\S)?)\s+(\1\S*)$")
_ASPECT = re.compile(
    r"^(.{2,20}?)\s*的(?:一个|主要|核心|关键|最大|明显|重要|基本|总体|整体|根本|中心|本质)*(?:特征|特点|优势|优点|缺点|思想|思路|创新点?|目标|目的|任务|作用|本质|原理|想法|假设|核心|关键)$"
)
_KIND = re.compile(
    r"^([A-Za-z][\w+.\- ]*?)\s*(?:算法|模型|函数|方法|网络|机制|优化器|技术|框架|协议|系统|架构|结构|定理|公式|问题|指标|任务|数据集|损失|层)$"
    r"|^([A-Za-z][\w\- ]{3,}) (?:algorithm|method|technique|approach)$"
)
_OR = re.compile(rf"^([{CJK}\w]{{2,14}}?)(?:或者|或)([{CJK}\w]{{2,14}})$")
_BILINGUAL = re.compile(rf"^([{CJK}]{{2,14}})\s+([A-Za-z][A-Za-z0-9 /.+-]{{2,50}})$")
_SYMBOL = re.compile(
    r"^\$?\\?[A-Za-zα-ωΑ-Ω](?:['′*]|_\{?[\w,+\- ]{1,8}\}?|\^\{?[\w,+\- ]{1,8}\}?)*\$?$|^\$[^$]+\$(?:\s*[、和与及,，]\s*\$[^$]+\$)+$"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’+#.-]*")
_LATIN_OR_CJK = re.compile(rf"[A-Za-zα-ωΑ-Ω{CJK}]")
_SENTENCE_MARKS = re.compile(r"[。！？；;!?|→⇒]|\.\s|://|\[(?:Math|Formula|公式|代码)\]")
_DETERMINER = re.compile(r"^(?:the|an?)\s+", re.I)
_CAPS = re.compile(r"^[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9+#-]*s?$")


def head_of(text: str, *, common: bool = False, set_off: bool = False) -> Head | None:
    """The term and other names that `text` is, brackets read as other names; None if it names nothing.

    A `common` noun (参数, model) names something only where the typography or the verb says that it is defined.
    What is `set_off` as a term, with its English name, is one whatever word it begins with (对比学习, 再流, 每次访问).
    """
    if _DUNDER.fullmatch(text.strip()):
        return Head(text.strip())
    text = _NUMBERING.sub("", text.strip(_EDGES))
    aliases: list[str] = []

    def take(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        names = [name for part in _PART.split(found[1][1:-1]) if (name := _alias(part))]
        aliases.extend(names)
        return " " if found.end() < len(text) and not has_cjk(text[found.end() : found.end() + 1]) else ""

    bare = _BRACKET.sub(take, text) if ("(" in text or "（" in text) else text
    term = _DETERMINER.sub("", " ".join(bare.split()).strip(_EDGES))
    if "$" in term and is_term(named := _SYMBOL_AFTER.sub("", term)) and len(named) > 1:
        term = named
    is_named = set_off and any(alias.isascii() for alias in aliases) and not _SENTENCE_MARKS.search(term)
    if not is_named and not is_term(term, common=common or set_off):
        return None
    if is_named and not (has_cjk(term) and len(term) <= LONGEST_TERM // 2 or is_term(term, common=True)):
        return None
    own = term.casefold()
    aliases.extend(_shorter(term))
    return Head(term, tuple(dict.fromkeys(alias for alias in aliases if alias.casefold() != own))[:5])


def subject_of(text: str, *, common: bool = False, set_off: bool = False) -> Head | None:
    """The term that a subject names, a heading that ran into it and the aspect spoken of set apart."""
    if " " in text:
        masked = _BRACKET.sub(lambda bracket: "\x00" * len(bracket[0]), text)
        if found := _TWICE.match(masked):
            text = text[found.start(2) :]
        elif found := _IDENTIFIER.match(text):
            text = found[1]
    head = head_of(text, common=common, set_off=set_off)
    if head and (found := _ASPECT.match(head.term)):
        return Head(head.term, (*head.aliases, found[1]))
    return head


def _shorter(term: str) -> list[str]:
    """Shorter names that `term` holds: Sarsa of Sarsa算法, both of 空洞卷积 Dilated Convolution, both of A / B."""
    if found := _KIND.match(term):
        return [(found[1] or found[2]).strip()]
    if found := _BILINGUAL.match(term):
        return [found[1], found[2]]
    if found := _OR.match(term):
        return [found[1], found[2]]
    if "/" in term and "$" not in term:
        parts = [part.strip() for part in term.split("/")]
        if all(len(part) > 2 and _LATIN_OR_CJK.search(part) for part in parts):
            return parts
    return []


def _alias(text: str) -> str:
    """`text` as another name, or nothing where it is a remark."""
    text = _ALSO.sub("", text.strip(_EDGES)).strip(_EDGES)
    if not 1 < len(text) <= LONGEST_TERM or _NOT_ALIAS.search(text) or len(text.split()) > MOST_WORDS:
        return ""
    if has_cjk(text) and (len(text) > 16 or _ZH_START.match(text) or _ZH_INSIDE.search(text)):
        return ""
    return text if _LATIN_OR_CJK.search(text) else ""


def is_term(text: str, *, common: bool = False) -> bool:
    """Whether `text` can name something on its own."""
    if not text or not _LATIN_OR_CJK.search(text) or _SENTENCE_MARKS.search(text):
        return False
    if (is_generic(text) and not (common and text.casefold() in _COMMON)) or len(text) > LONGEST_TERM or text.count("$") % 2:
        return False
    if has_cjk(text):
        return _is_chinese_term(text)
    return _is_english_term(text)


def is_generic(text: str) -> bool:
    """Whether `text` is a role that any note has (优点, Definition, Update rule) and not a name."""
    return text.strip(_EDGES).casefold() in _GENERIC


def is_symbol(text: str) -> bool:
    """Whether `text` is nothing but symbols: `x`, `$\\\\beta_t$`, `N`, `$a$、$b$`."""
    return _SYMBOL.match(text) is not None


def _is_chinese_term(text: str) -> bool:
    if len(text) > LONGEST_TERM // 2 or re.search(r"[，,：:=]", text):
        return False
    return len(text) > 1 and not (_ZH_START.match(text) or _ZH_END.search(text) or _ZH_INSIDE.search(text))


def _is_english_term(text: str) -> bool:
    words = [word.casefold().rstrip(".") for word in text.replace("/", " ").replace("’", "'").split()]
    if not words or len(words) > MOST_WORDS or "," in text or " = " in text or ": " in text:
        return False
    if len(text) == 1 and not text.isalpha():
        return False
    if words[0] in _EN_START or words[-1] in _EN_END:
        return False
    return not any(word in _EN_INSIDE for word in words) and _WORD.search(text) is not None or "$" in text


def is_acronym(text: str) -> bool:
    """Whether `text` looks like a short form: CNN, mAP, BiLSTM."""
    return 1 < len(text) <= 10 and sum(map(str.isupper, text)) > 1 and " " not in text and text[0].isalnum()
