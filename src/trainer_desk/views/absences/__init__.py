"""Leave, closures and holidays: one sheet that enters them and settles the sessions that stand there (C4)."""
