"""Projects with their policy references, performance forms with their indicators: field by field."""

from collections.abc import Callable, Sequence

from bench.scoring.pairing import NOTHING, Item, paired
from bench.scoring.tally import Tally
from bench.scoring.text import likeness, same, says, squash

_PROJECT = ("name", "policy_basis", "amount", "responsible", "allocation", "start", "end")
_FORM = ("scope", "name", "goal", "total", "fiscal", "other")
_INDICATOR = (
    "level1",
    "level2",
    "level3",
    "printed",
    "operator",
    "value",
    "unit",
    "basis",
    "last_year",
    "weight",
    "scoring",
    "evidence_required",
)
_ITEM_ALIKE = 0.5


def score_projects(extraction: Item, truth: Item) -> Tally:
    """The fields of each project and the items of its allocation."""
    projects: Sequence[Item] = extraction.get("projects") or ()
    tally = _fields(truth["projects"], projects, _name_likeness, _PROJECT, "project")
    for project, reading in paired(truth["projects"], projects, _name_likeness):
        items: Sequence[Item] = (reading or NOTHING).get("allocation_items") or ()
        tally.given += len(items)
        for item in project.get("allocation_items") or ():
            label = (
                f"project {squash(project['name'])[:20]} allocation {item.get('item')} {item.get('amount')}"
            )
            tally.add(ok=any(_is_item(item, other) for other in items), miss=label)
    return tally


def score_refs(extraction: Item, truth: Item) -> Tally:
    """Policy references of the projects, by canonical number."""
    wanted, given = _canonical_numbers(truth), _canonical_numbers(extraction)
    tally = Tally(given=len(given))
    for canonical in sorted(wanted):
        tally.add(ok=canonical in given, miss=f"policy reference {canonical}")
    return tally


def score_forms(extraction: Item, truth: Item) -> tuple[Tally, Tally]:
    """The head fields of the performance forms, and the fields of their indicators."""
    readings: Sequence[Item] = extraction.get("indicator_tables") or ()
    forms = Tally(given=_given(readings, _FORM))
    # Every indicator that is given counts, also those of a form that the truth does not have.
    indicators = Tally(given=sum(_given(reading.get("indicators") or (), _INDICATOR) for reading in readings))
    for form, reading in paired(truth["indicator_tables"], readings, _form_likeness):
        label = f"form {squash(form.get('name') or form['scope'])[:16]}"
        _fields_of_one(form, reading, _FORM, label, forms)
        rows: Sequence[Item] = (reading or NOTHING).get("indicators") or ()
        for indicator, row in paired(form["indicators"], rows, _level3_likeness):
            _fields_of_one(
                indicator, row, _INDICATOR, f"{label}: {squash(indicator.get('level3'))[:24]}", indicators
            )
    return forms, indicators


def _given(items: Sequence[Item], names: Sequence[str]) -> int:
    return sum(1 for item in items for name in names if squash(item.get(name)))


def _fields(
    truths: Sequence[Item],
    readings: Sequence[Item],
    alike: Callable[[Item, Item], float],
    names: Sequence[str],
    kind: str,
) -> Tally:
    tally = Tally(given=_given(readings, names))
    for truth, reading in paired(truths, readings, alike):
        _fields_of_one(truth, reading, names, f"{kind} {squash(truth.get('name'))[:24]}", tally)
    return tally


def _fields_of_one(truth: Item, reading: Item | None, names: Sequence[str], label: str, tally: Tally) -> None:
    for name in names:
        printed = truth.get(name)
        if printed is None:
            continue
        read = (reading or NOTHING).get(name)
        tally.add(
            ok=reading is not None and says(printed, read),
            miss=f"{label} {name}: printed {squash(printed)[:40]}, read {squash(read)[:40] or 'nothing'}",
        )


def _name_likeness(truth: Item, reading: Item) -> float:
    return likeness(truth["name"], reading.get("name"))


def _level3_likeness(truth: Item, reading: Item) -> float:
    return likeness(truth["level3"], reading.get("level3"))


def _form_likeness(truth: Item, reading: Item) -> float:
    wanted = {squash(indicator["level3"]) for indicator in truth["indicators"]}
    read = {squash(indicator.get("level3")) for indicator in reading.get("indicators") or ()}
    shared = len(wanted & read) / max(1, len(truth["indicators"]))
    names = likeness(truth.get("name") or truth["scope"], reading.get("name") or reading.get("scope"))
    return 0.4 * names + 0.6 * shared


def _is_item(item: Item, other: Item) -> bool:
    if not same(item.get("amount"), other.get("amount")):
        return False
    return not item.get("item") or likeness(item["item"], other.get("item")) >= _ITEM_ALIKE


def _canonical_numbers(document: Item) -> set[str]:
    projects: Sequence[Item] = document.get("projects") or ()
    numbers = (squash(ref.get("canonical")) for p in projects for ref in p.get("policy_refs") or ())
    return {canonical for canonical in numbers if canonical}
