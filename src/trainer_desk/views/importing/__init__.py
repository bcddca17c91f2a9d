"""Bringing a file in from the window."""
