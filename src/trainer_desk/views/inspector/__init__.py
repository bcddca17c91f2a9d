"""The inspector pack in the window and on paper (X6)."""
