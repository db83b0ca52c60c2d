"""How many changed figures the checks and the gate let through.

Takes the golden readings, changes one thing at a time in text, value and evidence together, reads the changed
table anew, judges the document, and looks at what becomes of the changed values:

- caught: one of them is `contradicted` or `printed_so` (a finding);
- review: a person will see one of them;
- within rounding: accepted, and the change is no larger than the allowance of an identity over it, or the
  value is accepted only as far as rounding proves it (tier within-rounding);
- escaped: accepted as proven, and wrong.

A dropped row leaves no value to look at: it is caught where it breaks an identity, in review where it leaves
a person more to do. Escapes are counted apart for what the tables and the narrative that names a table's
figure print (`tied`), of which none may escape, and for the rest.

    python -m bench.mutations --processes 2          10,000 changes, about ten a second in each process
    python -m bench.mutations --count 600 --seed 7
    python -m bench.mutations --escapes              each escape with what it was
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, repeat
from multiprocessing import get_context
from typing import Any, NamedTuple

from bench.golden import GoldenDocument, golden_documents
from bench.places import Home, homes_in, replaced
from bench.shifts import Shifted, column_over, dropped_row
from extractors import checks
from extractors.checking.gate import decide, standings_of
from extractors.checking.registry import all_checks, run
from extractors.checking.tiers import Tier
from extractors.checking.values import Value, values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.losses import with_losses
from extractors.model.agreement import Agreements
from extractors.model.amounts import MONEY_UNITS, Amount, Read
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure
from extractors.model.findings import Decision, Standing, Status, TieOut, Verdict
from extractors.pipeline import read_sections

CAUGHT, REVIEW, ROUNDING, ESCAPED = "caught", "review", "within rounding", "escaped"
RESULTS = (CAUGHT, REVIEW, ROUNDING, ESCAPED)
_TRIES = 20  # to find a place where a kind of change can be made


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, the changed reading, where the changed values stand, and what it was in words.

    `places` is empty for a row that is gone. `is_tied` says that identities with tables tie the value, `size`
    by how much it changed (base units), where one value did.
    """

    kind: str
    reading: Disclosure
    places: tuple[Place, ...]
    what: str
    is_tied: bool = True
    size: Decimal | None = None


