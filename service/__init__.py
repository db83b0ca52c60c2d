"""The service: command line, HTTP, review pages, storage."""
