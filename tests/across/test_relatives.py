"""What of a stored reading takes part in checks between documents."""

from extractors.relatives import column_of
from tests.across.stored import reading_of


def test_of_two_years_the_column_of_the_documents_own() -> None:
    rows = [["合计", "90.00", "98.76"]]
    table = {"kind": "general_public_expenditure", "unit": "万元", "rows": rows}
    table["header"] = ["科目名称", "2023年预算数", "2024年预算数"]
    (read,) = reading_of({"tables": [table]}, "2024.pdf").tables
    assert column_of(read, "total") == 2
