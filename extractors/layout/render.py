"""Page images for people."""

from extractors.layout.limits import Limits
from extractors.layout.pdf import open_pdf

_NO_LIMIT = Limits(max_megabytes=1 << 20, max_pages=1 << 30)


def render_page(data: bytes, number: int, dpi: int = 110) -> bytes:
    """One page (from 1) of a PDF that has been accepted before, as PNG. Raises IndexError beyond the end."""
    with open_pdf(data, "", _NO_LIMIT) as pdf:
        if not 1 <= number <= pdf.page_count:
            raise IndexError(number)
        return pdf.png(number, dpi)
