"""Sets variants, reads them, and counts what became of their amounts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.variants.drawn import draw
from bench.variants.judge import UNFLAGGED, Outcome, Strictness, Verdict, counted, judge
from bench.variants.looks import RULED, Look, Producer, Variant
from bench.variants.markup import print_in_browser, tell_story
from bench.variants.office import write_with_libreoffice
from bench.variants.pages import finished, lost
from bench.variants.platypus import build
from extractors.layout.limits import Limits
from extractors.layout.ocr import Ocr
from extractors.model.errors import YusuanError
from extractors.pipeline import read_document

_SET_ONE: Mapping[Producer, Callable[[Variant, Sequence[str]], bytes]] = {
    "drawn": draw,
    "story": tell_story,
    "reportlab": build,
    "chromium": print_in_browser,
}


@dataclass(frozen=True)
class Result:
    """A variant with the verdict on each of its amounts.

    `lost` are those its producer did not print; `crash` is the error that ended the reading.
    """

    variant: Variant
    verdicts: tuple[Verdict, ...]
    lost: tuple[str, ...] = ()
    crash: str = ""

    @property
    def counts(self) -> Counter[Outcome]:
        """How many amounts of each outcome."""
        return counted(self.verdicts)

    @property
    def accepted(self) -> int:
        """How many amounts are right and were accepted, so that nobody need look at them."""
        return sum(1 for v in self.verdicts if v.outcome is Outcome.RIGHT and v.is_accepted)

    @property
    def silent(self) -> list[Verdict]:
        """What is wrong and not flagged."""
        return [verdict for verdict in self.verdicts if verdict.outcome in UNFLAGGED]


def opening_of(variant: Variant) -> list[str]:
    """The first page: whose budget it is, and its contents."""
    issuer = variant.sheets[0].issuer
    contents = [f"{sheet.number} {sheet.title}" for sheet in variant.sheets]
    return [f"{issuer}2025年部门预算公开", "目 录", *contents]


def printed(variants: Sequence[Variant]) -> Iterator[tuple[Variant, bytes]]:
    """The variants as PDFs."""
    office = {v.name: (v, opening_of(v)) for v in variants if v.look.producer in ("writer", "calc")}
    from_office = write_with_libreoffice(office)
    for variant in variants:
        if variant.name in from_office:
            pdf = from_office[variant.name]
        else:
            pdf = _SET_ONE[variant.look.producer](variant, opening_of(variant))
        yield variant, pdf


def measured(
    variants: Sequence[Variant], keep: Path | None = None, ocr: Ocr | None = None
) -> Iterator[Result]:
    """Each variant printed, read and judged; without `ocr` scans are not read, and have to say so.

    With `keep`, PDFs stay in that folder, and what already lies there is not printed again.
    """
    ready = {v.name: v for v in variants if keep is not None and _kept(keep, v).exists()}
    for variant in ready.values():
        assert keep is not None
        yield _result(variant, _kept(keep, variant).read_bytes(), ocr)
    for variant, pdf in printed([variant for variant in variants if variant.name not in ready]):
        if missing := lost(pdf, variant.sheets):
            yield Result(variant, (), tuple(missing))
            continue
        final = finished(pdf, variant.look, seed=len(variant.name))
        if keep is not None:
            _kept(keep, variant).write_bytes(final)
        yield _result(variant, final, ocr)


_CRASHES = (ArithmeticError, AssertionError, LookupError, RecursionError, TypeError, ValueError, YusuanError)
"""What a fault in the code raises; the bench goes on and tells it."""


def _kept(folder: Path, variant: Variant) -> Path:
    return folder / f"{variant.name}.pdf"


def _result(variant: Variant, pdf: bytes, ocr: Ocr | None) -> Result:
    """A reading that ends with an error has read nothing, and says so."""
    try:
        return Result(variant, tuple(verdicts_on(variant, pdf, ocr)))
    except _CRASHES as error:
        amounts = (sheet.rows[r][c] for sheet in variant.sheets for r, c in sheet.amounts)
        verdicts = tuple(Verdict(Outcome.MISSING_FLAGGED, amount) for amount in amounts)
        return Result(variant, verdicts, crash=f"{type(error).__name__}: {error}")


def verdicts_on(variant: Variant, pdf: bytes, ocr: Ocr | None = None) -> Iterator[Verdict]:
    """What the reading of a PDF makes of its variant's amounts."""
    reading = read_document(pdf, f"{variant.name}.pdf", limits=Limits(), ocr=ocr)
    extraction: dict[str, Any] = reading.model_dump(mode="json")
    yield from judge(variant.sheets, extraction, _strictness(variant.look))


def _strictness(look: Look) -> Strictness:
    """Where no rules show what a header cell reaches over, its place in the path is not asked for."""
    is_print = look.scan is None
    return Strictness(header=is_print and look.rules in RULED, labels=is_print)
