"""Editing as one goes: fields with a verdict, what of them is pending, and what saves it."""
