"""The indicators of those performance forms whose grid is unsound, so that no cell of them could be read."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from extractors.align import Span, locate
from extractors.forms import Parts, sort_out, unsoundness_of
from extractors.layout.text import lines_of
from extractors.model.amounts import Amount, Text
from extractors.model.document import Document, Grid, Word
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure
from extractors.model.performance import Area, Indicator, IndicatorTable, Scope
from extractors.targets import target_of
from extractors.tasks import reading
from extractors.tasks.reading import Numbered, Quote, Reply, amount, text_at
from extractors.tasks.task import ModelFacts, Piece, Task, Unit, cut

NAME = "indicators"


class IndicatorReply(Reply):
    """An indicator as printed; what is not printed is left out."""

    name: str = Field(min_length=1)
    target: str = ""
    level1: str = ""
    level2: str = ""
    weight: str = ""


class LineReply(Numbered):
    """The indicators whose names begin in one numbered line."""

    indicators: list[IndicatorReply]


class IndicatorsReply(Reply):
    """All numbered lines, in their order."""

    lines: list[LineReply]


def pieces(disclosure: Disclosure) -> Sequence[Piece]:
    """The lines of each unsound form, as the words stand on the page."""
    document = disclosure.document
    forms, _ = sort_out(document.tables)
    unsound = (form for form in forms if unsoundness_of(form))
    return tuple(piece for form in unsound for piece in cut(list(_lines(document, form))))


def _lines(document: Document, form: Parts) -> Iterator[Unit]:
    for grid in (grid for part in form for grid in part.parts):
        for line in lines_of(_words(document, grid), grid.page):
            shown = " ".join(word.text for word in line.words)
            yield Unit((line.passage,), lines=(shown,))


def _words(document: Document, grid: Grid) -> Iterator[Word]:
    return (word for word in document.page(grid.page).words if grid.box.holds(*word.centre))


def to_facts(reply: IndicatorsReply, piece: Piece) -> ModelFacts:
    """One form with its indicators. Raises `ReplyRejected` where a line is missing."""
    read: list[Indicator] = []
    for index, (line, _) in enumerate(piece.paired(reply.lines)):
        # Words of a cell go on in the lines below.
        below = Piece(piece.units[index:]).passage
        scope = reading.Scope(below, piece.units[index].passage)
        read += [_indicator(said, scope) for said in line.indicators]
    areas = tuple(_areas(piece))
    return ModelFacts(
        forms=(IndicatorTable(Scope.PROJECT, indicators=tuple(read), areas=areas),) if read else ()
    )


def _indicator(said: IndicatorReply, scope: reading.Scope) -> Indicator:
    target = locate(said.target, scope.passage) if said.target else None
    operator, value = _value(target, said.target, scope)
    return Indicator(
        level1=_text(said.level1, scope),
        level2=_text(said.level2, scope),
        level3=_text(said.name, scope),
        target=text_at(target, said.target, scope) if said.target else None,
        operator=operator,
        value=value,
        weight=amount(Quote(printed=said.weight), scope) if said.weight else None,
    )


def _text(said: str, scope: reading.Scope) -> Text | None:
    return text_at(locate(said, scope.passage), said, scope) if said else None


def _value(span: Span | None, said: str, scope: reading.Scope) -> tuple[str | None, Amount | None]:
    if span is None:
        return None, amount(Quote(printed=said), scope) if said else None
    operator, value = target_of(scope.passage.part(span.start, span.end))
    return operator, reading.by_model(value)


def _areas(piece: Piece) -> Iterator[Area]:
    place: Place = piece.passage.evidence(0, len(piece.passage))
    for page in sorted({e.page for e in place}):
        first, *others = (e.box for e in place if e.page == page)
        for box in others:
            first = first.joined(box)
        yield Area(page, first)


TASK = Task(NAME, IndicatorsReply, pieces, to_facts, is_beyond_rules=True)
