"""The compliance matrix: people by courses, coloured with symbols, as of any day (D3)."""
