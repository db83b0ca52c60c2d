"""Disclosures written down in YAML, for tests of checks and of the gate.

    tables:
      - kind: expenditure            # an id of the catalogue, or unknown
        unit: 万元
        header: [科目编码, 科目名称, 支出预算/合计, 支出预算/基本支出]
        rows:
          - [~, 合计, 7.00, 7.00]
          - ["210", 卫生健康支出, 7.00, 7.00]
    facts:
      - {section: 二、收入预算情况说明, subject: 一般公共预算, amount: 6.00 万元, share: 60.00 %}
    projects:
      - {name: 甲项目, amount: 2.50 万元, items: [[差旅费, 0.7 万元], [办公费, 1.8 万元]]}
    issuer: 甲局                      # with kind and fiscal_year: whose it is
    staffing: {实有: 20, 在职: 17, 退休: 3}
    forms:
      - {name: 甲项目, total: 4.00 万元, fiscal: 4.00 万元, other: 0.00 万元, weights: [40 分, 60 分, ~],
         funding: [[财政资金, 4.00 万元]], tasks: [[甲任务, 3.00 万元, 3.00 万元, ~]],
         indicators: [[培训次数, ">=", 2 次]], targets: [[开展培训1次, 1 次, 培训次数]]}

    disagreements:                   # what a model named: name, number, reason or wording; *: not printed
      - {matter: number, said: [实有人数20人, 实有人数17人]}

    narrative: |                     # headings and sentences, which the reader of the narrative reads
      一、支出决算情况说明
      支出预算为10.00万元。

Every figure gets a place of its own. YAML reads a bare 7.00 as a float, so figures are read as strings.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import yaml

from extractors.model.amounts import PERCENT, Amount, Day, Text, parse_decimal
from extractors.model.disagreement import Disagreement, Matter
from extractors.model.evidence import Box, Evidence, Match, Place, Reader
from extractors.model.facts import (
    AllocationItem,
    Block,
    BudgetTable,
    Disclosure,
    Head,
    NarrativeFact,
    PolicyRef,
    Project,
    Row,
    Staffing,
    TableCell,
)
from extractors.model.performance import Funding, Indicator, IndicatorTable, Scope, StatedTarget, Task
from extractors.policy_numbers import parse
from extractors.sections.budget_tables.columns import Kind, kinds_of
from extractors.sections.budget_tables.structure import block_of, frames_of
from extractors.sections.narrative import facts_of
from extractors.templates.columns import columns_of
from extractors.templates.tables import catalogue
from tests.builders import document_from

_FACT_AMOUNTS = (
    "amount",
    "share",
    "change_amount",
    "change_pct",
    "previous_amount",
    "budget_amount",
    "completion_pct",
)


class _Strings(yaml.SafeLoader):
    """Reads every scalar as the text that it is; only ~ is None."""


_Strings.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> Any:
    """YAML whose scalars are all strings."""
    return yaml.load(text, Loader=_Strings)  # noqa: S506 - a SafeLoader


class _Places:
    """Hands out places, each another spot of page 1."""

    def __init__(self) -> None:
        self._numbers = count()

    def next(self, printed: str) -> Place:
        n = next(self._numbers)
        return (Evidence(1, Box(float(n), 0.0, n + 1.0, 1.0), printed),)


def disclosure_of(data: Mapping[str, Any]) -> Disclosure:
    """The disclosure that a YAML case describes."""
    places = _Places()
    document = document_from("\n".join([*data.get("headings", ()), data.get("narrative", "")]))
    document = replace(document, contents=tuple(data.get("contents", ())))
    staffing = {label: _amount(f"{n} 人", places) for label, n in (data.get("staffing") or {}).items()}
    return Disclosure(
        document=replace(document, file_name="case.pdf"),
        head=Head(
            issuer=_text(data.get("issuer", "甲局"), places),
            kind=_text(data.get("kind", "部门预算"), places),
            fiscal_year=_amount(f"{data['fiscal_year']} 年", places) if "fiscal_year" in data else None,
        ),
        staffing=Staffing(counts=staffing),
        tables=tuple(_table(table, places) for table in data.get("tables", ())),
        projects=tuple(_project(project, places) for project in data.get("projects", ())),
        indicator_tables=tuple(_form(form, places) for form in data.get("forms", ())),
        policy_refs=tuple(_ref(printed, places) for printed in data.get("refs", ())),
        disagreements=tuple(_disagreement(said, places) for said in data.get("disagreements", ())),
        narrative_facts=(*facts_of(document), *(_fact(fact, places) for fact in data.get("facts", ()))),
    )


def _disagreement(data: Mapping[str, Any], places: _Places) -> Disagreement:
    """Two quotes in places of their own; one with an asterisk before it is not printed."""
    first, second = (_quote(said, places) for said in data["said"])
    if data.get("in one place"):
        second = replace(second, place=first.place)
    return Disagreement(Matter(data["matter"]), first, second)


def _quote(said: str, places: _Places) -> Text:
    text = _text(said.removeprefix("*"), places)
    if said.startswith("*"):
        return replace(text, place=tuple(e._replace(match=Match.NOT_FOUND) for e in text.place))
    return text


def _text(printed: str, places: _Places) -> Text:
    return Text(printed=printed, place=places.next(printed))


def _amount(printed: str, places: _Places) -> Amount:
    """`7.00 万元` as an amount."""
    figure, _, unit = printed.partition(" ")
    value = parse_decimal(figure)
    assert value is not None, printed
    return Amount(printed=figure, place=places.next(figure), value=value, unit=unit or None)


def _day(printed: str, places: _Places) -> Day:
    return Day(printed=printed, place=places.next(printed), value=datetime.date.fromisoformat(printed))


def _table(data: Mapping[str, Any], places: _Places) -> BudgetTable:
    kind = next((kind for kind in catalogue() if kind.id == data["kind"]), None)
    assert kind is not None or data["kind"] == "unknown", data["kind"]
    paths = [tuple(name.split("/")) for name in data["header"]]
    columns = columns_of(paths, kind)
    kinds = kinds_of(columns, data["rows"])
    frames = frames_of(columns, kinds)
    units = {index: data.get("unit") for frame in frames for index in frame.amounts}
    units |= {index: PERCENT for index, kind in enumerate(kinds) if kind is Kind.PERCENT}
    cells = [tuple(_cells(row, units, places)) for row in data["rows"]]
    blocks = [block_of(frame, columns, cells) for frame in frames]
    if kind is not None:
        blocks = [
            replace(b, entries=tuple(e._replace(role=kind.row_role(e.name)) for e in b.entries))
            for b in blocks
        ]
    return BudgetTable(
        number=None,
        title=_text(data.get("title", kind.name if kind else "某表"), places),
        kind=data["kind"],
        unit=data.get("unit"),
        pages=(1,),
        columns=columns,
        rows=tuple(_row(index, row, blocks) for index, row in enumerate(cells)),
        blocks=tuple(blocks),
        note=_text(data["note"], places) if "note" in data else None,
    )


def _row(index: int, cells: tuple[TableCell | None, ...], blocks: Sequence[Block]) -> Row:
    """A row that is called what its first entry is called."""
    entry = next((entry for block in blocks for entry in block.entries if entry.row == index), None)
    return Row(cells, entry.code, entry.name, entry.level) if entry is not None else Row(cells)


def _cells(
    row: Sequence[str | None], units: Mapping[int, str | None], places: _Places
) -> Iterator[TableCell | None]:
    for index, printed in enumerate(row):
        if printed is None:
            yield None
            continue
        text = replace(_text(printed, places), reader=Reader.TABLE)
        value, unit = parse_decimal(printed) if index in units else None, units.get(index)
        amount = None
        if value is not None:
            amount = Amount(printed=printed, place=text.place, reader=text.reader, value=value, unit=unit)
        yield TableCell(text, amount)


def _project(data: Mapping[str, Any], places: _Places) -> Project:
    items = [
        AllocationItem(item=_text(name, places), amount=_amount(figure, places))
        for name, figure in data.get("items", ())
    ]
    return Project(
        name=_text(data["name"], places),
        amount=_amount(data["amount"], places) if "amount" in data else None,
        allocation_items=tuple(items),
        head_count=_text(data["head_count"], places) if "head_count" in data else None,
        standard=_text(data["standard"], places) if "standard" in data else None,
        start=_day(data["start"], places) if "start" in data else None,
        end=_day(data["end"], places) if "end" in data else None,
    )


def _ref(data: str | Sequence[str], places: _Places) -> PolicyRef:
    """A document number, or a title and a number."""
    title, printed = (None, data) if isinstance(data, str) else data
    number = parse(printed)
    return PolicyRef(
        _text(title, places) if title else None,
        _text(printed, places),
        number.canonical if number else None,
    )


def _form(data: Mapping[str, Any], places: _Places) -> IndicatorTable:
    def amount(printed: str | None) -> Amount | None:
        return None if printed is None else _amount(printed, places)

    return IndicatorTable(
        scope=Scope.PROJECT if data.get("name") else Scope.WHOLE,
        name=_text(data["name"], places) if data.get("name") else None,
        goal=_text(data["goal"], places) if data.get("goal") else None,
        total=amount(data.get("total")),
        fiscal=amount(data.get("fiscal")),
        other=amount(data.get("other")),
        funding=tuple(
            Funding(_text(source, places), _amount(figure, places))
            for source, figure in data.get("funding", ())
        ),
        tasks=tuple(
            Task(_text(name, places), None, *map(amount, figures)) for name, *figures in data.get("tasks", ())
        ),
        indicators=(
            *(Indicator(level3=_text("指标", places), weight=amount(w)) for w in data.get("weights", ())),
            *(
                Indicator(level3=_text(name, places), operator=operator, value=amount(value))
                for name, operator, value in data.get("indicators", ())
            ),
        ),
        targets=tuple(
            StatedTarget(_text(said, places), _text(said, places), None, amount(value), _named(name, places))
            for said, value, name in data.get("targets", ())
        ),
    )


def _named(name: str | None, places: _Places) -> Text | None:
    return _quote(name, places) if name else None


def _fact(data: Mapping[str, Any], places: _Places) -> NarrativeFact:
    amounts: dict[str, Any] = {
        name: _amount(data[name], places) for name in _FACT_AMOUNTS if data.get(name) is not None
    }
    return NarrativeFact(
        section=data.get("section", "一、说明"),
        subsection=data.get("subsection"),
        subject=_text(data["subject"], places),
        share_of=_text(data["share_of"], places) if "share_of" in data else None,
        change=_text(data["change"], places) if "change" in data else None,
        stated_direction=_text(data["stated_direction"], places) if "stated_direction" in data else None,
        **amounts,
    )
