"""How long the checks of a document take: all comparisons, the gate's word on each value, the findings.

python -m bench.checks                              the golden documents
python -m bench.checks some/folder --rounds 9       all PDFs below a folder

Each document is read once before; then, in turn each round, its words are read and its reading is judged. The
table gives the median over the rounds, in milliseconds of the processor and in multiples of the words.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench.bare import words
from bench.golden import GOLDEN
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.agreement import Agreements
from extractors.pipeline import judge, read_sections
from service.garbage import collect_seldom


def measure(path: Path, rounds: int) -> tuple[int, float, float]:
    """Comparisons made, median milliseconds of the judgement, its median ratio to the words."""
    data = path.read_bytes()
    disclosure = read_sections(read_layout(data, path.name, Limits()))
    compared = len(judge(disclosure, Agreements(), disclosure.gaps).tie_outs)
    pairs = [
        (_seconds(lambda: words(data)), _seconds(lambda: judge(disclosure, Agreements(), disclosure.gaps)))
        for _ in range(rounds)
    ]
    return compared, 1000 * median(took for _, took in pairs), median(took / bare for bare, took in pairs)


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table in Markdown."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.checks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN, help="where the PDFs are")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="judgements of every document")
    chosen = parser.parse_args(arguments)
    paths = sorted(chosen.folder.rglob("*.pdf"))
    if not paths or chosen.rounds < 1:
        parser.error("a folder with PDFs and at least one round are needed")
    collect_seldom()
    print("| document | comparisons | ms | × words |\n|---|---|---|---|")
    for path in paths:
        compared, milliseconds, ratio = measure(path, chosen.rounds)
        print(
            f"| {path.parent.name}/{path.name} | {compared} | {milliseconds:.0f} | {ratio:.2f} |", flush=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
