"""What the dictionaries of a PDF say of a page, and of the document.

Mostly by MuPDF's functions as they are, which lend what they give: those that wrap each object take three
times as long, and every page is asked.
"""

from typing import Any, NamedTuple

import pymupdf


class Entries(NamedTuple):
    """What the dictionary of a page has: whether /Rotate; whether images or forms among its resources, which
    few pages have, and to list them takes a while; how long its content is as it stands in the file.
    """

    rotates: bool
    shows_objects: bool
    packed: int


def entries_of(page: pymupdf.Page) -> Entries:
    """What is asked of every page."""
    raw = pymupdf.mupdf
    dictionary = _own(page).obj
    return Entries(
        bool(raw.ll_pdf_to_int(raw.ll_pdf_dict_gets_inheritable(dictionary, "Rotate"))),
        bool(_named(_resources(page), "XObject")),
        _packed(raw.ll_pdf_dict_gets(dictionary, "Contents")),
    )


def font_numbers(page: pymupdf.Page) -> list[int] | None:
    """The numbers of what a page names as fonts; None where forms that it shows may name more."""
    resources = _resources(page)
    if _named(resources, "XObject"):
        return None
    return [pymupdf.mupdf.ll_pdf_to_num(font) for font in _named(resources, "Font")]


def names_replacements(page: pymupdf.Page) -> bool:
    """Whether a text in place of print is among what the page, or a form that it shows, has by name."""
    raw = pymupdf.mupdf
    seen: set[int] = set()
    left = [_resources(page)]
    while left:
        resources = left.pop()
        if any(raw.ll_pdf_dict_gets(named, "ActualText") for named in _named(resources, "Properties")):
            return True
        forms = {raw.ll_pdf_to_num(form): form for form in _named(resources, "XObject")}
        left += [raw.ll_pdf_dict_gets(form, "Resources") for n, form in forms.items() if n not in seen]
        seen.update(forms)
    return False


def _own(page: pymupdf.Page) -> Any:
    return pymupdf.mupdf.ll_pdf_page_from_fz_page(page.this.m_internal)


def _resources(page: pymupdf.Page) -> Any:
    return pymupdf.mupdf.ll_pdf_page_resources(_own(page))


def _named(resources: Any, kind: str) -> list[Any]:
    """What is named in a dictionary of resources as of a kind."""
    raw = pymupdf.mupdf
    named = raw.ll_pdf_dict_gets(resources, kind)
    return [raw.ll_pdf_dict_get_val(named, index) for index in range(raw.ll_pdf_dict_len(named))]


def _packed(contents: Any) -> int:
    """The length of a stream, or of those in an array. Where /Length says too little, MuPDF reads on."""
    raw = pymupdf.mupdf
    parts = [raw.ll_pdf_array_get(contents, index) for index in range(raw.ll_pdf_array_len(contents))]
    length = 0
    for part in parts or [contents]:
        if raw.ll_pdf_is_stream(part):
            stream = raw.ll_pdf_load_raw_stream(part)
            length += stream.len
            raw.ll_fz_drop_buffer(stream)
    return length


def forget_structure(document: pymupdf.Document) -> None:
    """Drops the tree that says what is a heading or a paragraph, of which nothing is read here.

    For each piece of text that is tagged MuPDF looks there for another text in its place: up to a fifth of
    the time of the words, and where the numbers of a file do not fit its tree, seconds or minutes a page.
    """
    raw = pymupdf.mupdf
    trailer = raw.ll_pdf_trailer(raw.ll_pdf_document_from_fz_document(document.this.m_internal))
    catalog = raw.ll_pdf_dict_gets(trailer, "Root")
    if raw.ll_pdf_dict_gets(catalog, "StructTreeRoot"):
        raw.ll_pdf_dict_dels(catalog, "StructTreeRoot")
