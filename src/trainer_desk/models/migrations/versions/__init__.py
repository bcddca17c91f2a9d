"""One module per revision; each runs the frozen statements that lie beside it."""
