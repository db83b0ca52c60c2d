"""Which variants there are: every family in every producer that can set it, the rest of the look by dice."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from bench.variants.content import Sheet, corpus, in_yuan, with_flat_header
from bench.variants.looks import PRODUCERS, Look, Producer, Rules, Scan, Variant

RULED, UNRULED, SCANNED = "ruled", "unruled", "scanned"

_SIZES = (8.0, 9.0, 10.5, 12.0, 14.0, 16.0)
_SHEETS = 3
_LONG = 20  # rows
_LARGE = 14.0
_STORY_RULES: tuple[Rules, ...] = ("thin", "thick", "filled", "across", "none")


@dataclass(frozen=True)
class Family:
    """Variants that have one trait in common; `look` sets it, everything else is left to the dice."""

    name: str
    kind: str
    look: Mapping[str, Any]
    producers: tuple[Producer, ...] = PRODUCERS
    is_long: bool = False
    in_yuan: bool = False


def _rules(rules: Rules, kind: str = RULED) -> Family:
    producers = PRODUCERS if rules in _STORY_RULES else tuple(p for p in PRODUCERS if p != "story")
    return Family(_NAMES[rules], kind, {"rules": rules}, producers)


_NAMES: Mapping[Rules, str] = {
    "thin": "thin rules",
    "thick": "thick rules",
    "double": "double rules",
    "dashed": "dashed rules",
    "cells": "a rectangle for each cell",
    "filled": "rules and fills",
    "white": "white rules on fills",
    "one_path": "hairlines",
    "open": "no rules left and right",
    "inner": "no outer rules",
    "fills": "fills, no rules",
    "across": "no rules down",
    "three_line": "three lines",
    "none": "no rules",
}
_UNRULED: tuple[Rules, ...] = ("across", "three_line", "none")
_BREAKING: tuple[Producer, ...] = ("drawn", "reportlab", "chromium", "writer", "calc")

FAMILIES: tuple[Family, ...] = (
    *(_rules(rules) for rules in get_args(Rules) if rules not in _UNRULED),
    Family("turned by /Rotate", RULED, {"turn": (90, 180, 270)}),
    Family("shown sideways", RULED, {"sideways": (90, 270)}),
    Family("header repeated", RULED, {"repeats_header": True, "size": _LARGE}, _BREAKING, is_long=True),
    Family("header not repeated", RULED, {"repeats_header": False, "size": _LARGE}, is_long=True),
    Family("rows cut by the page", RULED, {"splits_rows": True, "size": 16.0}, _BREAKING, is_long=True),
    Family("title inside the grid", RULED, {"title_inside": True}),
    Family("in 元", RULED, {"rules": ("thin", "double", "open")}, in_yuan=True),
    *(_rules(rules, UNRULED) for rules in _UNRULED),
    Family("scan, 200 dpi", SCANNED, {"scan": Scan(200, 0.3, 4.0)}, ("drawn", "chromium")),
    Family("scan, 150 dpi, skew, noise", SCANNED, {"scan": Scan(150, 0.8, 12.0)}, ("drawn", "chromium")),
)


def plan(
    each: int, producers: Sequence[Producer] = PRODUCERS, families: Sequence[Family] = FAMILIES
) -> Iterator[Variant]:
    """`each` variants of each family in each producer; the same ones every time."""
    for family in families:
        for producer in family.producers:
            for number in range(each):
                if producer in producers:
                    yield _variant(family, producer, number)


def _variant(family: Family, producer: Producer, number: int) -> Variant:
    name = f"{family.name}-{producer}-{number}".replace(" ", "_").replace("/", "").replace(",", "")
    dice = random.Random(name)  # noqa: S311 - the same variants every time
    look: dict[str, Any] = {
        "rules": "filled" if dice.random() < 0.2 else "thin",
        "size": dice.choice(_SIZES),
        "font": dice.randrange(3),
        "landscape": dice.random() < 0.25,
        "number_row": dice.random() < 0.3,
        "centred": dice.random() < 0.2,
        "repeats_header": dice.random() < 0.5,
        "splits_rows": dice.random() < 0.2,
    }
    for trait, value in family.look.items():
        is_choice = isinstance(value, tuple) and not isinstance(value, Scan)
        look[trait] = value[number % len(value)] if is_choice else value
    is_yuan = family.in_yuan or dice.random() < 0.1
    thousands = dice.random() < 0.5
    sheets = _sheets(dice, is_long=family.is_long)
    if is_yuan:
        sheets = tuple(in_yuan(sheet, thousands=thousands) for sheet in sheets)
    if producer == "story":  # it draws no merged cells
        sheets = tuple(map(with_flat_header, sheets))
    return Variant(name, family.name, Look(producer, **look), sheets)


def _sheets(dice: random.Random, *, is_long: bool) -> tuple[Sheet, ...]:
    """A few tables of one document, in their order."""
    tables = [sheet for sheet in dice.choice(corpus()) if not is_long or len(sheet.rows) >= _LONG]
    chosen = dice.sample(range(len(tables)), min(_SHEETS, len(tables)))
    return tuple(tables[index] for index in sorted(chosen))
