"""What the commands print for people."""

from collections.abc import Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractors.checking.tiers import ACCEPTING, Tier, Trust, percent
from extractors.llm.ledger import Spent
from extractors.model.errors import Language
from service.jobs.costs import Total, totals
from service.jobs.recording import Recorded
from service.jobs.runner import Outcome
from service.jobs.values import NEEDS_PERSON, values_of
from service.settings import Settings
from service.storage.records import Document, Json, Reading

_DECISIONS = {"accepted": "通过", "review": "待核对", "rejected": "不是公开文件"}
_CHANGES = {"added": "+", "gone": "-", "changed": "~"}
_MOST_CHANGES = 40
_COST_WORDS = 3  # columns of words, before those of figures
_COST_COLUMNS = {
    Language.ZH: ("文件", "部分", "模型", "回答", "输入", "其中缓存", "输出", "费用"),
    Language.EN: ("document", "section", "model", "answers", "input", "of it cached", "output", "cost"),
}
_UNKNOWN_PRICE = {Language.ZH: "{} 次价格未知", Language.EN: "{} of unknown price"}
_TIER_WORDS = 5  # the first column and the last are words
_TIER_COLUMNS = {
    Language.ZH: ("证据等级", "观察", "错", "错误率", "准确率 95% 区间", "直接接受"),
    Language.EN: ("tier", "values", "wrong", "rate", "accuracy, 95% interval", "accepted"),
}
_ACCEPTED = {Language.ZH: ("待核对", "是"), Language.EN: ("review", "yes")}
_NO_TARGET = {
    Language.ZH: "未要求准确率（YUSUAN_ACCURACY_TARGET）：所观察的值中 {share} 直接接受。",
    Language.EN: "No accuracy is asked for (YUSUAN_ACCURACY_TARGET): {share} of the values are accepted.",
}
_TARGET = {
    Language.ZH: "要求准确率 {asked}：区间下限低于它的等级转人工核对，所观察的值中 {share} 直接接受。",
    Language.EN: "Asked for: {asked}. Tiers whose interval begins below it are reviewed; "
    "{share} of the values are accepted.",
}
_SHARE = Decimal("0.0001")
_WIDTH_WITHOUT_TERMINAL = 160


def summary(path: Path, extraction: Json) -> str:
    """A reading in a few lines."""
    head, decision = extraction["document"], extraction["decision"]
    values = list(values_of(extraction))
    doubtful = sum(value.status in NEEDS_PERSON for value in values)
    lines = [
        f"{path}",
        f"  {Reading(extraction, 0).heading or '（未找到单位、年度）'}",
        f"  {head['pages']} 页，{len(extraction['tables'])} 张表，{len(extraction['projects'])} 个项目，"
        f"{len(values)} 个值（{doubtful} 个待核对）",
        f"  勾稽：{_checks(extraction)}",
        f"  覆盖：{_coverage(extraction)}",
        f"  结论：{_DECISIONS[decision['status']]}  {'；'.join(decision['reasons'])}".rstrip(),
    ]
    lines += [
        f"  [{found['severity']}] {_pages_of(found)}{found['message']}"
        for found in extraction["findings"]
        if found["severity"] != "info"
    ]
    return "\n".join(lines)


def known(path: Path, document: Document) -> str:
    """A file whose bytes were stored before."""
    return f"{path}: 已存在，编号 {document.id}（{document.status}）"


def outcome(result: Outcome, language: Language) -> str:
    """What came of reading a stored document."""
    name = f"{result.document.id} {result.document.file_name}"
    if result.error is not None:
        return f"{name}: {result.error.message(language)}"
    if not result.stored:
        return f"{name}: 无变化"
    decision = _DECISIONS[result.run.decision] if result.run else ""
    head = f"{name}: {decision}，{result.seconds:.1f} 秒"
    if not result.changes:
        return head
    shown = [
        f"  {_CHANGES[change.kind]} {change.what}: {' → '.join(filter(None, (change.before, change.after)))}"
        for change in result.changes[:_MOST_CHANGES]
    ]
    left = len(result.changes) - len(shown)
    return "\n".join(
        [f"{head}，{len(result.changes)} 处变化", *shown, *([f"  … 另有 {left} 处"] if left else [])]
    )


def recorded(folder: Path, done: Recorded, language: Language) -> str:
    """What came of recording the answers about a document, and what is without one."""
    if language is Language.ZH:
        head = f"{folder}：新录 {done.made}，已有 {done.kept}，删除无用的 {done.removed}"
        lines = [f"  没有回答 {one.prompt}：{one.error.message(language)}" for one in done.unanswered]
    else:
        head = f"{folder}: {done.made} recorded, {done.kept} kept, {done.removed} removed as unused"
        lines = [f"  no answer {one.prompt}: {one.error.message(language)}" for one in done.unanswered]
    return "\n".join([head, *lines])


