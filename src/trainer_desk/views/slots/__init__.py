"""Free times of sessions and those who could step in, in the window (C7, C8)."""
