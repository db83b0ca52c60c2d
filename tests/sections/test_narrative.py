"""What the reader of the narrative makes of sentences: one case, one sentence, its facts one a line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model.amounts import Amount, Text
from extractors.model.facts import Disclosure, NarrativeFact
from extractors.sections.narrative import facts_of, narrative
from tests.builders import document_from

FIGURES = {
    "amount": "",
    "share": "占",
    "change_amount": "变动",
    "change_pct": "幅度",
    "previous_amount": "上年",
    "budget_amount": "预算",
    "completion_pct": "完成",
}
WORDS = {"change": "", "stated_direction": "决算", "absence": "", "reason": "因"}

PART = "第三部分2025年部门预算情况说明"
SECTION = "二、关于河源县水务局2025年收入预算情况说明"


def facts(*lines: str) -> tuple[NarrativeFact, ...]:
    """The facts of lines below a part and a section."""
    return tuple(facts_of(document_from("\n".join((PART, SECTION, *lines)))))


def shown(fact: NarrativeFact) -> str:
    """Subject, figures and words of a fact on one line: 基本支出 10.00万元 占5.00% 因人员增加."""
    figures = ((label, getattr(fact, name)) for name, label in FIGURES.items())
    words = ((label, getattr(fact, name)) for name, label in WORDS.items())
    parts = [fact.subject.printed]
    parts += [f"{label}{f.printed}{f.unit}" for label, f in figures if isinstance(f, Amount)]
    parts += [f"{label}{w.printed}" for label, w in words if isinstance(w, Text)]
    return " ".join(parts)


ONE_SENTENCE = {
    "share, change and reason": (
        "一般公共预算307.49万元，占76.14%，比上年预算减少25.17万元，下降7.57%，主要原因是在职人员减少1人。",
        "一般公共预算 307.49万元 占76.14% 变动25.17万元 幅度7.57% 减少 因在职人员减少1人",
    ),
    "issuer and year": ("河源县水务局2025年支出预算403.85万元。", "支出预算 403.85万元"),
    "issuer without a year": ("河源县水务局部门收入预算403.85万元，其中：", "部门收入预算 403.85万元"),
    "year, then issuer": ("2025年，河源县水务局政府采购预算11.3万元。", "政府采购预算 11.3万元"),
    "another organisation": ("河源县河道管理中心2025年项目支出8万元。", "项目支出 8万元"),
    "issuer of itself": ("2025年本部门及所属单位机关运行经费6万元。", "机关运行经费 6万元"),
    "thousands": ("收支总预算1，020.11万元。", "收支总预算 1，020.11万元"),
    "亿元": ("2025年部门预算总收入1.2亿元。", "部门预算总收入 1.2亿元"),
    "万 for 万元": ("公用经费12万，比上年减少1万。", "公用经费 12万元 变动1万元 减少"),
    "item with its class": (
        "1、教育支出（类）进修及培训（款）培训支出（项）：2025年预算数为0.00万元，比上年预算减少1.20万元。",
        "教育支出（类）进修及培训（款）培训支出（项） 0.00万元 变动1.20万元 减少",
    ),
    "class, then year": (
        "1.教育支出（类）培训支出（项）2025年预算数为7.17万元。",
        "教育支出（类）培训支出（项） 7.17万元",
    ),
    "class, then 支出": ("1、城乡社区支出（类）支出68.45万元。", "城乡社区支出（类） 68.45万元"),
    "numbered within a paragraph": ("（一）出国费用1万元。", "出国费用 1万元"),
    "code in brackets": ("4.行政单位离退休(2080501)1.75万元。", "行政单位离退休(2080501) 1.75万元"),
    "a new sentence goes on": (
        "政府性基金预算拨款68.45万元。与上年预算相比增加0.69万元，增长1.02%。",
        "政府性基金预算拨款 68.45万元 变动0.69万元 幅度1.02% 增加",
    ),
    "subject said twice": (
        "收入支出总计307.82万元。与2024年度相比，收入支出总计增加7.82万元，增长2.61%。主要原因：新成立。",
        "收入支出总计 307.82万元 变动7.82万元 幅度2.61% 增加 因新成立",
    ),
    "minus as printed": (
        "公务接待费减少0.15万元，下降-100%。",
        "公务接待费 变动0.15万元 幅度-100% 减少",
    ),
    "previous amount": (
        "收入预算120.00万元，比2024年年初预算数100.00万元增加20.00万元，增长20%。",
        "收入预算 120.00万元 变动20.00万元 幅度20% 上年100.00万元 增加",
    ),
    "from, to": ("培训费从100万元增加到120万元。", "培训费 120万元 上年100万元"),
    "steady": ("一般行政管理事务（2101502）88万元，较上年持平。", "一般行政管理事务（2101502） 88万元 持平"),
    "not budgeted": ("上级政府性基金安排的转移支付资金未安排。", "上级政府性基金安排的转移支付资金 未安排"),
    "not used": (
        "河源县水务局2025年没有使用国有资本经营预算拨款安排的支出，国有资本经营预算支出情况表为空表。",
        "国有资本经营预算拨款 没有使用",
    ),
    "none at all": ("本部门无当年政府性基金预算收支，并已公开空表。", "当年政府性基金预算收支 没有使用"),
    "threshold": ("单位价值50万元以上大型设备0台（套）。", "单位价值50万元以上大型设备 0台（套）"),
    "share of something named": (
        "一般公共预算财政拨款支出307.82万元，占本年支出合计的100.00%。",
        "一般公共预算财政拨款支出 307.82万元 占100.00%",
    ),
    "final accounts": (
        "1、住房保障支出（类）住房公积金（项）。主要用于：事业单位人员。全年预算为18.12万元，支出决算为"
        "17.70万元，完成全年预算数的97.68%。决算数小于全年预算数的主要原因：人员变动。",
        "住房保障支出（类）住房公积金（项） 17.70万元 预算18.12万元 完成97.68% 决算小于 因人员变动",
    ),
    "as budgeted": (
        "购房补贴全年预算为11.72万元，支出决算为11.72万元。决算数与全年预算数持平。",
        "购房补贴 11.72万元 预算11.72万元 决算等于",
    ),
    "reason without 原因": (
        "公用经费9万元，比上年减少1万元，主要是压减开支。",
        "公用经费 9万元 变动1万元 减少 因压减开支",
    ),
    "主要是 without a change is no reason": (
        "工资福利支出3039.16亿元，主要是劳动报酬。",
        "工资福利支出 3039.16亿元",
    ),
    "主要是 in the next sentence": (
        "社会保障缴费386.45亿元，比上年下降7.2%。主要是上年清算。",
        "社会保障缴费 386.45亿元 幅度7.2% 减少 因上年清算",
    ),
    "原因主要是主要是": (
        "公用经费比去年增加1万元，增加原因主要是主要是提标。",
        "公用经费 变动1万元 增加 因提标",
    ),
    "not more than the budget": ("本年公用经费决算数1万元，决算数未超过预算数。", "本年公用经费决算 1万元"),
    "reason with points": (
        "公用经费9万元，比上年减少1万元，主要原因是：一是压减开支；二是人员减少。三是节约用电。",
        "公用经费 9万元 变动1万元 减少 因一是压减开支；二是人员减少。三是节约用电",
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), ONE_SENTENCE.values(), ids=ONE_SENTENCE.keys())
def test_a_sentence_of_one_fact(sentence: str, expected: str) -> None:
    assert [shown(fact) for fact in facts(sentence)] == [expected]


SEVERAL = {
    "an alternative in a bracket": (
        "2025年部门预算未安排购置车辆经费（或安排购置车辆经费0万元）。",
        ("安排购置车辆经费 0万元", "购置车辆经费 未安排"),
    ),
    "parts in a bracket without 其中": (
        "公务用车费28万元（购置费0万元，运行维护费28万元），较上年无增减；公务接待费1万元。",
        (
            "公务用车费 28万元 持平",
            "公务用车费/购置费 0万元",
            "公务用车费/运行维护费 28万元",
            "公务接待费 1万元",
        ),
    ),
    "another count of the same thing": (
        "国内公务接待共30批次（其中外事接待26批次），579人次。",
        ("国内公务接待 30批次", "国内公务接待/外事接待 26批次", "国内公务接待 579人次"),
    ),
    "a change against the budget": (
        "“三公”经费支出决算总额为5.48万元，比预算增加0.5万元，增长10%，比去年增加1.55万元，增长39.4%。",
        (
            "“三公”经费支出决算总额 5.48万元 变动1.55万元 幅度39.4% 增加",
            "“三公”经费支出决算总额/比预算 变动0.5万元 幅度10% 增加",
        ),
    ),
    "against the budget, in a clause of its own": (
        "公务接待费支出5.21万元，与2025年度预算相比，减少0.1万元，下降1.9%。",
        ("公务接待费支出 5.21万元", "公务接待费支出/与2025年度预算相比 变动0.1万元 幅度1.9% 减少"),
    ),
    "against the budget of the year before, which is a change as any": (
        "公务接待费5.21万元，与2024年度预算相比减少0.1万元。",
        ("公务接待费 5.21万元 变动0.1万元 减少",),
    ),
    "a reason in a bracket ends with it": (
        "培训费10万元（比上年减少1万元，主要原因是压减2万元），会议费5万元。",
        ("培训费 10万元 变动1万元 减少 因压减2万元", "会议费 5万元"),
    ),
    "a single purpose": (
        "教育支出3万元，主要用于培训2万元；农林水支出5万元。",
        ("教育支出 3万元", "教育支出/培训 2万元", "农林水支出 5万元"),
    ),
    "as the budget, but not as the year before": (
        "培训费支出决算比预算无增减变化，比去年增加1.05万元；会议费支出决算比预算无增减变化。",
        ("培训费支出决算 变动1.05万元 增加",),
    ),
    "a reason ends where amounts begin": (
        "出国经费120万元，比上年增长79.1%，主要是任务增加；公务接待费1033万元，与上年下降7.6%。",
        ("出国经费 120万元 幅度79.1% 增加 因任务增加", "公务接待费 1033万元 幅度7.6% 减少"),
    ),
    "a sentence stands between whole and list": (
        "结转资金0元。按类型，分为两种。其中：货物采购1元，占58.8%；服务采购7元，占41.2%。",
        ("结转资金 0元", "货物采购 1元 占58.8%", "服务采购 7元 占41.2%"),
    ),
    "parts between commas": (
        "财政拨款“三公”经费数为2.13万元，其中：因公出国（境）费0.00万元，公务接待费2.13万元。",
        (
            "财政拨款“三公”经费 2.13万元",
            "财政拨款“三公”经费/因公出国（境）费 0.00万元",
            "财政拨款“三公”经费/公务接待费 2.13万元",
        ),
    ),
    "parts with a change and a reason each": (
        "“三公”经费预算比上年预算减少0.15万元，下降6.58%，其中：因公出国（境）费增加0万元，增长0%，主要原因是均未安排；公务接待费减少0.15万元，下降6.58%，主要原因是厉行节"
        "约。",
        (
            "“三公”经费预算 变动0.15万元 幅度6.58% 减少",
            "“三公”经费预算/因公出国（境）费 变动0万元 幅度0% 增加 因均未安排",
            "“三公”经费预算/公务接待费 变动0.15万元 幅度6.58% 减少 因厉行节约",
        ),
    ),
    "the change of the whole after its parts": (
        "预算收入90万元，其中：一般公共预算拨款收入90万元，政府性基金拨款收入为0万元，较上年减少2万元。",
        (
            "预算收入 90万元 变动2万元 减少",
            "预算收入/一般公共预算拨款收入 90万元",
            "预算收入/政府性基金拨款收入 0万元",
        ),
    ),
    "the change of the whole in a sentence of its own": (
        "支出预算为14.01万元，其中：出国费用0万元，接待费14.01万元。与2024年预算相比增长16.75%，其中出国费用增加"
        "0万元，接待费增加2.01万元。",
        (
            "支出预算 14.01万元 幅度16.75% 增加",
            "支出预算/出国费用 0万元",
            "支出预算/接待费 14.01万元",
            "支出预算/出国费用 变动0万元 增加",
            "支出预算/接待费 变动2.01万元 增加",
        ),
    ),
    "parts with changes of their own": (
        "预算收入8万元，其中：拨款收入5万元，比上年增加1万元，事业收入3万元，比上年减少2万元。",
        (
            "预算收入 8万元",
            "预算收入/拨款收入 5万元 变动1万元 增加",
            "预算收入/事业收入 3万元 变动2万元 减少",
        ),
    ),
    "less than the budget of so much": (
        "培训费支出决算90万元，比年初预算数100万元减少10万元，下降10%。",
        ("培训费支出决算 90万元 预算100万元", "培训费支出决算/比年初预算数 变动10万元 幅度10% 减少"),
    ),
    "a feature of what was done": (
        "项目支出8万元。对5个项目开展了绩效自评，涉及资金6万元。",
        ("项目支出 8万元", "对5个项目开展了绩效自评，涉及资金 6万元"),
    ),
    "a comma list ends at a semicolon": (
        "车辆3辆，其中：主要领导用车1辆、其他用车2辆；单价100万元以上设备2台（套）。",
        (
            "车辆 3辆",
            "车辆/主要领导用车 1辆",
            "车辆/其他用车 2辆",
            "单价100万元以上设备 2台（套）",
        ),
    ),
    "features": (
        "2.车辆2辆，价值47.79万元；其中：一般公务用车2辆，价值47.79万元；其他车辆0辆，价值0.00万元。",
        (
            "车辆 2辆",
            "车辆价值 47.79万元",
            "车辆/一般公务用车 2辆",
            "车辆/一般公务用车价值 47.79万元",
            "车辆/其他车辆 0辆",
            "车辆/其他车辆价值 0.00万元",
        ),
    ),
    "what is included, and what for": (
        "一般公共预算支出包括：教育支出3万元，主要用于培训支出2万元，进修支出1万元；农林水支出5万元。",
        (
            "一般公共预算支出/教育支出 3万元",
            "一般公共预算支出/教育支出/培训支出 2万元",
            "一般公共预算支出/教育支出/进修支出 1万元",
            "一般公共预算支出/农林水支出 5万元",
        ),
    ),
    "what for, item by item": (
        "1.2024年灌区改造项目（二期）14.64万元，主要用于：委托业务费4.68万元、租赁费9.96万元。",
        (
            "2024年灌区改造项目（二期） 14.64万元",
            "2024年灌区改造项目（二期）/委托业务费 4.68万元",
            "2024年灌区改造项目（二期）/租赁费 9.96万元",
        ),
    ),
    "a bracket with parts": (
        "公务用车购置及运行费10万元（其中公务用车购置费0万元，公务用车运行维护费10万元），比上年减少1万元。",
        (
            "公务用车购置及运行费 10万元 变动1万元 减少",
            "公务用车购置及运行费/公务用车购置费 0万元",
            "公务用车购置及运行费/公务用车运行维护费 10万元",
        ),
    ),
    "two statements in one paragraph": (
        "收入预算10万元，比上年增加1万元，主要原因是人员增加；支出预算9万元，占90%，主要原因是节约。",
        (
            "收入预算 10万元 变动1万元 增加 因人员增加",
            "支出预算 9万元 占90% 因节约",
        ),
    ),
    "amounts inside a reason": (
        "项目支出96.36万元，比上年预算减少3.14万元。主要原因是：2025年保险补助项目92.36万元，比上年预算减少1.64万元；2025年参保服务项目4万元，比上年预算减少1.5万元"
        "，涉及5人。",
        (
            "项目支出 96.36万元 变动3.14万元 减少 因2025年保险补助项目92.36万元，比上年预算减少1.64万元；"
            "2025年参保服务项目4万元，比上年预算减少1.5万元，涉及5人",
            "2025年保险补助项目 92.36万元 变动1.64万元 减少",
            "2025年参保服务项目 4万元 变动1.5万元 减少",
        ),
    ),
    "verbs inside a reason": (
        "基本支出20万元，主要原因是增加人员经费3.2万元，退休人员增加引起取暖费较上年增加1.10万元。",
        (
            "基本支出 20万元 因增加人员经费3.2万元，退休人员增加引起取暖费较上年增加1.10万元",
            "人员经费 变动3.2万元 增加",
            "取暖费 变动1.10万元 增加",
        ),
    ),
    "two budgets of one account": (
        "基本支出年初预算为5万元，全年预算为321.02万元，支出决算为307.82万元，完成全年预算的95.89%。",
        (
            "基本支出 307.82万元 预算321.02万元 完成95.89%",
            "基本支出/年初预算 5万元",
        ),
    ),
    "goals with their money": (
        "2025年，本部门整体预算绩效目标1个，涉及预算金额9万元；当年预算安排项目共2个，其中：财政拨款项目涉及预算金额6万元；非财政拨款项目涉及预算金额0.00万元。",
        (
            "整体预算绩效目标 1个",
            "整体预算绩效目标涉及预算金额 9万元",
            "当年预算安排项目 2个",
            "当年预算安排项目/财政拨款项目涉及预算金额 6万元",
            "当年预算安排项目/非财政拨款项目涉及预算金额 0.00万元",
        ),
    ),
    "a feature of what a clause describes": (
        "在预留的政府采购项目中，由中小企业成交的，采购金额21.07万元。",
        ("在预留的政府采购项目中，由中小企业成交的，采购金额 21.07万元",),
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), SEVERAL.values(), ids=SEVERAL.keys())
def test_a_sentence_of_several_facts(sentence: str, expected: tuple[str, ...]) -> None:
    assert sorted(shown(fact) for fact in facts(sentence)) == sorted(expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "按照全口径预算的原则，2025年所有收入和支出均纳入预算管理。",
        "城乡居民参保率保持在97%以上，补助标准为每人每年180元。",
        "开展高血压等10种门诊慢特病结算，内设3个股室。",
        "根据《关于安排5万元经费的通知》（新财社〔2024〕181号）执行。",
        "预计投入5-10万元。",
        "基本支出和项目支出分别为10万元和5万元。",
        "我单位无其他需说明事项。",
        "人员经费12，34.5万元。",
        "收、支总计各是4125.49，4143.91万元。",
        "车辆购置数及保有量分别为1辆和130辆。",
        "参保人数目标≥20000人。",
    ],
)
def test_what_states_no_fact(sentence: str) -> None:
    assert [shown(fact) for fact in facts(sentence)] == []


def test_a_heading_names_what_its_sentences_do_not() -> None:
    found = facts("（三）公务接待费支出情况", "2025年预算数为1.00万元，比上年减少0.20万元。")
    assert [shown(fact) for fact in found] == ["公务接待费 1.00万元 变动0.20万元 减少"]


def test_a_paragraph_does_not_go_on_about_the_one_before() -> None:
    found = facts("其他收入26万元。", "收、支总计各是12.49，43.91万元。与上年相比，各下降23.51%。")
    assert [shown(fact) for fact in found] == ["其他收入 26万元", "收入预算 幅度23.51% 减少"]


def test_a_paragraph_broken_by_a_page_goes_on() -> None:
    found = facts("其他收入26万元，占5%，", "比上年减少2万元。")
    assert [shown(fact) for fact in found] == ["其他收入 26万元 占5% 变动2万元 减少"]


def test_a_fact_knows_where_it_stands() -> None:
    one, two = facts("（一）结构情况", "1、教育支出（类）3万元。", "（2）农林水支出（类）5万元。")
    assert (one.section, one.subsection, one.item) == (SECTION, "（一）结构情况", "1")
    assert (two.section, two.subsection, two.item) == (SECTION, "（一）结构情况", "2")


def test_a_short_sentence_that_looks_like_a_heading_is_read() -> None:
    assert [shown(fact) for fact in facts("（一）公务接待费2万元")] == ["公务接待费 2万元"]


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("第四部分名词解释", "基本支出：指人员经费5万元。"),
        ("第一部分部门概况", "下属中心收入5万元。"),
        ("第二部分2025年部门预算公开表", "项目支出5万元。"),
        ("七、关于河源县水务局2025年一般公共预算项目支出情况说明", "预算安排规模：77.00万元"),
    ],
)
def test_parts_with_other_readers_are_left_to_them(heading: str, paragraph: str) -> None:
    assert list(facts_of(document_from(f"{heading}\n{paragraph}"))) == []


def test_project_expenditure_in_plain_sentences_is_narrative() -> None:
    document = document_from(f"{PART}\n（二）项目支出情况说明\n项目支出5万元，比上年增加1万元。")
    assert [shown(fact) for fact in facts_of(document)] == ["项目支出 5万元 变动1万元 增加"]


def test_the_reader_fills_the_disclosure() -> None:
    document = document_from(f"{PART}\n{SECTION}\n公用经费5万元。")
    assert [f.subject.printed for f in narrative.read(Disclosure(document)).narrative_facts] == ["公用经费"]


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda number: f"{number:,}")


@given(amount=NUMBERS, share=NUMBERS, changed=NUMBERS, unit=st.sampled_from(["万元", "元", "亿元"]))
def test_figures_are_copied_with_their_place(amount: str, share: str, changed: str, unit: str) -> None:
    (fact,) = facts(f"基本支出{amount}{unit}，占{share}%，比上年预算减少{changed}{unit}，原因是节约。")
    for printed, read in ((amount, fact.amount), (share, fact.share), (changed, fact.change_amount)):
        assert read is not None
        assert "".join(evidence.text for evidence in read.place) == printed
        assert (read.printed, read.value) == (printed, Decimal(printed.replace(",", "")))


@given(
    text=st.text(
        alphabet="基本支出预算占比上年增减其中包括用于原因是为0123456789.,，。；：、（）()“”《》万元%年 ",
        max_size=60,
    )
)
def test_any_text_is_read_without_inventing_digits(text: str) -> None:
    printed = "".join(text.split())
    for fact in facts(text):
        for read in (getattr(fact, name) for name in FIGURES):
            assert read is None or read.printed in printed
