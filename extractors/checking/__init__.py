"""How comparisons are made and judged: the rounding rule, the registry of checks, the gate."""
