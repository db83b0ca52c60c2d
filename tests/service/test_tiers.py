"""The accuracy that is asked for: the setting, the command, the table that people's decisions add to."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from extractors.checking.tiers import Observed, Tier, observations_in, observed_on_golden
from service.cli import commands
from service.jobs.office import Office
from service.jobs.review import decide
from service.jobs.tiers import reviewed
from service.settings import Settings
from service.storage.records import Action, NewDecision
from tests.service.test_cli import HEJING


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def settled(office: Office, *actions: tuple[Action, str | None]) -> None:
    """Stores a document and decides on its first open values."""
    document = office.intake.take_path(HEJING).document
    assert office.runner.run(document).error is None
    with office.database.reading() as work:
        items = work.reviews.queue((0, -1), len(actions))
    for item, (action, value) in zip(items, actions, strict=True):
        decide(office.database, NewDecision(item.value.id, action, item.version, value or None))


def test_the_command_shows_sample_interval_and_what_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_LANG", "en")
    loose = run("tiers").stdout
    monkeypatch.setenv("YUSUAN_ACCURACY_TARGET", "0.99999")
    strict = run("tiers").stdout
    [line] = [line for line in strict.splitlines() if line.startswith("proven-twice")]
    seen = observed_on_golden()[Tier.PROVEN_TWICE]
    assert line.split()[1:3] == [str(seen.values), str(seen.wrong)]
    assert line.split()[-1] == "review"
    assert "proven-twice" in loose
    assert "No accuracy is asked for" in loose
    assert "Asked for: 99.999%" in strict
    assert "0% of the values are accepted" in strict


def test_a_target_sends_tiers_to_review_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUSUAN_ACCURACY_TARGET", "0.99999")
    decision = json.loads(run("extract", HEJING, "--json").stdout)["decision"]
    assert decision["status"] == "review"
    assert any("证据等级 proven-twice 未达到所要求的准确率 99.999%：观察" in r for r in decision["reasons"])


@pytest.mark.parametrize("target", ["0", "1", "1.5", "most"])
def test_a_target_is_a_share(monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    monkeypatch.setenv("YUSUAN_ACCURACY_TARGET", target)
    result = run("tiers")
    assert result.exit_code == 2
    assert "YUSUAN_ACCURACY_TARGET" in result.stderr


def test_decisions_are_counted_by_the_tier_of_what_they_judge(office: Office) -> None:
    settled(
        office,
        (Action.ACCEPT, None),
        (Action.CORRECT, "1.23"),
        (Action.PRINTED_SO, None),
        (Action.UNREADABLE, None),
    )
    found = reviewed(office.database)
    assert sum(one.values for one in found.values()) == 3
    assert sum(one.wrong for one in found.values()) == 1
    assert {tier for tier, one in found.items() if one.values} <= {Tier.UNPROVEN, Tier.DOUBTED}


def test_what_is_taken_back_is_not_counted(office: Office) -> None:
    settled(office, (Action.ACCEPT, None))
    with office.database.reading() as work:
        [decision] = work.reviews.in_force(1).values()
    decide(office.database, NewDecision(decision.item, Action.UNDO, decision.id))
    assert set(reviewed(office.database).values()) == {Observed(0, 0)}


def test_the_table_with_reviews_can_be_put_in_force(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(office, (Action.ACCEPT, None))
    monkeypatch.setenv("YUSUAN_DATA_DIR", str(office.settings.data_dir))
    out = tmp_path / "tiers.toml"
    assert run("tiers", "--reviewed", "--out", out).exit_code == 0
    golden, now = observed_on_golden(), observations_in(out.read_text(encoding="utf-8"))
    assert sum(one.values for one in now.values()) == sum(one.values for one in golden.values()) + 1
    settings = Settings(_env_file=None, tiers_file=out, accuracy_target=Decimal("0.9"))
    assert settings.trust.observed == now
    assert settings.trust.target == Decimal("0.9")


@pytest.mark.parametrize("content", [None, "nonsense"])
def test_a_table_that_is_none_is_said_at_the_start(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "tiers.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ValidationError, match="tiers_file"):
        Settings(_env_file=None, tiers_file=path)
