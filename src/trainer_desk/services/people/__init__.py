"""People: found by number, and their search index."""
