"""Puts the parts together: one set of settings, one database, one reader."""

from dataclasses import dataclass

from service.jobs.intake import Intake
from service.jobs.reading import Reader
from service.jobs.runner import Runner
from service.settings import Settings
from service.storage.database import Database
from service.storage.files import Files


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that works on documents; commands and the server each open one."""

    settings: Settings
    database: Database
    files: Files
    reader: Reader
    intake: Intake
    runner: Runner


def open_office(settings: Settings, reader: Reader) -> Office:
    """Makes the folders and brings the database up to date. Raises what stands in the way."""
    files = Files(settings.data_dir)
    files.check()
    database = Database(settings.database)
    database.upgrade()
    intake = Intake(database, files, reader, settings.limits)
    return Office(settings, database, files, reader, intake, Runner(database, files, reader))
