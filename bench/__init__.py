"""Measures of the whole: accuracy against what people read."""
