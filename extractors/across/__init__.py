"""Checks of a document against another one: last year's, the budget of the year, the department's."""
