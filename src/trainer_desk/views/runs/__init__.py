"""Runs in the window: the list, one run beside it, and the sheets that change it."""