def tiers(trust: Trust, language: Language) -> str:
    """Each tier of evidence: sample, interval, and whether its values are accepted unseen."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(_TIER_COLUMNS[language]):
        table.add_column(name, justify="right" if 0 < index < _TIER_WORDS else "left", no_wrap=True)
    for tier in Tier:
        seen = trust.observed[tier]
        wrong = percent((Decimal(seen.wrong) / seen.values).quantize(_SHARE)) if seen.values else "—"
        lower, upper = map(percent, seen.interval)
        table.add_row(
            tier.value,
            str(seen.values),
            str(seen.wrong),
            wrong,
            f"{lower} – {upper}",
            _ACCEPTED[language][tier in ACCEPTING and not trust.shortfall(tier)],
        )
    printed = StringIO()
    Console(width=_WIDTH_WITHOUT_TERMINAL, file=printed).print(table)
    share = percent(trust.accepted_share)
    if trust.target is None:
        said = _NO_TARGET[language].format(share=share)
    else:
        said = _TARGET[language].format(asked=percent(trust.target), share=share)
    return f"{printed.getvalue().rstrip()}\n{said}"


def cost(lines: Sequence[Spent], language: Language) -> str:
    """What calls of models have cost, a line for each document, section and model, then the sums."""
    zh = language is Language.ZH
    if not lines:
        return "没有调用过模型。" if zh else "No model was called."
    names = _COST_COLUMNS[language]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(names):
        table.add_column(name, justify="left" if index < _COST_WORDS else "right", no_wrap=True)
    for line in lines:
        name = line.file_name or line.document[:12]
        table.add_row(name, line.section, line.model, *_cost_figures(line, language))
    for total in totals(lines):
        table.add_row("合计" if zh else "total", "", "", *_cost_figures(total, language))
    printed = StringIO()
    Console(width=_WIDTH_WITHOUT_TERMINAL, file=printed).print(table)
    unfinished = sum(line.unfinished for line in lines)
    return printed.getvalue().rstrip() + (_unfinished(unfinished, zh=zh) if unfinished else "")


def _cost_figures(line: Spent | Total, language: Language) -> tuple[str, ...]:
    known = f"{line.cost:f} {line.currency}" if line.currency else ""
    unknown = _UNKNOWN_PRICE[language].format(line.unpriced) if line.unpriced else ""
    tokens = (line.answered, line.input_tokens, line.cached_tokens, line.output_tokens)
    return (*map(str, tokens), " + ".join(filter(None, (known, unknown))))


def _unfinished(count: int, *, zh: bool) -> str:
    if zh:
        return f"\n另有 {count} 次调用没有记录到结果（程序中断或正在进行），可能已计费。"
    return f"\n{count} more calls have no result (interrupted, or under way); they may have been charged."


def demo(outcomes: Sequence[tuple[Path, Outcome]], waiting: int, settings: Settings) -> None:
    """One line per document, then how to go on."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH_WITHOUT_TERMINAL)
    console.print(_demo_table(outcomes, settings.lang))
    if settings.model is None:
        console.print("未配置模型（YUSUAN_LLM_BASE_URL、YUSUAN_LLM_MODEL），只用内置的规则读取。")
    console.print(f"待人工核对的值：{waiting} 个。启动服务：make serve")
    console.print("然后打开 http://127.0.0.1:8000/review 核对，或向 POST /v1/documents 上传 PDF。")


def _demo_table(outcomes: Sequence[tuple[Path, Outcome]], language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("单位", "年度"):
        table.add_column(name, no_wrap=True)
    for name in ("页", "表", "金额", "相符", "尾差", "不符", "不可比"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("结论", no_wrap=True)
    table.add_column("主要原因", overflow="fold")
    table.add_column("秒", justify="right", no_wrap=True)
    for path, result in outcomes:
        table.add_row(*_demo_row(path, result, language))
    return table


def _demo_row(path: Path, result: Outcome, language: Language) -> tuple[str, ...]:
    if result.run is None:
        message = result.error.message(language) if result.error else ""
        return (path.parent.name, *("",) * 8, "读不了", message, "")
    extraction = result.run.extraction
    head, checks, decision = extraction["document"], extraction["checks"], extraction["decision"]
    return (
        head["issuer"] or path.parent.name,
        str(head["fiscal_year"] or ""),
        str(head["pages"]),
        str(len(extraction["tables"])),
        str(_amounts(extraction)),
        *(str(checks[verdict]) for verdict in ("holds", "rounding", "broken", "not_comparable")),
        _DECISIONS[decision["status"]],
        decision["reasons"][0] if decision["reasons"] else "",
        f"{result.seconds:.1f}",
    )


def _amounts(extraction: Json) -> int:
    return int(extraction["coverage"]["amounts"])


def _checks(extraction: Json) -> str:
    checks = extraction["checks"]
    return (
        f"相符 {checks['holds']}，尾差 {checks['rounding']}，"
        f"不符 {checks['broken']}，不可比 {checks['not_comparable']}"
    )


def _coverage(extraction: Json) -> str:
    """The shares of table amounts that take part in one comparison or more, and in two or more."""
    coverage = extraction["coverage"]
    amounts = int(coverage["amounts"])
    if not amounts:
        return "没有表内金额"
    twice = int(coverage["in_two_or_more"])
    once = int(coverage["in_one"]) + twice
    return f"{amounts} 个表内金额，{once / amounts:.1%} 参与勾稽，{twice / amounts:.1%} 参与两项以上"


def _pages_of(found: Json) -> str:
    pages = sorted({place["page"] for place in found["evidence"]})
    return f"第 {'、'.join(map(str, pages))} 页：" if pages else ""
