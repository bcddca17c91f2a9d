"""The history of one thing, and what a change was in words."""
