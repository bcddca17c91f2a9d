"""The check-in at a door: a window of its own for a badge scanner, the keyboard and large fingers (K9)."""
