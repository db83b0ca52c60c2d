"""Readings and reviews kept in a database, PDFs in files. The only package that knows sqlmodel."""
