"""The groups inside a session: a sheet in which people are put into them, singly or evenly (K10)."""
