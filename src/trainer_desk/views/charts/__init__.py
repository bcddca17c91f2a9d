"""Reports with charts: what is asked for, painted and in numbers, and saved as a picture or a file (D2)."""
