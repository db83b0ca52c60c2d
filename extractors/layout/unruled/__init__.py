"""Tables that no rules down draw: read by how their words stand, with low trust.

Which lines may be such a table (`blocks`), what its columns are (`columns`), which words make a header cell
and what it stands over (`header`), which lines make a row (`rows`), and its grids (`table`). `pages` does it
for all pages together, since a table that goes on has the same columns on each. Every grid made here says so
in its faults: what no rule shows is a guess, and only sums prove it.
"""
