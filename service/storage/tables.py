"""The tables. Rows are storage only: `mapping` turns them into records, nobody else sees them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Index
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

Json = dict[str, Any]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone of what it stores; here it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Puts the zone back where the database has none."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class DocumentRow(SQLModel, table=True):
    """A stored PDF and where it stands in the work."""

    __tablename__ = "document"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True, max_length=64)
    file_name: str = Field(max_length=255)
    size: int
    status: str = Field(index=True, max_length=16)
    error: str | None = Field(default=None, max_length=64)
    error_details: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    holder: str | None = Field(default=None, max_length=255)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class RunRow(SQLModel, table=True):
    """One reading of a document. The newest is the one in force."""

    __tablename__ = "extraction_run"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    pipeline_version: str = Field(max_length=64)
    schema_version: str = Field(max_length=16)
    decision: str = Field(max_length=16)
    heading: str
    issuer: str | None = Field(default=None, index=True)
    superior: str | None = Field(default=None, index=True)
    fiscal_year: int | None = None
    seconds: float
    created_at: datetime = Field(sa_type=UtcDateTime)
    extraction: Json = Field(sa_column=Column(JSON, nullable=False))


class ComparisonRow(SQLModel, table=True):
    """What was found of a document beside a relative of it; made anew when either is read."""

    __tablename__ = "comparison"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    relative_id: int = Field(foreign_key="document.id", index=True)
    kinship: str = Field(max_length=16)
    verdicts: Json = Field(sa_column=Column(JSON, nullable=False))
    findings: list[Json] = Field(sa_column=Column(JSON, nullable=False))


class CallRow(SQLModel, table=True):
    """One attempt to have a request answered by a model; begun before it is sent.

    `request` is the hash of the request, `document` the SHA-256 of what it is about (not stored, maybe).
    `response` is the answer as it came, `outcome` what was thought of it. Money is `picos` of a unit of the
    currency, 10⁻¹², so that it can be added up exactly; null where the price is unknown; `most` is what the
    call may cost at most. While it is on its way the request is `holder`'s alone, `until` then at the latest.
    `run` is the command, or the life of the server, that it belongs to.
    """

    __tablename__ = "llm_call"

    id: int | None = Field(default=None, primary_key=True)
    request: str = Field(index=True, max_length=64)
    document: str = Field(index=True, max_length=64)
    section: str = Field(max_length=64)
    prompt: str = Field(max_length=80)
    prompt_sha256: str = Field(max_length=64)
    provider: str = Field(max_length=64)
    model: str = Field(max_length=255)
    outcome: str = Field(max_length=16)
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    price: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    currency: str | None = Field(default=None, max_length=3)
    picos: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    most: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    seconds: float | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    holder: str = Field(default="", max_length=255)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    run: str = Field(default="", index=True, max_length=32)
    response: Json | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


class ReviewItemRow(SQLModel, table=True):
    """A value of a document's newest reading that needs a person.

    An index over that reading, made anew with it. `decision_id` is the decision in force on it, if any.
    """

    __tablename__ = "review_item"
    __table_args__ = (Index("ix_review_item_queue", "document_id", "position"),)

    id: str = Field(primary_key=True, max_length=32)
    document_id: int = Field(foreign_key="document.id")
    run_id: int = Field(foreign_key="extraction_run.id")
    position: int
    path: str
    label: str
    printed: str
    value: str | None = None
    status: str = Field(max_length=16)
    reason: str
    places: list[Json] = Field(sa_column=Column(JSON, nullable=False))
    decision_id: int | None = Field(default=None, foreign_key="review_decision.id", index=True)


class ReviewDecisionRow(SQLModel, table=True):
    """What a person decided on a value. Appended, never edited: an `undo` is a row of its own."""

    __tablename__ = "review_decision"

    id: int | None = Field(default=None, primary_key=True)
    item: str = Field(index=True, max_length=32)
    document_id: int = Field(foreign_key="document.id", index=True)
    run_id: int = Field(foreign_key="extraction_run.id")
    path: str
    printed: str
    action: str = Field(max_length=16)
    value: str | None = None
    note: str = ""
    who: str = Field(default="", max_length=100)
    created_at: datetime = Field(sa_type=UtcDateTime)
