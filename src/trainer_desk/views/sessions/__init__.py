"""The page Sessions: every session as a table, by what is to be done with it."""
