"""How many changed figures the checks and the gate let through.

Takes correct readings, changes one figure at a time in text, value and evidence together, and looks at the
status that the changed value gets:

- caught: `contradicted`, or `printed_so` (then it is a finding);
- review: a person will see it;
- within rounding: accepted, but only as far as rounding proves it (tier within-rounding): the change is no
  larger than the allowance of an identity over it;
- escaped: accepted as proven, and wrong.

`python -m bench.mutations [--count N] [--seed S]`. Kinds of change so far: one digit, a sign.
Figures that two fields share are changed in all of them.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from bench.golden import golden_documents
from extractors.checking.tiers import Tier
from extractors.checking.values import values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.agreement import Agreements
from extractors.model.amounts import Amount, Read
from extractors.model.document import Document
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure
from extractors.model.findings import Standing, Status
from extractors.pipeline import judge, read_sections

T = TypeVar("T")

CAUGHT, REVIEW, ROUNDING, ESCAPED = "caught", "review", "within rounding", "escaped"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its kind, and the new amounts by the place of the old ones."""

    kind: str
    changed: Mapping[Place, Amount]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change; `path` and `was` say of which value."""

    kind: str
    result: str
    path: str
    was: str
    now: str


def replaced(thing: T, changed: Mapping[Place, Amount]) -> T:
    """The same thing, with other amounts at some places."""
    swapped: Any = thing
    if isinstance(thing, Amount):
        swapped = changed.get(thing.place, thing)
    elif isinstance(thing, tuple):
        items = tuple(replaced(item, changed) for item in thing)
        swapped = thing if all(a is b for a, b in zip(items, thing, strict=True)) else items
    elif isinstance(thing, Mapping):
        entries = {key: replaced(item, changed) for key, item in thing.items()}
        swapped = thing if all(entries[key] is thing[key] for key in thing) else entries
    elif is_dataclass(thing) and not isinstance(thing, type | Read | Document):
        swapped = _dataclass(thing, changed)
    return swapped  # type: ignore[no-any-return]  # built from thing, of its own type


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


def with_print(amount: Amount, printed: str) -> Amount:
    """The amount as if that were printed at its place."""
    return replace(amount, printed=printed, value=Decimal(printed.replace(",", "")))


KINDS: Mapping[str, Callable[[Amount, random.Random], Amount]] = {"digit": digit, "sign": sign}


def mutations(disclosure: Disclosure, dice: random.Random) -> Iterator[Mutation]:
    """Endless changes of one counting figure, no-ops left out."""
    amounts = [v.read for v in values_of(disclosure) if v.counts and isinstance(v.read, Amount)]
    plain = [a for a in amounts if a.place and a.printed.replace(",", "").replace(".", "").isdigit()]
    while True:
        kind = dice.choice(list(KINDS))
        old = dice.choice(plain)
        new = KINDS[kind](old, dice)
        if new.value != old.value:
            yield Mutation(kind, {old.place: new})


def outcome(disclosure: Disclosure, mutation: Mutation) -> Outcome:
    """What the gate says of the changed value."""
    changed = replaced(disclosure, mutation.changed)
    (place, new), *_ = mutation.changed.items()
    value = next(v for v in values_of(disclosure) if v.read.place == place)
    standing = judge(changed, Agreements(), ()).standings[place]
    return Outcome(mutation.kind, _result(standing), value.path, value.read.printed, new.printed)


def _result(standing: Standing) -> str:
    if standing.status is Status.REVIEW:
        return REVIEW
    if standing.status is not Status.ACCEPTED:
        return CAUGHT
    return ROUNDING if standing.tier == Tier.WITHIN_ROUNDING else ESCAPED


def main() -> int:
    """Prints the outcomes by kind, and each escape."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20250101)
    args = parser.parse_args()
    dice = random.Random(args.seed)  # noqa: S311 - a fixed seed, no secret
    documents = [
        (g.name, read_sections(read_layout(g.pdf.read_bytes(), g.name, Limits()))) for g in golden_documents()
    ]
    streams = [(name, disclosure, mutations(disclosure, dice)) for name, disclosure in documents]
    seen: Counter[tuple[str, str]] = Counter()
    for n in range(args.count):
        name, disclosure, stream = streams[n % len(streams)]
        found = outcome(disclosure, next(stream))
        seen[found.kind, found.result] += 1
        if found.result == ESCAPED:
            print(f"escaped: {name} {found.path} {found.kind}: {found.was} -> {found.now}")
    for kind in KINDS:
        print(kind, {result: seen[kind, result] for result in (CAUGHT, REVIEW, ROUNDING, ESCAPED)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
