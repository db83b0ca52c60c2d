"""What the reading has lost on the way from the print: each loss is a gap, nobody is accused."""

from collections.abc import Iterable, Sequence

from extractors.losses.conservation import lost_print
from extractors.losses.missing import missing_rows
from extractors.model.facts import Disclosure
from extractors.model.findings import Gap


def with_losses(disclosure: Disclosure, gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """The gaps, with those of lost rows and of lost print behind them, each once."""
    found: Iterable[Gap] = (*gaps, *missing_rows(disclosure), *lost_print(disclosure))
    return tuple(dict.fromkeys(found))
