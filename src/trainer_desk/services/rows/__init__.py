"""Rows as plain values: what queries return, rules read, views show, and what may cross a thread."""
