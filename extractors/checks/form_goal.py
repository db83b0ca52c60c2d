"""The goal of a performance form against its indicators, and a project's form against the project."""

import re
from collections.abc import Iterator, Mapping

from extractors.checking.registry import check
from extractors.checking.tie import figure, tie
from extractors.model.amounts import Amount, Text, parse_decimal
from extractors.model.facts import Disclosure
from extractors.model.findings import Relation, TieOut
from extractors.model.plain import plain

# An indicator 业务培训次数 ≥2次 and a goal 开展业务培训1次 speak of the same thing.
_MEASURE = re.compile(r"(?:次数|人数|数量|天数|个数|家数|数|率|比例)$")
_SAID = r"(?:次数|人数|数量|率|比例)?(?:达到|达|为|稳定在|保持在|在|至|到|不少于|不低于|大于|超过|[≥>]=?)?"
_SHORTEST = 4  # characters that name a thing unmistakably
_RELATIONS: Mapping[str | None, Relation] = {
    ">=": Relation.AT_LEAST,
    "<=": Relation.AT_MOST,
    "=": Relation.EQUAL,
}
_BRACKETS = str.maketrans("", "", "[]【】〔〕()（）{}")


@check("text-vs-table/goal")
def goal(disclosure: Disclosure) -> Iterator[TieOut]:
    """绩效目标中写明的指标值符合同表的指标。"""
    for form in disclosure.indicator_tables:
        said = plain(form.goal.printed) if form.goal else ""
        for indicator in form.indicators if form.goal else ():
            value, relation = indicator.value, _RELATIONS.get(indicator.operator)
            if form.goal is None or indicator.level3 is None or value is None or relation is None:
                continue
            name = indicator.level3.printed
            promised = _promised(form.goal, said, name, value.unit)
            if promised is not None:
                yield tie(
                    "text-vs-table/goal",
                    f"绩效目标中的{name}符合指标 {indicator.target.printed if indicator.target else ''}",
                    figure(f"绩效目标中的{name}", promised),
                    figure(f"指标{name}", value),
                    relation,
                )


def _promised(text: Text, said: str, indicator: str, unit: str | None) -> Amount | None:
    """The figure that a goal gives for what an indicator measures, in its unit; None unless just one.

    `said` is the goal's text in half-width characters.
    """
    name = _MEASURE.sub("", plain(indicator))
    if len(name) < _SHORTEST or not unit or name not in said:
        return None
    pattern = re.escape(name) + _SAID + r"(\d[\d,]*(?:\.\d+)?)" + re.escape(plain(unit))
    found = re.findall(pattern, said)
    value = parse_decimal(found[0]) if len(found) == 1 else None
    if value is None:
        return None
    lines = tuple(line for line in text.place if found[0] in plain(line.text)) or text.place
    return Amount(printed=found[0], place=lines, reader=text.reader, value=value, unit=unit)


@check("project/form")
def form_total(disclosure: Disclosure) -> Iterator[TieOut]:
    """项目的预算安排规模 ＝ 其绩效目标表的年度预算总额。"""
    totals: dict[str, list[Amount]] = {}
    for form in disclosure.indicator_tables:
        if form.name is not None and form.total is not None:
            totals.setdefault(_folded(form.name), []).append(form.total)
    for project in disclosure.projects:
        found = totals.get(_folded(project.name), [])
        if project.amount is not None and len(found) == 1:
            yield tie(
                "project/form",
                f"项目“{project.name.printed}”的预算安排规模 ＝ 其绩效目标表的年度预算总额",
                figure("预算安排规模", project.amount),
                figure("绩效目标表年度预算总额", found[0]),
            )


def _folded(name: Text) -> str:
    """A project's name without brackets, which its two places print differently."""
    return plain(name.printed).translate(_BRACKETS)
