"""Reads the journal: the next step to undo or redo, what a change touched, and the history of a thing."""
