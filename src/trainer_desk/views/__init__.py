"""The window: widgets without rules and without SQL."""
