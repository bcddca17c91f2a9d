"""One session on one surface: the panel at the right of the schedule (S, C, K, L, V2)."""
