"""The database schema, step by step (Alembic). `versions` holds one module for each step.

A new step, after changing `tables.py`:

    python -m service.storage.migrations "what changes"

compares the tables with a database at the newest step and writes the difference; read it before you commit.
"""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from service.storage.errors import SchemaNotCurrent

# Any number will do, as long as nobody else takes the same advisory lock in the same database.
_LOCK = 0x79757375616E


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", "service.storage:migrations")
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest version, inside the caller's transaction.

    On SQLite that transaction holds the write lock; PostgreSQL is asked for a lock of ours.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(config(connection), "head")


def check(connection: Connection) -> None:
    """Raises `SchemaNotCurrent` where the schema is not at the newest version."""
    wanted = ScriptDirectory.from_config(config()).get_current_head()
    found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        raise SchemaNotCurrent(found=found or "-", wanted=wanted)
