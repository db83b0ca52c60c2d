"""All tasks on real documents: PDF, requests, recorded answers, facts. Replayed, without a network."""

from pathlib import Path

import respx

from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.llm import prompts
from extractors.llm.client import connect
from extractors.llm.providers import provider
from extractors.llm.recorded import Replay, asked_of
from extractors.model.facts import Disclosure
from extractors.pipeline import read_sections
from extractors.tasks.ask import Asked, ask_all
from tests.llm.server import URL, profile

ROOT = Path(__file__).parents[2]
PROMPTS = prompts.newest(ROOT / "prompts")
RECORDED = sorted(path.parent for path in ROOT.glob("golden/*/document.pdf"))


def _read(folder: Path) -> Disclosure:
    return read_sections(read_layout((folder / "document.pdf").read_bytes(), "document.pdf", Limits()))


async def _replayed(disclosure: Disclosure, replay: Replay) -> Asked:
    name, model = asked_of(replay.folder)
    client = connect(profile(provider=provider(name), model=model))
    with respx.mock(assert_all_called=False) as endpoint:
        endpoint.post(f"{URL}/chat/completions").mock(side_effect=replay.answer)
        return await ask_all(disclosure, client, PROMPTS)


async def test_every_recording_is_asked_for_and_nothing_else() -> None:
    for folder in RECORDED:
        replay = Replay(folder / "responses")
        asked = await _replayed(_read(folder), replay)
        assert asked.gaps == ()
        assert replay.unused() == (), f"delete these from {folder.name}/responses, or ask for them"
