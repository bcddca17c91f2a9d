"""Completing a session, with the question about those who are not marked (S5, ux 9)."""
