"""The command line: `yusuan --help`.

Each group of commands is a module. A command imports what it needs when it runs (ruff's PLC0415 is off here):
to print the help, or the schema, neither the database nor PyMuPDF is loaded.
"""

import typer

from service.cli import reading, running, stored, upkeep
from service.garbage import collect_seldom

commands = typer.Typer(
    help="读取中国部门预算、决算公开 PDF，转成数据，并指出其自相矛盾之处。\n\n"
    "Reads Chinese budget disclosures (PDF) into data and says where they contradict themselves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _command in (
    reading.extract,
    stored.ingest,
    stored.reprocess,
    stored.demo,
    running.serve,
    running.worker,
    reading.findings,
    stored.export,
    stored.cost,
    upkeep.record,
    upkeep.doctor,
    upkeep.tiers,
    reading.schema,
):
    commands.command()(_command)


def main() -> None:
    """The console script."""
    collect_seldom()
    commands()
