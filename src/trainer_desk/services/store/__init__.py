"""Engines, transactions, database objects and upgrades; the only room that commits."""
