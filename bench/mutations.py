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

    python -m bench.mutations                        10,000 changes, about a second for ten
    python -m bench.mutations --count 600 --seed 7
    python -m bench.mutations --escapes              each escape with what it was
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar, cast

from bench.golden import golden_documents
from bench.shifts import Shifted, column_over, dropped_row
from extractors.checking.tiers import Tier
from extractors.checking.values import Value, values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.losses import with_losses
from extractors.model.agreement import Agreements
from extractors.model.amounts import MONEY_UNITS, Amount, Read
from extractors.model.document import Document, RuledTable
from extractors.model.evidence import Evidence, Place
from extractors.model.facts import Disclosure
from extractors.model.findings import Judgement, Standing, Status, Verdict
from extractors.pipeline import judge, read_sections

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change."""

    mutation: Mutation
    result: str


@dataclass(frozen=True)
class Subject:
    """A correct reading, how it is judged, and the amounts in it that can be changed."""

    name: str
    reading: Disclosure
    judgement: Judgement
    amounts: tuple[Value, ...]
    tied: frozenset[Place]

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
        return cls(name, reading, judgement, amounts, frozenset(in_tables | with_tables))


def judged(reading: Disclosure) -> Judgement:
    """What the built-in reader alone would conclude."""
    return judge(reading, Agreements(), with_losses(reading, ()))


def _can_change(read: Read) -> bool:
    digits = read.printed.replace(",", "").replace(".", "")
    return isinstance(read, Amount) and bool(read.place) and digits.isascii() and digits.isdigit()


def replaced(thing: T, changed: Mapping[Place, Amount]) -> T:
    """The same thing, with other amounts at some places."""
    swapped: Any = thing
    if isinstance(thing, Amount):
        swapped = changed.get(thing.place, thing)
    elif isinstance(thing, Evidence):
        return thing
    elif isinstance(thing, tuple):
        items = tuple(replaced(item, changed) for item in thing)
        is_same = all(a is b for a, b in zip(items, thing, strict=True))
        swapped = thing if is_same else _tuple_like(thing, items)
    elif isinstance(thing, Mapping):
        entries = {key: replaced(item, changed) for key, item in thing.items()}
        swapped = thing if all(entries[key] is thing[key] for key in thing) else entries
    elif is_dataclass(thing) and not isinstance(thing, type | Read | Document | RuledTable):
        swapped = _dataclass(thing, changed)
    return cast("T", swapped)  # built from thing, of its own type


def _tuple_like(thing: tuple[Any, ...], items: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items as a tuple of the same kind, with its names where it has some."""
    make = getattr(thing, "_make", None)
    return make(items) if make else items


def _dataclass(thing: Any, changed: Mapping[Place, Amount]) -> Any:
    old = {field.name: getattr(thing, field.name) for field in fields(thing)}
    new = {name: replaced(value, changed) for name, value in old.items()}
    return thing if all(new[name] is old[name] for name in old) else replace(thing, **new)


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
        reading = replaced(subject.reading, {old.place: new})
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
    reading = replaced(subject.reading, changed)
    return Mutation("swap", reading, (one.place, other.place), f"{one.printed} <-> {other.printed}")


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
    if not mutation.places:
        return Outcome(mutation, _of_lost(subject.judgement, judgement))
    standings = [judgement.standings[place] for place in mutation.places if place in judgement.standings]
    result = _of_changed(standings)
    if result == ESCAPED and _is_within(mutation, judgement):
        result = ROUNDING
    return Outcome(mutation, result)


def _is_within(mutation: Mutation, judgement: Judgement) -> bool:
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


def _of_lost(before: Judgement, after: Judgement) -> str:
    """A row that is gone: is an identity broken that was not, or has a person more to look at?"""
    if _broken(after) > _broken(before):
        return CAUGHT
    if _doubtful(after) > _doubtful(before) or len(after.decision.reasons) > len(before.decision.reasons):
        return REVIEW
    return ESCAPED


def _broken(judgement: Judgement) -> int:
    return sum(1 for tie_out in judgement.tie_outs if tie_out.verdict is Verdict.BROKEN)


def _doubtful(judgement: Judgement) -> int:
    doubtful = (Status.REVIEW, Status.CONTRADICTED)
    return sum(1 for standing in judgement.standings.values() if standing.status in doubtful)


def subjects() -> list[Subject]:
    """The golden documents, read."""
    return [
        Subject.of(g.name, read_sections(read_layout(g.pdf.read_bytes(), g.name, Limits())))
        for g in golden_documents()
    ]


def unmutated(found: Sequence[Subject]) -> Iterator[str]:
    """The reverse: what becomes of the counting amounts when nothing is changed."""
    for subject in found:
        standings = subject.judgement.standings
        counted = Counter(standings[value.read.place].status.value for value in subject.amounts)
        share = counted[Status.ACCEPTED] / max(1, len(subject.amounts))
        yield f"{subject.name}: {len(subject.amounts)} amounts, {share:.1%} accepted, {dict(counted)}"


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each kind: how many of each result, and the escapes of what tables tie."""
    head = "".join(f"{result:>17}" for result in RESULTS)
    yield f"{'kind':<8}{head}{'escaped, tied':>17}"
    for kind in (*KINDS, "all"):
        of_kind = [o for o in outcomes if kind in (o.mutation.kind, "all")]
        counted = Counter(o.result for o in of_kind)
        tied = sum(1 for o in of_kind if o.result == ESCAPED and o.mutation.is_tied)
        yield f"{kind:<8}" + "".join(f"{counted[result]:>17}" for result in RESULTS) + f"{tied:>17}"


def main() -> int:
    """Prints the outcomes by kind, and each escape."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20250101)
    parser.add_argument("--escapes", action="store_true", help="print each escape")
    args = parser.parse_args()
    found = subjects()
    print("\n".join(unmutated(found)), flush=True)
    dice = random.Random(args.seed)  # noqa: S311 - a fixed seed, no secret
    streams = [(subject, mutations(subject, dice)) for subject in found]
    outcomes = []
    for n in range(args.count):
        subject, stream = streams[n % len(streams)]
        result = outcome(subject, next(stream))
        # The changed reading is large, and of no use any more.
        outcomes.append(replace(result, mutation=replace(result.mutation, reading=subject.reading)))
        if args.escapes and result.result == ESCAPED:
            tied = "tied" if result.mutation.is_tied else "loose"
            print(
                f"escaped ({tied}): {subject.name} {result.mutation.kind} {result.mutation.what}", flush=True
            )
    print("\n".join(report(outcomes)))
    return 1 if any(o.result == ESCAPED and o.mutation.is_tied for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
