"""Parts that pages are built from: one part per file."""