class Judged(NamedTuple):
    """All comparisons of a reading, what they say of each value, and what is decided."""

    tie_outs: tuple[TieOut, ...]
    standings: Mapping[Place, Standing]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change."""

    kind: str
    what: str
    is_tied: bool
    result: str


@dataclass(frozen=True)
class Subject:
    """A correct reading, how it is judged, and the amounts in it that can be changed."""

    name: str
    reading: Disclosure
    judgement: Judged
    amounts: tuple[Value, ...]
    tied: frozenset[Place]
    homes: Mapping[Place, frozenset[Home]]

    @classmethod
    def of(cls, name: str, reading: Disclosure) -> "Subject":
        """A reading with what is needed to change it."""
        judgement = judged(reading)
        amounts = tuple(v for v in values_of(reading) if v.counts and _can_change(v.read))
        in_tables = {v.read.place for v in values_of(reading) if v.path.startswith("tables/")}
        with_tables = {
            term.amount.place
            for tie_out in judgement.tie_outs
            if tie_out.verdict is not Verdict.NOT_COMPARABLE
            and any(term.amount.place in in_tables for term in tie_out.terms)
            for term in tie_out.terms
        }
        return cls(name, reading, judgement, amounts, frozenset(in_tables | with_tables), homes_in(reading))

    def changed(self, amounts: Mapping[Place, Amount]) -> Disclosure:
        """The reading with other amounts at some places."""
        parts: dict[str, Any] = {}
        for name, index in {home for place in amounts for home in self.homes[place]}:
            part = parts.get(name, getattr(self.reading, name))
            if index is None:
                parts[name] = replaced(part, amounts)
            else:
                parts[name] = (*part[:index], replaced(part[index], amounts), *part[index + 1 :])
        return replace(self.reading, **parts)


def judged(reading: Disclosure) -> Judged:
    """What the built-in reader alone would conclude, but for findings: nobody asks for them here."""
    tie_outs, values = tuple(run(all_checks(checks), reading)), tuple(values_of(reading))
    standings = standings_of(reading, values, tie_outs, Agreements())
    return Judged(tie_outs, standings, decide(reading, values, standings, with_losses(reading, ())))


def _can_change(read: Read) -> bool:
    digits = read.printed.replace(",", "").replace(".", "")
    return isinstance(read, Amount) and bool(read.place) and digits.isascii() and digits.isdigit()


def digit(amount: Amount, dice: random.Random) -> Amount:
    """One digit of the print becomes another."""
    positions = [i for i, c in enumerate(amount.printed) if c.isdigit()]
    at = dice.choice(positions)
    other = dice.choice([d for d in "0123456789" if d != amount.printed[at]])
    return with_print(amount, amount.printed[:at] + other + amount.printed[at + 1 :])


def sign(amount: Amount, dice: random.Random) -> Amount:
    """A minus appears or goes."""
    printed = amount.printed
    return with_print(amount, printed.removeprefix("-") if printed.startswith("-") else f"-{printed}")


def unit(amount: Amount, dice: random.Random) -> Amount:
    """Another unit of money; what is no money stays."""
    if amount.unit not in MONEY_UNITS or not amount.value:
        return amount
    return replace(amount, unit=dice.choice([u for u in sorted(MONEY_UNITS) if u != amount.unit]))


def with_print(amount: Amount, printed: str) -> Amount:
    """The amount as if that were printed at its place."""
    return replace(amount, printed=printed, value=Decimal(printed.replace(",", "")))


def _of_one(kind: str, change: Callable[[Amount, random.Random], Amount]) -> "Maker":
    def make(subject: Subject, dice: random.Random) -> Mutation | None:
        value = dice.choice(subject.amounts)
        old = value.read
        assert isinstance(old, Amount)
        new = change(old, dice)
        if new.in_base == old.in_base:
            return None
        what = f"{value.path}: {old.printed}{old.unit or ''} -> {new.printed}{new.unit or ''}"
        reading = subject.changed({old.place: new})
        size = abs(new.in_base - old.in_base)
        return Mutation(kind, reading, (old.place,), what, old.place in subject.tied, size)

    return make


def swapped(subject: Subject, dice: random.Random) -> Mutation | None:
    """Two amounts of one table change places."""
    table = dice.choice([t for t in subject.reading.tables if not t.is_empty])
    amounts = [c.amount for row in table.rows for c in row.cells if c is not None and c.amount is not None]
    one, other = dice.choice(amounts), dice.choice(amounts)
    if one.in_base == other.in_base:
        return None
    changed = {
        one.place: replace(one, printed=other.printed, value=other.value),
        other.place: replace(other, printed=one.printed, value=one.value),
    }
    reading = subject.changed(changed)
    what = f"{table.title.printed} {one.printed} <-> {other.printed}"
    return Mutation("swap", reading, (one.place, other.place), what)


def _shifted(kind: str, shift: Callable[[Disclosure, random.Random], Shifted | None]) -> "Maker":
    def make(subject: Subject, dice: random.Random) -> Mutation | None:
        found = shift(subject.reading, dice)
        return Mutation(kind, found.reading, found.places, found.what) if found else None

    return make


Maker = Callable[[Subject, random.Random], Mutation | None]
KINDS: Mapping[str, Maker] = {
    "digit": _of_one("digit", digit),
    "sign": _of_one("sign", sign),
    "unit": _of_one("unit", unit),
    "swap": swapped,
    "column": _shifted("column", column_over),
    "row": _shifted("row", dropped_row),
}


def mutations(subject: Subject, dice: random.Random) -> Iterator[Mutation]:
    """Endless changes, one kind after the other, no-ops left out."""
    while True:
        for kind in KINDS:
            tries = (KINDS[kind](subject, dice) for _ in range(_TRIES))
            found = next((mutation for mutation in tries if mutation is not None), None)
            if found is not None:
                yield found


def outcome(subject: Subject, mutation: Mutation) -> Outcome:
    """What the gate says of the changed values."""
    judgement = judged(mutation.reading)
    if mutation.places:
        standings = [judgement.standings[place] for place in mutation.places if place in judgement.standings]
        result = _of_changed(standings)
        if result == ESCAPED and _is_within(mutation, judgement):
            result = ROUNDING
    else:
        result = _of_lost(subject.judgement, judgement)
    return Outcome(mutation.kind, f"{subject.name} {mutation.what}", mutation.is_tied, result)


def _is_within(mutation: Mutation, judgement: Judged) -> bool:
    """Whether the change is no larger than what rounding may explain in an identity over the value."""
    allowances = [
        tie_out.allowance
        for tie_out in judgement.tie_outs
        if tie_out.allowance is not None and any(t.amount.place in mutation.places for t in tie_out.terms)
    ]
    return mutation.size is not None and mutation.size <= max(allowances, default=Decimal(0))


def _of_changed(standings: Sequence[Standing]) -> str:
    if not standings:
        return ESCAPED  # a value that is gone tells nobody
    statuses = {standing.status for standing in standings}
    if statuses & {Status.CONTRADICTED, Status.PRINTED_SO}:
        return CAUGHT
    if Status.REVIEW in statuses:
        return REVIEW
    return ROUNDING if any(s.tier == Tier.WITHIN_ROUNDING for s in standings) else ESCAPED


def _of_lost(before: Judged, after: Judged) -> str:
    """A row that is gone: is an identity broken that was not, or has a person more to look at?"""
    if _broken(after) > _broken(before):
        return CAUGHT
    if _doubtful(after) > _doubtful(before) or len(after.decision.reasons) > len(before.decision.reasons):
        return REVIEW
    return ESCAPED


def _broken(judgement: Judged) -> int:
    return sum(1 for tie_out in judgement.tie_outs if tie_out.verdict is Verdict.BROKEN)


def _doubtful(judgement: Judged) -> int:
    doubtful = (Status.REVIEW, Status.CONTRADICTED)
    return sum(1 for standing in judgement.standings.values() if standing.status in doubtful)


def unmutated(subject: Subject) -> str:
    """The reverse: what becomes of the counting amounts when nothing is changed."""
    standings = subject.judgement.standings
    counted = Counter(standings[value.read.place].status.value for value in subject.amounts)
    share = counted[Status.ACCEPTED] / max(1, len(subject.amounts))
    return f"{subject.name}: {len(subject.amounts)} amounts, {share:.1%} accepted, {dict(counted)}"


def measured(golden: GoldenDocument, count: int, seed: int) -> tuple[str, list[Outcome]]:
    """What becomes of a document's amounts unchanged, and of each of so many changes."""
    reading = read_sections(read_layout(golden.pdf.read_bytes(), golden.name, Limits()))
    subject = Subject.of(golden.name, reading)
    dice = random.Random(f"{seed} {golden.name}")  # noqa: S311 - a fixed seed, no secret
    outcomes = [outcome(subject, mutation) for mutation in islice(mutations(subject, dice), count)]
    return unmutated(subject), outcomes


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each kind: how many of each result, and the escapes of what tables tie."""
    head = "".join(f"{result:>17}" for result in RESULTS)
    yield f"{'kind':<8}{head}{'escaped, tied':>17}"
    for kind in (*KINDS, "all"):
        of_kind = [o for o in outcomes if kind in (o.kind, "all")]
        counted = Counter(o.result for o in of_kind)
        tied = sum(1 for o in of_kind if o.result == ESCAPED and o.is_tied)
        yield f"{kind:<8}" + "".join(f"{counted[result]:>17}" for result in RESULTS) + f"{tied:>17}"


def main() -> int:
    """Prints the outcomes by kind, and each escape."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20250101)
    parser.add_argument("--escapes", action="store_true", help="print each escape")
    parser.add_argument("--processes", type=int, default=1)
    args = parser.parse_args()
    documents = golden_documents()
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(args.processes, mp_context=get_context("spawn")) as pool:
        shares = [len(range(i, args.count, len(documents))) for i in range(len(documents))]
        for said, found in pool.map(measured, documents, shares, repeat(args.seed)):
            print(said, flush=True)
            outcomes += found
            if args.escapes:
                print("".join(map(_escape, found)), end="", flush=True)
    print("\n".join(report(outcomes)))
    return 1 if any(o.result == ESCAPED and o.is_tied for o in outcomes) else 0


def _escape(found: Outcome) -> str:
    if found.result != ESCAPED:
        return ""
    return f"escaped ({'tied' if found.is_tied else 'loose'}): {found.kind} {found.what}\n"


if __name__ == "__main__":
    sys.exit(main())
