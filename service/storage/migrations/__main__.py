"""Writes the next migration step: see the package."""

import sys

from alembic import command
from alembic.script import ScriptDirectory
from sqlmodel import create_engine

from service.storage.migrations import config, upgrade


def main() -> None:
    """Compares an empty database at the newest step with the tables and writes the difference."""
    if len(sys.argv) != 2:
        sys.exit('usage: python -m service.storage.migrations "what changes"')
    steps = len(list(ScriptDirectory.from_config(config()).walk_revisions()))
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        command.revision(
            config(connection), message=sys.argv[1], autogenerate=True, rev_id=f"{steps + 1:04d}"
        )


if __name__ == "__main__":
    main()
