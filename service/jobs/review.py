"""Taking a person's decision on a value."""

import re
import unicodedata
from dataclasses import replace

from service.jobs.errors import BadDecision, NoSuchItem, StaleDecision
from service.storage.database import Database
from service.storage.records import Action, NewDecision, ReviewDecision, ReviewItem

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


def decide(database: Database, decision: NewDecision) -> tuple[ReviewItem, ReviewDecision]:
    """Appends the decision. Raises `NoSuchItem`, `StaleDecision` or `BadDecision`."""
    with database.writing() as work:
        item = work.reviews.get(decision.item, to_decide=True)
        if item is None:
            raise NoSuchItem
        if item.version != decision.version:
            raise StaleDecision
        return item, work.reviews.decide(item, _checked(item, decision))


def _checked(item: ReviewItem, decision: NewDecision) -> NewDecision:
    if decision.action is Action.UNDO and item.decision_id is None:
        raise BadDecision(reason="这一项还没有处理，无可撤销。 (nothing to undo)")
    if decision.action is not Action.CORRECT:
        if decision.value:
            raise BadDecision(
                reason="填写了正确的值，请按“更正”；要接受读数，请清空它。 (only `correct` takes a value)"
            )
        return replace(decision, value=None)
    value = (decision.value or "").strip()
    if not value:
        raise BadDecision(reason="更正需要填写正确的值。 (`correct` needs a value)")
    if _DECIMAL.fullmatch(item.value.value or ""):
        value = _as_decimal(value)
    return replace(decision, value=value)


def _as_decimal(text: str) -> str:
    """The number as we write it: thousands separators and full-width forms gone."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").replace(" ", "")
    if not _DECIMAL.fullmatch(plain):
        raise BadDecision(reason=f"“{text}”不是数字。 (not a number)")
    return plain
