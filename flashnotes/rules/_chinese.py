"""Characters that Chinese terms neither begin nor end with, and the names that do all the same."""

from __future__ import annotations

import re

NAMES_ENDING = {
    "的": "目标",
    "地": "本场土基内异原产的接落盆陆湿耕实当营",
    "着": "附执",
    "都": "首",
    "就": "成",
    "才": "人天",
    "还": "归偿返",
    "只": "船",
    "会": "社协工学机大议集峰员体误",
    "能": "智性功技效职潜动势热电核机万内节储赋产",
    "要": "摘概纲提纪",
    "并": "合归兼吞",
    "则": "规正准原法守细通",
    "与": "参位辑",
    "和": "总饱求温调中之共",
    "或": "异同位辑",
    "及": "普",
    "说": "学小假解传",
    "有": "私公国共特固稀独专所",
    "在": "存内潜外",
    "将": "名",
    "被": "植",
    "使": "天大",
    "让": "转",
    "为": "行人",
    "从": "服主",
    "向": "方单双横纵定导转反正前后逆同趋法轴径切内外",
    "对": "配句词比核校值本字图答列",
    "给": "供补",
    "中": "期集池库图命居折",
    "上": "以之线向",
    "下": "以之名线向地水天",
    "内": "空室国体境",
    "后": "滞延落售产盘",
    "前": "提超空史盘",
    "时": "实即小延定同及耗计分超限工临学课准",
    "等": "平高优中初同对均次",
    "便": "方轻",
    "可": "许认",
}
"""A word that no term ends with, and the characters after which it ends a name all the same: 目的, 产地, 摘要, 实时."""
NEVER_LAST = """
更偏向于 在于 处于 了 们 也 不 而 但 看 是 把 以 之间 当中 为了 来说 而言 第一步 第二步 第三步 一个 一块 一些 一点 仍 仍然 默认
恰好 正好 刚好 的一层 的一个 的一种 的一块 的一步
""".split()
"""Words that no term ends with, whatever stands before."""
NAMES_BEGINNING = """
总体 总结构 因果 因子 因式 因变量 因数 因特网 故障 故事 请求 相应于
假设检验 假设空间 假设函数 假设集 最近邻 最近公共 最近点 最近使用 最终一致 最后写入
简单随机 简单移动 简单线性 简单多边形 简单图 简单路径 简单平均 简单加权 简单指数 简单网络管理 简单对象
多数投票 多数类 多数表决 多数派 多种群 每股 每次访问 每秒
直接法 直接映射 直接存储 直接寻址 直接内存 直接存取 直接偏好 直接引用 直接插入 直接选择 直接通信
一般化 一般均衡 一般线性 一般相对论 一次函数 一次型 一次方程 一次性 一类错误 一样本 两类错误 三类
会计 会聚 按位 按需 按揭 下一词 下一句 下一跳 下一句预测 下一个句预测 下一个句子预测 下一句子预测 下一词预测 下一个词预测 下一token 下一个token
如来 和弦 和声 和谐 可能性 将军 当量 当铺 取证 取景 设定 设限 看板 使能 使命 各态 各项 能斯特 需求 与非 或非
再入 再保险 再贴现 再分配 再流 不可约 不可逆 不可压 不可分 不同构 有一阶 同时定位 同时对比
上文 经过点 主要成分 特别提款权 通过率 需要层次 在险 从众 使用者 从业 并购 并网 更年 还款
""".split()
"""Names that begin with what elsewhere is a word that joins, points or counts."""
_PATTERNS_BEGINNING = (
    r"相对(?![于来而比较更简])",
    r"对比(?=[^，]{0,6}(?:学习|损失|度|散度|预测|解码|语言))",
    r"第[一二三四五六七八九十\d]+(?=类|范式|型|定律|性原理|方程|代|种价格|阶导|正规|分位|人称)",
)
"""The same, where it depends on what follows."""
LAST_OF_ENDING = "".join(sorted({*NAMES_ENDING, *(word[-1] for word in NEVER_LAST)}))
"""The characters that an ending of no term ends with."""
LONGEST_ENDING = 8
"""Characters at the end of a term that `ENDS_BADLY` looks at; it would try to match from each of the others in vain."""
ENDS_BADLY = re.compile(
    f"(?:{'|'.join([*NEVER_LAST, *(f'(?<![{names}]){word}' for word, names in NAMES_ENDING.items())])})$"
)
BEGINS_A_NAME = re.compile("|".join([*NAMES_BEGINNING, *_PATTERNS_BEGINNING]))
