"""A program that asks a model one question and writes it into the books. Light to import: a child does."""

import asyncio
import os
import time
from pathlib import Path

from extractors.llm.client import Question, Usage, connect
from extractors.llm.prompts import Prompt
from extractors.tasks.reading import Reply
from service.jobs.ledger import StoredLedger
from service.storage.database import Database
from tests.llm.server import profile


class Answer(Reply):
    """A small reply."""

    amount: str


GOOD = {"amount": "77.00万元"}
QUESTION = Question(
    Prompt("cover", 1, "试", "照抄。\n", "ab" * 32), "预算77.00万元", Answer, document="d" * 64
)


def ask_at_the_same_time(books: str, server: str, started: Path, programs: int) -> list[Usage]:
    """Waits for the other programs, then asks; what was booked."""
    (started / str(os.getpid())).touch()
    while len(list(started.iterdir())) < programs:
        time.sleep(0.002)
    return asyncio.run(_ask(Database(books), server))


async def _ask(database: Database, server: str) -> list[Usage]:
    client = connect(profile(base_url=server), ledger=StoredLedger(database))
    booked: list[Usage] = []
    await client.ask(QUESTION, booked.append)
    await client.close()
    return booked
