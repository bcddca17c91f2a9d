"""The first start: a new database or an existing one, and what is said when a file cannot be used."""
