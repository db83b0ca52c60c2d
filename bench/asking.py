"""What is asked of a model: calls and tokens, everything and only what is needed. No model is asked.

python -m bench.asking                 the golden documents: everything asked, then what is needed
python -m bench.asking some/folder     all PDFs below a folder

Tokens are those of `extractors.llm.tokens.tokens_of` (0.75 a CJK character, 0.40 any other). Of a document:
all its words. Of a request: instruction, text and schema as they go over the wire. `unique` is the share of
the document's characters that is sent at all, `times` how often one is sent at most, `input` all tokens of
all requests over those of the document. How long that takes: `bench.model`.
"""

import argparse
import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx

from bench.golden import GOLDEN
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.llm.client import ModelClient, Profile, connect
from extractors.llm.prompts import Prompt, newest
from extractors.llm.tokens import tokens_of
from extractors.model.evidence import Place
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections, unsettled_in
from extractors.tasks.ask import ask_all, pieces_to_ask

_NUMBER = re.compile(r"^\[(\d+)\] ", re.MULTILINE)
_PROMPTS = Path(__file__).parent.parent / "prompts"

Body = Mapping[str, Any]


@dataclass
class StandIn(httpx.AsyncBaseTransport):
    """Answers every request in its schema, with nothing said; keeps the requests."""

    bodies: list[Body] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer."""
        body: Body = json.loads(await request.aread())
        self.bodies.append(body)
        content = json.dumps(_nothing(body), ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        answer = {
            "id": "stand-in",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        }
        return httpx.Response(200, json=answer, request=request)

    def client(self) -> ModelClient:
        """A client whose network is this."""
        profile = Profile("http://stand-in.invalid/v1", "stand-in", "none")
        return connect(profile, httpx.AsyncClient(transport=self))


def _schema(body: Body) -> Body:
    schema: Body = body["response_format"]["json_schema"]["schema"]
    return schema


def _nothing(body: Body) -> Any:
    """The least that the schema of a request allows: one empty item for each number of the text."""
    schema = _schema(body)
    numbers = [int(number) for number in _NUMBER.findall(body["messages"][-1]["content"])]
    ((name, described),) = schema["properties"].items()
    item = _resolved(described["items"], schema)
    if "n" not in item["properties"]:
        return {name: []}
    return {name: [{**_least(item, schema), "n": number} for number in numbers]}


def _least(described: Body, schema: Body) -> Any:
    described = _resolved(described, schema)
    if described["type"] == "object":
        needed = described.get("required", ())
        return {name: _least(described["properties"][name], schema) for name in needed}
    kinds = {"array": [], "integer": 1, "string": "无"}
    return described["enum"][0] if "enum" in described else kinds[described["type"]]


def _resolved(described: Body, schema: Body) -> Body:
    name = described.get("$ref", "").rpartition("/")[2]
    found: Body = schema["$defs"][name] if name else described
    return found


@dataclass(frozen=True, slots=True)
class Cost:
    """What asking about one document comes to; shares of the document's tokens and characters."""

    calls: int
    unique: Fraction
    times: int
    input: Fraction


def cost(disclosure: Disclosure, unsettled: frozenset[Place] | None = None) -> Cost:
    """What is sent for a document: everything, or only what is needed."""
    stand_in = StandIn()
    asyncio.run(ask_all(disclosure, stand_in.client(), _prompts(), unsettled))
    sent = Counter(_characters(disclosure, unsettled))
    words = "".join(word.text for page in disclosure.document.pages for word in page.words)
    return Cost(
        calls=len(stand_in.bodies),
        unique=Fraction(len(sent), max(1, len(words))),
        times=max(sent.values(), default=0),
        input=Fraction(sum(map(_tokens, stand_in.bodies)), max(1, tokens_of(words))),
    )


def _prompts() -> Mapping[str, Prompt]:
    return newest(_PROMPTS)


def _tokens(body: Body) -> int:
    said = sum(tokens_of(message["content"]) for message in body["messages"])
    return said + tokens_of(json.dumps(_schema(body), ensure_ascii=False, separators=(",", ":")))


def _characters(disclosure: Disclosure, unsettled: frozenset[Place] | None) -> Iterator[tuple[Any, ...]]:
    """The place of each character of the document that is sent, once for each time that it is."""
    for _, piece in pieces_to_ask(disclosure, unsettled):
        for unit in piece.units:
            for character in unit.passage.characters:
                yield character.page, *(round(edge, 1) for edge in character.box)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line for each document and setting."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.asking",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", nargs="?", type=Path, default=GOLDEN)
    parser.add_argument(
        "--delay", type=float, help="seconds that a call takes; without it time is not measured"
    )
    chosen = parser.parse_args(arguments)
    print("| document | asked | calls | unique | times | input |")
    print("|---|---|---|---|---|---|")
    for path in sorted(chosen.folder.rglob("*.pdf")):
        disclosure = read_sections(read_layout(path.read_bytes(), path.name, Limits()))
        for setting, unsettled in (("full", None), ("needed", unsettled_in(disclosure))):
            found = cost(disclosure, unsettled)
            figures = f"{found.calls} | {float(found.unique):.2f} | {found.times} | {float(found.input):.2f}"
            print(f"| {path.parent.name} | {setting} | {figures} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
