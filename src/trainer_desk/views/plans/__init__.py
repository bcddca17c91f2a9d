"""The schedule on paper: the week plan, the wall chart of lanes and the list of sessions (X4, ux 4.10)."""
