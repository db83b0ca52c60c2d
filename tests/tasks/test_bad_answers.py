"""Answers as bad as models give them: none ends in an accepted value that the document does not print there.

The good answers are those of a model that says what the built-in reader read. Each is spoilt in one way, in
every place where that can be done at once; then both readings are put together and judged.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from bench.golden import golden_documents
from extractors.agreement import combine
from extractors.agreement.compare import meaning
from extractors.checking.values import values_of
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.errors import ReplyRejected
from extractors.model.evidence import Place, Reader
from extractors.model.facts import Disclosure
from extractors.model.findings import Status
from extractors.pipeline import judge, read_sections
from extractors.tasks.ask import Asked
from extractors.tasks.task import ModelFacts, Piece, Task, all_tasks
from tests.tasks.echo import echo

Spoil = Callable[[str], Iterator[str]]
NAMES = ["hejing-2025", "heshuo-2024"]


@cache
def read(name: str) -> Disclosure:
    """What the built-in reader reads."""
    (document,) = (d for d in golden_documents() if d.name == name)
    return read_sections(read_layout(document.pdf.read_bytes(), "document.pdf", Limits()))


def _texts(change: Callable[[str], str]) -> Spoil:
    """Every string changed."""

    def spoilt(thing: Any) -> Any:
        if isinstance(thing, str):
            return change(thing)
        if isinstance(thing, list):
            return [spoilt(part) for part in thing]
        if isinstance(thing, dict):
            return {key: spoilt(value) if key != "about" else value for key, value in thing.items()}
        return thing

    return lambda reply: iter([json.dumps(spoilt(json.loads(reply)), ensure_ascii=False)])


def _digit(text: str) -> str:
    """Its last digit one more."""
    for at in range(len(text) - 1, -1, -1):
        if text[at].isascii() and text[at].isdigit():
            return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
    return text


def _unit(text: str) -> str:
    return text.replace("万元", "元") if "万元" in text else text.replace("元", "万元")


def _paraphrased(text: str) -> str:
    return f"{text[:2]}之{text[2:]}" if len(text) > 4 else text


def _misprinted(text: str) -> str:
    return text.replace("财", "材").replace("〔20", "〔21").replace("[20", "[21")


def _rows(reply: str) -> tuple[str, list[Any]]:
    ((key, rows),) = json.loads(reply).items()
    return key, rows


def _dropped(reply: str) -> Iterator[str]:
    """Without the last part, then with all parts but without the last fact of each."""
    key, rows = _rows(reply)
    yield json.dumps({key: rows[:-1]})
    for row in rows:
        for name, value in row.items():
            row[name] = value[:-1] if isinstance(value, list) else value
    yield json.dumps({key: rows}, ensure_ascii=False)


def _invented(reply: str) -> Iterator[str]:
    """With a part too many, then with a fact too many in each part: known words, another's figure."""
    key, rows = _rows(reply)
    yield json.dumps({key: [*rows, *({**row, "n": len(rows) + 1} for row in rows[-1:])]}, ensure_ascii=False)
    facts = [fact for row in rows for fact in row.get("facts", [])]
    figures = [fact["amount"] for fact in facts if "amount" in fact]
    for row in rows:
        if row.get("facts"):
            known = row["facts"][0]["subject"]
            row["facts"].append({"subject": known, "amount": figures[-1]})
            row["facts"].append({"subject": "其他", "amount": "99.99万元"})
    yield json.dumps({key: rows}, ensure_ascii=False)


def _swapped(reply: str) -> Iterator[str]:
    """Each fact with the figures of the next one of its part, each share as the amount."""
    key, rows = _rows(reply)
    for row in rows:
        facts = row.get("facts", [])
        amounts = [fact.get("amount") for fact in facts]
        for fact, amount in zip(facts, amounts[1:] + amounts[:1], strict=True):
            fact["amount"] = fact.get("share") or amount
    yield json.dumps({key: rows}, ensure_ascii=False)


def _cut(reply: str) -> Iterator[str]:
    yield reply[: len(reply) // 2]


SPOILS: dict[str, Spoil] = {
    "digit-changed": _texts(_digit),
    "unit-swapped": _texts(_unit),
    "quote-paraphrased": _texts(_paraphrased),
    "reference-misprinted": _texts(_misprinted),
    "row-dropped": _dropped,
    "row-invented": _invented,
    "figures-swapped": _swapped,
    "cut-off": _cut,
    "zero-as-told": _texts(lambda text: "0万元" if any(c.isdigit() for c in text) else text),
}


def _facts(task: Task[Any], piece: Piece, reply: str) -> ModelFacts:
    """What the task takes from a reply; nothing from one that it refuses."""
    try:
        return task.to_facts(task.reply.model_validate_json(reply), piece)
    except (ValidationError, ReplyRejected):
        return ModelFacts()


def _said(disclosure: Disclosure, spoil: Spoil) -> Iterator[ModelFacts]:
    """What comes of the spoilt answers, each way of spoiling a document on its own."""
    pieces = [(task, piece) for task in all_tasks() for piece in task.pieces(disclosure)]
    spoilt = [list(spoil(echo(task.name, piece, disclosure))) for task, piece in pieces]
    for way in range(max(map(len, spoilt))):
        replies = (answers[min(way, len(answers) - 1)] for answers in spoilt)
        facts = (_facts(*asked, reply) for asked, reply in zip(pieces, replies, strict=True))
        yield sum(facts, ModelFacts())


def _accepted(disclosure: Disclosure, facts: ModelFacts) -> Iterator[tuple[Place, object, Reader]]:
    """Every accepted value of both readings together."""
    everything = frozenset(task.name for task in all_tasks())
    together, agreements = combine(disclosure, Asked(facts=facts, answered=everything))
    standings = judge(together, agreements, ()).standings
    for value in values_of(together):
        if standings[value.read.place].status is Status.ACCEPTED:
            yield value.read.place, meaning(value.read), value.read.reader


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_no_wrong_value_is_accepted(name: str, spoil: Spoil) -> None:
    disclosure = read(name)
    printed = {(value.read.place, meaning(value.read)) for value in values_of(disclosure)}
    for facts in _said(disclosure, spoil):
        accepted = list(_accepted(disclosure, facts))
        assert len(accepted) > 100
        assert [entry for entry in accepted if entry[:2] not in printed] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_good_answers_prove_more(name: str) -> None:
    """The same without spoiling: values that nobody could prove are accepted, because two readers agree."""
    disclosure = read(name)
    (facts,) = _said(disclosure, lambda reply: iter([reply]))
    alone = len(list(_accepted(disclosure, ModelFacts())))
    assert len(list(_accepted(disclosure, facts))) > alone
