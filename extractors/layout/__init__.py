"""PDF bytes to geometry: `pdf` (the only importer of PyMuPDF), grids, text lines, sections, joined tables."""
