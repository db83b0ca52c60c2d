"""How tables are read that other producers set in other styles.

python -m bench.variants                                       all families, all producers
python -m bench.variants --family "no rules" --producer drawn --misses 5       some, with what went wrong
python -m bench.variants --each 1 --keep /tmp/variants         one of each kind, its PDF kept

Chromium and LibreOffice (Writer and Calc) are Debian's packages, as are the fonts (fonts-noto-cjk,
fonts-wqy-zenhei); the producers drawn, story and reportlab need none. The variants are the same every time.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.variants.judge import Outcome
from bench.variants.looks import PRODUCERS
from bench.variants.plan import FAMILIES, RULED, SCANNED, UNRULED, plan
from bench.variants.run import Result, measured
from extractors.layout.ocr_process import shared

_HEADINGS = ("variants", "amounts", "right", "% right", "accepted", *list(Outcome)[1:])
_WIDTHS = (9, 8, 8, 9, 9, 15, 17, 17, 18)
_NAME = 28


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table of families, one of producers, and totals."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.variants",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--family", action="append", choices=[family.name for family in FAMILIES])
    parser.add_argument("--producer", action="append", choices=PRODUCERS)
    parser.add_argument("--each", type=int, default=3, help="variants of each family in each producer")
    parser.add_argument("--misses", type=int, default=0, help="print the first so many of each variant")
    parser.add_argument(
        "--keep", type=Path, help="folder for the PDFs; those that it has are not printed again"
    )
    parser.add_argument("--ocr", action="store_true", help="read the scans too; seconds for each page")
    chosen = parser.parse_args(arguments)
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    families = [family for family in FAMILIES if not chosen.family or family.name in chosen.family]
    variants = list(plan(chosen.each, chosen.producer or PRODUCERS, families))
    results = []
    for result in measured(variants, chosen.keep, shared() if chosen.ocr else None):
        results.append(result)
        _tell_misses(result, chosen.misses)
    _tell(results)
    return int(any(result.silent for result in results))


def _tell_misses(result: Result, most: int) -> None:
    if result.lost and most:
        print(f"{result.variant.name}: its producer lost {', '.join(result.lost[:most])}")
    if result.crash:
        print(f"{result.variant.name}: reading ended with {result.crash}", flush=True)
        return
    misses = [verdict for verdict in result.verdicts if verdict.outcome is not Outcome.RIGHT]
    misses.sort(key=lambda verdict: verdict.outcome not in ("wrong UNFLAGGED", "missing UNFLAGGED"))
    for verdict in misses[:most]:
        print(f"{result.variant.name}: {verdict.outcome}: {verdict.place}", flush=True)


def _tell(results: Sequence[Result]) -> None:
    kinds = {family.name: family.kind for family in FAMILIES}
    for kind in (RULED, UNRULED, SCANNED):
        of_kind = [result for result in results if kinds[result.variant.family] == kind]
        if not of_kind:
            continue
        print(_line(kind.upper(), _HEADINGS))
        for family in (family.name for family in FAMILIES):
            if found := [r for r in of_kind if r.variant.family == family]:
                print(_row(family, found))
        print(_row("all", of_kind))
        for producer in PRODUCERS:
            if found := [r for r in of_kind if r.variant.look.producer == producer]:
                print(_row(f"  {producer}", found))
        print()
    lost = sum(1 for result in results if result.lost)
    crashed = sum(1 for result in results if result.crash)
    print(f"{len(results)} variants; {lost} not counted, since their producer cut amounts off; ", end="")
    print(f"{crashed} readings ended with an error")


def _row(name: str, results: Iterable[Result]) -> str:
    judged = [result for result in results if not result.lost]
    counts = sum((result.counts for result in judged), Counter[Outcome]())
    total = counts.total()
    share = f"{100 * counts[Outcome.RIGHT] / total:.2f}" if total else "—"
    accepted = sum(result.accepted for result in judged)
    others = (counts[outcome] for outcome in list(Outcome)[1:])
    return _line(name, (len(judged), total, counts[Outcome.RIGHT], share, accepted, *others))


def _line(name: str, figures: Iterable[object]) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{f!s:>{w}}" for f, w in zip(figures, _WIDTHS, strict=True))


if __name__ == "__main__":
    sys.exit(main())
