"""Whom somebody still has to tell of a place: a sheet to call, tick, copy and print from (D7)."""
