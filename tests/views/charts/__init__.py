"""Charts: what is painted of a report, and where."""
