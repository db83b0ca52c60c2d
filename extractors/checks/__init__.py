"""The checks (勾稽关系), one module a kind of contradiction; none knows another."""
