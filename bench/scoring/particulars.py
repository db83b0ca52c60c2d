"""The document's own particulars and its staffing."""

from bench.scoring.pairing import Item
from bench.scoring.tally import Tally
from bench.scoring.text import same

_FIELDS = ("issuer", "fiscal_year", "kind", "published_on")


def score_particulars(extraction: Item, truth: Item) -> Tally:
    """Issuer, year, kind, date and each count of staff."""
    tally = Tally()
    document = extraction.get("document") or {}
    staffing = extraction.get("staffing") or {}
    expected = [(name, truth.get(name), document.get(name)) for name in _FIELDS]
    expected += [(f"staffing {k}", v, staffing.get(k)) for k, v in (truth.get("staffing") or {}).items()]
    for name, printed, read in expected:
        if printed is not None:
            tally.add(ok=same(printed, read), miss=f"{name}: printed {printed}, read {read}")
    tally.given = tally.expected
    return tally
