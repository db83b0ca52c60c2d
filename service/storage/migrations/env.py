"""Alembic runs this for every command; the connection comes from `config()`."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy.types import TypeDecorator

from service.storage.tables import DocumentRow


def plain_types(kind: str, thing: Any, _: object) -> str | Literal[False]:
    """Writes down the database's own type of a column: a step must not change when our types do."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        bare = thing.impl_instance
        length = f"length={bare.length}" if isinstance(bare, sa.String) and bare.length else ""
        return "sa.DateTime(timezone=True)" if isinstance(bare, sa.DateTime) else f"sa.String({length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=DocumentRow.metadata,
    render_as_batch=True,
    render_item=plain_types,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
