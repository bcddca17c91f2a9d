"""Use cases as functions: `verb(db, …, *, actor, now)` writes, queries return rows."""
