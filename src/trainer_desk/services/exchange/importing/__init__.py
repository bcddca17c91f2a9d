"""Imports: a file's rows are read and checked first, then written in one transaction, one module per kind."""
