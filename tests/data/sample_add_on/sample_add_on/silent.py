"""A hook that does not know of completed sessions."""
