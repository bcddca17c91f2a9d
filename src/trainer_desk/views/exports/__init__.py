"""Exports that are kept to be run again, and what is missing in the data (ux 3)."""
