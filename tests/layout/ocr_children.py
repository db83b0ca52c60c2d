"""What a child process may do instead of reading pictures. Light to import: each child does so anew."""

import os
import time
from multiprocessing.connection import Connection

from extractors.layout.ocr import Scan, SeenText
from extractors.model.evidence import Box


def says_who(connection: Connection) -> None:
    """Answers with the number of its process."""
    connection.send("ready")
    while True:
        connection.recv()
        connection.send(Scan(texts=(SeenText(Box(0, 0, 1, 1), str(os.getpid()), 1.0),)))


def dies_at_the_picture(connection: Connection) -> None:
    connection.send("ready")
    connection.recv()
    os._exit(9)


def dies_at_once(connection: Connection) -> None:
    os._exit(9)


def falls_asleep(connection: Connection) -> None:
    connection.send("ready")
    connection.recv()
    time.sleep(600)


def never_ready(connection: Connection) -> None:
    time.sleep(600)


def answers_nonsense(connection: Connection) -> None:
    connection.send("ready")
    connection.recv()
    connection.send(None)
