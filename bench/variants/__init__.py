"""The corpus's tables as other producers and other styles would have printed them, and how they are read."""
