"""The list of all changes."""
