"""The corridor, in order: layout, built-in readers, the model, checks, judgement, report.

Everything between the bytes and the extraction is pure; only `read_layout` and the model meet the outside.
"""

from extractors import sections
from extractors.layout.limits import Limits
from extractors.layout.read import read_layout
from extractors.model.document import Document
from extractors.model.facts import Disclosure
from extractors.registry import SectionReader, in_order, registered


def read_sections(document: Document) -> Disclosure:
    """What the built-in readers find in a document."""
    disclosure = Disclosure(document)
    for reader in in_order(registered(sections, SectionReader)):
        disclosure = reader.read(disclosure)
    return disclosure


def read_disclosure(data: bytes, file_name: str, limits: Limits) -> Disclosure:
    """A PDF's facts, unchecked. Raises a subclass of `UnreadableDocument`."""
    return read_sections(read_layout(data, file_name, limits))
