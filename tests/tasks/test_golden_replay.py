"""The whole task on a real document: PDF, request, recorded answer, facts. Replayed, without a network."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import respx

from extractors.agreement import combine
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.llm import prompts
from extractors.llm.client import connect
from extractors.llm.providers import provider
from extractors.llm.recorded import Replay, asked_of
from extractors.model.agreement import Accord
from extractors.model.document import Document
from extractors.model.evidence import Match
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections
from extractors.tasks.ask import Asked, ask_all
from tests.llm.server import URL, profile
from tests.tasks.values import not_found_in, values_of

ROOT = Path(__file__).parents[2]
PROMPTS = prompts.newest(ROOT / "prompts")
RECORDED = sorted(path.parent.parent.name for path in ROOT.glob("golden/*/responses/*.json"))


@cache
def _document(name: str) -> Document:
    return read_layout((ROOT / f"golden/{name}/document.pdf").read_bytes(), "document.pdf", Limits())


async def _replayed(document: Document, replay: Replay) -> Asked:
    name, model = asked_of(replay.folder)
    client = connect(profile(provider=provider(name), model=model))
    with respx.mock(assert_all_called=False) as endpoint:
        endpoint.post(f"{URL}/chat/completions").mock(side_effect=replay.answer)
        return await ask_all(document, client, PROMPTS)


@pytest.mark.parametrize("name", sorted(set(RECORDED)))
async def test_every_recording_is_asked_for_and_nothing_else(name: str) -> None:
    replay = Replay(ROOT / f"golden/{name}/responses")
    asked = await _replayed(_document(name), replay)
    assert asked.gaps == ()
    assert replay.unused() == (), f"delete these from golden/{name}/responses, or ask for them"


@pytest.fixture
def bazhou() -> Document:
    return _document("bazhou-2025")


@pytest.fixture
async def asked(bazhou: Document) -> Asked:
    return await _replayed(bazhou, Replay(ROOT / "golden/bazhou-2025/responses"))


async def test_three_projects_are_read_each_value_in_its_place(bazhou: Document, asked: Asked) -> None:
    amounts = [(p.amount.value, p.amount.unit) for p in asked.facts.projects if p.amount]
    assert amounts == [(Decimal("77.00"), "万元"), (Decimal("2.50"), "万元"), (Decimal("96.00"), "万元")]
    assert not_found_in(asked.facts) == []
    for value in values_of(asked.facts):
        assert "".join(e.text for e in value.place).replace("|", "") == value.printed.replace("|", "")
        assert all(e.match is Match.EXACT and e.page in (23, 24) for e in value.place)


async def test_a_misprinted_unit_is_read_as_printed(asked: Asked) -> None:
    office = asked.facts.projects[0].allocation_items[1]
    assert (office.item.printed, office.amount.value, office.amount.unit) == ("办公费", Decimal("6.08"), "元")


async def test_both_readers_together_leave_three_projects(bazhou: Document, asked: Asked) -> None:
    built_in: Disclosure = read_sections(bazhou)
    together, agreements = combine(built_in, asked)
    assert len(together.projects) == 3
    assert together.policy_refs == built_in.policy_refs
    for project in together.projects:
        assert project.amount is not None
        assert agreements.agree(project.amount.place)
        assert agreements.agree(project.name.place)
    assert {two.accord for two in agreements.compared} == {Accord.AGREE}
