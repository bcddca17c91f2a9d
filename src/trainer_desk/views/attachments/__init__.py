"""The list of files of a thing: add, open, save, take back (N2)."""
