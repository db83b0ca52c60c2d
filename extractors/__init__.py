"""Reads Chinese budget and final-account disclosures: layout, sections, checks, decision.

The corridor is `extractors.pipeline`; `docs/architecture.md` draws it.
"""
