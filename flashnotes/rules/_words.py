"""Words that terms are judged by: closed classes of the two languages and the roles that notes share."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


NEVER_FIRST = _words(
    """
    about above according across actually additionally after all also alternatively although always
    among and another answer any anything apart are as assume at based basically be because been before
    being below besides between both but by can certain chapter clearly compared consider contrary could
    currently day default despite did different do does doing don't down due during each eight either
    especially essentially even every everyone everything example examples few fig figure finally first
    five following for formally former fortunately four from furthermore generally get given go had half
    has have having he hence her here his how however i if imagine in including informally instead into
    intuitively is it it's its just last lastly latter lecture less let let's like likewise make many
    mathematically may maybe me might more moreover most much must my neither never next nine no nor not
    nothing notice now obviously of often ok okay on once one's only onto or other our out over overall
    part particularly people perhaps please question rather recently remember same second section see
    seven several she should similarly since six so some someone something sometimes specifically step
    still such suppose table take ten that their then there there's therefore these they thing things
    think third this those though three through thus to today tomorrow try two typically under
    unfortunately unless unlike until up use using usually various was we week well were what when
    whenever where whereas wherever whether which while who whom whose why will with within without
    would yes yesterday yet you your
    """
)
"""English words that no term begins with."""

IMPERATIVES = _words(
    """
    accelerate accept access achieve adapt adjust adopt aggregate align allocate allow analyze annotate
    answer append apply ask assess assign attach avoid balance begin benchmark bind boost break bring
    browse cache calculate call capture cast categorize center change check choose clean clear click clone
    close collect combine commit compare compile complete compute configure confirm connect consider
    construct convert copy count create customize cut debug decide declare decompose define delete deploy
    derive describe design detect determine develop disable discuss display divide do document download
    draw drop edit eliminate enable encode encourage enforce ensure enter estimate evaluate examine
    execute expand experiment explain explore export express extend extract feed fetch fill find finish
    fit fix follow format gather generate get give go group handle help hide identify ignore implement
    import improve increase initialize insert inspect install integrate introduce investigate invoke join
    keep label launch learn leave limit list listen load locate lock log look loop lower maintain make
    manage manipulate map maximize measure merge minimize mitigate modify monitor move multiply name
    navigate normalize observe obtain offload open optimize order organize output pass perform pick place
    plan plot point predict prefer prepare preprocess press prevent print prioritize process produce
    promote protect prove provide pull push put raise randomize reach read rebuild recall receive
    recognize record reduce refer refine register reject release reload remember remove rename repeat
    replace report represent request require rescale reset resize resolve restart restore restrict
    retrieve return reuse review rewrite run sample save scale search select send separate serve set shape
    share show shuffle simplify simulate skip solve sort specify split start stay stop store structure
    submit substitute subtract suggest sum summarize support swap switch take tell test tighten trace
    track train transform translate try tune turn type uncover understand unify uninstall update upgrade
    upload use utilize validate verify view visit visualize wait walk watch weigh work wrap write
    """
)
"""English verbs that notes begin instructions with."""

SECTIONS = _words(
    """
    background description details discussion example examples explanation installation introduction motivation notes
    overview references results setup summary tips usage
    说明 介绍 概述 简介 总结 讲解 详解 解释 描述 示例 步骤 流程 推导 证明 实现
    """
)
"""What a heading calls a section of something; after a role it still names nothing."""

NEVER_INSIDE = _words(
    """
    also although am are aren't be because been can can't could did do does doesn't don't every had has
    have he her here his how however i if is isn't it its just let let's lets may me might must not our
    really she should that their them there therefore these they this those thus us very was we were
    what when where which while who whom why will won't would you your
    """
)
"""English words that stand in no term."""

NEVER_LAST = _words(
    """
    a about above again also always an and are as at be below between but by can could did do does for
    from had has have he here i in into is it may more most must never not of often on only or she
    should so than that the then there they this to too usually very was we when where if unless whose
    which while because will with would you
    """
)
"""English words that no term ends with."""

AFTER_A_COUNT = _words("of out in or to and from times more percent")
"""English words after a number that only counts."""

COMMON_NOUNS = _words(
    """
    observation observations table unit level strategy stage phase module topic return loss algorithm argument best case code context data date feature features file files function functions
    implementation input key keys lemma mean method methods model notation output parameter parameters
    performance process properties property recall reference references space statistic step syntax task
    testing theorem time training type types value values variable variance schedule hardware software runtime workflow
    law equation formula procedure proof rule source link evidence symptom metric metrics cost 事件 任务 信息 值 公理 关系
    函数 参数 变量 命题 场景 复杂度 学习 定理 实体 引理 性质 技术 损失 推论 数据 文章 时间复杂度 服务
    概念 模型 测试 特征 状态 环境 用户 目标函数 知识 空间复杂度 算法 系统 结构 训练 论文 语言 过程 问题
    项目 梯度 偏移 编码 网络 权重 图像 像素 gradient gradients network networks layer layers image images
    """
)
"""Nouns that name something only where they are plainly being defined."""

QUALITIES = _words(
    """
    big bigger few fewer high higher large larger low lower medium moderate slow slower small smaller huge tiny
    Big Bigger Few Fewer High Higher Large Larger Low Lower Medium Moderate Slow Slower Small Smaller Huge Tiny
    """
)
"""English adjectives that only say how much: alone they name nothing, and in capitals they are short forms."""

REMARKS = _words(
    "aside caveat gist idea insight intuition lesson message note observation picture point recap remark reminder summary takeaway"
)
"""English nouns for what is remarked by the way or in one sentence."""

REMARK_LEADS = _words(
    """
    additional another basic big bonus brief central closing common core crucial editorial essential extra final
    fundamental general geometric geometrical guiding high-level historical implementation important informal
    interesting intuitive key last main major mathematical mental minor naming notation notational one-line
    one-sentence organizing original overall personal philosophical physical plain practical primary principal quick
    short side simple small subtle take-home technical terminology terminological theoretical underlying usage useful
    """
)
"""What stands before one of `REMARKS` and makes no term of it: a key point, and not a critical one."""

ROLES = _words(
    """
    TLDR a advantage advantages algorithm answer application applications approach approaches argument
    arguments author background benefit benefits best book case cases cause caution challenge challenges
    code complexity con concept conclusion conclusions cons contents context core data date definition
    definitions description detail details difference differences disadvantage disadvantages drawback
    drawbacks equation equations example examples exercise exercises explanation feature features file
    files formula formulas function glossary goal goals here highlight highlights hint how idea ideas
    implementation important input inputs installation interpretation interview intro introduction
    intuition intuitively it key keyword keywords lemma limitation limitations link links main mean
    meaning method methods model more motivation name notation note notes objective objectives other
    others output outputs overview parameter parameters performance point practices prerequisites pro
    problem problems procedure process proof proofs properties property pros purpose q question
    questions reason reasons recap reference references remark requirements result results return
    returns rule rules see setup solution solutions source space step step1 step2 step3 steps summary
    bottom center law left middle right top
    通式 一般式 administrivia logistics aka eg e.g i.e ex nb def defn dfn thm prop cor
    syntax takeaway takeaways task tasks testing that theorem thing this time tip tips title tl;dr tldr
    to todo training training-error type types update usage use uses value values variance warning way
    what when where who why worked works worst 一句话总结 一方面 不足 业界 主要内容 主要思想 主要特点
    举例 举例来说 也就是说 习题 人 人们 人物 今天 介绍 代码 任务 优势 优点 优缺点 传统 作业 作用 作者
    使用 使用方法 例 例如 例子 值 公式 关键 关键字 关键词 其他 其它 其次 具体来说 内容 函数 函数定义
    分析 分类 创新点 前言 功能 劣势 动机 区别 原因 原理 参数 参考 参考文献 变量 另一方面 名称 后记 含义
    地址 地点 场景 基本思想 备注 复杂度 大家 大部分 学习 完整 官网 定义 定理 实现 小结 局限 局限性 工作
    常见问题 应用 应用场景 引理 引言 形式 思想 思考题 思路 性能 性质 总结 意义 我 技术 报错 挑战 损失
    损失函数的作用 换句话说 推导 推理过程 推论 描述 提示 摘要 改进 效果 数学定义 数学表达 数据 文章 方式
    方法 无法 日期 时间 时间复杂度 更多 更新公式 更新日志 更新规则 最后 本质 术语表 机制 条件 来源 标题
    核心 核心思想 核心思路 格式 概念 概述 模型 步骤 步骤一 步骤二 比如 注 注意 流程 测试 源码 源码地址
    版本 特性 特点 环境 现状 理解 用户 用法 目录 目标 目标函数 目标和方法 目的 直观理解 直觉 相关 示例
    种类 空间复杂度 第一 第一步 第三 第三步 第二 第二步 答 答案 简介 简单来说 算法 类型 系统 练习 练习题
    组成 结构 结果 结论 结语 缺点 背景 补充 表达式 要求 解决 解决办法 解决方案 解决方法 解释 警告
    计算公式 训练 训练目标 训练过程 论文 论文地址 证明 语法 说明 贡献 资料 输入 输出 过程 返回 返回值
    难处 梯度 偏移 编码 网络 权重 图像 像素 gradient gradients network networks layer layers image images
    简述 单位 机构 亮点 个人思考 个人简介 个人总结 研究方向 待改进的地方 改进方向 解题思路 题目描述 问题简述 详细描述 参考代码 数学上可证 学习目标 本章小结 课后习题 开源地址 答案要点 答题要点 参考答案 实现细节 考察点 关键点 重点 要点 追问 思考 特定 表示 处理 优化 评估 好处 坏处 缺陷 痛点 解法 做法 前提 类比 左 右 左图 右图 左侧 右侧
    算法计算过程 算法过程 算法描述 算法流程 计算过程 算法步骤 输入和参数 输入参数 输入和超参数 代入 展开 推导过程 公式解析 代码实践 应用示例
    基础 基础概念 基本概念 基础知识 基本知识 预备知识 相关知识 背景知识 背景介绍 提出背景 研究背景 相关工作 实验 实验结果 实验设置 整体结构
    整体架构 总体思路 算法原理 算法思想 算法介绍 算法实现 算法作用 应用实例 应用举例 使用示例 代码示例 代码解读 以下的例子 图 表 解 证 式 上 下 无 是 否 对
    错 通俗解释 通俗理解 通俗来说 通俗来讲 直观解释 正解 反例 错解 高 低 大 小 优 劣 中 由来 loss cost
    metric metrics strategy unit part week day lecture figure fig table option phase stage level chapter section lesson module issue pr version v
    note reminder maintenance schedule deadline instructor instructors prerequisites troubleshooting faq hardware software runtime dependencies workflow visualization review reviews limits better worse alternative
    alternatives workaround workarounds observation observations insight insights trick tricks mistake mistakes pitfall
    pitfalls lesson lessons guideline guidelines recommendation recommendations consideration considerations practice
    resource resources tool tools prerequisite assumption assumptions scenario scenarios comparison comparisons
    convention conventions symptom symptoms fix fixes impact evidence history background scope topic topics
    convention 约定 数学 符号 记号 症状 现象 前置条件 对比 比较 工具 建议 技巧 误区 假设 影响
    通俗解释 通俗理解 直观解释 简单解释 简单理解 通俗说法 反例 正例 正解 误解 错解 导读 易错点 考点
    注解 附注 旁注 批注 解读 名词 术语 专有名词 名词解释 知识点 备忘 感想 心得 疑问 待办
    适用场景 重要 链接 错误 问 问题 附录 难点 面试题 项目 项目地址 题目 首先 默认
    """
) | _phrases(
    """
    alignment process, best practice, best practices, big picture, common mistakes, core concept,
    core idea, for example, further reading, how it works, implementation tip, in general,
    in practice, in short, in summary, problem statement, problem formulation, problem definition,
    problem setting, problem setup, main contributions, future work, proposed method, interview question, key components, key concept,
    key difference, key features, key idea, key insight, key point, key points, key takeaways,
    learning objectives, learning rule, main idea, pro tip, see also, side note, space complexity,
    the goal, the idea, the problem, time complexity, update equation, update rule, update rules,
    use case, use cases, when to use, worked example
    """
)
"""Roles and openings that any note has; alone they name nothing."""
